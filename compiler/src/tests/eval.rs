//! What a machine gives for each operation, a recorded run and a steady state, by hand.

mod cells;
mod ops;
mod replay;
mod steady;

use super::graphs::{pushed, read, value};
use crate::graph::Graph;
use crate::tensor::Tensor;

/// A graph whose tensors are those of these nodes.
fn graph(text: &str, tensors: &[(usize, &[&[f64]])]) -> Graph {
    let mut graph = read(text);
    for (number, tensors) in tensors {
        let value = value(&graph, *number);
        let tensor =
            |numbers: &&[f64]| Tensor { shape: vec![numbers.len()], numbers: numbers.to_vec() };
        graph[value].tensors = tensors.iter().map(tensor).collect();
    }
    graph
}

/// What a graph of one operation gives.
fn of_op(input: usize, op: &str, tensors: &[&[f64]], frames: &[&[f64]]) -> Vec<Vec<f64>> {
    let graph = graph(&format!("%0 = input {input}\n%1 = {op}\noutput %1"), &[(1, tensors)]);
    let frames: Vec<_> = frames.iter().map(|frame| frame.to_vec()).collect();
    pushed(&graph, &frames).1
}
