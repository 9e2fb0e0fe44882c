//! Safe Rust for every target. All lengths are known when the firmware is compiled, so small layers become straight
//! lines of multiply-accumulates whose sums stay in registers.

use super::nothing;

/// The sums of a convolution's outputs, in two halves: the products of even input channels, and of odd ones.
///
/// Two chains of additions instead of one: half as long, so that less is lost to rounding, and independent, so that a
/// pipeline need not wait for one product before it adds the next.
pub(crate) struct Sums<const OUTPUTS: usize> {
    even: [f32; OUTPUTS],
    odd: [f32; OUTPUTS],
}

impl<const OUTPUTS: usize> Sums<OUTPUTS> {
    /// Sums that start from `first`.
    #[inline(always)]
    pub(crate) fn new(first: [f32; OUTPUTS]) -> Self {
        Self { even: first, odd: nothing() }
    }

    /// Adds `frame * weights`, a row vector times a matrix.
    #[inline(always)]
    pub(crate) fn add<const INPUTS: usize>(
        &mut self,
        frame: &[f32; INPUTS],
        weights: &[[f32; OUTPUTS]; INPUTS],
    ) {
        let (pairs, last) = frame.as_chunks::<2>();
        let (row_pairs, last_row) = weights.as_chunks::<2>();
        for ([even, odd], [even_row, odd_row]) in pairs.iter().zip(row_pairs) {
            add_product(&mut self.even, *even, even_row);
            add_product(&mut self.odd, *odd, odd_row);
        }
        for (even, even_row) in last.iter().zip(last_row) {
            add_product(&mut self.even, *even, even_row);
        }
    }

    /// The same for `GROUPS` matrices on a diagonal: group `g` of the outputs sees group `g` of the inputs alone.
    /// `weights[i]` holds what the `i`-th input of each group gives to its outputs.
    #[inline(always)]
    pub(crate) fn add_grouped<
        const INPUTS: usize,
        const GROUP_INPUTS: usize,
        const GROUPS: usize,
    >(
        &mut self,
        frame: &[f32; INPUTS],
        weights: &[[f32; OUTPUTS]; GROUP_INPUTS],
    ) {
        for (i, row) in weights.iter().enumerate() {
            let sums = if i % 2 == 0 { &mut self.even } else { &mut self.odd };
            let inputs = frame.iter().skip(i).step_by(GROUP_INPUTS);
            let outputs = sums.chunks_exact_mut(OUTPUTS / GROUPS);
            let rows = row.chunks_exact(OUTPUTS / GROUPS);
            for (x, (sums, row)) in inputs.zip(outputs.zip(rows)) {
                add_product(sums, *x, row);
            }
        }
    }

    #[inline(always)]
    pub(crate) fn total(mut self) -> [f32; OUTPUTS] {
        for (even, odd) in self.even.iter_mut().zip(self.odd) {
            *even += odd;
        }
        self.even
    }
}

#[inline(always)]
fn add_product<'a>(
    sums: impl IntoIterator<Item = &'a mut f32>,
    x: f32,
    row: impl IntoIterator<Item = &'a f32>,
) {
    for (sum, weight) in sums.into_iter().zip(row) {
        *sum += x * weight;
    }
}
