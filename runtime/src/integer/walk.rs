//! The way of a block through a convolution.

use super::kernel::{Rows, Word};
use super::output::Output;
use super::ring::{Ring, interleave};

/// A block, and what is behind the taps.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    /// The frames of the block.
    pub(super) frames: &'a [i16],
    /// Channels behind the taps, as many for each frame as `mixed`.
    pub(super) condition: &'a [i16],
    pub(super) mixed: usize,
}

/// Writes the outputs of an even number of frames, as many as there is room for in `outputs`, and keeps the frames in the ring.
/// Past frames and new ones are copied to `scratch`, if they fit. `windows` has two for each number that an output reads, of zeros behind the numbers that it has.
#[inline(never)]
pub(super) fn walk<T: Output>(
    rows: Rows<'_>,
    mut ring: Ring<'_>,
    block: Block<'_>,
    windows: &mut [Word],
    scratch: &mut [i16],
    outputs: &mut [T],
) {
    let of_two = 2 * rows.outputs();
    let mixed_at = (ring.shape.taps + 1) * ring.shape.channels;
    let mut conditions = block.condition.chunks_exact(block.mixed.max(1));
    let mut frame = 0;
    let in_line = ring.shape.frames > 0 && ring.numbers.len() + block.frames.len() <= scratch.len();
    if in_line {
        ring.in_line(block.frames, scratch);
        let is_plain = ring.shape.dilation == 1 && block.mixed == 0;
        if is_plain && T::side_by_side(rows, scratch, ring.shape.channels, outputs) {
            return ring.store(block.frames);
        }
    }
    for outputs in outputs.chunks_exact_mut(of_two.max(2)) {
        if in_line {
            ring.windows_in_line(scratch, frame, windows);
        } else {
            ring.windows(block.frames, frame, windows);
        }
        if let (Some(one), Some(two)) = (conditions.next(), conditions.next()) {
            interleave(windows, mixed_at, one, two);
        }
        T::sums_of_two(rows, windows, outputs);
        frame += 2;
    }
    ring.store(block.frames);
}
