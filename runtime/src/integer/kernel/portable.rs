//! The products as the language has them.

use super::{FRACTION, ROWS, Window, Word, fine};
use crate::integer::saturated;

/// As [`sums`](super::sums).
#[inline(always)]
pub(super) fn sums<const WINDOW: usize, const OUTPUTS: usize>(
    words: &[Word],
    shifts: &[u8],
    window: &Window<WINDOW>,
    outputs: &mut [i16; OUTPUTS],
    is_rectified: bool,
) {
    let (window, _) = window.0.as_chunks();
    of_one(words, shifts, window, outputs, is_rectified);
}

/// One function for all shapes.
#[inline(never)]
fn of_one(
    words: &[Word],
    shifts: &[u8],
    window: &[[i16; 2]],
    outputs: &mut [i16],
    is_rectified: bool,
) {
    let pairs = window.iter().map(|pair| pair.map(i32::from));
    of_pairs(words, shifts, &pairs, outputs, written(is_rectified));
}

/// As [`add_sums`](super::add_sums).
#[inline(always)]
pub(super) fn add_sums<const WINDOW: usize, const OUTPUTS: usize>(
    words: &[Word],
    shifts: &[u8],
    window: &Window<WINDOW>,
    sums: &mut [i32; OUTPUTS],
) {
    let (window, _) = window.0.as_chunks();
    add_one(words, shifts, window, sums);
}

/// One function for all shapes.
#[inline(never)]
fn add_one(words: &[Word], shifts: &[u8], window: &[[i16; 2]], sums: &mut [i32]) {
    let pairs = window.iter().map(|pair| pair.map(i32::from));
    of_pairs(words, shifts, &pairs, sums, added);
}

/// Writes a sum.
#[inline(always)]
fn written(is_rectified: bool) -> impl Fn(&mut i16, i32) {
    let low = if is_rectified { 0 } else { i16::MIN };
    move |output, sum| *output = saturated(sum).max(low)
}

/// Adds to a fine sum.
#[inline(always)]
fn added(fine_sum: &mut i32, sum: i32) {
    *fine_sum = fine(*fine_sum + sum);
}

/// What `finish` makes of the sums of a window.
#[inline(always)]
fn of_pairs<'a, T>(
    mut words: &'a [Word],
    mut shifts: &'a [u8],
    window: &(impl ExactSizeIterator<Item = [i32; 2]> + Clone),
    outputs: &mut [T],
    finish: impl Fn(&mut T, i32),
) {
    let (tiles, rest) = outputs.as_chunks_mut::<ROWS>();
    for outputs in tiles {
        (words, shifts) = tile(words, shifts, window.clone(), outputs, &finish);
    }
    for_rest::<1, T>(words, shifts, window, rest, &finish);
    for_rest::<2, T>(words, shifts, window, rest, &finish);
    for_rest::<3, T>(words, shifts, window, rest, &finish);
}

/// The last tile, where that has `N` rows.
#[inline(always)]
fn for_rest<const N: usize, T>(
    words: &[Word],
    shifts: &[u8],
    window: &(impl ExactSizeIterator<Item = [i32; 2]> + Clone),
    outputs: &mut [T],
    finish: &impl Fn(&mut T, i32),
) {
    if let Ok(outputs) = <&mut [T; N]>::try_from(outputs) {
        tile(words, shifts, window.clone(), outputs, finish);
    }
}

/// Finishes the outputs of `N` rows, and returns what is behind theirs.
#[inline(always)]
fn tile<'a, const N: usize, T>(
    words: &'a [Word],
    shifts: &'a [u8],
    window: impl ExactSizeIterator<Item = [i32; 2]>,
    outputs: &mut [T; N],
    finish: &impl Fn(&mut T, i32),
) -> (&'a [Word], &'a [u8]) {
    let nothing = (&[][..], &[][..]);
    let Some((bias, words)) = words.split_first_chunk::<N>() else { return nothing };
    let Some((own_shifts, shifts)) = shifts.split_first_chunk::<N>() else { return nothing };
    let Some((weights, words)) = words.split_at_checked(window.len() * N) else { return nothing };
    let mut sums = bias.map(Word::whole);
    for (x, weights) in window.zip(weights.as_chunks::<N>().0) {
        for (sum, weights) in sums.iter_mut().zip(weights) {
            let [first, second] = weights.pair();
            *sum += x[0] * first + x[1] * second;
        }
    }
    for ((output, sum), shift) in outputs.iter_mut().zip(sums).zip(own_shifts) {
        finish(output, sum >> (shift & 31));
    }
    (words, shifts)
}

/// As [`sums_of_two`](super::sums_of_two).
#[inline(never)]
pub(super) fn sums_of_two(
    words: &[Word],
    shifts: &[u8],
    windows: &[Word],
    outputs: &mut [i16],
    is_rectified: bool,
) {
    of_two(words, shifts, windows, outputs, written(is_rectified));
}

/// As [`add_sums_of_two`](super::add_sums_of_two).
#[inline(never)]
pub(super) fn add_sums_of_two(words: &[Word], shifts: &[u8], windows: &[Word], sums: &mut [i32]) {
    of_two(words, shifts, windows, sums, added);
}

/// What `finish` makes of the sums of two windows.
#[inline(always)]
fn of_two<T>(
    words: &[Word],
    shifts: &[u8],
    windows: &[Word],
    outputs: &mut [T],
    finish: impl Fn(&mut T, i32),
) {
    let (windows, _) = windows.as_chunks::<2>();
    let (first, second) = outputs.split_at_mut(shifts.len().min(outputs.len()));
    for (frame, outputs) in [first, second].into_iter().enumerate() {
        let window =
            windows.iter().map(|pairs| pairs.get(frame).map_or([0; 2], |pair| pair.pair()));
        of_pairs(words, shifts, &window, outputs, &finish);
    }
}

/// As [`rounded`](super::rounded).
#[inline(always)]
pub(super) fn rounded(sums: &[i32], numbers: &mut [i16]) {
    for (number, sum) in numbers.iter_mut().zip(sums) {
        // The whole part of 24 bits: 16.
        #[allow(clippy::cast_possible_truncation, reason = "it is in range")]
        {
            *number = (sum >> FRACTION) as i16;
        }
    }
}
