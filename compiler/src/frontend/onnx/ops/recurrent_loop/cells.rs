//! The cells whose formulas a loop may have.

use std::rc::Rc;

use super::super::super::array::Array;
use super::super::recurrent::Weights;
use super::expression::{Expression, Function, Linear, Source, identity};
use crate::graph::Cell;
use crate::tensor::Tensor;

/// A cell, and which of the states of the loop are its.
pub(super) struct Recognised {
    pub(super) weights: Weights,
    /// The state that is the cell's output.
    pub(super) output: usize,
    /// An LSTM's own state.
    pub(super) inner: Option<usize>,
}

/// The cell of a loop, by what each of its states is behind a step.
pub(super) fn recognise(next: &[Rc<Expression>], inputs: usize) -> Option<Recognised> {
    match next {
        [output] => {
            let units = output.columns();
            let sizes = Sizes { inputs, units, output: 0 };
            simple(output, sizes).or_else(|| gru(output, sizes))
        }
        [a, b] => {
            let sizes = |output: usize| Sizes { inputs, units: a.columns(), output };
            lstm(a, b, sizes(0), 1).or_else(|| lstm(b, a, sizes(1), 0))
        }
        _ => None,
    }
}

#[derive(Clone, Copy)]
struct Sizes {
    inputs: usize,
    units: usize,
    /// The number of the state that is the output.
    output: usize,
}

/// The matrices and the bias of a gate.
struct Gate {
    kernel: Array<f64>,
    recurrent: Array<f64>,
    bias: Option<Vec<f64>>,
}

impl Gate {
    /// `None` where it reads anything but the frame and that source.
    fn of(linear: &Linear, sizes: Sizes, hidden: &Source) -> Option<Self> {
        if linear.columns != sizes.units {
            return None;
        }
        let mut gate = Self {
            kernel: zeros(sizes.inputs, sizes.units),
            recurrent: zeros(sizes.units, sizes.units),
            bias: linear.bias.clone(),
        };
        for (source, matrix) in &linear.parts {
            let to = match source {
                Source::Frame => &mut gate.kernel,
                source if source == hidden => &mut gate.recurrent,
                _ => return None,
            };
            let matrix = matrix.clone().unwrap_or_else(|| identity(linear.columns));
            if matrix.shape != to.shape {
                return None;
            }
            *to = matrix;
        }
        Some(gate)
    }
}

fn zeros(rows: usize, columns: usize) -> Array<f64> {
    Array { shape: vec![rows, columns], items: vec![0.0; rows * columns] }
}

/// The gates of a cell as its tensors. `recurrent_bias` is that behind the recurrent kernel, of a GRU with its reset behind it.
fn recognised(
    cell: Cell,
    sizes: Sizes,
    gates: &[Gate],
    recurrent_bias: Option<Vec<f64>>,
    inner: Option<usize>,
) -> Option<Recognised> {
    let joined = |of: fn(&Gate) -> &Array<f64>| {
        Array::joined(&gates.iter().map(|gate| of(gate).clone()).collect::<Vec<_>>(), 1)
    };
    let has_bias = recurrent_bias.is_some() || gates.iter().any(|gate| gate.bias.is_some());
    let none = || vec![0.0; sizes.units];
    let columns = gates.len() * sizes.units;
    let bias = has_bias.then(|| {
        let mut numbers: Vec<f64> =
            gates.iter().flat_map(|gate| gate.bias.clone().unwrap_or_else(none)).collect();
        let mut shape = vec![columns];
        if cell == Cell::GruResetAfter {
            // The other gates add both biases; theirs are one here.
            numbers.extend(vec![0.0; columns - sizes.units]);
            numbers.extend(recurrent_bias.unwrap_or_else(none));
            shape.insert(0, 2);
        }
        Tensor { shape, numbers }
    });
    let weights = Weights {
        cell,
        units: sizes.units,
        kernel: joined(|gate| &gate.kernel)?,
        recurrent: joined(|gate| &gate.recurrent)?,
        bias,
    };
    Some(Recognised { weights, output: sizes.output, inner })
}

/// `tanh(x * kernel + h * recurrent kernel + bias)`, or relu of it.
fn simple(output: &Expression, sizes: Sizes) -> Option<Recognised> {
    let Expression::Function(function, sums) = output else { return None };
    let cell = match function {
        Function::Tanh => Cell::Tanh,
        Function::Relu => Cell::Relu,
        Function::Sigmoid => return None,
    };
    let gate = Gate::of(sums.linear()?, sizes, &Source::State(sizes.output))?;
    recognised(cell, sizes, &[gate], None, None)
}

/// `z * h + (1 - z) * tanh(...)`.
fn gru(output: &Expression, sizes: Sizes) -> Option<Recognised> {
    let hidden = Source::State(sizes.output);
    let [a, b] = two(output)?;
    let (update, sums) = [(a, b), (b, a)].into_iter().find_map(|(kept, new)| {
        let update =
            either(kept, |gate, state| (state.linear()?.state()? == sizes.output).then_some(gate))?;
        let sums = either(new, |gate, candidate| match gate {
            Expression::Complement(own) if own.as_ref() == update => {
                applied(candidate, Function::Tanh)
            }
            _ => None,
        })?;
        Some((update, sums))
    })?;
    let gate =
        |gate: &Expression| Gate::of(applied(gate, Function::Sigmoid)?.linear()?, sizes, &hidden);
    if let Some(linear) = sums.linear() {
        // The reset is before the recurrent kernel.
        let (scaled, reset) = linear.parts.iter().find_map(|(source, _)| {
            let Source::Computed(computed) = source else { return None };
            let reset = either(computed, |gate, state| {
                (state.linear()?.state()? == sizes.output).then_some(gate)
            })?;
            Some((source, reset))
        })?;
        let candidate = Gate::of(linear, sizes, scaled)?;
        return recognised(
            Cell::GruResetBefore,
            sizes,
            &[gate(update)?, gate(reset)?, candidate],
            None,
            None,
        );
    }
    let [a, b] = two(sums)?;
    let [input, scaled] = if a.linear().is_some() { [a, b] } else { [b, a] };
    let mut candidate = Gate::of(input.linear()?, sizes, &Source::Frame)?;
    let (reset, recurrent) = either(scaled, |reset, sums| {
        let recurrent = Gate::of(sums.linear()?, sizes, &hidden)?;
        let reads_frame = sums.linear()?.parts.iter().any(|(source, _)| *source == Source::Frame);
        (!reads_frame).then_some((gate(reset)?, recurrent))
    })?;
    candidate.recurrent = recurrent.recurrent;
    let gates = [gate(update)?, reset, candidate];
    recognised(Cell::GruResetAfter, sizes, &gates, recurrent.bias, None)
}

/// `h = o * tanh(c)`, where `c` becomes `f * c + i * tanh(...)`.
fn lstm(
    output: &Expression,
    state: &Rc<Expression>,
    sizes: Sizes,
    inner: usize,
) -> Option<Recognised> {
    let hidden = Source::State(sizes.output);
    let gate =
        |gate: &Expression| Gate::of(applied(gate, Function::Sigmoid)?.linear()?, sizes, &hidden);
    let out = either(output, |out, squashed| {
        (applied(squashed, Function::Tanh)? == state.as_ref()).then(|| gate(out))?
    })?;
    let [a, b] = two(state)?;
    let [forget, input, candidate] = [(a, b), (b, a)].into_iter().find_map(|(kept, new)| {
        let forget = either(kept, |forget, state| {
            (state.linear()?.state()? == inner).then(|| gate(forget))?
        })?;
        let [input, candidate] = either(new, |input, candidate| {
            let sums = applied(candidate, Function::Tanh)?.linear()?;
            Some([gate(input)?, Gate::of(sums, sizes, &hidden)?])
        })?;
        Some([forget, input, candidate])
    })?;
    recognised(Cell::Lstm, sizes, &[input, forget, candidate, out], None, Some(inner))
}

/// What a function is of.
fn applied(expression: &Expression, function: Function) -> Option<&Expression> {
    match expression {
        Expression::Function(own, of) if *own == function => Some(of),
        _ => None,
    }
}

/// The two terms of a sum.
fn two(expression: &Expression) -> Option<[&Expression; 2]> {
    match expression {
        Expression::Sum(terms) => match terms.as_slice() {
            [a, b] => Some([a, b]),
            _ => None,
        },
        _ => None,
    }
}

/// What is found in a product in either order of its factors.
fn either<'e, T>(
    product: &'e Expression,
    find: impl Fn(&'e Expression, &'e Expression) -> Option<T>,
) -> Option<T> {
    let Expression::Product(a, b) = product else { return None };
    find(a, b).or_else(|| find(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: usize = 2;

    fn add(a: &Rc<Expression>, b: &Rc<Expression>) -> Rc<Expression> {
        Expression::sum(a, b).unwrap()
    }

    fn product(a: &Rc<Expression>, b: &Rc<Expression>) -> Rc<Expression> {
        Expression::product(a, b).unwrap()
    }

    fn of(function: Function, sums: &Rc<Expression>) -> Rc<Expression> {
        Expression::function(function, sums).unwrap()
    }

    fn matrix(rows: usize, seed: f64) -> Array<f64> {
        Array { shape: vec![rows, UNITS], items: vec![seed; rows * UNITS] }
    }

    /// A gate of a frame of 3 numbers, whose matrices and bias have one number each.
    fn gate(seed: f64) -> Rc<Expression> {
        let frame = Expression::of(Source::Frame, 3).times(&matrix(3, seed)).unwrap();
        let hidden = state(0).times(&matrix(UNITS, seed + 0.5)).unwrap();
        add(&hidden, &add(&Expression::constant(vec![seed; UNITS]), &frame))
    }

    fn state(number: usize) -> Rc<Expression> {
        Expression::of(Source::State(number), UNITS)
    }

    #[test]
    fn an_lstm_is_one_in_any_order_of_its_terms() {
        let [input, forget, out] = [1.0, 2.0, 3.0].map(|seed| of(Function::Sigmoid, &gate(seed)));
        let new = product(&of(Function::Tanh, &gate(4.0)), &input);
        for inner in
            [add(&new, &product(&state(1), &forget)), add(&product(&forget, &state(1)), &new)]
        {
            let output = product(&of(Function::Tanh, &inner), &out);
            let found = recognise(&[Rc::clone(&output), Rc::clone(&inner)], 3).unwrap();
            assert_eq!((found.output, found.inner, found.weights.cell), (0, Some(1), Cell::Lstm));
            assert_eq!(
                found.weights.kernel.items.get(..8).unwrap(),
                [1.0, 1.0, 2.0, 2.0, 4.0, 4.0, 3.0, 3.0]
            );
            assert_eq!(
                found.weights.bias.unwrap().numbers,
                [1.0, 1.0, 2.0, 2.0, 4.0, 4.0, 3.0, 3.0]
            );
            // The output without tanh, and a state that forgets itself by another's gate.
            assert!(recognise(&[product(&inner, &out), Rc::clone(&inner)], 3).is_none());
            assert!(recognise(&[output, add(&new, &product(&forget, &state(0)))], 3).is_none());
        }
    }

    #[test]
    fn a_gru_keeps_as_much_as_it_does_not_replace() {
        let [update, reset] = [1.0, 2.0].map(|seed| of(Function::Sigmoid, &gate(seed)));
        let frame = Expression::of(Source::Frame, 3).times(&matrix(3, 3.0)).unwrap();
        let hidden = state(0).times(&matrix(UNITS, 4.0)).unwrap();
        let candidate = of(Function::Tanh, &add(&product(&hidden, &reset), &frame));
        let kept = product(&state(0), &update);
        let replaced = |by: &Rc<Expression>| {
            let new = Expression::complement(by).unwrap();
            recognise(&[add(&product(&candidate, &new), &kept)], 3)
        };
        let found = replaced(&update).unwrap();
        assert_eq!(found.weights.cell, Cell::GruResetAfter);
        assert_eq!(found.weights.recurrent.items.get(..6).unwrap(), [1.5, 1.5, 2.5, 2.5, 4.0, 4.0]);
        assert!(replaced(&reset).is_none());
    }
}
