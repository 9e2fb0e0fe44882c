//! Recurrent layers: GRU, LSTM, and the simple one without gates. Each gate is two convolutions of one tap, one of the input and one of the state. The
//! second starts from the sums of the first and applies the activation of the gate, so that the convolution kernels
//! compute both.
//!
//! A NaN in the input of such a layer stays in its state until `reset`.

mod gru;
mod lstm;
mod rnn;

use core::array;

use crate::activation::linear;
use crate::delay_line::Past;
use crate::kernel;

pub use gru::{Gru, GruState, ResetBefore, ResetGate};
pub use lstm::{Lstm, LstmState};
pub use rnn::{Rnn, RnnState};

/// The weights of one gate of a [`Gru`], an [`Lstm`] or an [`Rnn`], in flash: a gate is a function of
/// `bias[u] + Σ kernel[i][u] * x[i] + Σ recurrent_kernel[v][u] * h[v]`, with `h` the last output of the layer.
///
/// Keras stores all gates of a layer in one kernel of shape `(inputs, gates * units)`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Gate<const INPUTS: usize, const UNITS: usize> {
    /// The kernel, of shape `(inputs, units)`.
    pub kernel: [[f32; UNITS]; INPUTS],
    /// The recurrent kernel, of shape `(units, units)`.
    pub recurrent_kernel: [[f32; UNITS]; UNITS],
    /// The bias: zeros for a layer without one.
    pub bias: [f32; UNITS],
}

impl<const INPUTS: usize, const UNITS: usize> Gate<INPUTS, UNITS> {
    /// The value of one gate of a layer with `GATES`. In a large layer whose recurrent kernel is inlined, the gates share
    /// one function, so that the inlined code exists only once.
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

    /// The bias plus the product with the input frame.
    #[inline(always)]
    fn input_sums(&self, frame: &[f32; INPUTS]) -> [f32; UNITS] {
        product(&self.kernel, self.bias, frame, linear)
    }
}

/// The `activation` of `first` plus a row vector times a matrix.
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
