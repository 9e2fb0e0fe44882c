//! Recurrent layers, as Keras' documentation has them.

use serde::Deserialize;

use super::activation::sigmoid;
use super::cost::Cost;
use super::sequence::Sequence;

#[derive(Deserialize)]
pub(super) struct Recurrent {
    cell: Cell,
    units: usize,
    /// (in, gates * units), the gates in Keras' order.
    kernel: Vec<Vec<f64>>,
    /// (units, gates * units)
    inner_kernel: Vec<Vec<f64>>,
    /// Of the input, and of what is kept.
    biases: [Option<Vec<f64>>; 2],
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Cell {
    /// The reset gate acts behind the recurrent kernel.
    GruAfter,
    /// The reset gate acts before it.
    GruBefore,
    Lstm,
    /// Without gates.
    Tanh,
    Relu,
}

/// `x * matrix + bias`
fn product(x: &[f64], matrix: &[Vec<f64>], bias: Option<&Vec<f64>>) -> Vec<f64> {
    let column = |column: usize| -> f64 {
        let products = x.iter().zip(matrix).map(|(x, row)| x * row[column]);
        bias.map_or(0.0, |bias| bias[column]) + products.sum::<f64>()
    };
    (0..matrix[0].len()).map(column).collect()
}

impl Recurrent {
    pub(super) fn run(&self, input: Sequence) -> Sequence {
        let (mut h, mut c) = (vec![0.0; self.units], vec![0.0; self.units]);
        let mut output = input.map(|x| {
            let x = product(x, &self.kernel, self.biases[0].as_ref());
            match self.cell {
                Cell::Lstm => self.lstm(&x, &mut h, &mut c),
                Cell::Tanh => self.simple(&x, &mut h, f64::tanh),
                Cell::Relu => self.simple(&x, &mut h, |x| if x < 0.0 { 0.0 } else { x }),
                _ => self.gru(&x, &mut h),
            }
            h.clone()
        });
        let mut since = usize::MAX;
        for output in &mut output.outputs {
            since = since.min(output.since);
            output.since = since;
        }
        output.forgets = false;
        output
    }

    fn simple(&self, x: &[f64], h: &mut Vec<f64>, of: fn(f64) -> f64) {
        let inner = product(h, &self.inner_kernel, self.biases[1].as_ref());
        *h = x.iter().zip(inner).map(|(x, inner)| of(x + inner)).collect();
    }

    fn gru(&self, x: &[f64], h: &mut Vec<f64>) {
        let (units, bias) = (self.units, self.biases[1].as_ref());
        let kept = product(h, &self.inner_kernel, bias);
        let gate =
            |gate: usize, unit: usize| sigmoid(x[gate * units + unit] + kept[gate * units + unit]);
        let reset: Vec<_> = (0..units).map(|unit| gate(1, unit)).collect();
        let before: Vec<_> = h.iter().zip(&reset).map(|(h, reset)| h * reset).collect();
        let before = product(&before, &self.inner_kernel, bias);
        let next = (0..units).map(|unit| {
            let candidate = 2 * units + unit;
            let inner = match self.cell {
                Cell::GruBefore => before[candidate],
                _ => reset[unit] * kept[candidate],
            };
            let update = gate(0, unit);
            update * h[unit] + (1.0 - update) * (x[candidate] + inner).tanh()
        });
        *h = next.collect();
    }

    fn lstm(&self, x: &[f64], h: &mut [f64], c: &mut [f64]) {
        let kept = product(h, &self.inner_kernel, self.biases[1].as_ref());
        let at =
            |gate: usize, unit: usize| x[gate * self.units + unit] + kept[gate * self.units + unit];
        for (unit, (h, c)) in h.iter_mut().zip(c).enumerate() {
            let [input, forget, output] = [0, 1, 3].map(|gate| sigmoid(at(gate, unit)));
            *c = forget * *c + input * at(2, unit).tanh();
            *h = output * c.tanh();
        }
    }

    pub(super) fn cost(&self) -> Cost {
        let (gates, kept) = match self.cell {
            Cell::Lstm => (4, 2),
            Cell::GruAfter | Cell::GruBefore => (3, 1),
            Cell::Tanh | Cell::Relu => (1, 1),
        };
        let macs = gates * (self.kernel.len() + self.units) * self.units;
        let apart = if self.cell == Cell::GruAfter { self.units } else { 0 };
        let weights = macs + gates * self.units + apart;
        Cost { macs, weights, ..Cost::keeps(kept * self.units, false) }
    }
}
