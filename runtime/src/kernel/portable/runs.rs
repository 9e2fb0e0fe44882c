//! New frames and those under the taps, in runs that lie side by side.

use crate::Ring;
use crate::kernel::FRAMES;
use crate::ring::copy;

/// Fours of frames that follow one another.
pub(super) type Fours<'a, const CHANNELS: usize> = &'a [[[f32; CHANNELS]; FRAMES]];

impl<const CHANNELS: usize> Ring<'_, CHANNELS> {
    /// Takes the next frames, the first of which is due, and from there one in `stride`; calls `answer` for runs of fours
    /// that are due with the frames under each of the `PAST` taps, and the newest. Frames that do not lie side by side are
    /// copied to `copies`.
    #[inline(always)]
    pub(super) fn runs<const PAST: usize>(
        &mut self,
        mut frames: &[[f32; CHANNELS]],
        copies: &mut [f32],
        mut answer: impl FnMut([Fours<'_, CHANNELS>; PAST], Fours<'_, CHANNELS>),
    ) {
        if PAST == 0 && self.stride == 1 {
            return answer([&[]; PAST], fours(frames));
        }
        let (room, _) = copies.as_chunks_mut();
        while !frames.is_empty() {
            let mut windows: [Fours<'_, CHANNELS>; PAST] = [&[]; PAST];
            let newest = self.windows(frames, room, &mut windows);
            answer(windows, newest);
            let run = newest.len() * FRAMES * self.stride;
            let Some((run, later)) = frames.split_at_checked(run).filter(|_| run > 0) else {
                return;
            };
            frames = later;
            if self.stride == 1 {
                self.store(run);
            }
        }
    }

    /// How many of so many frames are taken together, where there is room for so many copies; and whether that is because
    /// all past frames and the new ones are copied into one line.
    fn run(&self, frames: usize, room: usize) -> (usize, bool) {
        if self.stride > 1 {
            let run = FRAMES * self.stride;
            return (if run <= frames { run } else { 0 }, false);
        }
        let in_ring = frames.min(self.dilation).min(room) / FRAMES * FRAMES;
        if frames < in_ring + FRAMES {
            return (in_ring, false);
        }
        let in_line = frames.min(room.saturating_sub(self.frames.len())) / FRAMES * FRAMES;
        // Each run costs as much as to copy some frames.
        let copies_all = self.dilation < FRAMES || in_line >= 3 * in_ring;
        (if copies_all { in_line } else { in_ring }, copies_all)
    }

    /// Gives the frames under each tap but the last for all that are due, and returns those under the last.
    #[inline(never)]
    fn windows<'a>(
        &'a mut self,
        frames: &'a [[f32; CHANNELS]],
        room: &'a mut [[f32; CHANNELS]],
        windows: &mut [Fours<'a, CHANNELS>],
    ) -> Fours<'a, CHANNELS> {
        let (run, copies_all) = self.run(frames.len(), room.len());
        let run = frames.get(..run).unwrap_or_default();
        if self.stride > 1 {
            return self.strides(run, room, windows);
        }
        if copies_all {
            // Those that were and those that come in one line.
            let [older, newer] = self.past().parts();
            copy(room, older);
            copy(room.get_mut(older.len()..).unwrap_or_default(), newer);
            copy(room.get_mut(self.frames.len()..).unwrap_or_default(), run);
            let mut rest = &*room;
            for window in windows {
                *window = fours(rest.get(..run.len()).unwrap_or_default());
                rest = rest.get(self.dilation..).unwrap_or_default();
            }
            return fours(run);
        }
        let mut place = self.first();
        // Of so few frames, no more than one tap has the end of the ring among them.
        let mut room = Some(room);
        for window in windows {
            *window = if let Some(frames) = self.frames.get(place..place + run.len()) {
                fours(frames)
            } else if let Some(room) = room.take() {
                let (before, after) = self.frames.split_at(place.min(self.frames.len()));
                copy(room, after);
                copy(room.get_mut(after.len()..run.len()).unwrap_or_default(), before);
                fours(room.get(..run.len()).unwrap_or_default())
            } else {
                &[]
            };
            place = self.wrapped(place + self.dilation);
        }
        fours(run)
    }

    /// The same for four due frames that are not side by side.
    fn strides<'a>(
        &mut self,
        run: &[[f32; CHANNELS]],
        room: &'a mut [[f32; CHANNELS]],
        windows: &mut [Fours<'a, CHANNELS>],
    ) -> Fours<'a, CHANNELS> {
        for (index, frames) in run.chunks_exact(self.stride).enumerate() {
            let mut places = room.iter_mut().skip(index).step_by(FRAMES);
            for (to, from) in places.by_ref().zip(self.past().iter()).take(windows.len()) {
                *to = *from;
            }
            if let (Some(to), Some(from)) = (places.next(), frames.first()) {
                *to = *from;
            }
            self.store(frames);
        }
        let mut all = fours(room).chunks_exact(1);
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
