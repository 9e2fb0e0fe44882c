use super::{Gates, GruState};
use crate::kernel::elementwise;

/// The weights of a recurrent layer without gates, in flash: Keras'
/// [`SimpleRNN`](https://keras.io/api/layers/recurrent_layers/simple_rnn/) and PyTorch's `RNN`.
///
/// With the input frame `x` and the last output `h`, which is zeros at first, the output is
/// `h' = activation(W x + U h + b)`, by tanh or relu.
///
/// ```
/// use streaming_net::__private::{Gates, Rnn, RnnState, relu};
///
/// static SUM: Rnn<1, 1, 2> =
///     Rnn { candidate: Gates { weights: [[[0.5]], [[2.0]]], bias: [[1.0]] } };
///
/// let mut state = RnnState::new();
/// assert_eq!(SUM.push(&mut state, [1.0], relu), [3.0]);
/// assert_eq!(SUM.push(&mut state, [-1.0], relu), [0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Rnn<const INPUTS: usize, const UNITS: usize, const ROWS: usize> {
    /// All of its weights.
    pub candidate: Gates<ROWS, UNITS, 1>,
}

impl<const INPUTS: usize, const UNITS: usize, const ROWS: usize> Rnn<INPUTS, UNITS, ROWS> {
    /// Takes the next input frame and returns the output frame.
    #[inline(always)]
    pub fn push(
        &self,
        state: &mut RnnState<UNITS>,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        [state.last] = self.candidate.sums(&frame, &state.last);
        activation(&mut state.last);
        elementwise::copied(&state.last)
    }
}

/// The state of an [`Rnn`]: its last output, zeros at first.
pub type RnnState<const UNITS: usize> = GruState<UNITS>;
