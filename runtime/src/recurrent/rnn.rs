use super::{Gate, GruState};

/// The weights of a recurrent layer without gates, in flash: Keras'
/// [`SimpleRNN`](https://keras.io/api/layers/recurrent_layers/simple_rnn/) and PyTorch's `RNN`.
///
/// With the input frame `x` and the last output `h`, which is zeros at first, the output is
/// `h' = activation(W x + U h + b)`, by tanh or relu.
///
/// ```
/// use streaming_net::__private::{Gate, Rnn, RnnState, relu};
///
/// static SUM: Rnn<1, 1> =
///     Rnn { candidate: Gate { kernel: [[2.0]], recurrent_kernel: [[0.5]], bias: [1.0] } };
///
/// let mut state = RnnState::new();
/// assert_eq!(SUM.push(&mut state, [1.0], relu), [3.0]);
/// assert_eq!(SUM.push(&mut state, [-1.0], relu), [0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Rnn<const INPUTS: usize, const UNITS: usize> {
    /// All of its weights.
    pub candidate: Gate<INPUTS, UNITS>,
}

impl<const INPUTS: usize, const UNITS: usize> Rnn<INPUTS, UNITS> {
    /// Takes the next input frame and returns the output frame.
    #[inline(always)]
    pub fn push(
        &self,
        state: &mut RnnState<UNITS>,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        state.last = self.candidate.apply::<1>(&frame, &state.last, activation);
        state.last
    }
}

/// The state of an [`Rnn`]: its last output, zeros at first.
pub type RnnState<const UNITS: usize> = GruState<UNITS>;
