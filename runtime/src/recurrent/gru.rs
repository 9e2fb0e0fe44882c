use super::{Gate, product};
use crate::{activate, add, linear, multiply, sigmoid, tanh};

const GATES: usize = 3;

/// The weights of a gated recurrent unit, in flash: Keras' [`GRU`](https://keras.io/api/layers/recurrent_layers/gru/)
/// and PyTorch's.
///
/// With `x` the frame, `h` the last answer, which is zeros at first, `W` the gates' kernels and `U` their recurrent
/// ones,
///
/// ```text
/// z = sigmoid(W_update x + U_update h + b_update)
/// r = sigmoid(W_reset x + U_reset h + b_reset)
/// n = tanh(W_candidate x + b_candidate + r * (U_candidate h + recurrent_bias))
/// h' = z * h + (1 - z) * n
/// ```
///
/// and `h'` is the answer: [Cho et al., 2014](https://arxiv.org/abs/1406.1078), with the product by `r` after that by
/// `U`, as in Keras' `reset_after=True`. Both of Keras' biases of update and reset are summed in the gates' one.
/// [`ResetBefore`] is the other order.
///
/// ```
/// use streaming_net::{Gate, Gru, GruState};
///
/// static GRU: Gru<1, 1> = Gru {
///     update: Gate { kernel: [[0.5]], recurrent_kernel: [[-1.0]], bias: [0.0] },
///     reset: Gate { kernel: [[1.0]], recurrent_kernel: [[2.0]], bias: [0.25] },
///     candidate: Gate { kernel: [[1.5]], recurrent_kernel: [[0.5]], bias: [-0.5] },
///     recurrent_bias: [0.125],
/// };
///
/// let mut state = GruState::new();
/// assert_eq!(GRU.push(&mut state, [1.0]), [0.301_835_24]);
/// assert_eq!(GRU.push(&mut state, [1.0]), [0.546_614_6]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Gru<const INPUTS: usize, const UNITS: usize, R = [f32; UNITS]> {
    /// How much of the last answer stays, `z`.
    pub update: Gate<INPUTS, UNITS>,
    /// How much of the last answer the candidate sees, `r`.
    pub reset: Gate<INPUTS, UNITS>,
    /// What takes the place of the last answer, `n`.
    pub candidate: Gate<INPUTS, UNITS>,
    /// `[f32; UNITS]`, or [`ResetBefore`].
    pub recurrent_bias: R,
}

impl<const INPUTS: usize, const UNITS: usize, R: Reset<UNITS>> Gru<INPUTS, UNITS, R> {
    /// Takes the next frame.
    #[inline(always)]
    pub fn push(&self, state: &mut GruState<UNITS>, frame: [f32; INPUTS]) -> [f32; UNITS] {
        self.push_with(state, frame, sigmoid, tanh)
    }

    /// Takes the next frame, with other functions in place of sigmoid and tanh.
    #[inline(always)]
    pub fn push_with(
        &self,
        state: &mut GruState<UNITS>,
        frame: [f32; INPUTS],
        sigmoid: impl Fn(&mut [f32]) + Copy,
        tanh: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        let last = state.last;
        let update = self.update.apply::<GATES>(&frame, &last, sigmoid);
        let reset = self.reset.apply::<GATES>(&frame, &last, sigmoid);
        let mut next = self.recurrent_bias.candidate(&self.candidate, &frame, &last, &reset, tanh);
        for (next, (last, update)) in next.iter_mut().zip(last.iter().zip(update)) {
            *next = update * last + (1.0 - update) * *next;
        }
        state.last = next;
        next
    }
}

/// Where a GRU's reset gate stands: after the product by the recurrent kernel, where there is a second bias,
/// `[f32; UNITS]`; or before it, [`ResetBefore`].
pub trait Reset<const UNITS: usize> {
    /// What takes the place of the last answer.
    fn candidate<const INPUTS: usize>(
        &self,
        gate: &Gate<INPUTS, UNITS>,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        reset: &[f32; UNITS],
        tanh: impl Fn(&mut [f32]),
    ) -> [f32; UNITS];
}

impl<const UNITS: usize> Reset<UNITS> for [f32; UNITS] {
    #[inline(always)]
    fn candidate<const INPUTS: usize>(
        &self,
        gate: &Gate<INPUTS, UNITS>,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        reset: &[f32; UNITS],
        tanh: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        let recurrent = product(&gate.recurrent_kernel, *self, last, linear);
        activate(add(gate.input_sums(frame), multiply(recurrent, *reset)), tanh)
    }
}

/// The reset gate is before the product by the recurrent kernel, `n = tanh(W x + b + U (r * h))`: Keras'
/// `reset_after=False`. There is no second bias.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ResetBefore;

impl<const UNITS: usize> Reset<UNITS> for ResetBefore {
    #[inline(always)]
    fn candidate<const INPUTS: usize>(
        &self,
        gate: &Gate<INPUTS, UNITS>,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        reset: &[f32; UNITS],
        tanh: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        gate.apply::<GATES>(frame, &multiply(*last, *reset), tanh)
    }
}

/// What a [`Gru`] keeps from push to push: its last answer, zeros at first.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GruState<const UNITS: usize> {
    last: [f32; UNITS],
}

impl<const UNITS: usize> GruState<UNITS> {
    /// A state of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { last: [0.0; UNITS] }
    }

    /// Makes it zeros, as if new.
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Goes on from this last answer.
    pub const fn fill(&mut self, last: &[f32; UNITS]) {
        self.last = *last;
    }
}

impl<const UNITS: usize> Default for GruState<UNITS> {
    fn default() -> Self {
        Self::new()
    }
}
