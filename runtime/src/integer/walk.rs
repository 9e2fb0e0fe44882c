//! The way of a block through a convolution.

use super::kernel::{self, Rows, Word};
use super::ring::{Ring, interleave};

/// A block, and what its sums start from.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    /// The frames of the block.
    pub(super) frames: &'a [i16],
    /// Channels behind the taps, as many for each frame as `mixed`.
    pub(super) condition: &'a [i16],
    pub(super) mixed: usize,
    /// As many numbers as there are outputs, or none.
    pub(super) seed: &'a [i16],
}

/// Writes the outputs of an even number of frames, as many as there is room for in `outputs`, and keeps the frames in the ring.
/// `windows` has two for each number that an output reads, of zeros behind the numbers that it has.
#[inline(never)]
pub(super) fn walk(
    rows: Rows<'_>,
    mut ring: Ring<'_>,
    block: Block<'_>,
    windows: &mut [Word],
    outputs: &mut [i16],
) {
    let (of_two, mut seeds) = (2 * rows.outputs(), block.seed);
    let mixed_at = (ring.taps + 1) * ring.channels;
    let mut conditions = block.condition.chunks_exact(block.mixed.max(1));
    let mut frame = 0;
    for outputs in outputs.chunks_exact_mut(of_two.max(2)) {
        ring.windows(block.frames, frame, windows);
        if let (Some(one), Some(two)) = (conditions.next(), conditions.next()) {
            interleave(windows, mixed_at, one, two);
        }
        let (own, later) = seeds.split_at_checked(of_two).unwrap_or_default();
        kernel::sums_of_two(rows, windows, own, outputs);
        (seeds, frame) = (later, frame + 2);
    }
    ring.store(block.frames);
}
