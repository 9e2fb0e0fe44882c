//! What the layers around the one at hand have to do with it: those that sum skips up, and those that give a condition.

use crate::graph::{Graph, Value};

/// The layers around the one at hand.
#[derive(Default)]
pub(crate) struct Scopes {
    /// The sum so far of each branch at hand: `None` where no layer of it can add to one.
    sums: Vec<Option<Sum>>,
    conditions: Vec<Condition>,
}

/// What the branches of a layer have to do with skips.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scope {
    /// Their skips are those of the layer around it: a residual block.
    Block,
    /// It sums the skips up.
    Skips,
    /// They have none.
    Branches,
}

/// A sum of skips.
#[derive(Clone, Copy)]
pub(super) enum Sum {
    /// The next layer that adds to it begins it.
    Empty,
    /// With the word of the layer that began it.
    Of(Value, &'static str),
}

/// A frame that layers see beside the one that they take.
struct Condition {
    value: Value,
    /// The values that are made of it.
    reads: Vec<Value>,
}

impl Scopes {
    /// Goes into the branches of a layer.
    pub(crate) fn push(&mut self, scope: Scope) {
        match scope {
            Scope::Block => {}
            Scope::Skips => self.sums.push(Some(Sum::Empty)),
            Scope::Branches => self.sums.push(None),
        }
    }

    /// Leaves them. Gives their sum of skips.
    pub(crate) fn pop(&mut self, scope: Scope) -> Option<Value> {
        if scope == Scope::Block {
            return None;
        }
        match self.sums.pop().flatten() {
            Some(Sum::Of(value, _)) => Some(value),
            _ => None,
        }
    }

    /// The sum that the layer at hand adds to.
    pub(super) fn sum(&self) -> Option<Sum> {
        *self.sums.last()?
    }

    /// Makes `value` the sum, which a layer of that word began.
    pub(super) fn set_sum(&mut self, value: Value, word: &'static str) {
        if let Some(Some(sum)) = self.sums.last_mut() {
            *sum = Sum::Of(value, word);
        }
    }

    /// Whether skips around the layer at hand do not reach into its branch.
    pub(super) fn are_within_skips(&self) -> bool {
        self.sums.iter().any(Option::is_some)
    }

    pub(crate) fn push_condition(&mut self, value: Value) {
        self.conditions.push(Condition { value, reads: Vec::new() });
    }

    /// Whether `output` depends on something that is made of the condition, which ends here.
    pub(crate) fn pop_condition(&mut self, graph: &Graph, output: Option<Value>) -> bool {
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
