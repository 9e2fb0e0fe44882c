//! Blocks of frames, as a codec's DMA or an audio callback gives them.

use crate::kernel::elementwise;
use crate::kernel::{FRAMES, HAS_BLOCK_KERNEL};
use crate::net::StreamingNet;
use crate::pointwise::BlockActivation;

/// The body of a `push_block` that takes `frames` one after the other; returns how many `outputs` it wrote.
pub fn frame_by_frame<N: StreamingNet>(
    net: &mut N,
    frames: &[N::Input],
    outputs: &mut [N::Output],
) -> usize {
    let (mut places, mut written) = (outputs.iter_mut(), 0);
    for frame in frames {
        written += push(net, *frame, &mut places);
    }
    written
}

/// The body of a `push_block` with strides; returns how many `outputs` it wrote.
///
/// Takes `PUSHES` frames at once where `is_due` says that every operation has an output at the next push, and where
/// `outputs` has room for four: `push_due` takes these frames and writes four outputs. Takes the other frames one after
/// the other.
pub fn for_each_due_block<N: StreamingNet, const PUSHES: usize>(
    net: &mut N,
    mut frames: &[N::Input],
    outputs: &mut [N::Output],
    is_due: impl Fn(&N) -> bool,
    mut push_due: impl FnMut(&mut N, &[N::Input], &mut [N::Output]),
) -> usize {
    const { assert!(PUSHES.is_multiple_of(FRAMES), "as many outputs as the kernels make at once") }
    let mut written = 0;
    while let Some((first, others)) = frames.split_first() {
        let block = frames.split_first_chunk::<PUSHES>();
        let places = outputs.get_mut(written..written + FRAMES);
        if let (true, Some((block, later)), Some(places)) =
            (HAS_BLOCK_KERNEL && is_due(net), block, places)
        {
            push_due(net, block, places);
            written += FRAMES;
            frames = later;
        } else {
            let mut places = outputs.get_mut(written..).unwrap_or_default().iter_mut();
            written += push(net, *first, &mut places);
            frames = others;
        }
    }
    written
}

/// Frames that are computed in steps at a time, as the compiler's longest block.
#[cfg(all(assembly, helium))]
pub(crate) const MOST_AT_ONCE: usize = 48;

/// Blocks of fewer frames are not less work than single ones. On the Cortex-M55's vectors, there is more to do before a block.
const LEAST: usize = if cfg!(helium) { 16 } else { FRAMES };

/// The body of a `push_block` of a network with an output at every push; returns how many `outputs` it wrote.
///
/// `push_block` takes a multiple of four frames, at most `MOST`, and writes as many outputs. The frames that are left, at
/// most three, are taken one after the other.
pub fn for_each_block<N: StreamingNet, const MOST: usize>(
    net: &mut N,
    mut frames: &[N::Input],
    mut outputs: &mut [N::Output],
    mut push_block: impl FnMut(&mut N, &[N::Input], &mut [N::Output]),
) -> usize {
    const { assert!(MOST >= FRAMES, "as many frames as the kernels take at once") }
    let mut written = 0;
    loop {
        if !HAS_BLOCK_KERNEL || MOST < LEAST {
            break;
        }
        let block = frames.len().min(outputs.len()).min(MOST);
        let block = block - block % FRAMES;
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

/// Takes one frame; returns how many outputs it wrote.
#[inline(always)]
fn push<'a, N: StreamingNet>(
    net: &mut N,
    frame: N::Input,
    places: &mut impl Iterator<Item = &'a mut N::Output>,
) -> usize
where
    N::Output: 'a,
{
    match net.push(frame).map(|output| places.next().map(|place| *place = output)) {
        Some(Some(())) => 1,
        _ => 0,
    }
}

/// The first `count` frames of `buffer`, which holds as many: the outputs of a layer. `count` is a multiple of `multiple`.
#[inline(always)]
pub(crate) fn outputs<const CHANNELS: usize>(
    buffer: &mut [f32],
    count: usize,
    multiple: usize,
) -> &mut [[f32; CHANNELS]] {
    let (outputs, _) = buffer.as_chunks_mut();
    debug_assert!(count.is_multiple_of(multiple), "frames for a multiple of {multiple} outputs");
    debug_assert!(count <= outputs.len(), "the buffer is too short for the outputs");
    let count = count.min(outputs.len());
    outputs.get_mut(..count - count % multiple).unwrap_or_default()
}

/// Copies the last layer's `frames` to the `outputs`, which are as many.
#[inline(always)]
pub fn write_outputs<const CHANNELS: usize>(
    frames: &[[f32; CHANNELS]],
    outputs: &mut [[f32; CHANNELS]],
) {
    debug_assert_eq!(frames.len(), outputs.len(), "an output for each frame");
    for (output, frame) in outputs.iter_mut().zip(frames) {
        *output = *frame;
    }
}

/// Writes `function` of each of the `frames` to the front of `buffer`, which is long enough, and returns the results.
#[inline(always)]
pub fn map_block<'a, const INPUTS: usize, const OUTPUTS: usize>(
    frames: &[[f32; INPUTS]],
    buffer: &'a mut [f32],
    mut function: impl FnMut([f32; INPUTS]) -> [f32; OUTPUTS],
) -> &'a mut [[f32; OUTPUTS]] {
    let outputs = outputs(buffer, frames.len(), 1);
    for (output, frame) in outputs.iter_mut().zip(frames) {
        *output = function(*frame);
    }
    outputs
}

/// Writes `function` of each of the `frames` and the one of the `others` beside it, which are as many, to the front of
/// `buffer`, which is long enough, and returns the results.
#[inline(always)]
pub fn join_blocks<'a, const INPUTS: usize, const OTHERS: usize, const OUTPUTS: usize>(
    frames: &[[f32; INPUTS]],
    others: &[[f32; OTHERS]],
    buffer: &'a mut [f32],
    mut function: impl FnMut([f32; INPUTS], [f32; OTHERS]) -> [f32; OUTPUTS],
) -> &'a mut [[f32; OUTPUTS]] {
    debug_assert_eq!(frames.len(), others.len(), "one of the others for each frame");
    let outputs = outputs(buffer, frames.len(), 1);
    for (output, (frame, other)) in outputs.iter_mut().zip(frames.iter().zip(others)) {
        *output = function(*frame, *other);
    }
    outputs
}

/// Adds `frames` to `sums`, which are as many.
#[inline(always)]
pub fn add_block<const CHANNELS: usize>(sums: &mut [[f32; CHANNELS]], frames: &[[f32; CHANNELS]]) {
    debug_assert_eq!(sums.len(), frames.len(), "a sum for each frame");
    elementwise::add_block(sums.as_flattened_mut(), frames.as_flattened());
}

/// Writes the sum of each of the `frames` and the one of the `others` beside it, which are as many, to the front of `buffer`, which is
/// long enough, and returns the sums.
///
/// ```
/// use streaming_net::__private::sum_blocks;
///
/// let mut buffer = [0.0; 4];
/// let sums = sum_blocks(&[[1.0, 2.0], [3.0, 4.0]], &[[0.5, 0.5], [1.0, 1.0]], &mut buffer);
/// assert_eq!(sums, [[1.5, 2.5], [4.0, 5.0]]);
/// ```
#[inline(always)]
pub fn sum_blocks<'a, const CHANNELS: usize>(
    frames: &[[f32; CHANNELS]],
    others: &[[f32; CHANNELS]],
    buffer: &'a mut [f32],
) -> &'a mut [[f32; CHANNELS]] {
    debug_assert_eq!(frames.len(), others.len(), "one of the others for each frame");
    let sums = outputs(buffer, frames.len(), 1);
    elementwise::sum_block(sums.as_flattened_mut(), frames.as_flattened(), others.as_flattened());
    sums
}

/// Applies an activation to the `frames`, in their place.
///
/// ```
/// use streaming_net::__private::{Pointwise, activate_block, tanh};
///
/// let mut frames = [[-1.0, 2.0], [3.0, -4.0]];
/// activate_block(&mut frames, Pointwise::Relu);
/// assert_eq!(frames, [[0.0, 2.0], [3.0, 0.0]]);
/// activate_block(&mut frames, tanh);
/// assert_eq!(frames[1][1], 0.0);
/// ```
#[inline(always)]
pub fn activate_block<const CHANNELS: usize>(
    frames: &mut [[f32; CHANNELS]],
    activation: impl BlockActivation,
) {
    let numbers = frames.as_flattened_mut();
    activation.pointwise().apply(numbers);
    activation.apply_rest(numbers);
}

/// The numbers of scratch memory that serve each of `convs` for blocks of `frames` frames. A convolution is
/// `[taps, dilation, stride, input channels]`.
///
/// For `frames` of 4, it is the least that [`Conv::push_block`](crate::conv::Conv::push_block) needs.
///
/// ```
/// use streaming_net::__private::scratch;
///
/// // Two taps side by side: the past frame and 48 new ones, of 2 channels.
/// assert_eq!(scratch(&[[2, 1, 1, 2]], 48), 98);
/// // Taps 64 frames apart: the frames under one tap.
/// assert_eq!(scratch(&[[3, 64, 1, 2]], 48), 96);
/// // A stride: the frames under three taps for four outputs.
/// assert_eq!(scratch(&[[3, 1, 2, 1]], 8), 12);
/// ```
#[must_use]
pub const fn scratch(convs: &[[usize; 4]], frames: usize) -> usize {
    let (mut most, mut convs) = (0, convs);
    while let Some(([taps, dilation, stride, channels], others)) = convs.split_first() {
        let past = (*taps - 1) * *dilation;
        let copied = if *stride > 1 {
            *taps * FRAMES
        } else if past == 0 {
            0
        } else if *dilation < FRAMES || copies_are_few(*dilation, past, *channels, frames) {
            past + frames
        } else {
            frames
        };
        if copied * *channels > most {
            most = copied * *channels;
        }
        convs = others;
    }
    most
}

/// Whether it is less work to copy all past frames into one line than to take fewer frames at a time.
const fn copies_are_few(dilation: usize, past: usize, channels: usize, frames: usize) -> bool {
    frames >= 3 * (dilation / FRAMES * FRAMES) && past * channels <= MOST_COPIED
}

/// Numbers of past frames that are copied beside new ones, where they need not be.
const MOST_COPIED: usize = 256;
