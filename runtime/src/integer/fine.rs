//! Fine sums: numbers of 24 bits, of which the last eight are a fraction. Each has one half of a whole more than it is, so that its
//! whole part is the nearest one.

use super::blocks::first;
use super::kernel::{FRACTION, HALF, rounded};

/// The nearest numbers of 16 bits.
///
/// ```
/// use streaming_net::__private::integer::{extend, round};
///
/// let sums = extend([3, -1]);
/// assert_eq!(sums, [3 * 256 + 128, -256 + 128]);
/// assert_eq!(round([sums[0] + 127, sums[0] + 128, sums[1] - 129]), [3, 4, -2]);
/// ```
#[inline(always)]
#[must_use]
pub fn round<const CHANNELS: usize>(sums: [i32; CHANNELS]) -> [i16; CHANNELS] {
    let mut frame = [0; CHANNELS];
    rounded(&sums, &mut frame);
    frame
}

/// The sums that are these numbers.
#[inline(always)]
#[must_use]
pub fn extend<const CHANNELS: usize>(frame: [i16; CHANNELS]) -> [i32; CHANNELS] {
    frame.map(extended)
}

/// Writes what [`round`] gives for each of the `frames` to the front of `buffer`, which is long enough, and returns it.
#[inline(always)]
pub fn round_block<'a, const CHANNELS: usize>(
    frames: &[[i32; CHANNELS]],
    buffer: &'a mut [i16],
) -> &'a mut [[i16; CHANNELS]] {
    let outputs = first(buffer, frames.len());
    rounded(frames.as_flattened(), outputs.as_flattened_mut());
    outputs
}

/// Writes what [`extend`] gives for each of the `frames` to the front of `buffer`, which is long enough, and returns it.
#[inline(always)]
pub fn extend_block<'a, const CHANNELS: usize>(
    frames: &[[i16; CHANNELS]],
    buffer: &'a mut [i32],
) -> &'a mut [[i32; CHANNELS]] {
    let sums = first(buffer, frames.len());
    extend_all(frames.as_flattened(), sums.as_flattened_mut());
    sums
}

/// Copies the `sums` to the front of `buffer`, which is long enough, and returns the copy.
#[inline(always)]
pub fn copy_block<'a, const CHANNELS: usize>(
    sums: &[[i32; CHANNELS]],
    buffer: &'a mut [i32],
) -> &'a mut [[i32; CHANNELS]] {
    let copy = first(buffer, sums.len());
    copy.iter_mut().zip(sums).for_each(|(copy, sums)| *copy = *sums);
    copy
}

/// One function for frames of any number of channels.
#[inline(never)]
fn extend_all(numbers: &[i16], sums: &mut [i32]) {
    for (sum, number) in sums.iter_mut().zip(numbers) {
        *sum = extended(*number);
    }
}

#[inline(always)]
fn extended(number: i16) -> i32 {
    (i32::from(number) << FRACTION) + HALF
}
