//! Functions that join the frames of two branches, or split a frame.

/// The sum of two frames, channel by channel: Keras' `Add`.
///
/// ```
/// assert_eq!(streaming_net::add([1.0, 2.0], [0.5, -2.0]), [1.5, 0.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn add<const CHANNELS: usize>(mut a: [f32; CHANNELS], b: [f32; CHANNELS]) -> [f32; CHANNELS] {
    for (a, b) in a.iter_mut().zip(b) {
        *a += b;
    }
    a
}

/// The product of two frames, channel by channel: Keras' `Multiply`.
///
/// ```
/// assert_eq!(streaming_net::multiply([1.0, 2.0], [0.5, -2.0]), [0.5, -4.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn multiply<const CHANNELS: usize>(
    mut a: [f32; CHANNELS],
    b: [f32; CHANNELS],
) -> [f32; CHANNELS] {
    for (a, b) in a.iter_mut().zip(b) {
        *a *= b;
    }
    a
}

/// The channels of `a`, then those of `b`: Keras' `Concatenate`. `OUT` is `A + B`.
///
/// ```
/// let both: [f32; 3] = streaming_net::concat([1.0], [2.0, 3.0]);
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

/// Splits a frame into the first and the second half of its channels. `IN` is `2 * HALF`.
///
/// ```
/// assert_eq!(streaming_net::halves([1.0, 2.0, 3.0, 4.0]), ([1.0, 2.0], [3.0, 4.0]));
/// ```
#[inline(always)]
#[must_use]
pub fn halves<const IN: usize, const HALF: usize>(frame: [f32; IN]) -> ([f32; HALF], [f32; HALF]) {
    const { assert!(IN == 2 * HALF, "two halves of the channels") }
    let half = |half: Option<&[f32; HALF]>| half.copied().unwrap_or([0.0; HALF]);
    (half(frame.first_chunk()), half(frame.last_chunk()))
}

/// Mixes two frames channel by channel: `share * active + (1 - share) * plain`.
///
/// ```
/// assert_eq!(streaming_net::blend([1.0, 2.0], [3.0, 4.0], [0.5, 1.0]), [2.0, 4.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn blend<const CHANNELS: usize>(
    mut plain: [f32; CHANNELS],
    active: [f32; CHANNELS],
    share: [f32; CHANNELS],
) -> [f32; CHANNELS] {
    for (x, (active, share)) in plain.iter_mut().zip(active.into_iter().zip(share)) {
        *x = share * active + (1.0 - share) * *x;
    }
    plain
}

/// Runs a branch of a network: a `?` inside it returns from the branch, not from the `push` of the network.
///
/// ```
/// use streaming_net::{DelayLine, ScheduledHistory, add, branch};
///
/// let mut history = ScheduledHistory::<1, 1, 1, 1, 1>::new(); // 2 taps, valid padding
/// let mut push = |frame: [f32; 1]| {
///     let sum = branch(|| {
///         let [past] = history.push(frame, |past| past.frames())?;
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
