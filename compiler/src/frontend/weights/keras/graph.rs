//! A Keras model's layers, which say whose outputs they take, as chains and branches.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::layers;
use crate::frontend::kinds::MOST_LAYERS;
use crate::frontend::weights::words::Layer;

/// Layers of a model at most, those counted that are none here.
const MOST: usize = 4 * MOST_LAYERS;

/// A layer of the model.
pub(super) struct Node<'a> {
    name: &'a str,
    pub(super) class: &'a str,
    pub(super) config: &'a Value,
    /// The places of the layers whose outputs it takes; of an input none.
    inputs: Vec<usize>,
}

/// What the model says, and the places of its layers in that order.
pub(super) fn read(model: &Value) -> Result<(Vec<Layer>, Vec<usize>), String> {
    let class = model.get("class_name").and_then(Value::as_str).unwrap_or_default();
    let config = model.get("config").unwrap_or(&Value::Null);
    let nodes = match class {
        "Sequential" => nodes(config, |_, place| Ok(place.checked_sub(1).into_iter().collect())),
        "Functional" => {
            let mut places = HashMap::new();
            nodes(config, |layer, place| {
                let inputs = inputs(layer, &places)?;
                places.insert(name(layer).to_owned(), place);
                Ok(inputs)
            })
        }
        class => return Err(format!("the model is of a class of its own, `{class}`")),
    }?;
    let last = match config.get("output_layers") {
        None => nodes.len().checked_sub(1),
        Some(outputs) => only_name(outputs)?.and_then(|name| position(&nodes, name)),
    };
    let last = last.ok_or("the model has no output")?;
    let graph = Graph::of(nodes)?;
    let mut seen = HashSet::new();
    let chain = graph.chain(0, last, 0, &mut seen)?;
    let left = (0..graph.nodes.len()).find(|place| *place != 0 && !seen.contains(place));
    if let Some(node) = left.and_then(|place| graph.nodes.get(place)) {
        return Err(format!("layer `{}` does not lead to the output", node.name));
    }
    let mut layers = chain.layers.into_iter();
    let first = layers.next().map(|first| first.taking(graph.channels));
    Ok((first.into_iter().chain(layers).collect(), chain.places))
}

fn name(layer: &Value) -> &str {
    let own = layer.get("config").and_then(|config| config.get("name"));
    layer.get("name").or(own).and_then(Value::as_str).unwrap_or_default()
}

fn position(nodes: &[Node<'_>], name: &str) -> Option<usize> {
    nodes.iter().position(|node| node.name == name)
}

/// Each layer with the layers that `inputs` finds for it.
fn nodes<'a>(
    config: &'a Value,
    mut inputs: impl FnMut(&'a Value, usize) -> Result<Vec<usize>, String>,
) -> Result<Vec<Node<'a>>, String> {
    let layers = config.get("layers").and_then(Value::as_array).ok_or("the model has no layers")?;
    if layers.len() > MOST {
        return Err(format!("the model has more than {MOST} layers"));
    }
    let nodes = layers.iter().enumerate().map(|(place, layer)| {
        let class = layer.get("class_name").and_then(Value::as_str).unwrap_or_default();
        let config = layer.get("config").unwrap_or(&Value::Null);
        Ok(Node { name: name(layer), class, config, inputs: inputs(layer, place)? })
    });
    nodes.collect()
}

/// The layers that one takes its inputs from, which stand before it.
fn inputs(layer: &Value, places: &HashMap<String, usize>) -> Result<Vec<usize>, String> {
    let calls = layer.get("inbound_nodes").and_then(Value::as_array);
    let name = name(layer);
    let call = match calls.map(Vec::as_slice) {
        Some([]) => return Ok(Vec::new()),
        Some([call]) => call,
        _ => return Err(format!("layer `{name}` is used more than once")),
    };
    let mut tensors = Vec::new();
    find_tensors(call, &mut tensors);
    let place = |tensor: &&str| {
        places.get(*tensor).copied().ok_or_else(|| {
            format!("layer `{name}` takes `{tensor}`, which no layer before it gives")
        })
    };
    tensors.iter().map(place).collect()
}

/// The names in `"keras_history": ["conv1d", 0, 0]`, in their order.
fn find_tensors<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| find_tensors(value, found)),
        Value::Object(map) => match map.get("keras_history").and_then(|history| history.get(0)) {
            Some(name) => found.extend(name.as_str()),
            None => map.values().for_each(|value| find_tensors(value, found)),
        },
        _ => {}
    }
}

/// The name in `["dense", 0, 0]`, or in a list of one such list.
fn only_name(outputs: &Value) -> Result<Option<&str>, String> {
    match outputs.as_array().map(Vec::as_slice) {
        Some([Value::Array(output)]) => Ok(output.first().and_then(Value::as_str)),
        Some([Value::String(name), ..]) => Ok(Some(name)),
        _ => Err("the model has several outputs".to_owned()),
    }
}

struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    /// Of each layer, what it is here.
    layers: Vec<Option<Layer>>,
    /// Of each layer, the last one before it that is on every way to it, and how many of those there are.
    before: Vec<(usize, usize)>,
    channels: usize,
}

/// Layers one after the other, and their places in the model.
#[derive(Default)]
struct Chain {
    layers: Vec<Layer>,
    places: Vec<usize>,
}

impl<'a> Graph<'a> {
    fn of(nodes: Vec<Node<'a>>) -> Result<Self, String> {
        let Some(input) = nodes.first().filter(|node| node.class == "InputLayer") else {
            return Err("the model does not begin with an input".to_owned());
        };
        let shape = input.config.get("batch_shape").and_then(Value::as_array);
        let length =
            |length: &Value| length.as_u64().and_then(|length| usize::try_from(length).ok());
        let shape: Vec<_> = shape.into_iter().flatten().map(length).collect();
        let (frames, channels) = match shape.as_slice() {
            [_, Some(channels)] => (None, *channels),
            [_, frames, Some(channels)] => (*frames, *channels),
            _ => return Err("the input must have the shape (frames, channels)".to_owned()),
        };
        let (mut layers, mut before, mut given) = (vec![None], vec![(0, 0)], vec![frames]);
        for node in nodes.iter().skip(1) {
            let wrong = |why: String| format!("layer `{}`, {}, {why}", node.name, node.class);
            let mut inputs = node.inputs.iter().copied();
            let first = inputs.next().ok_or_else(|| wrong("is a second input".to_owned()))?;
            let frames = given.get(first).copied().flatten();
            let (layer, frames) = match node.inputs.len() {
                1 => layers::layer(node, frames).map_err(wrong)?,
                _ => (None, frames),
            };
            let above = inputs.fold(first, |one, other| common(&before, one, other));
            let depth = before.get(above).map_or(0, |(_, depth)| depth + 1);
            before.push((above, depth));
            layers.push(layer);
            given.push(frames);
        }
        Ok(Self { nodes, layers, before, channels })
    }

    /// What is behind `from`, up to `to`.
    fn chain(
        &self,
        from: usize,
        to: usize,
        depth: usize,
        seen: &mut HashSet<usize>,
    ) -> Result<Chain, String> {
        let mut steps = Vec::new();
        let mut at = to;
        while at != from {
            let (Some(node), Some((above, _))) = (self.nodes.get(at), self.before.get(at)) else {
                break;
            };
            if !seen.insert(at) {
                let help =
                    "help: write the layers, with `skips` and `skip` for the sum of many layers";
                return Err(format!("layer `{}` leads into several branches\n{help}", node.name));
            }
            let step = if node.inputs.len() == 1 {
                let layer = self.layers.get(at).cloned().flatten();
                Chain { layers: layer.into_iter().collect(), places: vec![at] }
            } else if depth == crate::frontend::parse::NESTING {
                return Err("the branches are nested too deep".to_owned());
            } else {
                let branches = node.inputs.iter();
                let branches = branches.map(|input| self.chain(*above, *input, depth + 1, seen));
                join(node, branches.collect::<Result<_, _>>()?)?
            };
            steps.push(step);
            at = *above;
        }
        let mut chain = Chain::default();
        for step in steps.into_iter().rev() {
            chain.layers.extend(step.layers);
            chain.places.extend(step.places);
        }
        Ok(chain)
    }
}

/// The last layer that is on every way to both.
fn common(before: &[(usize, usize)], mut one: usize, mut other: usize) -> usize {
    let of = |place: usize| before.get(place).copied().unwrap_or_default();
    while one != other {
        if of(one).1 >= of(other).1 {
            one = of(one).0;
        } else {
            other = of(other).0;
        }
    }
    one
}

/// What brings branches together.
fn join(node: &Node<'_>, branches: Vec<Chain>) -> Result<Chain, String> {
    let wrong = |why: &str| Err(format!("layer `{}`, {}, {why}", node.name, node.class));
    let kind = match node.class {
        "Add" => "sum",
        "Multiply" => "product",
        "Concatenate" => "concat",
        _ => return wrong("joins branches in a way that is not served"),
    };
    let axis = node.config.get("axis").and_then(Value::as_i64);
    if kind == "concat" && axis.is_some_and(|axis| axis != -1 && axis != 2) {
        return wrong("does not join along the channels");
    }
    let (mut ways, mut places) = (Vec::new(), Vec::new());
    for branch in branches {
        ways.push(branch.layers);
        places.extend(branch.places);
    }
    let is_residual = kind == "sum" && ways.len() == 2 && ways.iter().any(Vec::is_empty);
    let inner = ways.iter().position(|way| !way.is_empty());
    let layer = match inner.filter(|_| is_residual) {
        Some(inner) => Layer::new("residual").over(vec![ways.swap_remove(inner)]),
        None => Layer::new(kind).over(ways),
    };
    Ok(Chain { layers: vec![layer], places })
}
