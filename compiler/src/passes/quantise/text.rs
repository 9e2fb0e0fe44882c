//! The text form of a graph of integers, which tests read: the line of each node, its scale, and its integers.
//!
//! ```text
//! %0 = input 1 scale=2^-15
//! %1 = conv %0 k=2 zeros=1 in=1 out=1 bias scale=3.0517578e-5 [16384, -16384] + 8192 >> 14
//! output %1
//! ```

use std::fmt::{self, Write as _};

use crate::graph::{Graph, Value};
use crate::integers::{Arithmetic, Cell, Exponent, Integers, Matrix, Norm, Row, Scale};
use crate::numbers::rounded;

impl Integers {
    /// The lines of the graph, each with its integers behind it.
    #[cfg_attr(not(test), allow(dead_code, reason = "tests read it"))]
    pub(crate) fn text(&self, graph: &Graph) -> String {
        let mut text = String::new();
        let lines = graph.to_string();
        let values = std::iter::once(Value::INPUT).chain(graph.lines()).map(Some);
        for (line, value) in lines.lines().zip(values.chain([None])) {
            text += line;
            if let Some(value) = value.filter(|value| !graph[*value].is_inline) {
                let _ = write!(text, " scale={:?}", rounded(self.scale(value)));
                let _ = write!(text, "{}", self.arithmetic[value]);
            }
            text.push('\n');
        }
        text
    }
}

impl fmt::Display for Arithmetic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain => Ok(()),
            Self::Matrix(matrix) => write!(formatter, "{matrix}"),
            Self::Lookup(number) => write!(formatter, " table={number}"),
            Self::Scale(Scale { multiplier, shift }) => {
                write!(formatter, " * {multiplier} >> {}", 16 + shift)
            }
            Self::Softmax(Exponent { multiplier, shift }) => {
                write!(formatter, " * {multiplier} >> {shift}")
            }
            Self::Norm(Norm { epsilon, multiplier, shift, .. }) => {
                write!(formatter, " variance+{epsilon} * {multiplier} >> {shift}")
            }
            Self::Shares(scales) => scales.iter().try_for_each(|Scale { multiplier, shift }| {
                write!(formatter, " * {multiplier} >> {}", 16 + shift)
            }),
            Self::Clip { low, high } => write!(formatter, " clip={low}..{high}"),
            Self::Leaky(slope) => write!(formatter, " slope={slope}"),
            Self::Slopes(slopes) => write!(formatter, " slopes={slopes:?}"),
            Self::Cell(Cell { matrices, sigmoid, tanh, of_state, range, initial }) => {
                matrices.iter().try_for_each(|matrix| write!(formatter, "{matrix}"))?;
                write!(formatter, " tables={sigmoid}, {tanh}, {of_state} range={range}")?;
                initial.iter().try_for_each(|kept| write!(formatter, " initial={kept:?}"))
            }
        }
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Row { weights, bias, shift } in &self.rows {
            write!(formatter, " {weights:?} + {bias} >> {shift}")?;
        }
        if self.is_fine {
            formatter.write_str(" fine")?;
        }
        if self.low == 0 { formatter.write_str(" low=0") } else { Ok(()) }
    }
}
