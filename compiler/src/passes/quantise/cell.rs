//! Recurrent cells.

use super::{
    MARGIN, Ranges, lookup,
    matrix::{self, Outputs},
};
use crate::errors::Message;
use crate::eval::cell::cold;
use crate::graph::{Activation, Cell as Kind, Node, Recurrent, Value};
use crate::integers::{Cell, Integers, Matrix};

/// What 1 of an output, and of a gate, stands for.
const PART: f64 = 1.0 / 32768.0;
/// Where a sigmoid, or a tanh, is 1 to within half a part.
const MOST_OF_SIGMOID: f64 = 16.0;
const MOST_OF_TANH: f64 = 8.0;

/// The integers of a cell that reads numbers of the scale `input`.
pub(super) fn of(
    recurrent: &Recurrent,
    node: &Node,
    value: Value,
    input: f64,
    ranges: &Ranges,
    integers: &mut Integers,
) -> Result<Cell, Message> {
    let largest = ranges.cells[value];
    let scale = |largest: f64, most: f64| full(largest * MARGIN).min(most) * PART;
    let (of_gates, of_candidate) =
        (scale(largest.gates, MOST_OF_SIGMOID), scale(largest.candidate, MOST_OF_TANH));
    let state = full(largest.state * MARGIN).max(1.0);
    let [sigmoid, tanh] = recurrent.functions();
    let mut table = |function: Activation, scale: f64| -> Result<usize, Message> {
        Ok(integers.keep(lookup::of(function, scale, PART)?))
    };
    let [sigmoid, of_state, tanh] =
        [table(sigmoid, of_gates)?, table(tanh, state * PART)?, table(tanh, of_candidate)?];
    let rows = Rows { recurrent, node, input, scales: [of_gates, of_candidate] };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small power of two"
    )]
    let range = state.log2() as u32;
    let matrices = rows.matrices()?;
    let mut cell = Cell { matrices, sigmoid, tanh, of_state, range, initial: None };
    if recurrent.has_initial {
        cell.initial = Some(cell.kept(recurrent, &cold(recurrent, &node.tensors)));
    }
    Ok(cell)
}

/// The power of two that a number is not above.
fn full(largest: f64) -> f64 {
    if largest > 0.0 { largest.log2().ceil().exp2() } else { 1.0 }
}

struct Rows<'a> {
    recurrent: &'a Recurrent,
    node: &'a Node,
    input: f64,
    /// Of gates, and of the candidate.
    scales: [f64; 2],
}

/// What rows read.
#[derive(Clone, Copy, PartialEq)]
enum Reads {
    Both,
    Input,
    Last,
}

impl Rows<'_> {
    fn matrices(&self) -> Result<Vec<Matrix>, Message> {
        use Reads::{Both, Input, Last};
        match self.recurrent.cell {
            Kind::Lstm => Ok(vec![self.matrix(0..4, Both)?]),
            Kind::GruResetAfter => Ok(vec![
                self.matrix(0..2, Both)?,
                self.matrix(2..3, Input)?,
                self.matrix(2..3, Last)?,
            ]),
            Kind::GruResetBefore => Ok(vec![self.matrix(0..2, Both)?, self.matrix(2..3, Both)?]),
            Kind::Tanh | Kind::Relu => Ok(vec![self.matrix(0..1, Both)?]),
        }
    }

    fn matrix(&self, gates: std::ops::Range<usize>, reads: Reads) -> Result<Matrix, Message> {
        let Recurrent { units, inputs, .. } = *self.recurrent;
        let columns = self.recurrent.gates().len() * units;
        let tensor =
            |place: usize| self.node.tensors.get(place).map_or(&[][..], |tensor| &tensor.numbers);
        let bias = |which: usize, column: usize| {
            let bias = tensor(2).get(which * columns + column).copied();
            bias.filter(|_| self.recurrent.has_bias).unwrap_or_default()
        };
        let rows = (gates.start * units..gates.end * units).map(|column| {
            let gate = self.recurrent.gates().get(column / units);
            let [of_gates, of_candidate] = self.scales;
            let scale = if gate == Some(&"candidate") { of_candidate } else { of_gates };
            let of = |place: usize, factor: f64| {
                let weights = tensor(place).iter().skip(column).step_by(columns.max(1));
                weights.map(move |weight| weight * (factor / scale)).collect::<Vec<_>>()
            };
            let (kernel, own) = (of(0, self.input), of(1, PART));
            debug_assert!(kernel.len() == inputs && own.len() == units);
            let (weights, bias) = match reads {
                Reads::Both => ([kernel, own].concat(), bias(0, column) + bias(1, column)),
                Reads::Input => (kernel, bias(0, column)),
                Reads::Last => (own, bias(1, column)),
            };
            (weights, bias / scale)
        });
        matrix::of_rows(1, &rows.collect::<Vec<_>>(), Outputs::Rounded)
    }
}
