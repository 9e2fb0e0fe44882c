//! Clocks: after how many pushes a value is there first, and every how many pushes from then on; how many frames it has; to
//! which input frame it belongs. One algebra for all passes.

/// When a value is there. All counts are of frames of the network's input, as a push brings one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clock {
    /// Input frames before the newest one that the value depends on; [`Clock::ALL`] where an operation never forgets. Of a
    /// value of several frames, beside those that `within` goes back to.
    pub(crate) past: usize,
    /// Of a value of several frames: frames of such values before one of its own that this depends on.
    pub(crate) within: usize,
    /// The first push that has the value, counted from 0.
    pub(crate) first: usize,
    /// From there, one value for so many pushes.
    pub(crate) stride: usize,
    /// The value of a push belongs to the input frame so many pushes before: zeros behind the last frame have been waited for.
    pub(crate) lag: usize,
    /// The frames of one value.
    pub(crate) frames: usize,
}

impl Clock {
    /// At every push, and of its frame alone.
    pub(crate) const EVERY_PUSH: Self =
        Self { past: 0, within: 0, first: 0, stride: 1, lag: 0, frames: 1 };

    /// The past of an operation that forgets nothing.
    pub(crate) const ALL: usize = usize::MAX;

    /// Whether some pushes have no value.
    pub(crate) fn is_scheduled(self) -> bool {
        self.first > 0 || self.stride > 1
    }

    /// Input frames before the newest one that a value depends on, its oldest frame or a later one.
    pub(crate) fn reach(self) -> usize {
        let pushes = self.within.div_ceil(self.frames);
        self.past.saturating_add(pushes.saturating_mul(self.stride))
    }

    /// The clock behind an operation of the clock `next`, which sees a frame where this one has a value, and each frame of a
    /// value that has several.
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

    /// The same value, so many input frames later.
    pub(crate) fn delayed(self, frames: usize) -> Self {
        Self {
            past: self.past.saturating_add(frames),
            first: self.first.saturating_add(frames),
            lag: self.lag.saturating_add(frames),
            ..self
        }
    }

    /// The input frame to which the first value belongs; below 0 it is a zero before the first frame.
    fn origin(self) -> i128 {
        let [first, lag] =
            [self.first, self.lag].map(|count| i128::try_from(count).unwrap_or(i128::MAX));
        first - lag
    }
}

/// How values come together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Together {
    pub(crate) clock: Clock,
    /// The input frames by which each of them has to be delayed.
    pub(crate) delays: Vec<usize>,
}

/// Why two values, of these places, never come together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Apart {
    pub(crate) places: [usize; 2],
    pub(crate) why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Why {
    /// One is there at more pushes than the other.
    Strides,
    /// They belong to input frames that are so many apart, which is no multiple of their stride.
    Frames(usize),
    /// A push has more frames of one.
    Counts,
}

/// Which of two sequences' values belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Meet {
    /// Those of the same input frames, as layers of a network over time mean it.
    #[default]
    OfFrames,
    /// The first with the first, and so on: what a file does that says operations on whole sequences.
    #[cfg_attr(not(feature = "onnx"), allow(dead_code, reason = "no model is read"))]
    InOrder,
}

/// Brings values together as `meet` says.
pub(crate) fn together(clocks: &[Clock], meet: Meet) -> Result<Together, Apart> {
    match meet {
        Meet::OfFrames => of_frames(clocks),
        Meet::InOrder => in_order(clocks),
    }
}

/// Delays every value to the push at which the latest is there first.
fn in_order(clocks: &[Clock]) -> Result<Together, Apart> {
    let latest = clocks.iter().map(|clock| clock.first).max().unwrap_or_default();
    same_counts(clocks)?;
    let delays: Vec<_> = clocks.iter().map(|clock| latest - clock.first).collect();
    let mut together = clocks.first().copied().unwrap_or(Clock::EVERY_PUSH);
    for (own, delay) in clocks.iter().zip(&delays) {
        let own = own.delayed(*delay);
        together.past = together.past.max(own.past);
        together.within = together.within.max(own.within);
        together.lag = together.lag.max(own.lag);
    }
    Ok(Together { clock: Clock { first: latest, ..together }, delays })
}

/// Whether every push has as many frames of each of the values, or none of any.
fn same_counts(clocks: &[Clock]) -> Result<(), Apart> {
    let Some((first, others)) = clocks.split_first() else { return Ok(()) };
    let differs = |of: fn(&Clock) -> usize, why: Why| {
        let place = others.iter().position(|other| of(other) != of(first));
        place.map_or(Ok(()), |place| Err(Apart { places: [0, place + 1], why }))
    };
    differs(|clock| clock.stride, Why::Strides)?;
    differs(|clock| clock.frames, Why::Counts)
}

/// Brings values of one stride together.
///
/// Values that belong to the same input frames meet there. Windows that lie less than a stride apart, as those of a strided
/// convolution and of a pool, meet one by one in their order, as in a framework: `y[j] = a[j] + b[j]`.
fn of_frames(clocks: &[Clock]) -> Result<Together, Apart> {
    same_counts(clocks)?;
    let Some(first) = clocks.first() else {
        return Ok(Together { clock: Clock::EVERY_PUSH, delays: Vec::new() });
    };
    let earliest = clocks.iter().enumerate().min_by_key(|(_, clock)| clock.origin());
    let (earliest, origin) = earliest.map_or((0, 0), |(place, clock)| (place, clock.origin()));
    let mut lags = Vec::new();
    for (place, clock) in clocks.iter().enumerate() {
        let apart = usize::try_from(clock.origin() - origin).unwrap_or(usize::MAX);
        // A window that lies less than a stride behind counts as if it belonged to the earliest frame.
        let ahead = if apart.is_multiple_of(clock.stride) { 0 } else { apart };
        if ahead > clock.stride {
            return Err(Apart { places: [earliest, place], why: Why::Frames(apart) });
        }
        lags.push(clock.lag.saturating_add(ahead));
    }
    let lag = lags.iter().copied().max().unwrap_or_default();
    let delays: Vec<_> = lags.iter().map(|own| lag - own).collect();
    let mut clock = Clock { lag, ..*first };
    for (own, delay) in clocks.iter().zip(&delays) {
        let own = own.delayed(*delay);
        clock.past = clock.past.max(own.past);
        clock.within = clock.within.max(own.within);
        clock.first = clock.first.max(own.first);
    }
    Ok(Together { clock, delays })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn together(clocks: &[Clock]) -> Result<Together, Apart> {
        super::together(clocks, Meet::OfFrames)
    }

    const fn clock(past: usize, first: usize, stride: usize, lag: usize) -> Clock {
        Clock { past, within: 0, first, stride, lag, frames: 1 }
    }

    #[test]
    fn a_chain_counts_in_frames_of_its_input() {
        let chain = clock(4, 4, 2, 0).then(clock(2, 1, 3, 1));
        assert_eq!(chain, clock(8, 6, 6, 2));
        assert_eq!(clock(Clock::ALL, 0, 1, 0).then(clock(2, 2, 1, 0)).past, Clock::ALL);
        // Three frames of the second operation, two of which come of one frame of the first; then one more.
        let upsampled = Clock { frames: 2, ..clock(1, 0, 1, 0) };
        let three = upsampled.then(clock(3, 0, 1, 0));
        assert_eq!(three, Clock { within: 3, ..upsampled });
        assert_eq!(three.reach(), 3);
        assert_eq!(three.then(clock(1, 0, 1, 0)).reach(), 3);
        assert_eq!(upsampled.then(clock(Clock::ALL, 0, 1, 0)).reach(), Clock::ALL);
    }

    #[test]
    fn a_value_that_is_late_or_seldom_is_scheduled() {
        assert!(!Clock::EVERY_PUSH.is_scheduled());
        assert!(clock(3, 3, 1, 0).is_scheduled());
        assert!(clock(0, 0, 2, 0).is_scheduled());
        assert!(clock(3, 3, 2, 0).is_scheduled());
    }

    #[test]
    fn a_delay_is_part_of_what_a_value_depends_on() {
        assert_eq!(clock(4, 2, 2, 1).delayed(6), clock(10, 8, 2, 7));
    }

    #[test]
    fn an_early_value_waits_for_what_belongs_together() {
        // `same` padding of 3 and of 7 taps, and the input itself.
        let [three, seven] = [clock(2, 1, 1, 1), clock(6, 3, 1, 3)];
        assert_eq!(together(&[three, seven]), Ok(Together { clock: seven, delays: vec![2, 0] }));
        assert_eq!(
            together(&[seven, Clock::EVERY_PUSH]),
            Ok(Together { clock: seven, delays: vec![0, 3] })
        );
        // Valid padding of 3 and of 5 taps: both are of the newest frame, the second from frame 4 on.
        let [three, five] = [clock(2, 2, 1, 0), clock(4, 4, 1, 0)];
        assert_eq!(together(&[three, five]), Ok(Together { clock: five, delays: vec![0, 0] }));
    }

    #[test]
    fn windows_less_than_a_stride_apart_meet_in_their_order() {
        let pool = clock(1, 1, 2, 0);
        // Three taps, one zero before the first frame: at the same pushes as the pool.
        let padded = together(&[clock(2, 1, 2, 1), pool]);
        assert_eq!(padded, Ok(Together { clock: clock(2, 1, 2, 1), delays: vec![0, 0] }));
        // Three taps without padding: a push later.
        let valid = together(&[clock(2, 2, 2, 0), pool]);
        assert_eq!(valid, Ok(Together { clock: clock(2, 2, 2, 1), delays: vec![0, 1] }));
        // Two convolutions of three taps, the first of them strided, beside a strided one of one tap.
        let two = clock(2, 1, 2, 1).then(clock(2, 1, 1, 1));
        let one = clock(0, 0, 2, 0);
        assert_eq!(
            together(&[two, one]),
            Ok(Together { clock: clock(6, 3, 2, 3), delays: vec![0, 3] })
        );
    }

    #[test]
    fn values_that_never_meet_are_refused() {
        let [valid, causal] = [clock(7, 7, 2, 0), clock(3, 0, 2, 0)];
        let why = |clocks: [Clock; 2]| together(&clocks).unwrap_err();
        assert_eq!(why([valid, causal]), Apart { places: [1, 0], why: Why::Frames(7) });
        assert_eq!(why([causal, Clock::EVERY_PUSH]), Apart { places: [0, 1], why: Why::Strides });
        let several = Clock { frames: 2, ..Clock::EVERY_PUSH };
        assert_eq!(why([several, Clock::EVERY_PUSH]), Apart { places: [0, 1], why: Why::Counts });
    }

    #[test]
    fn a_multiple_of_the_stride_is_a_crop() {
        // The first output of the causal one has no other to meet.
        let [later, causal] = [clock(4, 4, 2, 0), clock(3, 0, 2, 0)];
        assert_eq!(together(&[later, causal]), Ok(Together { clock: later, delays: vec![0, 0] }));
    }

    #[test]
    fn sequences_meet_in_order() {
        // Valid padding of 3 taps, and the input: its first frame waits for the first output.
        let met = super::together(&[clock(2, 2, 1, 0), Clock::EVERY_PUSH], Meet::InOrder);
        let later = Clock { lag: 2, ..clock(2, 2, 1, 0) };
        assert_eq!(met, Ok(Together { clock: later, delays: vec![0, 2] }));
        let apart = super::together(&[clock(0, 0, 2, 0), Clock::EVERY_PUSH], Meet::InOrder);
        assert_eq!(apart, Err(Apart { places: [0, 1], why: Why::Strides }));
    }
}
