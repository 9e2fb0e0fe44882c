//! Layers that keep what they answered: GRU and LSTM. Each gate is two convolutions of one tap, of which the second
//! starts from the sums of the first, so that both kernels compute it, and the second's activation is the gate's.
//!
//! A NaN that such a layer takes stays in it until `reset`.

mod gru;
mod lstm;

use core::array;

use crate::{Past, kernel, linear};

pub use gru::{Gru, GruState, Reset, ResetBefore};
pub use lstm::{Lstm, LstmState};

/// The weights of one gate of a [`Gru`] or an [`Lstm`], in flash: a gate is a function of
/// `bias[u] + Σ kernel[i][u] * x[i] + Σ recurrent_kernel[v][u] * h[v]`, with `h` the layer's last answer.
///
/// Keras keeps the gates of a layer side by side, in one kernel `(inputs, gates * units)`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Gate<const INPUTS: usize, const UNITS: usize> {
    /// The kernel, `(inputs, units)`.
    pub kernel: [[f32; UNITS]; INPUTS],
    /// The recurrent kernel, `(units, units)`.
    pub recurrent_kernel: [[f32; UNITS]; UNITS],
    /// The bias, which is zeros in a layer without one.
    pub bias: [f32; UNITS],
}

impl<const INPUTS: usize, const UNITS: usize> Gate<INPUTS, UNITS> {
    /// The gate of a layer that has `GATES`. One function serves those of a large layer, where each would be written
    /// out; where the recurrent kernel is not, one function serves it already.
    #[inline(always)]
    fn apply<const GATES: usize>(
        &self,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        let is_large = !kernel::is_written_out(GATES * (INPUTS + UNITS) * UNITS);
        if is_large && kernel::is_written_out(UNITS * UNITS) {
            self.apply_shared(frame, last, activation)
        } else {
            self.apply_inlined(frame, last, activation)
        }
    }

    #[inline(never)]
    fn apply_shared(
        &self,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        self.apply_inlined(frame, last, activation)
    }

    #[inline(always)]
    fn apply_inlined(
        &self,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        product(&self.recurrent_kernel, self.input_sums(frame), last, activation)
    }

    /// What the frame adds to the bias.
    #[inline(always)]
    fn input_sums(&self, frame: &[f32; INPUTS]) -> [f32; UNITS] {
        product(&self.kernel, self.bias, frame, linear)
    }
}

/// The `activation` of `first` and a row vector times a matrix.
#[inline(always)]
fn product<const INPUTS: usize, const UNITS: usize>(
    kernel: &[[f32; UNITS]; INPUTS],
    first: [f32; UNITS],
    frame: &[f32; INPUTS],
    activation: impl Fn(&mut [f32]),
) -> [f32; UNITS] {
    const { assert!(INPUTS >= 1 && UNITS >= 1, "a frame has channels") }
    let kernel = array::from_ref(kernel);
    kernel::conv::<1, 0, INPUTS, UNITS>(kernel, first, Past::NONE, frame, activation)
}
