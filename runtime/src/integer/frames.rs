//! Several frames at a push.

use crate::combine::zip_frames;

/// Repeats `frame` `TIMES` times.
///
/// ```
/// use streaming_net::__private::integer::upsample;
/// assert_eq!(upsample::<3, 2>([1, -2]), [[1, -2], [1, -2], [1, -2]]);
/// ```
#[inline(always)]
#[must_use]
pub const fn upsample<const TIMES: usize, const CHANNELS: usize>(
    frame: [i16; CHANNELS],
) -> [[i16; CHANNELS]; TIMES] {
    [frame; TIMES]
}

/// Splits a frame into `TIMES` frames of `CHANNELS` channels, the first numbers first. `ALL` is `TIMES * CHANNELS`.
///
/// ```
/// assert_eq!(streaming_net::__private::integer::split::<2, 2, 4>([1, 2, 3, 4]), [[1, 2], [3, 4]]);
/// ```
///
/// A transposed convolution gives the numbers of all its frames as one frame of a [`Conv`](super::Conv):
///
/// ```
/// use streaming_net::__private::integer::{Conv, History, split};
///
/// // Linear interpolation by 2: half of the newest frame and of the one before, then the newest frame.
/// static RAMP: Conv<2, 2, 4> = Conv::new([[1, 1], [0, 1]], [1, 0], [1, 0], -32_768);
///
/// let mut history = History::<1, 1, 1>::new();
/// assert_eq!(split::<2, 1, 2>(RAMP.push(&mut history, [4])), [[2], [4]]);
/// assert_eq!(split::<2, 1, 2>(RAMP.push(&mut history, [8])), [[6], [8]]);
/// ```
#[inline(always)]
#[must_use]
pub fn split<const TIMES: usize, const CHANNELS: usize, const ALL: usize>(
    frame: [i16; ALL],
) -> [[i16; CHANNELS]; TIMES] {
    const { assert!(ALL == TIMES * CHANNELS, "the channels of all frames") }
    let mut frames = [[0; CHANNELS]; TIMES];
    for (place, x) in frames.as_flattened_mut().iter_mut().zip(frame) {
        *place = x;
    }
    frames
}

/// Joins several outputs of a layer that upsamples into one. `ALL` is `OUTPUTS * FRAMES`.
///
/// ```
/// assert_eq!(
///     streaming_net::__private::integer::joined([[[1], [2]], [[3], [4]]]),
///     [[1], [2], [3], [4]]
/// );
/// ```
#[inline(always)]
#[must_use]
pub fn joined<
    const CHANNELS: usize,
    const FRAMES: usize,
    const OUTPUTS: usize,
    const ALL: usize,
>(
    outputs: [[[i16; CHANNELS]; FRAMES]; OUTPUTS],
) -> [[i16; CHANNELS]; ALL] {
    const { assert!(ALL == OUTPUTS * FRAMES, "the frames of all outputs") }
    let mut all = [[0; CHANNELS]; ALL];
    for (place, frame) in all.iter_mut().zip(outputs.as_flattened()) {
        *place = *frame;
    }
    all
}

/// What `combine` makes of each frame of one list and of those beside it in two others.
///
/// ```
/// use streaming_net::__private::integer::zip_three_frames;
///
/// let sums = zip_three_frames([[1], [2]], [[3], [4]], [[5], [6]], |[a], [b], [c]| [a + b + c]);
/// assert_eq!(sums, [[9], [12]]);
/// ```
#[inline(always)]
#[must_use]
pub fn zip_three_frames<
    const A: usize,
    const B: usize,
    const C: usize,
    const OUT: usize,
    const FRAMES: usize,
>(
    frames: [[i16; A]; FRAMES],
    others: [[i16; B]; FRAMES],
    thirds: [[i16; C]; FRAMES],
    mut combine: impl FnMut([i16; A], [i16; B], [i16; C]) -> [i16; OUT],
) -> [[i16; OUT]; FRAMES] {
    let mut thirds = thirds.into_iter();
    zip_frames(frames, others, |frame, other| {
        combine(frame, other, thirds.next().unwrap_or([0; C]))
    })
}
