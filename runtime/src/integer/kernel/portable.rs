//! The products as the language has them.

use super::{ROWS, Window, Word};

/// As [`sums`](super::sums).
#[inline(always)]
pub(super) fn sums<const WINDOW: usize, const OUTPUTS: usize>(
    words: &[Word],
    shifts: &[u8],
    window: &Window<WINDOW>,
    seed: Option<&[i16; OUTPUTS]>,
    outputs: &mut [i16; OUTPUTS],
    is_rectified: bool,
) {
    let low = if is_rectified { 0 } else { i16::MIN };
    let seed = seed.map_or(&[][..], |seed| seed);
    let (window, _) = window.0.as_chunks();
    of_one(words, shifts, window, seed, outputs, low);
}

/// One function for all shapes.
#[inline(never)]
fn of_one(
    words: &[Word],
    shifts: &[u8],
    window: &[[i16; 2]],
    seed: &[i16],
    outputs: &mut [i16],
    low: i16,
) {
    of_pairs(words, shifts, &window.iter().map(|pair| pair.map(i32::from)), seed, outputs, low);
}

/// The outputs of the pairs of a window.
#[inline(always)]
fn of_pairs<'a>(
    mut words: &'a [Word],
    mut shifts: &'a [u8],
    window: &(impl ExactSizeIterator<Item = [i32; 2]> + Clone),
    mut seed: &'a [i16],
    outputs: &mut [i16],
    low: i16,
) {
    let (tiles, rest) = outputs.as_chunks_mut::<ROWS>();
    for outputs in tiles {
        (words, shifts, seed) = tile(words, shifts, window.clone(), seed, outputs, low);
    }
    for_rest::<1>(words, shifts, window, seed, rest, low);
    for_rest::<2>(words, shifts, window, seed, rest, low);
    for_rest::<3>(words, shifts, window, seed, rest, low);
}

/// The last tile, where that has `N` rows.
#[inline(always)]
fn for_rest<const N: usize>(
    words: &[Word],
    shifts: &[u8],
    window: &(impl ExactSizeIterator<Item = [i32; 2]> + Clone),
    seed: &[i16],
    outputs: &mut [i16],
    low: i16,
) {
    if let Ok(outputs) = <&mut [i16; N]>::try_from(outputs) {
        tile(words, shifts, window.clone(), seed, outputs, low);
    }
}

/// Writes the outputs of `N` rows, and returns what is behind theirs.
#[inline(always)]
fn tile<'a, const N: usize>(
    words: &'a [Word],
    shifts: &'a [u8],
    window: impl ExactSizeIterator<Item = [i32; 2]>,
    seed: &'a [i16],
    outputs: &mut [i16; N],
    low: i16,
) -> (&'a [Word], &'a [u8], &'a [i16]) {
    let nothing = (&[][..], &[][..], &[][..]);
    let Some((bias, words)) = words.split_first_chunk::<N>() else { return nothing };
    let Some((own_shifts, shifts)) = shifts.split_first_chunk::<N>() else { return nothing };
    let Some((weights, words)) = words.split_at_checked(window.len() * N) else { return nothing };
    let mut sums = bias.map(Word::whole);
    let seed = match seed.split_first_chunk::<N>() {
        Some((own, seed)) => {
            for (sum, (seed, shift)) in sums.iter_mut().zip(own.iter().zip(own_shifts)) {
                *sum += i32::from(*seed) << (shift & 31);
            }
            seed
        }
        None => seed,
    };
    for (x, weights) in window.zip(weights.as_chunks::<N>().0) {
        for (sum, weights) in sums.iter_mut().zip(weights) {
            let [first, second] = weights.pair();
            *sum += x[0] * first + x[1] * second;
        }
    }
    for ((output, sum), shift) in outputs.iter_mut().zip(sums).zip(own_shifts) {
        *output = crate::integer::saturated(sum >> (shift & 31)).max(low);
    }
    (words, shifts, seed)
}

/// As [`sums_of_two`](super::sums_of_two).
#[inline(never)]
pub(super) fn sums_of_two(
    words: &[Word],
    shifts: &[u8],
    windows: &[Word],
    seed: &[i16],
    outputs: &mut [i16],
    low: i16,
) {
    let (windows, _) = windows.as_chunks::<2>();
    let (first, second) = outputs.split_at_mut(shifts.len().min(outputs.len()));
    let (first_seed, second_seed) = seed.split_at_checked(first.len()).unwrap_or_default();
    for (frame, (seed, outputs)) in
        [(first_seed, first), (second_seed, second)].into_iter().enumerate()
    {
        let window =
            windows.iter().map(|pairs| pairs.get(frame).map_or([0; 2], |pair| pair.pair()));
        of_pairs(words, shifts, &window, seed, outputs, low);
    }
}
