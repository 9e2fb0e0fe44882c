//! Reads the nodes of a file, one after the other, into a graph.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use proc_macro2::TokenStream;

use super::array::{Array, count};
use super::call::Call;
use super::constant::Constant;
use super::dim::Dim;
use super::names::Names;
use super::proto::{Graph as FileGraph, Node};
use super::refusal::{Refused, Result, invalid, refuse_with};
use super::state::Kept;
use super::stream::Stream;
use super::{Words, ops};
use crate::graph::{Graph, Layer, LayerId, Node as Operation, Op, Value};
use crate::passes::align;
use crate::tensor::Tensor;

/// Numbers that constants and shapes of a file may be computed to, all together.
const MOST_ITEMS: usize = 1 << 27;

/// What is known of a tensor of the file.
#[derive(Clone, Debug)]
pub(super) enum Known {
    Constant(Constant),
    Stream(Stream),
    /// What recurrent cells keep from step to step.
    State(Array<Kept>),
    /// A truth value that only the condition of a loop may be: whether the first length is below the second, in each pair.
    Condition(Vec<[Dim; 2]>),
}

pub(super) struct Reader<'b> {
    pub(super) graph: Graph,
    pub(super) words: &'b Words,
    pub(super) opset: i64,
    pub(super) known: HashMap<&'b str, Rc<Known>>,
    names: Names,
    origin: TokenStream,
    /// The node at hand, and whether it has a layer yet.
    pub(super) node: Option<(String, String)>,
    pub(super) layer: Option<LayerId>,
    /// The names of its inputs.
    pub(super) reads: Vec<&'b str>,
    /// Parts of frames that were taken before.
    picked: HashMap<(Value, Vec<usize>), Value>,
    items: usize,
    /// What a window sees of the frames before it, where the model sees zeros: the nodes, and what each has.
    pub(super) carried: Vec<(String, &'static str)>,
    /// The states that each recurrent cell starts from, by the cell.
    pub(super) cells: HashMap<Value, [Vec<Kept>; 2]>,
    /// Frames of padding behind the end of what an operation reads.
    pub(super) behind: BTreeMap<Value, usize>,
}

impl<'b> Reader<'b> {
    pub(super) fn new(words: &'b Words, opset: i64, origin: TokenStream) -> Self {
        Self {
            graph: Graph::new(0),
            words,
            opset,
            known: HashMap::new(),
            names: Names::default(),
            origin,
            node: None,
            layer: None,
            reads: Vec::new(),
            picked: HashMap::new(),
            items: MOST_ITEMS,
            carried: Vec::new(),
            cells: HashMap::new(),
            behind: BTreeMap::new(),
        }
    }

    /// Makes every tensor known that the constants and nodes of a graph of the file give.
    pub(super) fn graph(&mut self, graph: &FileGraph<'b>) -> Result<()> {
        if graph.has_sparse {
            return refuse_with(
                "it has sparse tensors, which are not read",
                "export the model with dense tensors",
            );
        }
        for tensor in &graph.constants {
            match tensor.constant() {
                Ok(constant) => self.know(tensor.name, Known::Constant(constant)),
                Err(Refused { why, help }) => {
                    return Err(Refused {
                        why: format!("the tensor `{}` {why}", tensor.name),
                        help,
                    });
                }
            }
        }
        for node in &graph.nodes {
            let named = |refused: Refused| {
                let shown = shown(node);
                // A node of a branch has been named.
                if refused.why.starts_with("the node ") {
                    return refused;
                }
                Refused { why: format!("the node {shown}: {}", refused.why), ..refused }
            };
            let outer = (self.node.take(), self.layer.take());
            let reads = std::mem::replace(&mut self.reads, node.inputs.clone());
            self.node = Some((node.op.to_owned(), node.name.to_owned()));
            let outputs = self.outputs(node).map_err(named)?;
            (self.node, self.layer, self.reads) = (outer.0, outer.1, reads);
            for (name, known) in node.outputs.iter().zip(outputs) {
                self.know(name, known);
            }
        }
        Ok(())
    }

    fn outputs(&mut self, node: &Node<'b>) -> Result<Vec<Known>> {
        let mut inputs = Vec::new();
        for name in &node.inputs {
            inputs.push(match self.known.get(name) {
                Some(known) => Some(Rc::clone(known)),
                None if name.is_empty() => None,
                None => return invalid(format!("it reads `{name}`, which no node gives")),
            });
        }
        ops::outputs(self, &Call { node, inputs })
    }

    pub(super) fn know(&mut self, name: &'b str, known: Known) {
        self.known.insert(name, Rc::new(known));
    }

    /// Counts numbers that are about to be made.
    pub(super) fn charge(&mut self, shape: &[usize]) -> Result<()> {
        let left = count(shape).and_then(|count| self.items.checked_sub(count));
        self.items = left.map_or_else(
            || refuse_with("its numbers are too many to be computed", "make the model smaller"),
            Ok,
        )?;
        Ok(())
    }

    /// Appends an operation to the graph.
    pub(super) fn push(&mut self, op: Op, inputs: Vec<Value>, channels: usize) -> Result<Value> {
        self.push_node(op, inputs, channels, Vec::new(), false)
    }

    /// Appends an operation with its tensors, which is a layer of its own.
    pub(super) fn push_weighted(
        &mut self,
        op: Op,
        input: Value,
        channels: usize,
        tensors: Vec<Tensor>,
        has_bias: bool,
    ) -> Result<Value> {
        self.check_finite(&tensors)?;
        if self.layer.is_some_and(|LayerId(id)| {
            self.graph.layers.get(id).is_some_and(|layer| layer.weighted.is_some())
        }) {
            self.layer = None;
        }
        let value = self.push_node(op, vec![input], channels, tensors, has_bias)?;
        if let Some(layer) = self.layer.and_then(|LayerId(id)| self.graph.layers.get_mut(id)) {
            layer.weighted = Some(value);
        }
        Ok(value)
    }

    fn push_node(
        &mut self,
        op: Op,
        inputs: Vec<Value>,
        channels: usize,
        tensors: Vec<Tensor>,
        has_bias: bool,
    ) -> Result<Value> {
        if channels == 0 {
            return invalid("its output has no numbers");
        }
        self.charge(&[channels])?;
        let layer = self.layer_at_hand(&inputs);
        let mut node = Operation::new(op, inputs, channels, layer);
        node.clock = align::clock(&self.graph, &node);
        (node.tensors, node.has_bias) = (tensors, has_bias);
        let value = self.graph.push(node);
        if let Some(layer) = self.graph.layers.get_mut(layer.0) {
            layer.outputs = channels;
        }
        Ok(value)
    }

    fn layer_at_hand(&mut self, inputs: &[Value]) -> LayerId {
        let (op, path) = self.node.clone().unwrap_or_default();
        let inputs = inputs.first().map_or(0, |input| self.graph[*input].channels);
        *self.layer.get_or_insert_with(|| {
            self.graph.layers.push(Layer {
                kind: ops::kind(&op),
                name: Some(self.names.next(&path, &op)),
                origin: self.origin.clone(),
                history_origin: None,
                depth: 0,
                has_branches: false,
                inputs,
                outputs: 0,
                taps: None,
                dilation: None,
                flags: Vec::new(),
                weighted: None,
            });
            LayerId(self.graph.layers.len() - 1)
        })
    }

    /// Lets the layer at hand be called by another operation and path than the node's.
    pub(super) fn rename(&mut self, op: &str, path: String) {
        self.node = Some((op.to_owned(), path));
    }

    /// Says of the layer at hand what the table of layers shows.
    pub(super) fn describe(
        &mut self,
        taps: Option<usize>,
        dilation: Option<usize>,
        flags: Vec<String>,
    ) {
        if let Some(layer) = self.layer.and_then(|LayerId(id)| self.graph.layers.get_mut(id)) {
            (layer.taps, layer.dilation, layer.flags) = (taps, dilation, flags);
        }
    }

    /// The numbers of a frame at these places, in this order.
    pub(super) fn pick(&mut self, value: Value, places: &[usize]) -> Result<Value> {
        let is_whole = places.len() == self.graph[value].channels;
        if is_whole && places.iter().enumerate().all(|(new, old)| new == *old) {
            return Ok(value);
        }
        let key = (value, places.to_vec());
        if let Some(picked) = self.picked.get(&key) {
            return Ok(*picked);
        }
        let start = places.first().copied().unwrap_or_default();
        let is_slice = places.iter().enumerate().all(|(new, old)| start + new == *old);
        let op =
            if is_slice { Op::Slice { start } } else { Op::Gather { indices: places.to_vec() } };
        let picked = self.push(op, vec![value], places.len())?;
        self.picked.insert(key, picked);
        Ok(picked)
    }

    /// The frame in the order of the file's shape.
    pub(super) fn in_rows(&mut self, stream: &Stream) -> Result<Value> {
        self.pick(stream.value, &stream.places.items)
    }

    /// The same stream, where the frame has no number but those of the stream, each once.
    pub(super) fn compact(&mut self, stream: &Stream) -> Result<Stream> {
        let channels = self.graph[stream.value].channels;
        let mut seen = vec![false; channels];
        let places = stream.places.items.iter();
        let once = places
            .clone()
            .all(|place| seen.get_mut(*place).is_some_and(|seen| !std::mem::replace(seen, true)));
        if once && stream.places.items.len() == channels {
            return Ok(stream.clone());
        }
        let value = self.in_rows(stream)?;
        Ok(Stream { value, ..Stream::plain(value, stream.places.shape.clone(), stream.time) }
            .with_marks_of(stream))
    }

    /// Says that a window sees frames before it where the model sees something else.
    pub(super) fn carries(&mut self, what: &'static str) {
        let name = self.node.as_ref().map_or_else(String::new, |(op, path)| {
            if path.is_empty() { op.clone() } else { path.clone() }
        });
        self.carried.push((name, what));
    }
}

impl Stream {
    /// What is not in its shape.
    pub(super) fn with_marks_of(self, other: &Self) -> Self {
        Self { padding: other.padding, is_newest: other.is_newest, ..self }
    }
}

/// How messages name a node.
fn shown(node: &Node<'_>) -> String {
    match (node.name, node.outputs.first()) {
        ("", Some(output)) => format!("of `{output}` ({})", node.op),
        (name, _) => format!("`{name}` ({})", node.op),
    }
}
