//! Blocks of frames of a convolution: which past frames lie under its taps, and where they have to be copied to lie in order.

use core::mem::MaybeUninit;

use super::{FRAMES, Product, Results, Taps, copy};
use crate::accumulator::First;
use crate::pointwise::Pointwise;
use crate::ring::Ring;

/// The weights of a convolution.
pub(crate) struct Layer<'a> {
    pub(crate) kernel: &'a [f32],
    /// A number for each output.
    pub(crate) bias: &'a [f32],
    pub(crate) taps: usize,
}

impl First<'_> {
    /// Whether they are there for so many frames.
    fn is_for(&self, frames: usize, columns: usize) -> bool {
        self.frames.is_none_or(|first| first.len() >= frames * columns)
            && self
                .condition
                .is_none_or(|(numbers, channels, _)| numbers.len() >= frames * channels)
    }

    /// The same for later frames.
    pub(crate) fn advance(&mut self, frames: usize, columns: usize) {
        if let Some(first) = &mut self.frames {
            *first = first.get(frames * columns..).unwrap_or_default();
        }
        if let Some((condition, channels, _)) = &mut self.condition {
            *condition = condition.get(frames * *channels..).unwrap_or_default();
        }
    }
}

/// The results of a 1x1 convolution of so many frames, a multiple of four.
#[inline(always)]
pub(crate) fn newest<'a, const INPUTS: usize, const OUTPUTS: usize>(
    layer: &'a Layer<'_>,
    inputs: &'a [f32],
    first: First<'a>,
    (count, results): (usize, Results<'a>),
) {
    let columns = layer.bias.len();
    debug_assert!(first.is_for(count, columns), "initial values for each frame");
    debug_assert!(results.fit(count, columns), "room for the results of each frame");
    if count == 0 {
        return;
    }
    let mut product = Product::new(count, layer.bias, first.frames, results);
    product.add_newest(first.condition, inputs, INPUTS, layer.kernel);
    super::product::<INPUTS, OUTPUTS, Pointwise>(&mut product);
}

/// The way of frames through a convolution, some at a time.
pub(crate) struct Walk<'a> {
    pub(crate) layer: Layer<'a>,
    pub(crate) ring: Ring<'a>,
    /// Frames that are left. The first is due, and from there one in a stride.
    pub(crate) inputs: &'a [f32],
    /// Frames that do not lie side by side are copied here. It is at least as long as
    /// [`scratch`](crate::block::scratch) says for four frames.
    pub(crate) scratch: &'a mut [f32],
    /// The frames for which there is room in it.
    pub(crate) room: usize,
    pub(crate) first: First<'a>,
    /// Where the results of those go that are due.
    pub(crate) results: Results<'a>,
    /// How many are due.
    pub(crate) left: usize,
}

impl Walk<'_> {
    /// Calls `compute` for the next frames, until none are left. A program without layers `WITH_STRIDES` does not have the code for these.
    #[inline(always)]
    pub(crate) fn each<const WITH_STRIDES: bool>(&mut self, compute: impl Fn(&mut Product<'_>)) {
        let columns = self.layer.bias.len();
        debug_assert!(self.first.is_for(self.left, columns), "initial values for each frame");
        debug_assert!(self.results.fit(self.left, columns), "room for the results of each frame");
        #[cfg(all(assembly, helium))]
        if super::cortex_m::frames_at_once(self) {
            return;
        }
        while self.left >= FRAMES {
            let mut place = MaybeUninit::uninit();
            let Some(product) = self.product::<WITH_STRIDES>(&mut place) else { return };
            compute(product);
            let due = product.frames;
            self.advance(due);
        }
    }

    /// What the next results are, if some are left. It is written to its place, and not moved.
    #[inline(never)]
    fn product<'s, const WITH_STRIDES: bool>(
        &'s mut self,
        place: &'s mut MaybeUninit<Product<'s>>,
    ) -> Option<&'s mut Product<'s>> {
        let (due, copies_all) = self.ring.taken(self.left, self.room);
        let numbers = due * self.ring.shape.stride * self.ring.shape.channels;
        let block = self.inputs.get(..numbers).filter(|_| due > 0)?;
        let bias = self.layer.bias;
        let results = self.results.next(due, bias.len());
        let product = place.write(Product::new(due, bias, self.first.frames, results));
        if let Some((frames, channels, weights)) = self.first.condition {
            let taps = Taps { frame: channels, rows: channels, count: 1, step: 0 };
            product.add(frames, weights, taps);
        }
        self.ring.add_runs::<WITH_STRIDES>(product, &self.layer, block, self.scratch, copies_all);
        Some(product)
    }

    /// Goes to the frames behind those whose results are there, as many as were due.
    #[inline(never)]
    fn advance(&mut self, due: usize) {
        let numbers = due * self.ring.shape.stride * self.ring.shape.channels;
        let Some((block, later)) = self.inputs.split_at_checked(numbers) else { return };
        if self.ring.shape.stride == 1 {
            self.ring.store(block, due);
        }
        self.inputs = later;
        self.left -= due;
        self.first.advance(due, self.layer.bias.len());
    }
}

impl Ring<'_> {
    /// How many frames that are due are taken together, of `left` ones, where a buffer has room for `room` frames; and whether all past
    /// frames and the new ones are copied into one line.
    const fn taken(&self, left: usize, room: usize) -> (usize, bool) {
        let fours = left / FRAMES * FRAMES;
        if self.shape.frames == 0 {
            return (fours, false);
        }
        if self.shape.stride > 1 {
            return (if fours > 0 { FRAMES } else { 0 }, false);
        }
        let least = if self.shape.dilation < room { self.shape.dilation } else { room };
        let in_ring = if left < least { left } else { least } / FRAMES * FRAMES;
        if left < in_ring + FRAMES {
            return (in_ring, false);
        }
        let room = room.saturating_sub(self.shape.frames);
        let in_line = if left < room { left } else { room } / FRAMES * FRAMES;
        // Each block costs as much as to copy some frames.
        let copies_all = self.shape.dilation < FRAMES || in_line >= 3 * in_ring;
        (if copies_all { in_line } else { in_ring }, copies_all)
    }

    /// The newest tap, and runs of the past ones. Copies what does not lie side by side to `scratch`, and with a stride stores the
    /// frames.
    fn add_runs<'a, const WITH_STRIDES: bool>(
        &'a mut self,
        product: &mut Product<'a>,
        layer: &'a Layer<'_>,
        block: &'a [f32],
        scratch: &'a mut [f32],
        copies_all: bool,
    ) {
        let (channels, past) = (self.shape.channels, layer.taps - 1);
        let tap_weights = channels * layer.bias.len();
        let weights = |tap: usize| layer.kernel.get(tap * tap_weights..).unwrap_or_default();
        let mut taps = Taps { frame: channels, rows: channels, count: 1, step: 0 };
        if WITH_STRIDES && self.shape.stride > 1 && past > 0 {
            let (before, newest) = self.gathered(block, scratch, past);
            product.add(newest, weights(past), taps);
            return product.add(
                before,
                weights(0),
                Taps { count: past, step: FRAMES * channels, ..taps },
            );
        }
        product.add(block, weights(past), Taps { frame: self.shape.stride * channels, ..taps });
        if past == 0 {
            return;
        }
        taps.step = self.shape.dilation * channels;
        let (end, start) = (self.numbers.len(), self.first() * channels);
        if copies_all {
            // Those that were and those that come in one line.
            let (newer, older) = self.numbers.split_at(start.min(end));
            copy(scratch, older);
            copy(scratch.get_mut(older.len()..).unwrap_or_default(), newer);
            copy(scratch.get_mut(end..).unwrap_or_default(), block);
            return product.add(scratch, weights(0), Taps { count: past, ..taps });
        }
        let (mut before, mut place) = (0, start);
        while before < past && place + block.len() <= end {
            place += taps.step;
            before += 1;
        }
        let first = self.numbers.get(start..).unwrap_or_default();
        product.add(first, weights(0), Taps { count: before, ..taps });
        // Of so few frames, no more than one tap has the end of the ring among them.
        if before < past && place < end {
            let (of_beginning, of_end) = self.numbers.split_at(place.min(end));
            copy(scratch, of_end);
            copy(scratch.get_mut(of_end.len()..block.len()).unwrap_or_default(), of_beginning);
            product.add(scratch, weights(before), taps);
            place += taps.step;
            before += 1;
        }
        let rest = self.numbers.get(place.saturating_sub(end)..).unwrap_or_default();
        product.add(rest, weights(before), Taps { count: past - before, ..taps });
    }

    /// Copies the frames under each tap of four due frames side by side; returns those under the past taps, and the newest.
    fn gathered<'a>(
        &mut self,
        block: &[f32],
        scratch: &'a mut [f32],
        past: usize,
    ) -> (&'a [f32], &'a [f32]) {
        let (channels, four) = (self.shape.channels, FRAMES * self.shape.channels);
        let step = self.shape.dilation * channels;
        let mut block = block;
        let mut index = 0;
        while let Some((frames, later)) = block.split_at_checked(self.shape.stride * channels) {
            if index == four {
                break;
            }
            let mut to = index;
            let mut place = self.first() * channels;
            for _ in 0..past {
                let from = self.numbers.get(place..place + channels).unwrap_or_default();
                copy(scratch.get_mut(to..).unwrap_or_default(), from);
                to += four;
                place += step;
                if place >= self.numbers.len() {
                    place -= self.numbers.len();
                }
            }
            let newest = frames.get(..channels).unwrap_or_default();
            copy(scratch.get_mut(to..).unwrap_or_default(), newest);
            self.store(frames, self.shape.stride);
            block = later;
            index += channels;
        }
        scratch.split_at((past * four).min(scratch.len()))
    }
}
