//! Recorded runs: how much of one is replayed, and how far off f32 is.

use super::graph;
use crate::eval::{frames, replay};
use crate::graph::Graph;
use crate::tensor::Tensor;

fn run(graph: &Graph, channels: usize, numbers: &[f64]) -> crate::eval::Replay {
    let shape = vec![numbers.len() / channels, channels];
    replay(graph, &Tensor { shape, numbers: numbers.to_vec() })
}

#[test]
fn a_run_is_replayed_for_as_long_as_a_compiler_may_take() {
    let of = |op: &str| {
        let text = format!("%0 = input 1\n%1 = {op}\noutput %1");
        graph(&text, &[])
    };
    // Of 4194304 multiply-accumulates.
    assert_eq!(frames(&of("map %0 tanh"), 1_000_000), 65536);
    assert_eq!(frames(&of("conv %0 k=100 zeros=99 in=1 out=10"), 1_000_000), 4194);
    assert_eq!(frames(&of("conv %0 k=100 zeros=99 in=1 out=10"), 77), 77);
    // The first output, whatever it costs.
    assert_eq!(frames(&of("conv %0 k=100000 in=1 out=1000"), 1_000_000), 100_000);
}

#[test]
fn a_run_is_pushed_frame_by_frame() {
    let text = "%0 = input 2
        %1 = conv %0 k=2 in=2 out=1 bias
        output %1";
    let graph = graph(text, &[(1, &[&[1.0, 10.0, 100.0, 1000.0], &[0.5]])]);
    let replayed = run(&graph, 2, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(replayed.outputs, [None, Some(vec![4321.5]), Some(vec![6543.5])]);
    assert!(replayed.rounding <= 0.0 && replayed.overflow.is_none());
}

#[test]
fn rounding_is_of_a_number_or_of_one() {
    let of = |scale: f64, x: f64| {
        let text = "%0 = input 1\n%1 = affine %0\noutput %1";
        run(&graph(text, &[(1, &[&[0.0], &[scale], &[0.0]])]), 1, &[x]).rounding
    };
    assert!((of(1.0, 0.1) - (f64::from(0.1_f32) - 0.1)).abs() < 1e-18);
    // One less than the number, which is one more than f32 has.
    assert!((of(1.0, 16_777_217.0) - 1.0 / 16_777_217.0).abs() < 1e-15);
    // The largest of a run.
    let text = "%0 = input 1\n%1 = map %0 relu\noutput %1";
    let replayed = run(&graph(text, &[]), 1, &[0.5, 0.1, 0.25]);
    assert!((replayed.rounding - (f64::from(0.1_f32) - 0.1)).abs() < 1e-18);
}

#[test]
fn a_value_without_a_number_in_f32_is_found() {
    let text = "%0 = input 1
        %1 = map %0 relu
        %2 = conv %1 k=1 in=1 out=1
        %3 = conv %2 k=1 in=1 out=1
        output %3";
    let graph = graph(text, &[(2, &[&[1e20]]), (3, &[&[1.0]])]);
    let replayed = run(&graph, 1, &[1.0, 2.0, 1e19, 1e19]);
    let (value, frame) = replayed.overflow.unwrap();
    assert_eq!((value.to_string().as_str(), frame), ("%2", 2));
    assert!(replayed.rounding.is_infinite());
    assert!(run(&graph, 1, &[1.0, 2.0]).overflow.is_none());
    // What is no number is as far off as can be.
    let text = "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = affine %1
        output %2";
    let graph = super::graph(text, &[(1, &[&[1e30]]), (2, &[&[0.0], &[0.0], &[0.0]])]);
    assert!(run(&graph, 1, &[1e30]).rounding.is_infinite());
}
