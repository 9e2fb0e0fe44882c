//! Recurrent cells in i64.

use super::floats::{Inside, Stream, recurrent};
use super::graph::{Cell, Kind};
use super::quantised::{Row, Table, row};

const PART: f64 = 1.0 / 32768.0;

/// Tables, and a row for each column: of the input, of the last output, or of both.
pub(super) struct QuantisedCell {
    sigmoid: Table,
    tanh: Table,
    of_state: Table,
    of_both: Vec<Row>,
    of_input: Vec<Row>,
    of_last: Vec<Row>,
    /// An LSTM's state is below `2^range`.
    range: u32,
}

fn full(largest: f64) -> f64 {
    if largest > 0.0 { (largest * 1.25).log2().ceil().exp2() } else { 1.0 }
}

fn part(number: i64, part: i64) -> i64 {
    ((number * part + (1 << 14)) >> 15).clamp(-32768, 32767)
}

/// The nearest number of 15 bits behind the point, of one with 30.
fn rounded(number: i64) -> i64 {
    ((number + (1 << 14)) >> 15).clamp(-32768, 32767)
}

fn sum(row: &Row, numbers: &[i64]) -> i64 {
    let products = numbers.iter().zip(&row.weights).map(|(x, weight)| x * weight);
    let sum = row.bias + products.sum::<i64>();
    assert!(i32::try_from(sum).is_ok(), "a sum overflows");
    (sum >> row.shift).clamp(-32768, 32767)
}

impl QuantisedCell {
    pub(super) fn of(cell: &Cell, x: &Stream<f64>, input: f64) -> Self {
        let mut inside = Inside::default();
        recurrent(cell, x, &mut inside);
        let gates = full(inside.gates).min(16.0) * PART;
        let candidate = full(inside.candidate).min(8.0) * PART;
        let state = full(inside.state).max(1.0);
        let units = cell.units();
        let columns = cell.own[0].len();
        let rows = |reads_input: bool, reads_last: bool| -> Vec<Row> {
            let one = |column: usize| {
                let scale = if column / units == cell.candidate() { candidate } else { gates };
                let of = |rows: &[Vec<f64>], factor: f64| -> Vec<f64> {
                    rows.iter().map(|row| row[column] * (factor / scale)).collect()
                };
                let (kernel, own) = (of(&cell.kernel, input), of(&cell.own, PART));
                let bias = |which: usize| cell.bias.get(which).map_or(0.0, |bias| bias[column]);
                let (weights, bias) = match (reads_input, reads_last) {
                    (true, true) => ([kernel, own].concat(), bias(0) + bias(1)),
                    (true, false) => (kernel, bias(0)),
                    _ => (own, bias(1)),
                };
                row(&weights, bias / scale, false)
            };
            (0..columns).map(one).collect()
        };
        let range = (0..60).find(|range| f64::from(*range).exp2() >= state).expect("a range");
        Self {
            sigmoid: Table::of("sigmoid", gates, PART),
            tanh: Table::of("tanh", candidate, PART),
            of_state: Table::of("tanh", state * PART, PART),
            of_both: rows(true, true),
            of_input: rows(true, false),
            of_last: rows(false, true),
            range,
        }
    }

    pub(super) fn replay(&self, cell: &Cell, x: &Stream<i64>) -> Stream<i64> {
        let initial = |place: usize, bits: u32| -> Vec<i64> {
            let numbers = cell.initial.get(place).cloned().unwrap_or(vec![0.0; cell.units()]);
            let unit = f64::from(bits).exp2();
            #[allow(clippy::cast_possible_truncation, reason = "32 bits")]
            numbers.iter().map(|x| (x * unit).round() as i64).collect()
        };
        let (mut last, mut state) = (initial(0, 15), initial(1, 31 - self.range));
        let frames = x.iter().map(|frame| {
            let frame = frame.as_ref()?;
            if cell.kind == Kind::Lstm {
                last = self.lstm(frame, &last, &mut state);
                return Some(last.clone());
            }
            // With 30 bits behind the point.
            last = self.gru(cell, frame, &last);
            Some(last.iter().copied().map(rounded).collect())
        });
        frames.collect()
    }

    fn lstm(&self, frame: &[i64], last: &[i64], state: &mut [i64]) -> Vec<i64> {
        let units = last.len();
        let both = [frame, last].concat();
        let gate = |gate: usize, unit: usize| sum(&self.of_both[gate * units + unit], &both);
        let next = (0..units).map(|unit| {
            let [input, forget, output] = [0, 1, 3].map(|place| self.sigmoid.at(gate(place, unit)));
            let product = input * self.tanh.at(gate(2, unit));
            // The product has 30 bits behind the point, and the state `31 - range`.
            let next = ((state[unit] * forget) >> 15) + ((product * 2) >> self.range);
            state[unit] = next.clamp(i32::MIN.into(), i32::MAX.into());
            let in_16_bits = (((state[unit] >> 15) + 1) >> 1).clamp(-32768, 32767);
            part(self.of_state.at(in_16_bits), output)
        });
        next.collect()
    }

    fn gru(&self, cell: &Cell, frame: &[i64], kept: &[i64]) -> Vec<i64> {
        let units = kept.len();
        let last: Vec<i64> = kept.iter().copied().map(rounded).collect();
        let both = [frame, &last].concat();
        let gate = |gate: usize, unit: usize| sum(&self.of_both[gate * units + unit], &both);
        let has_gates = cell.kind != Kind::Rnn;
        let gates = |place: usize| -> Vec<i64> {
            let of = |unit: usize| if has_gates { self.sigmoid.at(gate(place, unit)) } else { 0 };
            (0..units).map(of).collect()
        };
        let (update, reset) = (gates(0), if has_gates { gates(1) } else { vec![0; units] });
        let before: Vec<i64> = last.iter().zip(&reset).map(|(last, r)| part(*last, *r)).collect();
        let next = (0..units).map(|unit| {
            let column = cell.candidate() * units + unit;
            let candidate = match cell.kind {
                Kind::Gru => {
                    let own = part(sum(&self.of_last[column], &last), reset[unit]);
                    (sum(&self.of_input[column], frame) + own).clamp(-32768, 32767)
                }
                Kind::GruBefore => sum(&self.of_both[column], &[frame, &before].concat()),
                _ => gate(0, unit),
            };
            let candidate = self.tanh.at(candidate) << 15;
            candidate + (((kept[unit] - candidate) * update[unit]) >> 15)
        });
        next.collect()
    }
}
