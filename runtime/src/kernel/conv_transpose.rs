//! Transposed convolutions: several output frames, a phase each, for one input frame.

use super::{MOST_INLINED, add_tap, gemv};
use crate::activation::linear;
use crate::delay_line::Past;

/// The `activation` of `first` and the products of one phase after the other: of phase `q` has the newest frame met tap `q`,
/// the frame before it tap `q + STRIDE`, and so on. With `LATE`, these are the taps `q - LATE`, `q - LATE + STRIDE`, and so on,
/// of which the first may not be there.
#[inline(always)]
pub(crate) fn transposed<
    const TAPS: usize,
    const PAST: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
    const STRIDE: usize,
    const LATE: usize,
>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    first: [f32; OUTPUTS],
    past: Past<'_, INPUTS>,
    newest: &[f32; INPUTS],
    activation: impl Fn(&mut [f32]),
) -> [[f32; OUTPUTS]; STRIDE] {
    let mut outputs = [first; STRIDE];
    if TAPS * INPUTS * OUTPUTS <= MOST_INLINED {
        add_frames::<TAPS, INPUTS, OUTPUTS, STRIDE, LATE>(
            &mut outputs,
            kernel,
            newest,
            past.iter(),
            add_tap,
        );
    } else {
        add_rows::<TAPS, INPUTS, OUTPUTS, STRIDE, LATE>(&mut outputs, kernel, past, newest);
    }
    for output in &mut outputs {
        activation(output);
    }
    outputs
}

/// Layers too large to be written out: a function for all of a shape.
#[inline(never)]
fn add_rows<
    const TAPS: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
    const STRIDE: usize,
    const LATE: usize,
>(
    outputs: &mut [[f32; OUTPUTS]; STRIDE],
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    past: Past<'_, INPUTS>,
    newest: &[f32; INPUTS],
) {
    add_frames::<TAPS, INPUTS, OUTPUTS, STRIDE, LATE>(
        outputs,
        kernel,
        newest,
        past.iter(),
        |sums, frame, weights| {
            gemv::add_products(sums, &[(frame.as_slice(), weights.as_slice())], linear);
        },
    );
}

/// Adds to the sums of each phase the products of the newest frame, then those of the past frames, oldest first.
#[inline(always)]
fn add_frames<
    'a,
    const TAPS: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
    const STRIDE: usize,
    const LATE: usize,
>(
    outputs: &mut [[f32; OUTPUTS]; STRIDE],
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    newest: &'a [f32; INPUTS],
    past: impl Iterator<Item = &'a [f32; INPUTS]>,
    add_tap: impl Fn(&mut [f32; OUTPUTS], &[f32; INPUTS], &[[f32; OUTPUTS]; INPUTS]),
) {
    let (of_newest, of_past) = kernel.split_at(TAPS.min(STRIDE - LATE));
    for (sums, weights) in outputs.iter_mut().skip(LATE).zip(of_newest) {
        add_tap(sums, newest, weights);
    }
    for (frame, taps) in past.zip(of_past.chunks(STRIDE).rev()) {
        for (sums, weights) in outputs.iter_mut().zip(taps) {
            add_tap(sums, frame, weights);
        }
    }
}
