//! Safe Rust for every target. All lengths are known when the firmware is compiled, so small layers become straight
//! lines of multiply-accumulates whose sums stay in registers.

mod large;

use core::slice;

use super::{add, nothing};

/// Multiply-accumulates of a layer that is written out.
const MOST_INLINED: usize = 256;

/// Products of a sum that is short enough for one chain of additions.
const MOST_IN_ONE_CHAIN: usize = 8;

/// `first` and the products of all taps: the `past` frames, oldest first, and the `newest`.
#[inline(always)]
pub(crate) fn conv<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    first: [f32; OUTPUTS],
    past: &[[f32; INPUTS]],
    newest: &[f32; INPUTS],
) -> [f32; OUTPUTS] {
    if TAPS * INPUTS * OUTPUTS <= MOST_INLINED {
        return small_conv(kernel, first, past, newest);
    }
    let mut sums = first;
    if let Some((newest_kernel, past_kernel)) = kernel.split_last() {
        let past = (past.as_flattened(), past_kernel.as_flattened());
        large::add_products(&mut sums, [past, (newest, newest_kernel)]);
    }
    sums
}

/// The same, written out.
///
/// Written out where it is called, weights become constants one by one. That is the fastest where they are loaded one by
/// one, and no good to the Cortex-M55's vectors (Helium), which load them in a row.
#[cfg_attr(helium, inline(never))]
#[cfg_attr(not(helium), inline(always))]
fn small_conv<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    first: [f32; OUTPUTS],
    past: &[[f32; INPUTS]],
    newest: &[f32; INPUTS],
) -> [f32; OUTPUTS] {
    let taps = past.iter().chain([newest]).zip(kernel);
    if TAPS * INPUTS <= MOST_IN_ONE_CHAIN {
        let mut sums = first;
        for (frame, weights) in taps {
            for (x, row) in frame.iter().zip(weights) {
                add_product(&mut sums, *x, row);
            }
        }
        return sums;
    }
    let mut sums = Sums { even: first, odd: nothing() };
    for (frame, weights) in taps {
        sums.add(frame, weights, 0);
    }
    sums.total()
}

/// The same for a kernel in `GROUPS` groups.
#[inline(always)]
pub(crate) fn grouped_conv<
    const TAPS: usize,
    const INPUTS: usize,
    const GROUP_INPUTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
>(
    kernel: &[[[f32; OUTPUTS]; GROUP_INPUTS]; TAPS],
    first: [f32; OUTPUTS],
    past: &[[f32; INPUTS]],
    newest: &[f32; INPUTS],
) -> [f32; OUTPUTS] {
    if GROUP_INPUTS == 1 && OUTPUTS == INPUTS && TAPS * OUTPUTS > MOST_INLINED {
        let mut sums = first;
        if let Some((newest_kernel, past_kernel)) = kernel.split_last() {
            let past = (past, past_kernel.as_flattened());
            let newest = (slice::from_ref(newest), newest_kernel.as_slice());
            large::add_channel_products(&mut sums, [past, newest]);
        }
        return sums;
    }
    let mut sums = Sums { even: first, odd: nothing() };
    for (frame, weights) in past.iter().chain([newest]).zip(kernel) {
        sums.add_grouped::<INPUTS, GROUP_INPUTS, GROUPS>(frame, weights);
    }
    sums.total()
}

/// The sums of a convolution's outputs, in two halves: the products of even input channels, and of odd ones.
///
/// Two chains of additions instead of one: half as long, so that less is lost to rounding, and independent, so that a
/// pipeline need not wait for one product before it adds the next.
struct Sums<const OUTPUTS: usize> {
    even: [f32; OUTPUTS],
    odd: [f32; OUTPUTS],
}

impl<const OUTPUTS: usize> Sums<OUTPUTS> {
    /// Adds `vector * matrix`, a row vector times the columns from `column` on of a matrix with as many rows.
    #[inline(always)]
    fn add<const WIDTH: usize>(&mut self, vector: &[f32], matrix: &[[f32; WIDTH]], column: usize) {
        let (pairs, last) = vector.as_chunks::<2>();
        let (row_pairs, last_row) = matrix.as_chunks::<2>();
        for ([even, odd], [even_row, odd_row]) in pairs.iter().zip(row_pairs) {
            add_product(&mut self.even, *even, columns(even_row, column, OUTPUTS));
            add_product(&mut self.odd, *odd, columns(odd_row, column, OUTPUTS));
        }
        for (even, even_row) in last.iter().zip(last_row) {
            add_product(&mut self.even, *even, columns(even_row, column, OUTPUTS));
        }
    }

    /// The same for `GROUPS` matrices on a diagonal: group `g` of the outputs sees group `g` of the inputs alone.
    /// `weights[i]` holds what the `i`-th input of each group gives to its outputs.
    #[inline(always)]
    fn add_grouped<const INPUTS: usize, const GROUP_INPUTS: usize, const GROUPS: usize>(
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
    fn total(mut self) -> [f32; OUTPUTS] {
        add(&mut self.even, &self.odd);
        self.even
    }
}

/// Adds `x * row` to `sums`.
#[inline(always)]
fn add_product(sums: &mut [f32], x: f32, row: &[f32]) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += x * weight;
    }
}

/// Some columns of a row, which are all there.
#[inline(always)]
fn columns(row: &[f32], column: usize, count: usize) -> &[f32] {
    row.get(column..column + count).unwrap_or_default()
}
