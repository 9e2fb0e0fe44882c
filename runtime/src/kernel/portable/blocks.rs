//! New frames and the frames under the taps, in blocks whose frames lie side by side.

use crate::kernel::FRAMES;
use crate::ring::Ring;
use crate::ring::copy;

/// Fours of frames that follow one another.
pub(super) type Fours<'a, const CHANNELS: usize> = &'a [[[f32; CHANNELS]; FRAMES]];

impl<const CHANNELS: usize> Ring<'_, CHANNELS> {
    /// Takes the next frames, the first of which is due, and from there one in `stride`; calls `compute` for each block
    /// of fours that are due, with the frames under each of the `PAST` taps, and the newest. Frames that do not lie side by
    /// side are copied to `scratch`, which is at least as long as [`scratch`](crate::block::scratch) says for four frames.
    #[inline(always)]
    pub(super) fn blocks<const PAST: usize>(
        &mut self,
        mut frames: &[[f32; CHANNELS]],
        scratch: &mut [f32],
        mut compute: impl FnMut([Fours<'_, CHANNELS>; PAST], Fours<'_, CHANNELS>),
    ) {
        if PAST == 0 && self.stride == 1 {
            return compute([&[]; PAST], fours(frames));
        }
        let (buffer, _) = scratch.as_chunks_mut();
        while !frames.is_empty() {
            let mut windows: [Fours<'_, CHANNELS>; PAST] = [&[]; PAST];
            let newest = self.windows(frames, buffer, &mut windows);
            compute(windows, newest);
            let block = newest.len() * FRAMES * self.stride;
            let Some((block, later)) = frames.split_at_checked(block).filter(|_| block > 0) else {
                return;
            };
            frames = later;
            if self.stride == 1 {
                self.store(block);
            }
        }
    }

    /// How many of `frames` frames are taken together, where `buffer` copies fit; and whether all past frames and the new
    /// ones are copied into one line.
    fn block(&self, frames: usize, buffer: usize) -> (usize, bool) {
        if self.stride > 1 {
            let block = FRAMES * self.stride;
            return (if block <= frames { block } else { 0 }, false);
        }
        let in_ring = frames.min(self.dilation).min(buffer) / FRAMES * FRAMES;
        if frames < in_ring + FRAMES {
            return (in_ring, false);
        }
        let in_line = frames.min(buffer.saturating_sub(self.frames.len())) / FRAMES * FRAMES;
        // Each block costs as much as to copy some frames.
        let copies_all = self.dilation < FRAMES || in_line >= 3 * in_ring;
        (if copies_all { in_line } else { in_ring }, copies_all)
    }

    /// Gives the frames under each tap but the last for all that are due, and returns those under the last.
    #[inline(never)]
    fn windows<'a>(
        &'a mut self,
        frames: &'a [[f32; CHANNELS]],
        buffer: &'a mut [[f32; CHANNELS]],
        windows: &mut [Fours<'a, CHANNELS>],
    ) -> Fours<'a, CHANNELS> {
        let (block, copies_all) = self.block(frames.len(), buffer.len());
        let block = frames.get(..block).unwrap_or_default();
        if self.stride > 1 {
            return self.strides(block, buffer, windows);
        }
        if copies_all {
            // Those that were and those that come in one line.
            let [older, newer] = self.past().parts();
            copy(buffer, older);
            copy(buffer.get_mut(older.len()..).unwrap_or_default(), newer);
            copy(buffer.get_mut(self.frames.len()..).unwrap_or_default(), block);
            let mut rest = &*buffer;
            for window in windows {
                *window = fours(rest.get(..block.len()).unwrap_or_default());
                rest = rest.get(self.dilation..).unwrap_or_default();
            }
            return fours(block);
        }
        let mut place = self.first();
        // Of so few frames, no more than one tap has the end of the ring among them.
        let mut buffer = Some(buffer);
        for window in windows {
            *window = if let Some(frames) = self.frames.get(place..place + block.len()) {
                fours(frames)
            } else if let Some(buffer) = buffer.take() {
                let (before, after) = self.frames.split_at(place.min(self.frames.len()));
                copy(buffer, after);
                copy(buffer.get_mut(after.len()..block.len()).unwrap_or_default(), before);
                fours(buffer.get(..block.len()).unwrap_or_default())
            } else {
                &[]
            };
            place = self.wrapped(place + self.dilation);
        }
        fours(block)
    }

    /// The same for four due frames that are not side by side.
    fn strides<'a>(
        &mut self,
        block: &[[f32; CHANNELS]],
        buffer: &'a mut [[f32; CHANNELS]],
        windows: &mut [Fours<'a, CHANNELS>],
    ) -> Fours<'a, CHANNELS> {
        for (index, frames) in block.chunks_exact(self.stride).enumerate() {
            let mut places = buffer.iter_mut().skip(index).step_by(FRAMES);
            for (to, from) in places.by_ref().zip(self.past().iter()).take(windows.len()) {
                *to = *from;
            }
            if let (Some(to), Some(from)) = (places.next(), frames.first()) {
                *to = *from;
            }
            self.store(frames);
        }
        let mut all = fours(buffer).chunks_exact(1);
        for (window, four) in windows.iter_mut().zip(all.by_ref()) {
            *window = four;
        }
        all.next().unwrap_or_default()
    }

    fn wrapped(&self, place: usize) -> usize {
        if place < self.frames.len() { place } else { place - self.frames.len() }
    }
}

fn fours<const CHANNELS: usize>(frames: &[[f32; CHANNELS]]) -> Fours<'_, CHANNELS> {
    frames.as_chunks().0
}
