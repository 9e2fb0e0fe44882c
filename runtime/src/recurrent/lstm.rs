use super::Gate;
use crate::activation::{activate, sigmoid, tanh};
use crate::combine::multiply;

const GATES: usize = 4;

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
/// use streaming_net::__private::{Gate, Lstm, LstmState};
///
/// static LSTM: Lstm<1, 1> = Lstm {
///     input: Gate { kernel: [[0.5]], recurrent_kernel: [[-1.0]], bias: [0.0] },
///     forget: Gate { kernel: [[1.0]], recurrent_kernel: [[2.0]], bias: [1.0] },
///     candidate: Gate { kernel: [[1.5]], recurrent_kernel: [[0.5]], bias: [-0.5] },
///     output: Gate { kernel: [[-0.5]], recurrent_kernel: [[1.0]], bias: [0.25] },
/// };
///
/// let mut state = LstmState::new();
/// assert_eq!(LSTM.push(&mut state, [1.0]), [0.193_288_15]);
/// assert_eq!(LSTM.push(&mut state, [1.0]), [0.346_714_02]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Lstm<const INPUTS: usize, const UNITS: usize> {
    /// The input gate, `i`: the share of the candidate that goes into the cell.
    pub input: Gate<INPUTS, UNITS>,
    /// The forget gate, `f`: the share of the cell that stays.
    pub forget: Gate<INPUTS, UNITS>,
    /// The candidate, `g`, which goes into the cell.
    pub candidate: Gate<INPUTS, UNITS>,
    /// The output gate, `o`: the share of the cell that is output.
    pub output: Gate<INPUTS, UNITS>,
}

impl<const INPUTS: usize, const UNITS: usize> Lstm<INPUTS, UNITS> {
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
        let last = state.last;
        let input = self.input.apply::<GATES>(&frame, &last, sigmoid);
        let forget = self.forget.apply::<GATES>(&frame, &last, sigmoid);
        let candidate = self.candidate.apply::<GATES>(&frame, &last, tanh);
        let output = self.output.apply::<GATES>(&frame, &last, sigmoid);
        let gates = forget.iter().zip(input.iter().zip(candidate));
        for (cell, (forget, (input, candidate))) in state.cell.iter_mut().zip(gates) {
            *cell = forget * *cell + input * candidate;
        }
        state.last = multiply(output, activate(state.cell, tanh));
        state.last
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
