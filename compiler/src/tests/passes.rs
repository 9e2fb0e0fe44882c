//! Each pass by itself: on the text form of a graph, and on what the graph gives.

mod align;
mod compose;
mod fold;
mod fuse;
mod inline;
mod limits;
mod lowering;

use expect_test::Expect;

use super::graphs::{Random, assert_close, messages, pushed, read, right, weigh};
use crate::errors::Errors;
use crate::graph::Graph;

type Pass = fn(&mut Graph, &mut Errors);

const FRAMES: usize = 14;

/// Asserts what a rewrite makes of a graph, and that both give the same at the same pushes.
#[track_caller]
fn check(text: &str, rewrite: Pass, expected: &Expect) {
    let mut graph = read(text);
    weigh(&mut graph, 1);
    let input = Random::new(2).frames(graph.inputs(), FRAMES);
    let (before, clock) = (pushed(&graph, &input), graph.clock());
    right(|errors| rewrite(&mut graph, errors));
    expected.assert_eq(&graph.to_string());
    let after = pushed(&graph, &input);
    assert!(!after.0.is_empty(), "no output\n{graph}");
    assert_eq!(after.0, before.0, "{graph}");
    assert_close(&after.1, &before.1, &graph);
    assert_eq!(graph.clock(), clock, "{graph}");
}

/// Asserts that a rewrite leaves a graph as it is.
#[track_caller]
fn left(text: &str, rewrite: Pass) {
    let mut graph = read(text);
    weigh(&mut graph, 1);
    let before = graph.to_string();
    right(|errors| rewrite(&mut graph, errors));
    assert_eq!(graph.to_string(), before);
}

/// The messages of a pass.
fn refused(graph: &mut Graph, pass: Pass) -> Vec<String> {
    let mut errors = Errors::default();
    pass(graph, &mut errors);
    messages(errors)
}
