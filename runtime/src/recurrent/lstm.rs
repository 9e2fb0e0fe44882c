use super::Gates;
use crate::activation::{sigmoid, tanh};
use crate::kernel::elementwise;

/// The weights of a layer of long short-term memory, in flash: Keras'
/// [`LSTM`](https://keras.io/api/layers/recurrent_layers/lstm/) and PyTorch's.
///
/// With the input frame `x`, the last output `h` and the cell `c`, which are zeros at first, the kernels `W` and the
/// recurrent kernels `U` of the gates, the output is `h'`:
///
/// ```text
/// i = sigmoid(W_input x + U_input h + b_input), f and o likewise
/// g = tanh(W_candidate x + U_candidate h + b_candidate)
/// c' = f * c + i * g
/// h' = o * tanh(c')
/// ```
///
/// ([Gers et al., 2000](https://doi.org/10.1162/089976600300015015), without peepholes).
///
/// ```
/// use streaming_net::__private::{Gates, Lstm, LstmState};
///
/// static LSTM: Lstm<1, 1, 2> = Lstm {
///     gates: Gates {
///         weights: [[[-1.0], [2.0], [1.0], [0.5]], [[0.5], [1.0], [-0.5], [1.5]]],
///         bias: [[0.0], [1.0], [0.25], [-0.5]],
///     },
/// };
///
/// let mut state = LstmState::new();
/// assert_eq!(LSTM.push(&mut state, [1.0]), [0.193_288_15]);
/// assert_eq!(LSTM.push(&mut state, [1.0]), [0.346_714_02]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Lstm<const INPUTS: usize, const UNITS: usize, const ROWS: usize> {
    /// The input gate, `i`: the share of the candidate that goes into the cell. The forget gate, `f`: the share of the cell that
    /// stays. The output gate, `o`: the share of the cell that is output. And the candidate, `g`, which goes into the cell.
    pub gates: Gates<ROWS, UNITS, 4>,
}

impl<const INPUTS: usize, const UNITS: usize, const ROWS: usize> Lstm<INPUTS, UNITS, ROWS> {
    /// Takes the next input frame and returns the output frame.
    #[inline(always)]
    pub fn push(&self, state: &mut LstmState<UNITS>, frame: [f32; INPUTS]) -> [f32; UNITS] {
        self.push_with(state, frame, sigmoid, tanh)
    }

    /// As [`push`](Self::push), with other functions in place of sigmoid and tanh.
    #[inline(always)]
    pub fn push_with(
        &self,
        state: &mut LstmState<UNITS>,
        frame: [f32; INPUTS],
        sigmoid: impl Fn(&mut [f32]) + Copy,
        tanh: impl Fn(&mut [f32]) + Copy,
    ) -> [f32; UNITS] {
        let mut sums = self.gates.sums(&frame, &state.last);
        let [shares @ .., candidate] = &mut sums;
        sigmoid(shares.as_flattened_mut());
        tanh(candidate);
        let [input, forget, output, candidate] = &mut sums;
        elementwise::multiply(input, candidate);
        elementwise::multiply_add(&mut state.cell, forget, input);
        elementwise::replace(&mut state.last, &state.cell);
        tanh(&mut state.last);
        elementwise::multiply(&mut state.last, output);
        elementwise::copied(&state.last)
    }
}

/// The state of an [`Lstm`]: its last output and its cell, zeros at first.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct LstmState<const UNITS: usize> {
    last: [f32; UNITS],
    cell: [f32; UNITS],
}

impl<const UNITS: usize> LstmState<UNITS> {
    /// A state of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { last: [0.0; UNITS], cell: [0.0; UNITS] }
    }

    /// A state from training: a last output and a cell.
    #[must_use]
    pub const fn starting(last: [f32; UNITS], cell: [f32; UNITS]) -> Self {
        Self { last, cell }
    }

    /// Sets the state to zeros, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Sets the last output and the cell.
    pub const fn fill(&mut self, [last, cell]: &[[f32; UNITS]; 2]) {
        self.last = *last;
        self.cell = *cell;
    }
}

impl<const UNITS: usize> Default for LstmState<UNITS> {
    fn default() -> Self {
        Self::new()
    }
}
