//! Recurrent layers: GRU, LSTM, and the simple one without gates. The sums of all gates are one product, of the input and of the
//! last output side by side.
//!
//! A NaN in the input of such a layer stays in its state until `reset`.

mod gru;
mod lstm;
mod rnn;

use crate::kernel::{self, Shape};

pub use gru::{Gru, GruState, ResetBefore, ResetGate};
pub use lstm::{Lstm, LstmState};
pub use rnn::{Rnn, RnnState};

/// The weights of gates of a [`Gru`], an [`Lstm`] or an [`Rnn`], in flash: a gate `g` is a function of
/// `bias[g][u] + Σ weights[UNITS + i][g][u] * x[i] + Σ weights[v][g][u] * h[v]`, with `h` the last output of the layer.
///
/// `ROWS` is `UNITS` and the number of inputs. Keras has the rows of the inputs in a kernel and the others in a recurrent kernel,
/// both of shape `(rows, gates * units)`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Gates<const ROWS: usize, const UNITS: usize, const GATES: usize> {
    /// A row for each number of the last output, then one for each input.
    pub weights: [[[f32; UNITS]; GATES]; ROWS],
    /// The bias: zeros for a layer without one.
    pub bias: [[f32; UNITS]; GATES],
}

impl<const ROWS: usize, const UNITS: usize, const GATES: usize> Gates<ROWS, UNITS, GATES> {
    /// The sums of all gates.
    #[inline(always)]
    fn sums<const INPUTS: usize>(
        &self,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
    ) -> [[f32; UNITS]; GATES] {
        const { assert!(ROWS == UNITS + INPUTS && INPUTS > 0, "a row for each output and each input") }
        let shape = const { &Shape::gates(INPUTS, UNITS, GATES * UNITS) };
        let weights = self.weights.as_flattened().as_flattened();
        kernel::gates(&self.bias, frame, weights, shape, last)
    }
}

impl<const ROWS: usize, const UNITS: usize> Gates<ROWS, UNITS, 1> {
    /// The products with the last output, added to `first`.
    #[inline(always)]
    fn sums_of_last(&self, first: &[f32; UNITS], last: &[f32; UNITS]) -> [f32; UNITS] {
        let rows = self.weights.as_flattened().first_chunk();
        rows.map_or(*first, |rows| kernel::dense(first, last, rows))
    }

    /// The products with the input, added to the bias.
    #[inline(always)]
    fn sums_of_inputs<const INPUTS: usize>(&self, frame: &[f32; INPUTS]) -> [f32; UNITS] {
        let [bias] = &self.bias;
        let rows = self.weights.as_flattened().last_chunk();
        rows.map_or(*bias, |rows| kernel::dense(bias, frame, rows))
    }
}
