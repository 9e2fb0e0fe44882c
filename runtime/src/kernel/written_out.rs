//! Small layers, written out where they are called.

#[cfg(assembly)]
use super::cortex_m::conv;
#[cfg(not(assembly))]
use super::portable::conv;
use super::{LayerShape, elementwise};
use crate::delay_line::Past;

/// Multiply-accumulates of a layer that is written out at every place that it is called from. Of more, the Cortex-M7 gains by the
/// assembly's order of loads.
const MOST_WRITTEN_OUT: usize = if cfg!(cortex_m7) { 128 } else { 256 };

/// The `first` sums, and the products of all taps added to them; then the activation.
#[inline(always)]
pub(crate) fn conv_of_past<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    first: &[f32; OUTPUTS],
    newest: &[f32; INPUTS],
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    shape: &LayerShape<TAPS, INPUTS, OUTPUTS>,
    past: Past<'_, INPUTS>,
    activation: impl Fn(&mut [f32]),
) -> [f32; OUTPUTS] {
    if cfg!(writes_out) && TAPS * INPUTS * OUTPUTS <= MOST_WRITTEN_OUT {
        return written_out(first, newest, kernel, past, activation);
    }
    let mut sums = conv(first, newest, kernel, shape, past);
    activation(&mut sums);
    elementwise::copied(&sums)
}

/// The same, written out: weights become constants, one by one.
///
/// That is the fastest where they are loaded one by one, and no good to the Cortex-M55's vectors (Helium), which load them in a
/// row.
#[cfg_attr(helium, inline(never))]
#[cfg_attr(not(helium), inline(always))]
fn written_out<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    first: &[f32; OUTPUTS],
    newest: &[f32; INPUTS],
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    past: Past<'_, INPUTS>,
    activation: impl Fn(&mut [f32]),
) -> [f32; OUTPUTS] {
    let mut sums = *first;
    let Some((newest_kernel, past_kernel)) = kernel.split_last() else { return sums };
    add_tap(&mut sums, newest, newest_kernel);
    for (weights, frame) in past_kernel.iter().zip(past.cycle()) {
        add_tap(&mut sums, frame, weights);
    }
    activation(&mut sums);
    sums
}

/// Adds `frame * weights`, a row vector times a matrix, written out.
#[inline(always)]
fn add_tap<const INPUTS: usize, const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    frame: &[f32; INPUTS],
    weights: &[[f32; OUTPUTS]; INPUTS],
) {
    for (x, row) in frame.iter().zip(weights) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += x * weight;
        }
    }
}
