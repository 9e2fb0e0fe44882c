//! What operations keep in the steady state, compared with a machine that is pushed the same frame for long.

use super::graph;
use crate::errors::Errors;
use crate::eval::{Machine, steady};
use crate::graph::{Graph, Value};
use crate::tensor::Tensor;
use crate::tests::graphs::{messages, read, right, value, weigh};

const SILENCE: [f64; 4] = [0.5, -0.75, 1.0, 0.25];

/// What each node keeps.
fn states(graph: &Graph, frame: &[f64]) -> Vec<Option<Tensor>> {
    let steady = right(|errors| steady(graph, frame, errors)).unwrap();
    graph.values().map(|value| steady.states[value].clone()).collect()
}

/// The frames of a value at the last of many pushes of the same frame.
fn after_long(graph: &Graph, of: Value) -> Vec<Vec<f64>> {
    let mut machine = Machine::<f64>::new(graph);
    let mut last = Vec::new();
    for _ in 0..300 {
        machine.push(&SILENCE[..graph.inputs()], |value, frames| {
            if value == of {
                last.clone_from(frames);
            }
        });
    }
    last
}

/// Every operation, with one behind it that keeps what it comes to.
#[test]
fn what_a_node_keeps_is_what_it_was_given() {
    for (input, op) in [
        (2, "conv %0 k=3 dilation=2 in=2 out=3 bias"),
        (2, "conv %0 k=3 stride=2 zeros=2 in=2 out=2"),
        (4, "conv %0 k=2 in=4 out=4 groups=2"),
        (
            3,
            "conv2d %0 k=2 features=3 feature_k=2 feature_stride=1 feature_zeros=0 kernel=[2, 2, 1, 2] positions=2 bias",
        ),
        (2, "recurrent %0 Lstm in=2 units=3 bias=true initial=false fast=false"),
        (2, "recurrent %0 GruResetAfter in=2 units=3 bias=true initial=false fast=false"),
        (2, "recurrent %0 GruResetBefore in=2 units=3 bias=true initial=false fast=true"),
        (2, "pool %0 Mean size=3 stride=2"),
        (2, "pool %0 Max size=2 stride=2"),
        (2, "mean %0 frames=4"),
        (2, "newest %0 frames=3"),
        (2, "affine %0 centred bias"),
        (3, "layer_norm %0 epsilon=0.1"),
        (3, "prelu %0"),
        (3, "softmax %0"),
        (2, "conv_transpose %0 k=3 stride=2 in=2 out=2 bias"),
        (2, "upsample %0 n=3"),
    ] {
        let mut graph = read(&format!(
            "%0 = input {input}\n%1 = {op}\n%2 = conv %1 k=2 zeros=1 in=1 out=1\noutput %2"
        ));
        // The second one takes as many channels as there are.
        let channels = graph[value(&graph, 1)].channels;
        graph = read(&graph.to_string().replace("in=1 out=1", &format!("in={channels} out=1")));
        weigh(&mut graph, 3);
        let kept = states(&graph, &SILENCE[..input])[2].clone().unwrap();
        let frames = after_long(&graph, value(&graph, 1));
        assert_eq!(kept.shape, [frames.len(), channels], "{op}");
        for (a, b) in kept.numbers.iter().zip(frames.concat()) {
            assert!((a - b).abs() < 1e-7, "{kept:?}, not {frames:?}: {op}");
        }
    }
}

/// Taps fall on other frames of a push than the newest: several frames, dilated.
#[test]
fn taps_go_back_through_the_frames_of_a_push() {
    for (stride, conv) in [
        (2, "k=2 dilation=1 zeros=1"),
        (2, "k=3 dilation=2 zeros=4"),
        (3, "k=2 dilation=2 zeros=2"),
        (3, "k=3 dilation=5 zeros=10"),
        (4, "k=4 dilation=3 zeros=9"),
    ] {
        let mut graph = read(&format!(
            "%0 = input 1
            %1 = conv_transpose %0 k={stride} stride={stride} in=1 out=2 bias
            %2 = conv %1 {conv} in=2 out=1 bias
            %3 = conv %1 k=1 in=2 out=1 seed=%2
            %4 = conv %3 k=2 zeros=1 in=1 out=1
            output %4"
        ));
        weigh(&mut graph, 4);
        let kept = states(&graph, &SILENCE[..1]);
        let given = |of: usize| after_long(&graph, value(&graph, of));
        for (node, of) in [(2, 1), (4, 3)] {
            let kept = kept[node].as_ref().unwrap();
            assert_eq!(kept.shape[0], stride);
            for (a, b) in kept.numbers.iter().zip(given(of).concat()) {
                assert!((a - b).abs() < 1e-12, "{kept:?} of %{node}: {conv}");
            }
        }
    }
}

#[test]
fn values_of_several_inputs_come_to_what_they_do() {
    let mut graph = read(
        "%0 = input 2
        %1 = conv %0 k=1 in=2 out=2 bias
        %2 = map %0 sigmoid
        %3 = blend %0 %1 %2
        %4 = concat %3 %1
        %5 = multiply %4 %4
        %6 = slice %5 start=1 channels=2
        %7 = add %6 %2
        %8 = delay %7 frames=3
        output %8",
    );
    weigh(&mut graph, 5);
    let kept = states(&graph, &SILENCE[..2])[8].clone().unwrap();
    let expected = after_long(&graph, value(&graph, 7)).concat();
    assert_eq!(kept.shape, [2]);
    for (a, b) in kept.numbers.iter().zip(expected) {
        assert!((a - b).abs() < 1e-12, "{kept:?}");
    }
}

/// A window is due at the first push: all frames but the last are in it.
#[test]
fn a_window_is_full_but_for_one_frame() {
    let of = |op: &str| {
        let graph = graph(&format!("%0 = input 2\n%1 = {op}\noutput %1"), &[]);
        states(&graph, &[0.1, 3.0])[1].clone().unwrap()
    };
    let tensor = |shape: &[usize], numbers: &[f64]| Tensor {
        shape: shape.to_vec(),
        numbers: numbers.to_vec(),
    };
    assert_eq!(of("pool %0 Mean size=5 stride=5"), tensor(&[2], &[4.0 * 0.1, 12.0]));
    assert_eq!(of("pool %0 Max size=5 stride=5"), tensor(&[2], &[0.1, 3.0]));
    assert_eq!(of("pool %0 Mean size=5 stride=2"), tensor(&[2], &[0.1, 3.0]));
    assert_eq!(of("pool %0 Mean size=128 stride=128"), tensor(&[2], &[127.0 * 0.1, 381.0]));
    // A long sum, and what rounding takes from it.
    let sum = 128.0 * 0.1;
    #[allow(clippy::cast_possible_truncation, reason = "the sum as f32 has it")]
    let lost = sum - f64::from(sum as f32);
    assert!(lost.abs() > 0.0);
    assert_eq!(of("pool %0 Mean size=129 stride=129"), tensor(&[2, 2], &[sum, lost, 384.0, 0.0]));
    // A history of one frame is none.
    let graph = graph("%0 = input 1\n%1 = conv %0 k=1 in=1 out=1\noutput %1", &[(1, &[&[1.0]])]);
    assert_eq!(states(&graph, &[1.0])[1], None);
}

fn refused(text: &str, tensors: &[(usize, &[&[f64]])], frame: &[f64]) -> Vec<String> {
    let mut errors = Errors::default();
    let found = steady(&graph(text, tensors), frame, &mut errors);
    let messages = messages(errors);
    assert_eq!(found.is_none(), !messages.is_empty());
    messages
}

#[test]
fn numbers_that_do_not_fit_are_a_mistake() {
    let text = "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = delay %1 frames=1 # wait
        %3 = delay %2 frames=1 # more
        output %3";
    let message = "in the steady state, `wait` would hold numbers that do not fit in f32";
    assert_eq!(refused(text, &[(1, &[&[1e20]])], &[1e20]), [message]);
    assert_eq!(refused(text, &[(1, &[&[1e20]])], &[1e18]), [""; 0]);
}

/// The last output, and of an LSTM the cell.
#[test]
fn a_cell_keeps_one_state_or_two() {
    for (cell, shape) in
        [("GruResetAfter", vec![3]), ("GruResetBefore", vec![3]), ("Lstm", vec![2, 3])]
    {
        let mut graph = read(&format!(
            "%0 = input 2
            %1 = recurrent %0 {cell} in=2 units=3 bias=true initial=false fast=false
            output %1"
        ));
        weigh(&mut graph, 3);
        let kept = states(&graph, &SILENCE[..2])[1].clone().unwrap();
        assert_eq!((kept.numbers.len(), kept.shape), (shape.iter().product(), shape), "{cell}");
    }
}

/// `h = tanh(0.5 - 3 h)` and so on, from push to push.
#[test]
fn a_cell_that_swings_is_a_mistake() {
    let text = "%0 = input 1
        %1 = recurrent %0 GruResetBefore in=1 units=1 bias=true initial=false fast=false # gru
        output %1";
    let of = |own: f64, update: f64, candidate: f64| {
        let tensors: [&[f64]; 3] = [&[0.0; 3], &[0.0, 0.0, own], &[update, 20.0, candidate]];
        refused(text, &[(1, &tensors)], &[0.0])
    };
    let help = "help: remove `#[start = \"rest\"]`, or state another constant input: `#[start(rest = […])]`";
    let message = "`gru` has no steady state: under constant input, its state still changes by";
    assert_eq!(of(-3.0, -20.0, 0.5), [format!("{message} 1.98\n{help}")]);
    assert_eq!(of(-0.5, -20.0, 0.5), [""; 0]);
    // One that is not there in the last of the pushes, and one that is, a little faster.
    assert_eq!(of(0.0, 9.2, 0.5), [format!("{message} 8e-7\n{help}")]);
    assert_eq!(of(0.0, 8.49, 0.5), [""; 0]);
}
