//! Blocks of frames: the layers of a network, each of which takes several frames at once.

use super::combine::added;
use super::limits::{limited, shorten};
use super::output::Output;
use super::table::{Table, replaced};
use crate::net::StreamingNet;

/// Frames that the kernels take together.
const TOGETHER: usize = 2;

/// Whether there is a kernel of several frames. Without products of pairs in one instruction, it is not faster than a push.
const HAS_KERNEL: bool = cfg!(any(dsp, not(target_os = "none")));

/// Pushes the frames one by one, and writes the outputs to the front of the second slice. Returns how many it wrote.
#[inline(always)]
pub fn frame_by_frame<N: StreamingNet<i16>>(
    net: &mut N,
    frames: &[N::Input],
    outputs: &mut [N::Output],
) -> usize {
    let (mut places, mut written) = (outputs.iter_mut(), 0);
    for frame in frames {
        if let Some(output) = net.push(*frame)
            && let Some(place) = places.next()
        {
            *place = output;
            written += 1;
        }
    }
    written
}

/// The body of a `push_block` of a network with an output at every push; returns how many `outputs` it wrote.
///
/// `push_block` takes an even number of frames, at most `MOST`, and writes as many outputs. A last frame is pushed.
#[inline(always)]
pub fn for_each_block<N: StreamingNet<i16>, const MOST: usize>(
    net: &mut N,
    mut frames: &[N::Input],
    mut outputs: &mut [N::Output],
    mut push_block: impl FnMut(&mut N, &[N::Input], &mut [N::Output]),
) -> usize {
    let mut written = 0;
    while HAS_KERNEL {
        let block = frames.len().min(outputs.len()).min(MOST) / TOGETHER * TOGETHER;
        let Some((taken, later)) = frames.split_at_checked(block).filter(|_| block > 0) else {
            break;
        };
        let Some(written_to) = outputs.split_off_mut(..block) else { break };
        push_block(net, taken, written_to);
        frames = later;
        written += block;
    }
    written + frame_by_frame(net, frames, outputs)
}

/// Memory for the frames of a block, where pairs of numbers are words.
#[derive(Clone, Debug)]
#[repr(C, align(4))]
pub struct Buffer<const NUMBERS: usize, T = i16>(pub [T; NUMBERS]);

impl<const NUMBERS: usize, T: Output> Buffer<NUMBERS, T> {
    /// Memory of zeros.
    #[inline(always)]
    #[must_use]
    pub const fn new() -> Self {
        Self([T::ZERO; NUMBERS])
    }
}

impl<const NUMBERS: usize, T: Output> Default for Buffer<NUMBERS, T> {
    fn default() -> Self {
        Self::new()
    }
}

/// The first `count` frames of `numbers`, which has as many.
#[inline(always)]
pub(super) fn first<T, const CHANNELS: usize>(
    numbers: &mut [T],
    count: usize,
) -> &mut [[T; CHANNELS]] {
    let (frames, _) = numbers.as_chunks_mut();
    debug_assert!(count <= frames.len(), "the buffer is too short for the frames");
    let count = count.min(frames.len());
    frames.get_mut(..count).unwrap_or_default()
}

/// A frame of zeros for each of `frames`, at the front of `buffer`, which is long enough.
#[inline(always)]
pub fn zeros<'a, const INPUTS: usize, const CHANNELS: usize, T: Output>(
    frames: &[[i16; INPUTS]],
    buffer: &'a mut [T],
) -> &'a mut [[T; CHANNELS]] {
    let zeros = first(buffer, frames.len());
    zeros.as_flattened_mut().fill(T::ZERO);
    zeros
}

/// Copies the last layer's `frames` to the `outputs`, which are as many.
#[inline(always)]
pub fn write_outputs<const CHANNELS: usize>(
    frames: &[[i16; CHANNELS]],
    outputs: &mut [[i16; CHANNELS]],
) {
    debug_assert_eq!(frames.len(), outputs.len(), "an output for each frame");
    outputs.iter_mut().zip(frames).for_each(|(output, frame)| *output = *frame);
}

/// Writes `function` of each of the `frames` to the front of `buffer`, which is long enough, and returns the results.
#[inline(always)]
pub fn map_block<'a, const INPUTS: usize, const OUTPUTS: usize, T>(
    frames: &[[i16; INPUTS]],
    buffer: &'a mut [T],
    mut function: impl FnMut([i16; INPUTS]) -> [T; OUTPUTS],
) -> &'a mut [[T; OUTPUTS]] {
    let outputs = first(buffer, frames.len());
    for (output, frame) in outputs.iter_mut().zip(frames) {
        *output = function(*frame);
    }
    outputs
}

/// Writes `function` of each of the `frames` and the one of the `others` beside it, which are as many, to the front of
/// `buffer`, which is long enough, and returns the results.
#[inline(always)]
pub fn join_blocks<'a, const INPUTS: usize, const OTHERS: usize, const OUTPUTS: usize, T: Copy>(
    frames: &[[i16; INPUTS]],
    others: &[[T; OTHERS]],
    buffer: &'a mut [T],
    mut function: impl FnMut([i16; INPUTS], [T; OTHERS]) -> [T; OUTPUTS],
) -> &'a mut [[T; OUTPUTS]] {
    debug_assert_eq!(frames.len(), others.len(), "one of the others for each frame");
    let outputs = first(buffer, frames.len());
    for (output, (frame, other)) in outputs.iter_mut().zip(frames.iter().zip(others)) {
        *output = function(*frame, *other);
    }
    outputs
}

/// Adds `frames` to `sums`, which are as many, saturated.
///
/// ```
/// use streaming_net::__private::integer::add_block;
///
/// let mut sums = [[1, 30_000], [-30_000, 4]];
/// add_block(&mut sums, &[[1, 30_000], [-30_000, 5]]);
/// assert_eq!(sums, [[2, 32_767], [-32_768, 9]]);
/// ```
#[inline(always)]
pub fn add_block<const CHANNELS: usize>(sums: &mut [[i16; CHANNELS]], frames: &[[i16; CHANNELS]]) {
    debug_assert_eq!(sums.len(), frames.len(), "a sum for each frame");
    added(sums.as_flattened_mut(), frames.as_flattened());
}

/// Replaces the numbers of each frame by the outputs of a function.
///
/// ```
/// use streaming_net::__private::integer::{Table, lookup_block};
///
/// static HALF: Table<3> = Table { values: [-16_384, 0, 16_384], shift: 15 };
/// let mut frames = [[2], [-100]];
/// lookup_block(&HALF, &mut frames);
/// assert_eq!(frames, [[1], [-50]]);
/// ```
#[inline(always)]
pub fn lookup_block<const N: usize, const CHANNELS: usize>(
    table: &Table<N>,
    frames: &mut [[i16; CHANNELS]],
) {
    replaced(table, frames.as_flattened_mut());
}

/// Replaces each number below `low` by that, and each above `high` by that.
#[inline(always)]
pub fn clip_block<const CHANNELS: usize>(frames: &mut [[i16; CHANNELS]], low: i16, high: i16) {
    limited(frames.as_flattened_mut(), low, high);
}

/// Multiplies each number below zero by `slope / 2^15`, rounded half up.
#[inline(always)]
pub fn leaky_block<const CHANNELS: usize>(frames: &mut [[i16; CHANNELS]], slope: i16) {
    shorten(frames.as_flattened_mut(), slope);
}
