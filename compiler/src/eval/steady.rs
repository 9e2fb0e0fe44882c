//! The steady state: what a network comes to where it has been given the same frame forever.

use super::number::at;
use super::op::{self, Tensors};
use super::{Frames, cell};
use crate::errors::{Errors, Message};
use crate::graph::{Cell, Graph, Node, Op, Pool, Recurrent, Reduction, Table, Value};
use crate::numbers::rounded;
use crate::tensor::Tensor;

/// Pushes whose numbers are compared at first, and then twice as many each time: what moves slowly has to be still for as
/// long as it took.
const FIRST: usize = 64;
/// When a cell is given up: after so many pushes.
const LAST: usize = 1 << 17;
/// Multiply-accumulates of all cells of a network, at most: a second or two.
const MOST: usize = 1 << 26;
/// How far apart numbers may be, as part of them, or of 1 where that is more: less than f32 tells apart.
const TOLERANCE: f64 = 1e-8;

/// What each node's state is filled with. `None` where nothing but a schedule is kept, or nothing.
pub(crate) struct Steady {
    pub(crate) states: Table<Option<Tensor>>,
    /// The output, one frame after the other where a push has several.
    pub(crate) output: Vec<f64>,
}

/// The steady state of a graph that has been given the frame `silence` forever. Where there is none, that is reported.
pub(crate) fn steady(graph: &Graph, silence: &[f64], errors: &mut Errors) -> Option<Steady> {
    let mut frames: Table<Frames<f64>> = graph.table(Vec::new());
    frames[Value::INPUT] = vec![silence.to_vec()];
    let mut states = graph.table(None);
    let mut work = 0;
    for value in graph.lines() {
        let node = &graph[value];
        let tensors: Tensors<f64> =
            node.tensors.iter().map(|tensor| tensor.numbers.clone()).collect();
        let inputs: Vec<_> = node.inputs.iter().map(|input| &frames[*input]).collect();
        let given = inputs.first().copied().cloned().unwrap_or_default();
        let mut spread = 0.0;
        let (outputs, state) = match &node.op {
            Op::Recurrent(recurrent) => {
                let settled = settle(recurrent, &tensors, &given, graph.macs(value), &mut work);
                spread = settled.spread;
                (settled.outputs, Some(settled.state))
            }
            _ => {
                let seed = node.seed.map(|seed| &frames[seed]);
                (outputs(node, &tensors, &inputs, seed), state(node, &given))
            }
        };
        if !is_steady(graph, value, spread, state.as_ref(), errors) {
            return None;
        }
        states[value] = state;
        frames[value] = outputs;
    }
    Some(Steady { states, output: frames[graph.output].concat() })
}

/// The same, where a graph may have none.
pub(crate) fn steady_or_none(graph: &Graph, silence: &[f64]) -> Option<Steady> {
    let mut errors = Errors::default();
    let steady = steady(graph, silence, &mut errors);
    errors.finish().is_none().then_some(steady)?
}

/// What an operation comes to whose inputs are these frames at every push.
fn outputs(
    node: &Node,
    tensors: &Tensors<f64>,
    inputs: &[&Frames<f64>],
    seed: Option<&Frames<f64>>,
) -> Frames<f64> {
    let period = inputs.first().map_or(1, |frames| frames.len().max(1));
    let window = op::window(&node.op);
    let mut outputs = Vec::new();
    for newest in 0..period {
        let seed = seed.and_then(|seed| seed.get(newest)).map(Vec::as_slice);
        let under_taps: Vec<&[f64]> = if let [frames] = inputs {
            // Pushes before this one were the same.
            let before = |taps: usize| {
                (taps * window.dilation).next_multiple_of(period) - taps * window.dilation
            };
            let places = (0..window.taps).rev().map(|taps| (newest + before(taps)) % period);
            places.filter_map(|place| frames.get(place).map(Vec::as_slice)).collect()
        } else {
            inputs.iter().filter_map(|frames| frames.get(newest).map(Vec::as_slice)).collect()
        };
        outputs.extend(op::output(node, tensors, &under_taps, seed));
    }
    outputs
}

/// What the state of a node is filled with that is given these frames at every push.
fn state(node: &Node, given: &Frames<f64>) -> Option<Tensor> {
    let frame = given.first().map(Vec::as_slice).unwrap_or_default();
    let of_frame = || Some(Tensor { shape: vec![frame.len()], numbers: frame.to_vec() });
    match &node.op {
        Op::Conv(_) | Op::Conv2d(_) | Op::ConvTranspose(_) => {
            let has_past = op::window(&node.op).past() > 0;
            let shape = vec![given.len(), frame.len()];
            has_past.then(|| Tensor { shape, numbers: given.concat() })
        }
        Op::Pool(pool) if !pool.keeps_frames() => Some(begun(*pool, frame)),
        Op::Pool(pool) if pool.has_history() => {
            let shape = vec![given.len(), frame.len()];
            Some(Tensor { shape, numbers: given.concat() })
        }
        Op::Pool(_) | Op::Mean { .. } | Op::Newest { .. } | Op::Delay(_) => of_frame(),
        Op::Input
        | Op::Unknown
        | Op::Crop { .. }
        | Op::Recurrent(_)
        | Op::Round
        | Op::Extend
        | Op::Upsample { .. }
        | Op::Split { .. }
        | Op::PoolFeatures(_)
        | Op::GroupNorm(_)
        | Op::Affine { .. }
        | Op::LayerNorm { .. }
        | Op::Prelu
        | Op::Map(_)
        | Op::Softmax { .. }
        | Op::Add { .. }
        | Op::Multiply
        | Op::Binary(_)
        | Op::Blend
        | Op::Concat
        | Op::Slice { .. }
        | Op::Gather { .. } => None,
    }
}

/// What a window that all frames but the last are in has come to.
fn begun(pool: Pool, frame: &[f64]) -> Tensor {
    #[allow(clippy::cast_precision_loss, reason = "the windows of a push are not as long")]
    let frames = (pool.window.taps - 1) as f64;
    let numbers = frame.iter().flat_map(|x| {
        let sum = frames * x;
        match pool.reduction {
            Reduction::Max => vec![*x],
            // With what rounding takes from it.
            Reduction::Mean if pool.is_long() => vec![sum, sum - f64::from(rounded(sum))],
            Reduction::Mean => vec![sum],
        }
    });
    let shape = if pool.is_long() { vec![frame.len(), 2] } else { vec![frame.len()] };
    Tensor { shape, numbers: numbers.collect() }
}

struct Settled {
    outputs: Frames<f64>,
    state: Tensor,
    /// How far apart its numbers still are from push to push.
    spread: f64,
}

/// Where a recurrent cell settles. `work` counts multiply-accumulates.
fn settle(
    recurrent: &Recurrent,
    tensors: &Tensors<f64>,
    given: &Frames<f64>,
    macs: usize,
    work: &mut usize,
) -> Settled {
    let inputs: Vec<_> = given.iter().map(|frame| cell::input(recurrent, tensors, frame)).collect();
    let mut kept = cell::initial(recurrent, tensors);
    // What is kept behind each frame of a push.
    let mut push = || {
        *work = work.saturating_add(macs);
        let steps = inputs.iter().map(|input| {
            cell::step(recurrent, tensors, &mut kept, input);
            kept.clone()
        });
        (steps.collect::<Vec<_>>(), *work)
    };
    let mut pushes = FIRST;
    loop {
        let (first, _) = push();
        let (mut last, mut spread) = (first.clone(), 0.0);
        let mut is_given_up = pushes * 2 > LAST;
        for _ in 1..pushes {
            let (next, work) = push();
            spread = distance(&first.concat(), &next.concat()).max(spread);
            last = next;
            if work > MOST {
                is_given_up = true;
                break;
            }
        }
        pushes *= 2;
        if spread > TOLERANCE && !is_given_up {
            continue;
        }
        let units = recurrent.units;
        let outputs = last.iter().map(|kept| kept.iter().take(units).copied().collect()).collect();
        let shape = if recurrent.cell == Cell::Lstm { vec![2, units] } else { vec![units] };
        let numbers = last.pop().unwrap_or_default();
        let spread = if spread > TOLERANCE { spread } else { 0.0 };
        return Settled { outputs, state: Tensor { shape, numbers }, spread };
    }
}

/// How far numbers are from others at most, as part of them, or of 1 where that is more.
fn distance(from: &[f64], to: &[f64]) -> f64 {
    let distances = from.iter().enumerate().map(|(place, a)| {
        let b = at(to, place);
        (a - b).abs() / a.abs().max(1.0)
    });
    distances.fold(0.0, f64::max)
}

/// Reports a node that has no steady state.
fn is_steady(
    graph: &Graph,
    value: Value,
    spread: f64,
    state: Option<&Tensor>,
    errors: &mut Errors,
) -> bool {
    let Some(layer) = graph.layer(value) else { return true };
    let name = layer.shown();
    let mut numbers = state.into_iter().flat_map(|state| &state.numbers);
    let message = if spread > 0.0 {
        let text = format!(
            "`{name}` has no steady state: under constant input, its state still changes by"
        );
        let help =
            "remove `#[start = \"rest\"]`, or state another constant input: `#[start(rest = […])]`";
        let text = match spread {
            spread if spread < 0.005 => format!("{text} {spread:.0e}"),
            spread => format!("{text} {spread:.2}"),
        };
        Message::new(text).help(help)
    } else if !numbers.all(|number| rounded(*number).is_finite()) {
        format!("in the steady state, `{name}` would hold numbers that do not fit in f32").into()
    } else {
        return true;
    };
    errors.report(&layer.origin, message);
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One unit that sees itself by `own`, and silence.
    fn settled(cell: Cell, own: &[f64], bias: &[f64]) -> Settled {
        let tensors = vec![vec![0.0; own.len()], own.to_vec(), bias.to_vec()];
        let recurrent = Recurrent {
            cell,
            inputs: 1,
            units: 1,
            has_bias: true,
            has_initial: false,
            is_fast: false,
        };
        settle(&recurrent, &tensors, &vec![vec![0.0]], 8, &mut 0)
    }

    #[test]
    fn a_slow_cell_is_waited_for() {
        // Of every push, 0.999 of the cell stays.
        let stays = 999.0_f64.ln();
        let settled = settled(Cell::Lstm, &[0.0; 4], &[-5.0, stays, 0.5, 0.0]);
        assert!(settled.spread <= 0.0, "{}", settled.spread);
        let cell = 1000.0 / (1.0 + 5.0_f64.exp()) * 0.5_f64.tanh();
        let expected = [0.5 * cell.tanh(), cell];
        for (found, expected) in settled.state.numbers.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{found}, expected {expected}");
        }
    }

    #[test]
    fn a_distance_is_of_a_number_or_of_one() {
        let is = |from: [f64; 2], to: [f64; 2], expected: f64| {
            assert!((distance(&from, &to) - expected).abs() < 1e-15);
        };
        is([4.0, -0.5], [3.0, -0.5], 0.25);
        is([4.0, -0.5], [4.0, -0.25], 0.25);
        is([-8.0, 0.0], [8.0, 1.0], 2.0);
    }

    #[test]
    fn what_swings_has_no_steady_state() {
        // h = tanh(0.5 - 3 h), from one push to the next.
        let settled = settled(Cell::GruResetBefore, &[0.0, 0.0, -3.0], &[-20.0, 20.0, 0.5]);
        assert!((1.9..2.0).contains(&settled.spread), "{}", settled.spread);
    }
}
