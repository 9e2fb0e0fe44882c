//! The layers that have lines, as they stand in one another.

use crate::ast;
use crate::model::{Fate, NamedLayer, Net};

pub(super) struct Node<'a> {
    pub(super) layer: &'a NamedLayer<'a>,
    pub(super) branches: Vec<Vec<Node<'a>>>,
}

pub(super) fn tree<'a>(net: &'a Net<'a>) -> Vec<Node<'a>> {
    chain(&net.ast.layers, &mut net.layers.iter())
}

fn chain<'a>(
    written: &[ast::Layer],
    layers: &mut impl Iterator<Item = &'a NamedLayer<'a>>,
) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    for layer in written {
        let branches: Vec<_> = layer.branches.iter().map(|branch| chain(branch, layers)).collect();
        match layers.next() {
            Some(layer) if layer.fate == Fate::Line => nodes.push(Node { layer, branches }),
            // Of a layer without use, there may be taps in a branch.
            Some(layer) if layer.fate == Fate::Dead => nodes.extend(branches.into_iter().flatten()),
            _ => {}
        }
    }
    nodes
}
