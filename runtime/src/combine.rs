//! What puts chains of layers together: the frames of two, or one frame in two.

use crate::kernel::elementwise;

/// The sum of two frames, channel by channel: Keras' `Add`.
///
/// ```
/// assert_eq!(streaming_net::__private::add([1.0, 2.0], [0.5, -2.0]), [1.5, 0.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn add<const CHANNELS: usize>(a: [f32; CHANNELS], b: [f32; CHANNELS]) -> [f32; CHANNELS] {
    elementwise::sum(&a, &b)
}

/// The product of two frames, channel by channel: Keras' `Multiply`.
///
/// ```
/// assert_eq!(streaming_net::__private::multiply([1.0, 2.0], [0.5, -2.0]), [0.5, -4.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn multiply<const CHANNELS: usize>(a: [f32; CHANNELS], b: [f32; CHANNELS]) -> [f32; CHANNELS] {
    elementwise::product(&a, &b)
}

/// The difference of two frames, channel by channel: Keras' `Subtract`.
///
/// ```
/// assert_eq!(streaming_net::__private::subtract([1.0, 2.0], [0.5, -2.0]), [0.5, 4.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn subtract<const CHANNELS: usize>(a: [f32; CHANNELS], b: [f32; CHANNELS]) -> [f32; CHANNELS] {
    elementwise::difference(&a, &b)
}

/// The quotient of two frames, channel by channel.
///
/// ```
/// assert_eq!(streaming_net::__private::divide([1.0, 2.0], [0.5, -2.0]), [2.0, -1.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn divide<const CHANNELS: usize>(
    mut a: [f32; CHANNELS],
    b: [f32; CHANNELS],
) -> [f32; CHANNELS] {
    elementwise::zip(&mut a, &b, |a, b| a / b);
    a
}

/// The smaller of two frames, channel by channel: Keras' `Minimum`. NaN in either frame is NaN.
///
/// ```
/// assert_eq!(streaming_net::__private::minimum([1.0, 2.0], [0.5, 4.0]), [0.5, 2.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn minimum<const CHANNELS: usize>(
    mut a: [f32; CHANNELS],
    b: [f32; CHANNELS],
) -> [f32; CHANNELS] {
    elementwise::zip(&mut a, &b, |a, b| if a <= b || a.is_nan() { a } else { b });
    a
}

/// The larger of two frames, channel by channel: Keras' `Maximum`. NaN in either frame is NaN.
///
/// ```
/// assert_eq!(streaming_net::__private::maximum([1.0, 2.0], [0.5, 4.0]), [1.0, 4.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn maximum<const CHANNELS: usize>(
    mut a: [f32; CHANNELS],
    b: [f32; CHANNELS],
) -> [f32; CHANNELS] {
    elementwise::zip(&mut a, &b, |a, b| if a >= b || a.is_nan() { a } else { b });
    a
}

/// The channels of `a`, then those of `b`: Keras' `Concatenate`. `OUT` is `A + B`.
///
/// ```
/// let both: [f32; 3] = streaming_net::__private::concat([1.0], [2.0, 3.0]);
/// assert_eq!(both, [1.0, 2.0, 3.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn concat<const A: usize, const B: usize, const OUT: usize>(
    a: [f32; A],
    b: [f32; B],
) -> [f32; OUT] {
    const { assert!(OUT == A + B, "the channels of both") }
    let mut both = [0.0; OUT];
    if let Some(first) = both.first_chunk_mut() {
        *first = a;
    }
    if let Some(last) = both.last_chunk_mut() {
        *last = b;
    }
    both
}

/// The channels of a frame from `START` on, as many as `OUT`.
///
/// ```
/// assert_eq!(streaming_net::__private::slice::<4, 1, 2>([1.0, 2.0, 3.0, 4.0]), [2.0, 3.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn slice<const IN: usize, const START: usize, const OUT: usize>(
    frame: [f32; IN],
) -> [f32; OUT] {
    const { assert!(START + OUT <= IN, "channels that the frame has") }
    let channels = frame.get(START..).and_then(|channels| channels.first_chunk());
    channels.copied().unwrap_or([0.0; OUT])
}

/// What `combine` makes of each frame of one list and of that beside it in the other.
///
/// ```
/// use streaming_net::__private::{add, zip_frames};
///
/// assert_eq!(zip_frames([[1.0], [2.0]], [[3.0], [4.0]], add), [[4.0], [6.0]]);
/// ```
#[inline(always)]
#[must_use]
pub fn zip_frames<
    T: Copy + Default,
    const A: usize,
    const B: usize,
    const OUT: usize,
    const FRAMES: usize,
>(
    frames: [[T; A]; FRAMES],
    others: [[T; B]; FRAMES],
    mut combine: impl FnMut([T; A], [T; B]) -> [T; OUT],
) -> [[T; OUT]; FRAMES] {
    let mut others = others.into_iter();
    frames.map(|frame| combine(frame, others.next().unwrap_or([T::default(); B])))
}

/// Channel by channel, `share` of `active` and the rest of `plain`: `share * active + (1 - share) * plain`.
///
/// ```
/// assert_eq!(streaming_net::__private::blend([1.0, 2.0], [3.0, 4.0], [0.5, 1.0]), [2.0, 4.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn blend<const CHANNELS: usize>(
    mut plain: [f32; CHANNELS],
    active: [f32; CHANNELS],
    share: [f32; CHANNELS],
) -> [f32; CHANNELS] {
    elementwise::blend(&mut plain, &active, &share);
    plain
}

/// Calls a branch of a network: a `?` in it leaves the branch, and not the network's `push`.
///
/// ```
/// use streaming_net::__private::{DelayLine, ScheduledHistory, add, branch};
///
/// let mut history = ScheduledHistory::<1, 1, 1, 1, 1>::new(); // 2 taps, valid padding
/// let mut push = |frame: [f32; 1]| {
///     let sum = branch(|| {
///         let [past] = history.push(&frame, |past| past.frames())?;
///         Some(add(past, frame))
///     });
///     (frame, sum)
/// };
/// assert_eq!(push([3.0]), ([3.0], None));
/// assert_eq!(push([4.0]), ([4.0], Some([7.0])));
/// ```
#[inline(always)]
pub fn branch<T>(layers: impl FnOnce() -> Option<T>) -> Option<T> {
    layers()
}
