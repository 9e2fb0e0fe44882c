//! Graphs for tests: of layers, of a graph's text form, with drawn weights; and what they give.

mod read;

use syn::parse::{ParseStream, Parser as _};

pub(crate) use self::read::read;
pub(crate) use super::drawn::Random;
use crate::errors::Errors;
use crate::eval::Machine;
use crate::frontend::lower::lower;
use crate::frontend::parse;
use crate::graph::{Graph, Op, Value};
use crate::tensor::Tensor;

/// The graph of a network as it is written: `struct Net < … >`.
pub(super) fn of_net(network: &str, errors: &mut Errors) -> Graph {
    let parse = |input: ParseStream<'_>| Ok(parse::net(input, errors));
    let ast = parse.parse_str(network).unwrap().unwrap();
    lower(&ast, errors).graph
}

/// The graph of layers as they are written.
pub(super) fn lowered(layers: &str) -> Graph {
    right(|errors| of_net(&format!("struct Net < {layers} >"), errors))
}

/// What `of` gives, where it reports nothing.
#[track_caller]
pub(crate) fn right<T>(of: impl FnOnce(&mut Errors) -> T) -> T {
    let mut errors = Errors::default();
    let given = of(&mut errors);
    assert_eq!(messages(errors), [""; 0]);
    given
}

/// The message of each mistake.
pub(crate) fn messages(errors: Errors) -> Vec<String> {
    errors.finish().into_iter().flatten().flat_map(super::files::messages).collect()
}

/// Draws the tensors of every node that the output depends on.
pub(crate) fn weigh(graph: &mut Graph, seed: u64) {
    let mut random = Random::new(seed);
    for value in graph.lines() {
        let node = &graph[value];
        let (channels, bias) = (node.channels, node.has_bias);
        let shapes: Vec<Vec<usize>> = match &node.op {
            Op::Conv(conv) => {
                let kernel = vec![conv.window.taps, conv.inputs / conv.groups, conv.outputs];
                [kernel].into_iter().chain(bias.then(|| vec![conv.outputs])).collect()
            }
            Op::Conv2d(conv) => [conv.kernel().to_vec()]
                .into_iter()
                .chain(bias.then(|| vec![conv.outputs]))
                .collect(),
            Op::ConvTranspose(conv) => {
                let kernel = vec![conv.taps, conv.inputs, conv.outputs];
                [kernel].into_iter().chain(bias.then(|| vec![conv.outputs])).collect()
            }
            Op::Recurrent(cell) => {
                let columns = cell.gates().len() * cell.units;
                let own = [vec![cell.inputs, columns], vec![cell.units, columns]];
                own.into_iter().chain(cell.has_bias.then(|| vec![2, columns])).collect()
            }
            Op::Affine { .. } => vec![vec![channels]; 3],
            Op::LayerNorm { .. } => vec![vec![channels]; 2],
            Op::GroupNorm(norm) => vec![vec![norm.channels]; 2],
            Op::Prelu => vec![vec![channels]],
            _ => Vec::new(),
        };
        let is_affine = matches!(node.op, Op::Affine { .. });
        let is_centred = matches!(node.op, Op::Affine { is_centred: true });
        let tensor = |(place, shape): (usize, Vec<usize>)| {
            let mut numbers = random.numbers(shape.iter().product());
            // What an affine operation does not have is 0.
            if is_affine && (place == 0 && !is_centred || place == 2 && !bias) {
                numbers.fill(0.0);
            }
            Tensor { shape, numbers }
        };
        graph[value].tensors = shapes.into_iter().enumerate().map(tensor).collect();
    }
}

/// What a graph gives: the pushes with an output, and these.
pub(crate) fn pushed(graph: &Graph, input: &[Vec<f64>]) -> (Vec<usize>, Vec<Vec<f64>>) {
    let mut machine = Machine::<f64>::new(graph);
    let outputs = input.iter().enumerate();
    outputs
        .filter_map(|(push, frame)| Some((push, machine.push(frame, |_, _| ())?.concat())))
        .unzip()
}

/// Asserts that numbers are the same, but for how f64 rounds them.
#[track_caller]
pub(crate) fn assert_close(found: &[Vec<f64>], expected: &[Vec<f64>], what: &Graph) {
    let lengths = |frames: &[Vec<f64>]| frames.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(lengths(found), lengths(expected), "{what}");
    for (number, (found, expected)) in found.iter().zip(expected).enumerate() {
        let is_close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
        let are_close = found.iter().zip(expected).all(is_close);
        assert!(are_close, "output {number}: {found:?}, not {expected:?}\n{what}");
    }
}

/// The value of that number.
pub(crate) fn value(graph: &Graph, number: usize) -> Value {
    graph.values().nth(number).unwrap()
}
