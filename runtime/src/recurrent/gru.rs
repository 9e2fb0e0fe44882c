use super::Gates;
use crate::activation::{sigmoid, tanh};
use crate::combine::multiply;
use crate::kernel::elementwise;
use crate::sealed::Sealed;

/// The weights of a gated recurrent unit, in flash: Keras' [`GRU`](https://keras.io/api/layers/recurrent_layers/gru/)
/// and PyTorch's.
///
/// With the input frame `x`, the last output `h`, which is zeros at first, the kernels `W` and the recurrent kernels
/// `U` of the gates, the output is `h'`:
///
/// ```text
/// z = sigmoid(W_update x + U_update h + b_update)
/// r = sigmoid(W_reset x + U_reset h + b_reset)
/// n = tanh(W_candidate x + b_candidate + r * (U_candidate h + recurrent_bias))
/// h' = z * h + (1 - z) * n
/// ```
///
/// ([Cho et al., 2014](https://arxiv.org/abs/1406.1078)), with the product by `r` after the product by `U`, as in
/// Keras' `reset_after=True`. The bias of the update and of the reset gate is the sum of the two that Keras has.
/// [`ResetBefore`] is the other order.
///
/// ```
/// use streaming_net::__private::{Gates, Gru, GruState};
///
/// static GRU: Gru<1, 1, 2> = Gru {
///     gates: Gates { weights: [[[-1.0], [2.0]], [[0.5], [1.0]]], bias: [[0.0], [0.25]] },
///     candidate: Gates { weights: [[[0.5]], [[1.5]]], bias: [[-0.5]] },
///     recurrent_bias: [0.125],
/// };
///
/// let mut state = GruState::new();
/// assert_eq!(GRU.push(&mut state, [1.0]), [0.301_835_24]);
/// assert_eq!(GRU.push(&mut state, [1.0]), [0.546_614_6]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Gru<const INPUTS: usize, const UNITS: usize, const ROWS: usize, R = [f32; UNITS]> {
    /// The update gate, `z`: the share of the last output that stays. And the reset gate, `r`: the share of the last output that
    /// the candidate reads.
    pub gates: Gates<ROWS, UNITS, 2>,
    /// The candidate, `n`, for the share of the output that changes.
    pub candidate: Gates<ROWS, UNITS, 1>,
    /// The second bias of the candidate, `[f32; UNITS]`, or [`ResetBefore`].
    pub recurrent_bias: R,
}

impl<const INPUTS: usize, const UNITS: usize, const ROWS: usize, R: ResetGate<UNITS>>
    Gru<INPUTS, UNITS, ROWS, R>
{
    /// Takes the next input frame and returns the output frame.
    #[inline(always)]
    pub fn push(&self, state: &mut GruState<UNITS>, frame: [f32; INPUTS]) -> [f32; UNITS] {
        self.push_with(state, frame, sigmoid, tanh)
    }

    /// As [`push`](Self::push), with other functions in place of sigmoid and tanh.
    #[inline(always)]
    pub fn push_with(
        &self,
        state: &mut GruState<UNITS>,
        frame: [f32; INPUTS],
        sigmoid: impl Fn(&mut [f32]),
        tanh: impl Fn(&mut [f32]),
    ) -> [f32; UNITS] {
        let mut gates = self.gates.sums(&frame, &state.last);
        sigmoid(gates.as_flattened_mut());
        let [update, reset] = &gates;
        let mut next = self.recurrent_bias.candidate(&self.candidate, &frame, &state.last, reset);
        tanh(&mut next);
        elementwise::blend(&mut next, &state.last, update);
        elementwise::replace(&mut state.last, &next);
        elementwise::copied(&next)
    }
}

/// The place of the reset gate of a GRU: after the product by the recurrent kernel, with a second bias `[f32; UNITS]`;
/// or before that product, [`ResetBefore`].
pub trait ResetGate<const UNITS: usize>: Sealed {
    /// The candidate, before its activation.
    fn candidate<const INPUTS: usize, const ROWS: usize>(
        &self,
        gate: &Gates<ROWS, UNITS, 1>,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        reset: &[f32; UNITS],
    ) -> [f32; UNITS];
}

impl<const UNITS: usize> ResetGate<UNITS> for [f32; UNITS] {
    #[inline(always)]
    fn candidate<const INPUTS: usize, const ROWS: usize>(
        &self,
        gate: &Gates<ROWS, UNITS, 1>,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        reset: &[f32; UNITS],
    ) -> [f32; UNITS] {
        let mut recurrent = gate.sums_of_last(self, last);
        let mut sums = gate.sums_of_inputs(frame);
        elementwise::multiply(&mut recurrent, reset);
        elementwise::add(&mut sums, &recurrent);
        sums
    }
}

/// The reset gate is applied before the product by the recurrent kernel, `n = tanh(W x + b + U (r * h))`: Keras'
/// `reset_after=False`. There is no second bias.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ResetBefore;

impl Sealed for ResetBefore {}

impl<const UNITS: usize> ResetGate<UNITS> for ResetBefore {
    #[inline(always)]
    fn candidate<const INPUTS: usize, const ROWS: usize>(
        &self,
        gate: &Gates<ROWS, UNITS, 1>,
        frame: &[f32; INPUTS],
        last: &[f32; UNITS],
        reset: &[f32; UNITS],
    ) -> [f32; UNITS] {
        let [sums] = gate.sums(frame, &multiply(*last, *reset));
        sums
    }
}

/// The state of a [`Gru`]: its last output, zeros at first.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GruState<const UNITS: usize> {
    pub(super) last: [f32; UNITS],
}

impl<const UNITS: usize> GruState<UNITS> {
    /// A state of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { last: [0.0; UNITS] }
    }

    /// Sets the state to zeros, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Sets the last output.
    pub const fn fill(&mut self, last: &[f32; UNITS]) {
        self.last = *last;
    }
}

impl<const UNITS: usize> Default for GruState<UNITS> {
    fn default() -> Self {
        Self::new()
    }
}
