//! The frames of two, or one frame in two.

use super::saturated;
use super::scale::Scale;

/// The sum of two frames of one scale, saturated.
///
/// ```
/// assert_eq!(streaming_net::__private::integer::add([1, 32_000], [2, 32_000]), [3, 32_767]);
/// ```
#[inline(always)]
#[must_use]
pub fn add<const CHANNELS: usize>(a: [i16; CHANNELS], b: [i16; CHANNELS]) -> [i16; CHANNELS] {
    both(a, b, i16::saturating_add)
}

/// The difference of two frames of one scale, saturated.
#[inline(always)]
#[must_use]
pub fn subtract<const CHANNELS: usize>(a: [i16; CHANNELS], b: [i16; CHANNELS]) -> [i16; CHANNELS] {
    both(a, b, i16::saturating_sub)
}

/// The smaller of two frames of one scale.
#[inline(always)]
#[must_use]
pub fn minimum<const CHANNELS: usize>(a: [i16; CHANNELS], b: [i16; CHANNELS]) -> [i16; CHANNELS] {
    both(a, b, i16::min)
}

/// The larger of two frames of one scale.
#[inline(always)]
#[must_use]
pub fn maximum<const CHANNELS: usize>(a: [i16; CHANNELS], b: [i16; CHANNELS]) -> [i16; CHANNELS] {
    both(a, b, i16::max)
}

/// The product of two frames, times a factor.
///
/// ```
/// use streaming_net::__private::integer::{Scale, multiply};
///
/// let quarter = Scale { multiplier: 16_384, shift: 0 };
/// assert_eq!(multiply([6, -20_000], [10, 20_000], quarter), [15, -32_768]);
/// ```
#[inline(always)]
#[must_use]
pub fn multiply<const CHANNELS: usize>(
    a: [i16; CHANNELS],
    b: [i16; CHANNELS],
    scale: Scale,
) -> [i16; CHANNELS] {
    both(a, b, |a, b| scale.apply(i32::from(a) * i32::from(b)))
}

/// Channel by channel, `plain + (active - plain) * share * scale`, saturated.
///
/// ```
/// use streaming_net::__private::integer::{Scale, blend};
///
/// let of_a_share = Scale { multiplier: 32_768, shift: 14 }; // shares are parts of 2^15
/// assert_eq!(blend([100, -100], [300, 300], [16_384, 0], of_a_share), [200, -100]);
/// ```
#[inline(always)]
#[must_use]
pub fn blend<const CHANNELS: usize>(
    mut plain: [i16; CHANNELS],
    active: [i16; CHANNELS],
    share: [i16; CHANNELS],
    scale: Scale,
) -> [i16; CHANNELS] {
    for (plain, (active, share)) in plain.iter_mut().zip(active.into_iter().zip(share)) {
        // 65535 * 32768 is less than 2^31.
        let product = (i32::from(active) - i32::from(*plain)) * i32::from(share);
        *plain = saturated(i32::from(*plain) + i32::from(scale.apply(product)));
    }
    plain
}

/// The channels of `a`, then those of `b`. `OUT` is `A + B`.
///
/// ```
/// let both: [i16; 3] = streaming_net::__private::integer::concat([1], [2, 3]);
/// assert_eq!(both, [1, 2, 3]);
/// ```
#[inline(always)]
#[must_use]
pub fn concat<const A: usize, const B: usize, const OUT: usize>(
    a: [i16; A],
    b: [i16; B],
) -> [i16; OUT] {
    const { assert!(OUT == A + B, "the channels of both") }
    let mut both = [0; OUT];
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
/// assert_eq!(streaming_net::__private::integer::slice::<4, 1, 2>([1, 2, 3, 4]), [2, 3]);
/// ```
#[inline(always)]
#[must_use]
pub fn slice<const IN: usize, const START: usize, const OUT: usize>(
    frame: [i16; IN],
) -> [i16; OUT] {
    const { assert!(START + OUT <= IN, "channels that the frame has") }
    let channels = frame.get(START..).and_then(|channels| channels.first_chunk());
    channels.copied().unwrap_or([0; OUT])
}

/// The numbers of `frame` at the places `indices`.
///
/// ```
/// assert_eq!(streaming_net::__private::integer::gather([1, 2, 3], &[2, 0, 0, 1]), [3, 1, 1, 2]);
/// ```
#[inline(always)]
#[must_use]
pub fn gather<const IN: usize, const OUT: usize>(
    frame: [i16; IN],
    indices: &[u16; OUT],
) -> [i16; OUT] {
    indices.map(|index| frame.get(usize::from(index)).copied().unwrap_or_default())
}

#[inline(always)]
fn both<const CHANNELS: usize>(
    mut a: [i16; CHANNELS],
    b: [i16; CHANNELS],
    of: impl Fn(i16, i16) -> i16,
) -> [i16; CHANNELS] {
    for (a, b) in a.iter_mut().zip(b) {
        *a = of(*a, b);
    }
    a
}

/// Adds `numbers` to `sums`, which are as many, saturated. One function for frames of any number of channels.
#[inline(never)]
pub(super) fn added(sums: &mut [i16], numbers: &[i16]) {
    for (sum, number) in sums.iter_mut().zip(numbers) {
        *sum = sum.saturating_add(*number);
    }
}
