//! Functions of one number without a table. The scale behind them is that before them.

/// Each number, but no less than `low` and no more than `high`.
///
/// ```
/// assert_eq!(streaming_net::__private::integer::clip([-9, 3, 9], 0, 6), [0, 3, 6]);
/// ```
#[inline(always)]
#[must_use]
pub fn clip<const CHANNELS: usize>(frame: [i16; CHANNELS], low: i16, high: i16) -> [i16; CHANNELS] {
    frame.map(|number| number.max(low).min(high))
}

/// Each number, and below zero that times `slope / 2^15`, rounded half up.
///
/// ```
/// assert_eq!(streaming_net::__private::integer::leaky([-300, 300], 328), [-3, 300]);
/// ```
#[inline(always)]
#[must_use]
pub fn leaky<const CHANNELS: usize>(mut frame: [i16; CHANNELS], slope: i16) -> [i16; CHANNELS] {
    if CHANNELS <= FEW {
        return frame.map(|number| shortened(number, slope));
    }
    shorten(&mut frame, slope);
    frame
}

/// Channels for which a call is more than what is called.
const FEW: usize = 8;

/// As [`leaky`], with a slope for each channel.
///
/// ```
/// assert_eq!(streaming_net::__private::integer::prelu([-300, -300], &[328, 16_384]), [-3, -150]);
/// ```
#[inline(always)]
#[must_use]
pub fn prelu<const CHANNELS: usize>(
    mut frame: [i16; CHANNELS],
    slopes: &[i16; CHANNELS],
) -> [i16; CHANNELS] {
    for (number, slope) in frame.iter_mut().zip(slopes) {
        *number = shortened(*number, *slope);
    }
    frame
}

/// Each number, but no less than `low` and no more than `high`.
#[inline(never)]
pub(super) fn limited(numbers: &mut [i16], low: i16, high: i16) {
    for number in numbers {
        *number = (*number).max(low).min(high);
    }
}

/// As [`leaky`], of any number of numbers.
#[inline(never)]
pub(super) fn shorten(frame: &mut [i16], slope: i16) {
    for number in frame {
        *number = shortened(*number, slope);
    }
}

/// A slope is from 0 to 2^15 - 1: the product is the larger one below zero, and the number itself above.
#[inline(always)]
fn shortened(number: i16, slope: i16) -> i16 {
    let product = (i32::from(number) * i32::from(slope) + (1 << 14)) >> 15;
    #[allow(clippy::cast_possible_truncation, reason = "a factor of at most 1")]
    {
        number.max(product as i16)
    }
}
