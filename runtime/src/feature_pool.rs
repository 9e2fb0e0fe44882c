//! Pools over the features of a frame, and reductions of all of them.

use crate::pool::{LongMean, LongSum, Max, Mean, Min, Reduction, Sum};

/// Numbers of a window whose plain sum is exact enough.
const SHORT: usize = Mean::LONGEST;

/// How windows lie on the features of a frame.
#[derive(Clone, Copy)]
struct Windows {
    features: usize,
    channels: usize,
    taps: usize,
    stride: usize,
    padding: usize,
    counts_padding: bool,
}

macro_rules! feature_pool {
    ($(#[$doc:meta])* $name:ident, $counts:literal, $short:ty, $long:ty) => {
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
            frame: [f32; IN],
        ) -> [f32; OUT] {
            let windows =
                const { windows([CHANNELS, TAPS, STRIDE, PADDING], IN, OUT, $counts) };
            let mut pooled = [0.0; OUT];
            if TAPS <= SHORT {
                reduce::<$short>(&mut pooled, &frame, windows);
            } else {
                reduce::<$long>(&mut pooled, &frame, windows);
            }
            pooled
        }
    };
}

feature_pool! {
    /// The maximum of each channel over windows of `TAPS` features, `STRIDE` apart, the first of which sticks out by
    /// `PADDING`: Keras' [`MaxPooling2D`](https://keras.io/api/layers/pooling_layers/max_pooling2d/) over the columns. A
    /// frame holds its features one after the other, each with its `CHANNELS`. NaN counts as the maximum.
    ///
    /// With one window of all features, it is the maximum over features; with `CHANNELS` of 1 and windows of the channels
    /// side by side, it is the maximum over channels.
    ///
    /// ```
    /// use streaming_net::__private::feature_max;
    ///
    /// // Four features of one channel: pairs, and pairs of which the first sticks out.
    /// assert_eq!(feature_max::<1, 2, 2, 0, 4, 2>([1.0, 3.0, -4.0, -2.0]), [3.0, -2.0]);
    /// assert_eq!(feature_max::<1, 2, 2, 1, 4, 3>([1.0, 3.0, -4.0, -2.0]), [1.0, 3.0, -2.0]);
    /// // Two features of two channels: over the features, and over the channels.
    /// assert_eq!(feature_max::<2, 2, 2, 0, 4, 2>([1.0, 3.0, -4.0, 4.0]), [1.0, 4.0]);
    /// assert_eq!(feature_max::<1, 2, 2, 0, 4, 2>([1.0, 3.0, -4.0, 4.0]), [3.0, 4.0]);
    /// ```
    feature_max, false, Max, Max
}
feature_pool! {
    /// The minimum, as [`feature_max`].
    ///
    /// ```
    /// assert_eq!(streaming_net::__private::feature_min::<1, 2, 2, 0, 4, 2>([1.0, 3.0, -4.0, -2.0]), [1.0, -4.0]);
    /// ```
    feature_min, false, Min, Min
}
feature_pool! {
    /// The mean of the features that are in a window, as [`feature_max`]: Keras'
    /// [`AveragePooling2D`](https://keras.io/api/layers/pooling_layers/average_pooling2d/) over the columns.
    ///
    /// ```
    /// use streaming_net::__private::feature_mean;
    ///
    /// assert_eq!(feature_mean::<1, 2, 2, 1, 4, 3>([1.0, 3.0, -4.0, -2.0]), [1.0, -0.5, -2.0]);
    /// ```
    feature_mean, false, Mean, LongMean
}
feature_pool! {
    /// The mean of a window in which what is beside the features counts as zeros, as [`feature_max`]: PyTorch's
    /// `AvgPool2d`.
    ///
    /// ```
    /// use streaming_net::__private::feature_mean_with_zeros;
    ///
    /// assert_eq!(feature_mean_with_zeros::<1, 2, 2, 1, 4, 3>([1.0, 3.0, -4.0, -2.0]), [0.5, -0.5, -1.0]);
    /// ```
    feature_mean_with_zeros, true, Mean, LongMean
}
feature_pool! {
    /// The sum, as [`feature_max`].
    ///
    /// ```
    /// assert_eq!(streaming_net::__private::feature_sum::<1, 4, 4, 0, 4, 1>([1.0, 3.0, -4.0, 2.0]), [2.0]);
    /// ```
    feature_sum, false, Sum, LongSum
}

const fn windows(
    [channels, taps, stride, padding]: [usize; 4],
    inputs: usize,
    outputs: usize,
    counts_padding: bool,
) -> Windows {
    assert!(channels >= 1 && taps >= 1 && stride >= 1, "a window has a feature");
    assert!(inputs.is_multiple_of(channels), "every feature has as many channels");
    assert!(outputs.is_multiple_of(channels), "every position has as many channels");
    let (features, positions) = (inputs / channels, outputs / channels);
    assert!(positions >= 1 && padding < taps, "every window has a feature");
    assert!((positions - 1) * stride < features + padding, "every window has a feature");
    Windows { features, channels, taps, stride, padding, counts_padding }
}

#[inline(never)]
fn reduce<R: Reduction>(pooled: &mut [f32], frame: &[f32], windows: Windows) {
    let Windows { features, channels, taps, stride, padding, counts_padding } = windows;
    let mut pooled = pooled.iter_mut();
    let mut start = 0_usize;
    while pooled.len() > 0 {
        let first = start.saturating_sub(padding);
        let end = (start + taps).saturating_sub(padding);
        let count = end.min(features).saturating_sub(first);
        let divisor = if counts_padding { taps } else { count };
        for (channel, pooled) in pooled.by_ref().take(channels).enumerate() {
            let mut place = first * channels + channel;
            let mut next = || {
                let x = frame.get(place).copied().unwrap_or_default();
                place += channels;
                x
            };
            let mut kept = R::first(next());
            for _ in 1..count {
                kept = R::next(kept, next());
            }
            *pooled = R::output(kept, divisor);
        }
        start += stride;
    }
}
