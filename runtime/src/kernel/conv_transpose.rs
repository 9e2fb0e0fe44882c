//! Transposed convolutions: several output frames, a phase each, for one input frame.

use super::dense;
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
    let (of_newest, of_past) = kernel.split_at(TAPS.min(STRIDE - LATE));
    for (sums, weights) in outputs.iter_mut().skip(LATE).zip(of_newest) {
        *sums = dense(sums, newest, weights);
    }
    for (frame, taps) in past.iter().zip(of_past.chunks(STRIDE).rev()) {
        for (sums, weights) in outputs.iter_mut().zip(taps) {
            *sums = dense(sums, frame, weights);
        }
    }
    for output in &mut outputs {
        activation(output);
    }
    outputs
}
