//! Layers whose output goes into the next one.

use super::activation::RELU;
use super::recurrent_tensors::{gru_of_pytorch, lstm_of_pytorch};
use super::{Builder, Convention, Dimension, Shape, Spec, Wrong, bias, limits};
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Cell, Op, Value};

pub(crate) struct Recurrent {
    pub(crate) cell: Cell,
    pub(crate) units: usize,
    pub(crate) has_bias: bool,
    /// Whether tensors say what it starts from.
    pub(crate) has_initial: bool,
}

impl Spec for Recurrent {
    fn kind(&self) -> &'static str {
        match self.cell {
            Cell::GruResetAfter | Cell::GruResetBefore => kind::GRU,
            Cell::Lstm => kind::LSTM,
            Cell::Tanh | Cell::Relu => kind::RNN,
        }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { cell, has_bias, has_initial, .. } = *self;
        let (inputs, units) = (builder.inputs(), limits::count(keys::UNITS, self.units)?);
        let recurrent =
            graph::Recurrent { cell, inputs, units, has_bias, has_initial, is_fast: false };
        let mut flags = Vec::new();
        flags.extend((cell == Cell::GruResetBefore).then(|| keys::RESET_BEFORE.to_owned()));
        flags.extend((cell == Cell::Relu).then(|| RELU.word.to_owned()));
        flags.extend(has_initial.then(|| keys::INITIAL.to_owned()));
        flags.extend(bias::flag(has_bias));
        builder.describe(flags);
        let mut conventions = vec![keras(&recurrent)];
        conventions.extend((cell != Cell::GruResetBefore).then(|| pytorch(&recurrent)));
        let node = builder.node(Op::Recurrent(recurrent), vec![builder.frame()], units);
        Ok(builder.weighted(node, conventions))
    }
}

/// Which of the two a bias of the other shape is of: a suggestion would change what the network computes.
const AFTER: &str = "if it was trained with `reset_after=False`, add `reset_before`; if not, give a row for the input and one for the units";
const BEFORE: &str = "if it was trained with `reset_after=True`, remove `reset_before`; if not, give one row for both";

fn keras(cell: &graph::Recurrent) -> Convention {
    let all = cell.gates().len() * cell.units;
    let rows = || Dimension::new("gates * units", all, keys::UNITS);
    let kernel = vec![Dimension::new("in", cell.inputs, keys::IN), rows()];
    let recurrent = vec![Dimension::new("units", cell.units, keys::UNITS), rows()];
    let mut tensors = vec![Shape::new("kernel", kernel), Shape::new("recurrent_kernel", recurrent)];
    if cell.has_bias {
        let both = Dimension::new("2", 2, keys::UNITS);
        let both = (cell.cell == Cell::GruResetAfter).then_some(both);
        let otherwise = match cell.cell {
            Cell::GruResetAfter => Some((vec![all], AFTER)),
            Cell::GruResetBefore => Some((vec![2, all], BEFORE)),
            Cell::Lstm | Cell::Tanh | Cell::Relu => None,
        };
        let dimensions = both.into_iter().chain([rows()]).collect();
        tensors.push(Shape { otherwise, ..Shape::new("bias", dimensions) });
    }
    tensors.extend(initial(cell));
    Convention::of(tensors)
}

fn pytorch(cell: &graph::Recurrent) -> Convention {
    let rows = || Dimension::new("gates * units", cell.gates().len() * cell.units, keys::UNITS);
    let units = Dimension::new("units", cell.units, keys::UNITS);
    let mut tensors = vec![
        Shape::new("weight_ih", vec![rows(), Dimension::new("in", cell.inputs, keys::IN)]),
        Shape::new("weight_hh", vec![rows(), units]),
    ];
    if cell.has_bias {
        tensors.extend(["bias_ih", "bias_hh"].map(|name| Shape::new(name, vec![rows()])));
    }
    tensors.extend(initial(cell));
    // Those without gates have one bias as an LSTM, the sum of the two.
    let is_gru = matches!(cell.cell, Cell::GruResetAfter | Cell::GruResetBefore);
    let canonical = if is_gru { gru_of_pytorch } else { lstm_of_pytorch };
    Convention { canonical: Box::new(canonical), ..Convention::of(tensors) }
}

/// The last output and the cell, by ONNX's names: the frameworks have them beside their weights.
fn initial(cell: &graph::Recurrent) -> Vec<Shape> {
    let shape = |name| Shape::new(name, vec![Dimension::new("units", cell.units, keys::UNITS)]);
    if cell.has_initial { ["initial_h", "initial_c"].map(shape).to_vec() } else { Vec::new() }
}
