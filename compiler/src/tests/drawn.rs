//! Networks that are drawn, whose values are used on several ways and meet behind strides, pools and padding: what a machine
//! gives for their graph, aligned and rewritten, is compared with whole sequences, computed as frameworks do.

mod net;
mod random;
mod sequence;

use self::net::{Drawn, Tensor as Named, WIDTH};
pub(crate) use self::random::Random;
use self::sequence::Sequence;
use super::graphs::{assert_close, messages, of_net, pushed, read, right};
use super::kinds::assert_read;
use crate::errors::Errors;
use crate::eval::{Machine, steady};
use crate::graph::{Graph, Node, Op, Value};
use crate::passes::align::align;
use crate::passes::rewrite;
use crate::tensor::Tensor;

const FRAMES: usize = 48;
const NETWORKS: u64 = 300;

fn compare(text: &str, graph: &Graph, input: &[Vec<f64>], expected: &Sequence) {
    let (pushes, outputs) = pushed(graph, input);
    let clock = graph.clock();
    let due: Vec<_> = (clock.first..FRAMES).step_by(clock.stride).collect();
    assert_eq!(pushes, due, "{text}\n{graph}");
    // Frameworks have the last outputs at once, a machine when it has seen the frames that they wait for.
    let counts = [outputs.len(), expected.frames.len()];
    let late = clock.lag.div_ceil(clock.stride);
    assert!((counts[0]..=counts[0] + late).contains(&counts[1]), "{counts:?}: {text}\n{graph}");
    assert_close(&outputs, &expected.frames[..outputs.len()], graph);
}

/// The tensors of a node, out of those of the layer by their names in Keras.
fn bound(tensors: &[Named], node: &Node) -> Vec<Tensor> {
    let tensor = |numbers: &[f64], shape: &[usize]| Tensor {
        shape: shape.to_vec(),
        numbers: numbers.to_vec(),
    };
    if let ([gamma, beta, mean, variance], Op::Affine { .. }) = (tensors, &node.op) {
        let epsilon = f64::from(0.001_f32);
        let scales = gamma.2.iter().zip(&variance.2).map(|(gamma, x)| gamma / (x + epsilon).sqrt());
        let scales: Vec<_> = scales.collect();
        return [&mean.2, &scales, &beta.2].map(|numbers| tensor(numbers, &mean.1)).to_vec();
    }
    // A product has one tap.
    let shape =
        |shape: &[usize]| if shape.len() == 2 { [&[1], shape].concat() } else { shape.to_vec() };
    tensors.iter().map(|(_, own, numbers)| tensor(numbers, &shape(own))).collect()
}

/// The graph of a network with its weights, aligned. `None` where its branches never come together.
fn aligned(drawn: &Drawn) -> Option<Graph> {
    let mut errors = Errors::default();
    let network = format!("struct Drawn < {} >", drawn.text);
    let mut graph = of_net(&network, &mut errors);
    assert_eq!(errors.len(), 0, "{network}");
    let weighted: Vec<_> = graph.layers.iter().filter_map(|layer| layer.weighted).collect();
    assert_eq!(weighted.len(), drawn.weights.len(), "{network}");
    for (value, (_, tensors)) in weighted.into_iter().zip(&drawn.weights) {
        graph[value].tensors = bound(tensors, &graph[value]);
    }
    align(&mut graph, &mut errors);
    let messages = messages(errors);
    for text in &messages {
        assert!(
            text.contains("no multiple of its stride")
                || text.contains("no multiple of their stride"),
            "{network}: {text}"
        );
    }
    messages.is_empty().then_some(graph)
}

#[test]
fn graphs_give_what_whole_sequences_give() {
    let mut refused = 0;
    for seed in 1..=NETWORKS {
        let input = Random::new(seed ^ 0xF00D).frames(WIDTH, FRAMES);
        let (drawn, expected) = Drawn::new(seed, &input);
        let Some(mut graph) = aligned(&drawn) else {
            refused += 1;
            continue;
        };
        compare(&drawn.text, &graph, &input, &expected);
        let is_read = seed % 9 == 0;
        if is_read {
            let read = read(&assert_read(&graph));
            assert_eq!(read.clock(), graph.clock(), "{graph}");
        }
        right(|errors| rewrite(&mut graph, errors));
        compare(&drawn.text, &graph, &input, &expected);
        if is_read {
            assert_read(&graph);
        }
    }
    assert!(refused < NETWORKS / 5, "{refused} are refused");
}

#[test]
fn the_steady_state_is_what_a_constant_input_comes_to() {
    for seed in 1..=NETWORKS / 3 {
        let frame = Random::new(seed ^ 0xF00D).numbers(WIDTH);
        let (drawn, _) = Drawn::new(seed, &vec![frame.clone(); FRAMES]);
        let Some(mut graph) = aligned(&drawn) else { continue };
        right(|errors| rewrite(&mut graph, errors));
        let steady = right(|errors| steady(&graph, &frame, errors)).unwrap();
        // Until nothing depends on the zeros before the first frame.
        let input = vec![frame.clone(); graph.clock().reach() + FRAMES];
        // What every operation keeps is what its input was at last.
        let mut machine = Machine::<f64>::new(&graph);
        let mut last = graph.table(None);
        last[Value::INPUT] = Some(frame.clone());
        for frame in &input {
            machine.push(frame, |value, frames| last[value] = frames.last().cloned());
        }
        for value in graph.lines() {
            // A pool keeps a sum or a maximum of what it has seen of its next window.
            if matches!(graph[value].op, Op::Pool(_)) {
                continue;
            }
            let input = graph[value].input().and_then(|input| last[input].clone());
            let Some((kept, input)) = steady.states[value].as_ref().zip(input) else { continue };
            for (kept, x) in kept.numbers.iter().zip(input.iter().cycle()) {
                assert!(
                    (kept - x).abs() <= 1e-6,
                    "{value}: {kept}, not {x}: {}\n{graph}",
                    drawn.text
                );
            }
        }
    }
}
