//! What is done to a graph between the front ends and the printed Rust. Each pass takes the graph and the mistakes so far.

pub(crate) mod align;
pub(crate) mod approximate;
pub(crate) mod compose;
pub(crate) mod fold;
pub(crate) mod fuse;
pub(crate) mod inline;
pub(crate) mod limits;
pub(crate) mod quantise;
pub(crate) mod recognise;
pub(crate) mod simplify;

use crate::errors::Errors;
use crate::graph::Graph;
use crate::graph::activation::RELU;

/// The rewrites, from a graph as it was written to one as it is printed.
pub(crate) fn rewrite(graph: &mut Graph, errors: &mut Errors) {
    simplify::simplify(graph);
    recognise::recognise(graph);
    simplify::simplify(graph);
    fold::fold(graph, errors);
    compose::compose(graph, errors);
    fuse::seeds(graph);
    fuse::epilogues(graph, |_| true);
    inline::inline(graph);
}

/// The same to a graph of integers, which has a line for each operation: its value is rounded.
pub(crate) fn rewrite_integers(graph: &mut Graph, errors: &mut Errors) {
    simplify::simplify(graph);
    recognise::recognise(graph);
    simplify::simplify(graph);
    quantise::split_norms(graph);
    fold::fold(graph, errors);
    compose::compose(graph, errors);
    fuse::seeds(graph);
    fuse::epilogues(graph, |activation| activation.function.name == RELU.name);
}
