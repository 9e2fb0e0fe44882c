//! Each pass by itself: on the text form of a graph, and on what the graph gives.

mod align;
mod compose;
mod fold;
mod fuse;
mod inline;
mod limits;
mod lowering;

use expect_test::{Expect, expect};

use super::graphs::{Random, assert_close, messages, pushed, read, right, weigh};
use crate::errors::Errors;
use crate::graph::Graph;
use crate::passes::rewrite;

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

/// The passes one after the other: each takes what those before it left.
#[test]
fn all_rewrites() {
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=2
        %2 = conv %1 k=2 zeros=1 in=2 out=4
        %3 = affine %2 bias
        %4 = conv %0 k=1 in=1 out=4
        %5 = add %3 %4
        %6 = slice %5 start=0 channels=2
        %7 = slice %5 start=2 channels=2
        %8 = map %6 tanh
        %9 = map %7 sigmoid
        %10 = multiply %8 %9
        %11 = conv %10 k=1 in=2 out=2
        %12 = add %1 %11
        %13 = conv %12 k=1 in=2 out=1
        %14 = map %13 relu
        output %14",
        rewrite,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=2 inline
            %5 = conv %0 k=2 zeros=1 in=1 out=4 bias
            %6 = slice %5 start=0 channels=2 inline
            %7 = slice %5 start=2 channels=2 inline
            %8 = map %6 tanh inline
            %9 = map %7 sigmoid inline
            %10 = multiply %8 %9
            %12 = conv %10 k=1 in=2 out=2 seed=%1
            %14 = conv %12 k=1 in=2 out=1 epilogue=relu
            output %14
        "]],
    );
}
