//! The past frames of a layer, for a block of frames.

#[cfg(helium)]
use super::history::gather;
#[cfg(dsp)]
use super::kernel;
#[cfg(helium)]
use super::kernel::copy_frame;
use super::kernel::{Word, copy};

/// The past frames of a layer in order of time, for functions that all layers share.
#[derive(Debug)]
pub(crate) struct Ring<'a> {
    /// Frame by frame.
    pub(super) numbers: &'a mut [i16],
    /// The index of the oldest frame; the length means index 0.
    pub(super) oldest: &'a mut u32,
    pub(super) shape: &'static RingShape,
}

/// What is known of the past frames of a layer while compiling.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RingShape {
    pub(super) channels: usize,
    /// How many frames there are.
    pub(super) frames: usize,
    /// The distance between taps in frames.
    pub(super) dilation: usize,
    /// Taps without that of the newest frame.
    pub(super) taps: usize,
}

impl<'a> Ring<'a> {
    /// No past frames.
    #[inline(always)]
    pub(super) fn none<const CHANNELS: usize>(oldest: &'a mut u32) -> Self {
        let shape = const { &RingShape { channels: CHANNELS, frames: 0, dilation: 0, taps: 0 } };
        Self { numbers: &mut [], oldest, shape }
    }

    /// The index of the oldest frame.
    fn first(&self) -> usize {
        let oldest = *self.oldest as usize;
        if oldest < self.shape.frames { oldest } else { 0 }
    }

    /// The frames from one on that is counted from the oldest one, and on from the first of `block` behind the newest one.
    #[inline(always)]
    pub(super) fn from<'b>(&'b self, block: &'b [i16], index: usize) -> &'b [i16] {
        let (numbers, place) = match index.checked_sub(self.shape.frames) {
            Some(of_block) => (block, of_block),
            None => {
                let place = self.first() + index;
                (
                    &*self.numbers,
                    if place < self.shape.frames { place } else { place - self.shape.frames },
                )
            }
        };
        numbers.get(place * self.shape.channels..).unwrap_or_default()
    }

    /// Writes what lies under the taps of two frames to the front of `windows`: a pair of the first frame, of the second, the
    /// next pair of the first. They are those of `block` from `frame` on.
    pub(super) fn windows(&self, block: &[i16], frame: usize, windows: &mut [Word]) {
        let mut index = frame;
        for tap in 0..=self.shape.taps {
            let under = self.from(block, index);
            let both =
                under.get(..2 * self.shape.channels).filter(|_| index + 1 != self.shape.frames);
            let (one, two) = match both.and_then(|both| both.split_at_checked(self.shape.channels))
            {
                Some(both) => both,
                None => (
                    under.get(..self.shape.channels).unwrap_or_default(),
                    self.from(block, index + 1).get(..self.shape.channels).unwrap_or_default(),
                ),
            };
            interleave(windows, tap * self.shape.channels, one, two);
            index += self.shape.dilation;
        }
    }

    /// As [`windows`](Self::windows), of past frames and new ones in one line.
    pub(super) fn windows_in_line(&self, line: &[i16], frame: usize, windows: &mut [Word]) {
        // Taps side by side are one.
        let (taps, channels) = if self.shape.dilation == 1 {
            (1, (self.shape.taps + 1) * self.shape.channels)
        } else {
            (self.shape.taps + 1, self.shape.channels)
        };
        let mut place = frame * self.shape.channels;
        for tap in 0..taps {
            let [one, two] = [place, place + self.shape.channels]
                .map(|place| line.get(place..place + channels).unwrap_or_default());
            interleave(windows, tap * channels, one, two);
            place += self.shape.dilation * self.shape.channels;
        }
    }

    /// For how many frames of a block, from one on, those under every tap lie side by side; at most so many.
    #[cfg(dsp)]
    pub(super) fn run(&self, frame: usize, most: usize) -> usize {
        let (mut run, mut index, first) = (most, frame, self.first());
        for _ in 0..self.shape.taps {
            let left = self.shape.frames.saturating_sub(index);
            let to_end = left.checked_sub(first).filter(|to_end| *to_end > 0).unwrap_or(left);
            if to_end > 0 && to_end < run {
                run = to_end;
            }
            index += self.shape.dilation;
        }
        run
    }

    /// Writes the frames under the taps of a new frame to the front of `window`, and replaces the oldest one by it.
    #[cfg(helium)]
    #[inline(always)]
    pub(super) fn push<const CHANNELS: usize>(
        &mut self,
        frame: &[i16; CHANNELS],
        window: &mut [i16],
    ) {
        let place = self.first();
        let (frames, _) = self.numbers.as_chunks_mut::<CHANNELS>();
        let (places, _) = window.as_chunks_mut::<CHANNELS>();
        let Some((past, [newest, ..])) = places.split_at_mut_checked(self.shape.taps) else {
            return;
        };
        if !past.is_empty() {
            gather(frames, place, self.shape.dilation, past);
        }
        copy_frame(newest, frame);
        if let Some(oldest) = frames.get_mut(place) {
            copy_frame(oldest, frame);
            *self.oldest = u32::try_from(place + 1).unwrap_or_default();
        }
    }

    /// Copies two frames from one on that is counted as in [`from`](Self::from).
    #[cfg(dsp)]
    pub(super) fn two(&self, block: &[i16], index: usize, to: &mut [i16]) {
        for (to, index) in to.chunks_mut(self.shape.channels.max(1)).zip([index, index + 1]) {
            copy(to, self.from(block, index));
        }
    }

    /// Writes the past frames, the oldest first, and those of a block to the front of `line`.
    #[inline(never)]
    pub(super) fn in_line(&self, block: &[i16], line: &mut [i16]) {
        let (newer, older) =
            self.numbers.split_at((self.first() * self.shape.channels).min(self.numbers.len()));
        let mut line = line;
        for part in [older, newer, block] {
            let Some((own, later)) = line.split_at_mut_checked(part.len()) else { return };
            copy(own, part);
            line = later;
        }
    }

    /// Replaces the oldest frames by the newest ones of a block.
    #[inline(never)]
    pub(super) fn store(&mut self, block: &[i16]) {
        if self.shape.frames == 0 {
            return;
        }
        let count = block.len() / self.shape.channels.max(1);
        // Where all are replaced, any place will do.
        let place = if count > self.shape.frames { 0 } else { self.first() };
        let start = block.len().saturating_sub(self.numbers.len());
        let newest = block.get(start..).unwrap_or_default();
        let (before, after) =
            self.numbers.split_at_mut((place * self.shape.channels).min(self.numbers.len()));
        copy(after, newest);
        copy(before, newest.get(after.len()..).unwrap_or_default());
        let next = place + count.min(self.shape.frames);
        let next = if next > self.shape.frames { next - self.shape.frames } else { next };
        *self.oldest = u32::try_from(next).unwrap_or_default();
    }
}

/// Writes numbers of two frames, which have as many, to two windows from number `at` on.
#[inline(always)]
pub(super) fn interleave(windows: &mut [Word], at: usize, one: &[i16], two: &[i16]) {
    #[cfg(dsp)]
    if at.is_multiple_of(2)
        && one.len().is_multiple_of(2)
        && kernel::interleave(windows.get_mut(at..).unwrap_or_default(), one, two)
    {
        return;
    }
    number_by_number(windows, at, one, two);
}

/// The same in Rust.
#[inline(never)]
fn number_by_number(windows: &mut [Word], at: usize, one: &[i16], two: &[i16]) {
    if at.is_multiple_of(2) {
        let (places, _) = windows.get_mut(at..).unwrap_or_default().as_chunks_mut::<2>();
        let ((ones, one), (twos, two)) = (one.as_chunks(), two.as_chunks());
        let mut places = places.iter_mut();
        for ((one, two), place) in ones.iter().zip(twos).zip(&mut places) {
            *place = [*one, *two].map(Word::of_pair);
        }
        if let ([one], [two], Some([first, second])) = (one, two, places.next()) {
            [*first.halves(), *second.halves()] = [[*one, 0], [*two, 0]];
        }
        return;
    }
    for (at, (one, two)) in (at..).zip(one.iter().zip(two)) {
        let (places, half) = (windows.get_mut(at / 2 * 2..), at % 2);
        if let Some([first, second, ..]) = places
            && let (Some(first), Some(second)) =
                (first.halves().get_mut(half), second.halves().get_mut(half))
        {
            (*first, *second) = (*one, *two);
        }
    }
}
