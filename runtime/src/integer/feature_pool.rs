//! Pools over the features of a frame, and reductions of all of them.

use super::saturated;
use super::scale::Scale;

/// How windows lie on the features of a frame.
#[derive(Clone, Copy)]
struct Windows {
    features: usize,
    channels: usize,
    taps: usize,
    stride: usize,
    padding: usize,
}

macro_rules! feature_pool {
    ($(#[$doc:meta])* $name:ident($($argument:ident: $ty:ty)?), $of:ident) => {
        $(#[$doc])*
        #[inline(always)]
        #[must_use]
        pub fn $name<
            const CHANNELS: usize,
            const TAPS: usize,
            const STRIDE: usize,
            const PADDING: usize,
            const IN: usize,
            const OUT: usize,
        >(
            frame: [i16; IN],
            $($argument: $ty)?
        ) -> [i16; OUT] {
            let windows = const { windows([CHANNELS, TAPS, STRIDE, PADDING], IN, OUT) };
            let mut pooled = [0; OUT];
            $of(windows, &frame, &mut pooled $(, $argument)?);
            pooled
        }
    };
}

feature_pool! {
    /// The maximum of each channel over windows of `TAPS` features, `STRIDE` apart, the first of which sticks out by
    /// `PADDING`. A frame holds its features one after the other, each with its `CHANNELS`.
    ///
    /// ```
    /// use streaming_net::__private::integer::feature_max;
    ///
    /// assert_eq!(feature_max::<1, 2, 2, 0, 4, 2>([1, 3, -4, -2]), [3, -2]);
    /// assert_eq!(feature_max::<1, 2, 2, 1, 4, 3>([1, 3, -4, -2]), [1, 3, -2]);
    /// ```
    feature_max(), most
}
feature_pool! {
    /// The minimum, as [`feature_max`].
    ///
    /// ```
    /// assert_eq!(streaming_net::__private::integer::feature_min::<1, 2, 2, 0, 4, 2>([1, 3, -4, -2]), [1, -4]);
    /// ```
    feature_min(), least
}
feature_pool! {
    /// The sum of the features that are in a window times a factor, as [`feature_max`].
    ///
    /// ```
    /// use streaming_net::__private::integer::{Scale, feature_sum};
    ///
    /// let half = Scale { multiplier: 32_768, shift: 0 };
    /// assert_eq!(feature_sum::<1, 2, 2, 1, 4, 3>([2, 3, -5, -2], half), [1, -1, -1]);
    /// ```
    feature_sum(scale: Scale), sums
}
feature_pool! {
    /// The mean of the features that are in a window, as [`feature_max`]. The last of `scales` is one part of `TAPS`, the one
    /// before it one of `TAPS - 1`, and so on.
    ///
    /// ```
    /// use streaming_net::__private::integer::{Scale, feature_mean};
    ///
    /// let half = Scale { multiplier: 32_768, shift: 0 };
    /// assert_eq!(feature_mean::<1, 2, 2, 1, 4, 3>([1, 3, -5, -2], &[half]), [1, -1, -2]);
    /// ```
    feature_mean(scales: &[Scale]), means
}

const fn windows(
    [channels, taps, stride, padding]: [usize; 4],
    inputs: usize,
    outputs: usize,
) -> Windows {
    assert!(channels >= 1 && taps >= 1 && stride >= 1, "a window has a feature");
    assert!(inputs.is_multiple_of(channels), "every feature has as many channels");
    assert!(outputs.is_multiple_of(channels), "every position has as many channels");
    let (features, positions) = (inputs / channels, outputs / channels);
    assert!(positions >= 1 && padding < taps, "every window has a feature");
    assert!((positions - 1) * stride < features + padding, "every window has a feature");
    Windows { features, channels, taps, stride, padding }
}

impl Windows {
    /// Writes what `of` makes of the numbers of each window and channel, and of how many these are.
    #[inline(always)]
    fn each<'a>(
        self,
        frame: &'a [i16],
        pooled: &mut [i16],
        of: impl Fn(core::iter::StepBy<core::slice::Iter<'a, i16>>, usize) -> i16,
    ) {
        for (position, outputs) in pooled.chunks_mut(self.channels.max(1)).enumerate() {
            let start = position * self.stride;
            let first = start.saturating_sub(self.padding);
            let end = (start + self.taps).saturating_sub(self.padding).min(self.features);
            let count = end.saturating_sub(first);
            for (channel, output) in outputs.iter_mut().enumerate() {
                let (from, to) = (first * self.channels + channel, end * self.channels);
                let numbers = frame.get(from..to).unwrap_or_default();
                *output = of(numbers.iter().step_by(self.channels.max(1)), count);
            }
        }
    }
}

#[inline(never)]
fn most(windows: Windows, frame: &[i16], pooled: &mut [i16]) {
    windows
        .each(frame, pooled, |numbers, _| numbers.fold(i16::MIN, |most, number| most.max(*number)));
}

#[inline(never)]
fn least(windows: Windows, frame: &[i16], pooled: &mut [i16]) {
    windows.each(frame, pooled, |numbers, _| {
        numbers.fold(i16::MAX, |least, number| least.min(*number))
    });
}

#[inline(never)]
fn sums(windows: Windows, frame: &[i16], pooled: &mut [i16], scale: Scale) {
    windows.each(frame, pooled, |numbers, _| scale.apply(numbers.map(|x| i32::from(*x)).sum()));
}

#[inline(never)]
fn means(windows: Windows, frame: &[i16], pooled: &mut [i16], scales: &[Scale]) {
    windows.each(frame, pooled, |numbers, count| {
        let sum = numbers.map(|number| i32::from(*number)).sum();
        let place = (count + scales.len()).checked_sub(1 + windows.taps);
        match place.and_then(|place| scales.get(place)) {
            Some(scale) if count > 1 => scale.apply(sum),
            _ => saturated(sum),
        }
    });
}
