//! The products of one window with the rows of a matrix.

/// A matrix and what its sums become, as [`Conv`](super::Conv) has them.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) weights: &'a [i16],
    pub(super) bias: &'a [i32],
    pub(super) shifts: &'a [u8],
    pub(super) low: i16,
}

impl Rows<'_> {
    /// The rows of one group, of so many outputs and weights each.
    #[inline(always)]
    pub(super) fn part(self, group: usize, (_, outputs, weights): (usize, usize, usize)) -> Self {
        let of = |length: usize| group * length..(group + 1) * length;
        Self {
            weights: self.weights.get(of(weights)).unwrap_or_default(),
            bias: self.bias.get(of(outputs)).unwrap_or_default(),
            shifts: self.shifts.get(of(outputs)).unwrap_or_default(),
            low: self.low,
        }
    }
}

/// How many rows are computed at once.
const ROWS: usize = 4;

/// Writes `max(low, (bias + seed * 2^shift + Σ weight * number) >> shift)`, saturated, for each row. No seed is one of
/// zeros.
///
/// The compiler has proven that no sum overflows, whatever the numbers are.
#[inline(never)]
pub(super) fn sums(rows: Rows<'_>, window: &[i16], seed: &[i16], outputs: &mut [i16]) {
    let (pairs, _) = window.as_chunks::<2>();
    let (mut weights, _) = rows.weights.as_chunks::<2>();
    let mut seeds = seed.iter();
    let mut ends = rows.bias.iter().zip(rows.shifts);
    let (fours, rest) = outputs.as_chunks_mut::<ROWS>();
    for outputs in fours {
        weights = tile(pairs, weights, &mut ends, &mut seeds, rows.low, outputs);
    }
    match rest {
        [_] => rest.first_chunk_mut::<1>().map(|rest| {
            tile(pairs, weights, &mut ends, &mut seeds, rows.low, rest);
        }),
        [_, _] => rest.first_chunk_mut::<2>().map(|rest| {
            tile(pairs, weights, &mut ends, &mut seeds, rows.low, rest);
        }),
        [_, _, _] => rest.first_chunk_mut::<3>().map(|rest| {
            tile(pairs, weights, &mut ends, &mut seeds, rows.low, rest);
        }),
        _ => None,
    };
}

/// Writes the outputs of `N` rows, and returns the weights behind theirs.
#[inline(always)]
fn tile<'w, 'e, const N: usize>(
    pairs: &[[i16; 2]],
    weights: &'w [[i16; 2]],
    ends: &mut impl Iterator<Item = (&'e i32, &'e u8)>,
    seeds: &mut core::slice::Iter<'_, i16>,
    low: i16,
    outputs: &mut [i16; N],
) -> &'w [[i16; 2]] {
    let (own, rest) = weights.split_at_checked(pairs.len() * N).unwrap_or_default();
    let (own, _) = own.as_chunks::<N>();
    let sums = products(pairs, own);
    for (output, sum) in outputs.iter_mut().zip(sums) {
        let Some((bias, shift)) = ends.next() else { continue };
        let shift = u32::from(*shift) & 31;
        let mut sum = sum + bias;
        if let Some(seed) = seeds.next() {
            sum += i32::from(*seed) << shift;
        }
        *output = super::saturated(sum >> shift).max(low);
    }
    rest
}

/// The products of `N` rows, side by side.
#[inline(always)]
fn products<const N: usize>(pairs: &[[i16; 2]], weights: &[[[i16; 2]; N]]) -> [i32; N] {
    let mut sums = [0; N];
    for (x, weights) in pairs.iter().zip(weights) {
        let x = x.map(i32::from);
        for (sum, w) in sums.iter_mut().zip(weights) {
            *sum += x[0] * i32::from(w[0]);
            *sum += x[1] * i32::from(w[1]);
        }
    }
    sums
}
