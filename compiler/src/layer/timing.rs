//! When layers answer, and what their answers mean.

/// When a layer answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Timing {
    /// Input frames before the newest one that an answer depends on; [`Timing::ALL`] of them where what the layer keeps
    /// never leaves it. Where an answer has several frames, beside those that `within` goes back to.
    pub(crate) past: usize,
    /// Where an answer has several frames: frames of such answers before one of its own that this depends on.
    pub(crate) within: usize,
    /// The first input frame that is answered, counted from 0.
    pub(crate) first: usize,
    /// From there, one answer for so many input frames.
    pub(crate) stride: usize,
    /// The answer to a frame is the framework's output for so many frames before it: zeros behind the last frame have been
    /// waited for.
    pub(crate) lag: usize,
    /// The frames of one answer.
    pub(crate) frames: usize,
}

impl Timing {
    /// A layer of the newest frame alone.
    pub(crate) const AT_ONCE: Self =
        Self { past: 0, within: 0, first: 0, stride: 1, lag: 0, frames: 1 };

    /// The past of a layer that forgets nothing.
    pub(crate) const ALL: usize = usize::MAX;

    /// Whether the layer counts pushes, because it does not answer all.
    pub(crate) fn is_scheduled(self) -> bool {
        self.first > 0 || self.stride > 1
    }

    /// Input frames before the newest one that an answer depends on, its oldest frame or a later one.
    pub(crate) fn reach(self) -> usize {
        let pushes = self.within.div_ceil(self.frames);
        self.past.saturating_add(pushes.saturating_mul(self.stride))
    }

    /// The timing of this and then of another layer, which sees a frame where this one answers. Behind several frames, that
    /// is every frame.
    pub(crate) fn then(self, next: Self) -> Self {
        let at = |frames: usize| frames.saturating_mul(self.stride);
        let (past, within) = if self.frames == 1 || next.past == Self::ALL {
            (self.past.saturating_add(at(next.past)), next.within)
        } else {
            let within = self.within.saturating_add(next.past).saturating_mul(next.frames);
            (self.past, within.saturating_add(next.within))
        };
        Self {
            past,
            within,
            first: self.first.saturating_add(at(next.first)),
            stride: self.stride.saturating_mul(next.stride),
            lag: self.lag.saturating_add(at(next.lag)),
            frames: self.frames.saturating_mul(next.frames),
        }
    }

    /// The timing where `branches` come together, and how many of its own answers each has to wait for the latest.
    pub(crate) fn together(branches: &[Self]) -> Result<(Self, Vec<usize>), Unaligned> {
        let stride = branches.iter().map(|branch| branch.stride).max().unwrap_or(1);
        let lag = branches.iter().map(|branch| branch.lag).max().unwrap_or(0);
        let mut together = Self { stride, lag, ..Self::AT_ONCE };
        let (mut delays, mut firsts) = (Vec::new(), Vec::new());
        for (branch, timing) in branches.iter().enumerate() {
            if timing.stride != stride {
                return Err(Unaligned::Stride { branch });
            }
            let early = lag - timing.lag;
            if !early.is_multiple_of(stride) {
                return Err(Unaligned::Lag { branch, apart: early % stride });
            }
            delays.push(early / stride);
            firsts.push(timing.first.saturating_add(early));
            together.past = together.past.max(timing.past.saturating_add(early));
        }
        together.first = firsts.iter().copied().max().unwrap_or(0);
        let waits = firsts.iter().map(|first| together.first - first);
        let uneven = waits.enumerate().find(|(_, wait)| !wait.is_multiple_of(stride));
        if let Some((branch, wait)) = uneven {
            return Err(Unaligned::Phase { branch, early: wait % stride });
        }
        Ok((together, delays))
    }
}

/// Why branches never answer the same push.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unaligned {
    /// This branch answers more often than another.
    Stride { branch: usize },
    /// The answers of this branch belong to frames that are so many from those of the others.
    Lag { branch: usize, apart: usize },
    /// This branch answers so many pushes before the others, and not when they do.
    Phase { branch: usize, early: usize },
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn timing(past: usize, first: usize, stride: usize, lag: usize) -> Timing {
        Timing { past, within: 0, first, stride, lag, frames: 1 }
    }

    #[test]
    fn a_chain_counts_in_frames_of_its_input() {
        let chain = timing(4, 4, 2, 0).then(timing(2, 1, 3, 1));
        assert_eq!(chain, timing(8, 6, 6, 2));
        assert_eq!(timing(Timing::ALL, 0, 1, 0).then(timing(2, 2, 1, 0)).past, Timing::ALL);
        // Three frames of the second layer, two of which come of one frame of the first; then one more.
        let upsampled = Timing { frames: 2, ..timing(1, 0, 1, 0) };
        let three = upsampled.then(timing(3, 0, 1, 0));
        assert_eq!(three, Timing { within: 3, ..upsampled });
        assert_eq!(three.reach(), 3);
        assert_eq!(three.then(timing(1, 0, 1, 0)).reach(), 3);
        assert_eq!(upsampled.then(timing(Timing::ALL, 0, 1, 0)).reach(), Timing::ALL);
    }

    #[test]
    fn an_early_branch_waits_for_what_belongs_together() {
        // `same` padding of 3 and of 7 taps beside the input itself.
        let branches = [timing(2, 1, 1, 1), timing(6, 3, 1, 3), Timing::AT_ONCE];
        assert_eq!(Timing::together(&branches), Ok((timing(6, 3, 1, 3), vec![2, 0, 3])));
        // Valid padding of 3 and of 5 taps: both answer for the newest frame, the second from frame 4 on.
        let branches = [timing(2, 2, 1, 0), timing(4, 4, 1, 0)];
        assert_eq!(Timing::together(&branches), Ok((timing(4, 4, 1, 0), vec![0, 0])));
    }

    #[test]
    fn branches_that_never_meet_are_refused() {
        let valid = timing(3, 3, 2, 0);
        let causal = timing(3, 0, 2, 0);
        assert_eq!(
            Timing::together(&[valid, causal]),
            Err(Unaligned::Phase { branch: 1, early: 1 })
        );
        assert_eq!(
            Timing::together(&[causal, Timing::AT_ONCE]),
            Err(Unaligned::Stride { branch: 1 })
        );
        assert_eq!(
            Timing::together(&[causal, timing(3, 1, 2, 1)]),
            Err(Unaligned::Lag { branch: 0, apart: 1 })
        );
    }
}
