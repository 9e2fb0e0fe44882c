//! What the layers around the one at hand have to do with it: those that sum skips up, and those that give a condition.

use proc_macro2::Ident;

use crate::frontend::kinds::Branches;
use crate::graph::{Graph, Value};

/// The layers around the one at hand.
#[derive(Default)]
pub(crate) struct Scopes {
    /// The sum so far of each branch at hand: `None` where no layer of it can add to one.
    sums: Vec<Option<Sum>>,
    conditions: Vec<Condition>,
}

/// A sum of skips.
#[derive(Clone)]
pub(crate) enum Sum {
    /// The next layer that adds to it begins it.
    Empty,
    /// With the word of the layer that began it.
    Of(Value, Ident),
}

/// A frame that layers see beside the one that they take.
struct Condition {
    value: Value,
    /// The values that are made of it.
    reads: Vec<Value>,
}

impl Scopes {
    /// Goes into a branch of a layer that takes such branches.
    pub(super) fn push(&mut self, branches: Option<Branches>) {
        // The skips of such a block are those of the layer around it.
        if branches != Some(Branches::One) {
            self.sums.push((branches == Some(Branches::Skips)).then_some(Sum::Empty));
        }
    }

    /// Leaves it. Gives its sum of skips.
    pub(super) fn pop(&mut self, branches: Option<Branches>) -> Option<Value> {
        if branches == Some(Branches::One) {
            return None;
        }
        match self.sums.pop().flatten() {
            Some(Sum::Of(value, _)) => Some(value),
            _ => None,
        }
    }

    /// The sum that the layer at hand adds to.
    pub(crate) fn sum(&self) -> Option<&Sum> {
        self.sums.last()?.as_ref()
    }

    /// Makes `value` the sum, which a layer of that word began.
    pub(crate) fn set_sum(&mut self, value: Value, word: &Ident) {
        if let Some(Some(sum)) = self.sums.last_mut() {
            *sum = Sum::Of(value, word.clone());
        }
    }

    /// Whether skips around the layer at hand do not reach into its branch.
    pub(crate) fn are_within_skips(&self) -> bool {
        self.sums.iter().any(Option::is_some)
    }

    pub(super) fn push_condition(&mut self, value: Value) {
        self.conditions.push(Condition { value, reads: Vec::new() });
    }

    /// Whether `output` depends on something that is made of the condition, which ends here.
    pub(super) fn pop_condition(&mut self, graph: &Graph, output: Option<Value>) -> bool {
        let reads = self.conditions.pop().map(|condition| condition.reads).unwrap_or_default();
        let Some(output) = output else { return !reads.is_empty() };
        let reached = graph.reaching(output);
        reads.into_iter().any(|value| reached[value])
    }

    /// The condition that the layer at hand sees.
    pub(crate) fn condition(&self) -> Option<Value> {
        self.conditions.last().map(|condition| condition.value)
    }

    /// Says that `value` is made of the condition.
    pub(crate) fn condition_is_read(&mut self, value: Value) {
        if let Some(condition) = self.conditions.last_mut() {
            condition.reads.push(value);
        }
    }
}
