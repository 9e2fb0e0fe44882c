//! The chains of layers: which operation stands in which branch, and which is named for a later one.

use std::fmt::Write as _;

use super::layer::{self, Layer};
use super::{NamedTensor, Weights};
use crate::frontend::keys::{self, kind};
use crate::graph::{Binary, Graph, Op, Table, Value};

/// Layers one after the other.
pub(super) type Chain = Vec<Piece>;

pub(super) enum Piece {
    /// The output of an earlier layer.
    From(Value),
    Layer {
        /// What it computes, where that is the output of an operation.
        value: Option<Value>,
        layer: Layer,
        /// Whether it takes the network's input.
        is_first: bool,
        branches: Vec<Chain>,
    },
}

/// A graph on its way to text.
pub(super) struct Chains<'g> {
    graph: &'g Graph,
    /// How often each value is read.
    uses: Table<usize>,
    /// The last value before each one that all its paths from the input go through.
    gates: Table<Value>,
    /// Whether a value has its layer.
    is_written: Table<bool>,
    /// Whether a branch begins with it.
    is_named: Table<bool>,
}

impl<'g> Chains<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        let mut gates = graph.table(Value::INPUT);
        for value in graph.lines() {
            let gate = graph[value].operands().reduce(|mut one, mut other| {
                while one != other {
                    let later = if one > other { &mut one } else { &mut other };
                    *later = gates[*later];
                }
                one
            });
            gates[value] = gate.unwrap_or(Value::INPUT);
        }
        let mut is_written = graph.table(false);
        is_written[Value::INPUT] = true;
        Self { graph, uses: graph.uses(), gates, is_written, is_named: graph.table(false) }
    }

    /// The layers from `frame` to `value`, at the beginning of a branch or of the network.
    pub(super) fn chain(&mut self, value: Value, frame: Value) -> Result<Chain, String> {
        let value = self.meant(value);
        if value == frame {
            return Ok(Vec::new());
        }
        if self.is_written[value] {
            self.is_named[value] = true;
            return Ok(vec![Piece::From(value)]);
        }
        let node = &self.graph[value];
        if node.seed.is_some() || node.epilogue.is_some() {
            return Err(format!("`{}` has been rewritten", node.op));
        }
        let inputs: Vec<_> = node.inputs.iter().map(|input| self.meant(*input)).collect();
        let (mut chain, layer, branches) = match (&node.op, inputs.as_slice()) {
            (op, [one, other]) => self.join(op, value, [*one, *other], frame)?,
            (Op::Blend, [first, active, share]) => self.blend([*first, *active, *share], frame)?,
            (_, [input]) => {
                let layer = layer::of(node, self.graph[*input].channels)?;
                (self.chain(*input, frame)?, layer, Vec::new())
            }
            _ => return Err(format!("no layer for `{}`", node.op)),
        };
        let mut is_first = chain.is_empty() && frame == Value::INPUT;
        self.is_written[value] = true;
        for layer in layer::before(node) {
            chain.push(Piece::Layer { value: None, layer, is_first, branches: Vec::new() });
            is_first = false;
        }
        chain.push(Piece::Layer { value: Some(value), layer, is_first, branches });
        Ok(chain)
    }

    /// The value without the delays that the compiler added.
    fn meant(&self, mut value: Value) -> Value {
        while let Op::Delay(delay) = &self.graph[value].op
            && delay.aligns
            && let Some(input) = self.graph[value].input()
        {
            value = input;
        }
        value
    }

    /// A layer of two branches, and what stands before it.
    fn join(
        &mut self,
        op: &Op,
        value: Value,
        [one, other]: [Value; 2],
        frame: Value,
    ) -> Result<(Chain, Layer, Vec<Chain>), String> {
        let kind = match op {
            Op::Add { centre } if *centre > 0 => {
                let before = self.chain(one, frame)?;
                let layer = Layer::new(kind::RESIDUAL, vec![keys::CENTER.to_owned()]);
                return Ok((before, layer, vec![self.chain(other, one)?]));
            }
            Op::Add { .. } => kind::SUM,
            Op::Multiply => kind::PRODUCT,
            Op::Binary(Binary::Subtract) => kind::DIFFERENCE,
            Op::Binary(Binary::Divide) => kind::QUOTIENT,
            Op::Binary(Binary::Minimum) => kind::MINIMUM,
            Op::Binary(Binary::Maximum) => kind::MAXIMUM,
            Op::Concat => kind::CONCAT,
            _ => return Err(format!("no layer for `{op}`")),
        };
        if let (Op::Multiply, Some((input, layer))) = (op, self.gated([one, other])?) {
            return Ok((self.chain(input, frame)?, layer, Vec::new()));
        }
        if let (Op::Add { .. }, Some(projected)) = (op, self.project(one, other, frame)?) {
            return Ok(projected);
        }
        let start = self.start([one, other], self.gates[value], frame);
        let before = self.chain(start, frame)?;
        let branches = vec![self.chain(one, start)?, self.chain(other, start)?];
        let is_residual = kind == kind::SUM
            && one == start
            && matches!(branches.last().and_then(|block| block.first()), Some(Piece::Layer { .. }));
        if is_residual {
            let block = branches.into_iter().skip(1).collect();
            return Ok((before, Layer::new(kind::RESIDUAL, Vec::new()), block));
        }
        Ok((before, Layer::new(kind, Vec::new()), branches))
    }

    /// What the branches to two values begin with. Where it is one of the two, chains of sums do not nest.
    fn start(&self, [one, other]: [Value; 2], gate: Value, frame: Value) -> Value {
        let gate = self.meant(gate);
        if self.graph.reaching(other)[one] {
            return one;
        }
        if self.graph.reaching(one)[other] {
            return other;
        }
        let is_join = |value: Value| self.graph[value].inputs.len() > 1;
        let is_open = gate == frame || !self.is_written[gate];
        match [is_join(one), is_join(other)] {
            [false, false] if is_open => gate,
            [false, true] => other,
            _ => one,
        }
    }

    /// The activations of the halves of a frame, multiplied.
    fn gated(&self, [active, gate]: [Value; 2]) -> Result<Option<(Value, Layer)>, String> {
        let half = |value: Value| {
            let node = &self.graph[value];
            let Op::Map(activation) = node.op else { return None };
            let slice = self.meant(node.input()?);
            let Op::Slice { start } = self.graph[slice].op else { return None };
            let is_alone = [value, slice].iter().all(|value| self.uses[*value] == 1);
            is_alone.then_some((activation, start, self.meant(self.graph[slice].input()?)))
        };
        let (Some((one, 0, input)), Some((other, start, same))) = (half(active), half(gate)) else {
            return Ok(None);
        };
        let channels = self.graph[active].channels;
        if input != same || start != channels || self.graph[input].channels != 2 * channels {
            return Ok(None);
        }
        Ok(Some((input, Layer::new(kind::GATED, vec![layer::flag(one)?, layer::flag(other)?]))))
    }

    /// A block whose input goes through a convolution of one tap that leaves out outputs.
    fn project(
        &mut self,
        one: Value,
        block: Value,
        frame: Value,
    ) -> Result<Option<(Chain, Layer, Vec<Chain>)>, String> {
        let node = &self.graph[one];
        let Some(conv) = node.conv() else { return Ok(None) };
        let is_its = conv.window.taps == 1 && conv.window.skipped > 0 && conv.groups == 1;
        let Some(input) = node.input().filter(|_| is_its && self.uses[one] == 1) else {
            return Ok(None);
        };
        let tensors = layer::kernel(&[conv.inputs, conv.outputs], conv.outputs, node)?;
        let input = self.meant(input);
        let before = self.chain(input, frame)?;
        let block = self.chain(block, input)?;
        let layer = Layer::new(kind::RESIDUAL, vec![keys::PROJECT.to_owned()]).with(tensors);
        Ok(Some((before, layer, vec![block])))
    }

    fn blend(
        &mut self,
        [first, active, share]: [Value; 3],
        frame: Value,
    ) -> Result<(Chain, Layer, Vec<Chain>), String> {
        let activation = match self.graph[active].op {
            _ if active == first => "linear".to_owned(),
            Op::Map(activation) if self.graph[active].input() == Some(first) => {
                layer::flag(activation)?
            }
            _ => return Err("a blend is not of a frame and its activation".to_owned()),
        };
        let before = self.chain(first, frame)?;
        let branches = vec![Vec::new(), self.chain(share, first)?];
        let layer = Layer::new(kind::BLENDED, vec![activation, "linear".to_owned()]);
        Ok((before, layer, branches))
    }

    /// The text of a whole network, and its weights.
    pub(super) fn text(&self, mut chain: Chain) -> (String, Vec<Weights>) {
        let starts_with_branches = match chain.first() {
            Some(Piece::Layer { branches, .. }) => !branches.is_empty(),
            _ => true,
        };
        let mut text =
            Text { chains: self, names: self.graph.table(None), named: 0, weights: Vec::new() };
        let inputs = self.graph.inputs();
        if starts_with_branches || self.is_named[Value::INPUT] {
            let arguments = vec![layer::said(keys::IN, inputs)];
            let input = Layer::new("linear", arguments);
            let (value, branches) = (Some(Value::INPUT), Vec::new());
            chain.insert(0, Piece::Layer { value, layer: input, is_first: false, branches });
        }
        let is_stated = starts_with_branches || self.is_named[Value::INPUT];
        let layers = text.chain(chain, 1, (!is_stated).then_some(inputs));
        (layers, text.weights)
    }
}

/// The text so far.
struct Text<'c, 'g> {
    chains: &'c Chains<'g>,
    /// The label of each value that has one.
    names: Table<Option<String>>,
    named: usize,
    weights: Vec<Weights>,
}

impl Text<'_, '_> {
    /// Layers on lines of their own, so far from the left. The first says the channels of the input, where they are given.
    fn chain(&mut self, chain: Chain, depth: usize, inputs: Option<usize>) -> String {
        let indent = "    ".repeat(depth);
        let lines = chain.into_iter().map(|piece| match piece {
            Piece::From(value) => {
                format!("{indent}from({})", self.names[value].as_deref().unwrap_or_default())
            }
            Piece::Layer { value, layer, is_first, branches } => {
                let inputs = inputs.filter(|_| is_first);
                let Layer { kind, mut arguments, tensors } = layer;
                let inner: Vec<_> = branches
                    .into_iter()
                    .map(|branch| self.chain(branch, depth + 1, inputs))
                    .collect();
                let mut text = indent.clone();
                if let Some(label) = value.and_then(|value| self.label(value, kind, tensors)) {
                    let _ = write!(text, "{label}: ");
                }
                text += kind;
                if inner.is_empty() {
                    if let Some(inputs) = inputs {
                        arguments.insert(0, layer::said(keys::IN, inputs));
                    }
                    let _ = write!(text, "({})", arguments.join(", "));
                    return text;
                }
                if !arguments.is_empty() {
                    let _ = write!(text, "({})", arguments.join(", "));
                }
                let inner = inner.into_iter().map(|branch| match branch.as_str() {
                    "" => String::new(),
                    _ => branch + "\n",
                });
                let between = format!("{indent}|\n");
                let inner = inner.collect::<Vec<_>>().join(&between);
                let _ = write!(text, " <\n{inner}{indent}>");
                text
            }
        });
        lines.collect::<Vec<_>>().join(";\n")
    }

    /// The label of a layer that has weights, or that a branch begins with.
    fn label(&mut self, value: Value, kind: &str, tensors: Vec<NamedTensor>) -> Option<String> {
        if tensors.is_empty() && !self.chains.is_named[value] {
            return None;
        }
        self.named += 1;
        let label = format!("{kind}_{}", self.named);
        self.names[value] = Some(label.clone());
        if !tensors.is_empty() {
            self.weights.push(Weights { layer: label.clone(), tensors });
        }
        Some(label)
    }
}
