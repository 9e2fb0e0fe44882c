//! A Keras model's layers, which say whose outputs they take, as chains and branches.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::layers;
use crate::errors::Message;
use crate::frontend::build::branches::{Join, Joined, Residual};
use crate::frontend::build::limits::MOST_LAYERS;
use crate::frontend::build::{Branch, Scope, Spec};
use crate::frontend::parse::NESTING;
use crate::frontend::weights::{FileGraph, Layers};

/// Layers of a model at most, those counted that are none here.
const MOST: usize = 4 * MOST_LAYERS;

/// A layer of the model.
struct Node<'a> {
    name: &'a str,
    class: &'a str,
    config: &'a Value,
    /// The places of the layers whose outputs it takes; of an input none.
    inputs: Vec<usize>,
}

/// What the model says, and the places of its layers in that order.
pub(super) fn read(model: &Value) -> Result<(FileGraph, Vec<usize>), Message> {
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
        class => return Err(format!("the model is of a class of its own, `{class}`").into()),
    }?;
    let last = match config.get("output_layers") {
        None => nodes.len().checked_sub(1),
        Some(outputs) => only_name(outputs)?.and_then(|name| position(&nodes, name)),
    };
    let last = last.ok_or("the model has no output")?;
    let model = Model::of(nodes)?;
    let mut seen = HashSet::new();
    let steps = model.chain(0, last, 0, &mut seen)?;
    let left = (0..model.nodes.len()).find(|place| *place != 0 && !seen.contains(place));
    if let Some(node) = left.and_then(|place| model.nodes.get(place)) {
        return Err(format!("layer `{}` does not lead to the output", node.name).into());
    }
    let (mut layers, mut places) = (Layers::new(model.channels), Vec::new());
    model.build(&steps, &mut layers, &mut places);
    Ok((layers.finish()?, places))
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
    mut inputs: impl FnMut(&'a Value, usize) -> Result<Vec<usize>, Message>,
) -> Result<Vec<Node<'a>>, Message> {
    let layers = config.get("layers").and_then(Value::as_array).ok_or("the model has no layers")?;
    if layers.len() > MOST {
        return Err(format!("the model has more than {MOST} layers").into());
    }
    let nodes = layers.iter().enumerate().map(|(place, layer)| {
        let class = layer.get("class_name").and_then(Value::as_str).unwrap_or_default();
        let config = layer.get("config").unwrap_or(&Value::Null);
        Ok(Node { name: name(layer), class, config, inputs: inputs(layer, place)? })
    });
    nodes.collect()
}

/// The layers that one takes its inputs from, which stand before it.
fn inputs(layer: &Value, places: &HashMap<String, usize>) -> Result<Vec<usize>, Message> {
    let calls = layer.get("inbound_nodes").and_then(Value::as_array);
    let name = name(layer);
    let call = match calls.map(Vec::as_slice) {
        Some([]) => return Ok(Vec::new()),
        Some([call]) => call,
        _ => return Err(format!("layer `{name}` is used more than once").into()),
    };
    let mut tensors = Vec::new();
    find_tensors(call, &mut tensors);
    let place = |tensor: &&str| {
        places.get(*tensor).copied().ok_or_else(|| {
            format!("layer `{name}` takes `{tensor}`, which no layer before it gives").into()
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
fn only_name(outputs: &Value) -> Result<Option<&str>, Message> {
    match outputs.as_array().map(Vec::as_slice) {
        Some([Value::Array(output)]) => Ok(output.first().and_then(Value::as_str)),
        Some([Value::String(name), ..]) => Ok(Some(name)),
        _ => Err("the model has several outputs".into()),
    }
}

struct Model<'a> {
    nodes: Vec<Node<'a>>,
    /// Of each layer, what it is here: nothing where it changes nothing, or joins branches.
    specs: Vec<Option<Box<dyn Spec>>>,
    /// Of each layer, the last one before it that is on every way to it, and how many of those there are.
    before: Vec<(usize, usize)>,
    channels: usize,
}

/// What stands one after the other.
enum Step {
    /// The layer at that place.
    Layer(usize),
    /// Branches, and what brings them together.
    Join(Join, Vec<Vec<Step>>),
}

impl<'a> Model<'a> {
    fn of(nodes: Vec<Node<'a>>) -> Result<Self, Message> {
        let Some(input) = nodes.first().filter(|node| node.class == "InputLayer") else {
            return Err("the model does not begin with an input".into());
        };
        let shape = input.config.get("batch_shape").and_then(Value::as_array);
        let length =
            |length: &Value| length.as_u64().and_then(|length| usize::try_from(length).ok());
        let shape: Vec<_> = shape.into_iter().flatten().map(length).collect();
        let (frames, channels) = match shape.as_slice() {
            [_, Some(channels)] => (None, *channels),
            [_, frames, Some(channels)] => (*frames, *channels),
            _ => return Err("the input must have the shape (frames, channels)".into()),
        };
        let (mut specs, mut before, mut given) = (vec![None], vec![(0, 0)], vec![frames]);
        for node in nodes.iter().skip(1) {
            let wrong = |why: Message| why.after(format!("{}, ", node.place()));
            let mut inputs = node.inputs.iter().copied();
            let first = inputs.next().ok_or_else(|| wrong("is a second input".into()))?;
            let frames = given.get(first).copied().flatten();
            let (spec, frames) = match node.inputs.len() {
                1 => layers::layer(node.class, node.config, frames).map_err(wrong)?,
                _ => (None, frames),
            };
            let above = inputs.fold(first, |one, other| common(&before, one, other));
            let depth = before.get(above).map_or(0, |(_, depth)| depth + 1);
            before.push((above, depth));
            specs.push(spec);
            given.push(frames);
        }
        Ok(Self { nodes, specs, before, channels })
    }

    /// What is behind `from`, up to `to`.
    fn chain(
        &self,
        from: usize,
        to: usize,
        depth: usize,
        seen: &mut HashSet<usize>,
    ) -> Result<Vec<Step>, Message> {
        let mut steps = Vec::new();
        let mut at = to;
        while at != from {
            let (Some(node), Some((above, _))) = (self.nodes.get(at), self.before.get(at)) else {
                break;
            };
            if !seen.insert(at) {
                let text = format!("layer `{}` leads into several branches", node.name);
                let help = "write the layers, with `skips` and `skip` for the sum of many layers";
                return Err(Message::new(text).help(help));
            }
            steps.push(if node.inputs.len() == 1 {
                Step::Layer(at)
            } else if depth == NESTING {
                return Err("the branches are nested too deep".into());
            } else {
                let branches = node.inputs.iter();
                let branches = branches.map(|input| self.chain(*above, *input, depth + 1, seen));
                let branches = branches.collect::<Result<_, _>>()?;
                Step::Join(node.join()?, branches)
            });
            at = *above;
        }
        steps.reverse();
        Ok(steps)
    }

    /// Whether steps change nothing.
    fn are_nothing(&self, steps: &[Step]) -> bool {
        steps.iter().all(|step| match step {
            Step::Layer(place) => self.specs.get(*place).is_none_or(Option::is_none),
            Step::Join(..) => false,
        })
    }

    /// Adds the steps, and the places of their layers.
    fn build(&self, steps: &[Step], layers: &mut Layers, places: &mut Vec<usize>) {
        for step in steps {
            match step {
                Step::Layer(place) => {
                    places.push(*place);
                    if let (Some(node), Some(Some(spec))) =
                        (self.nodes.get(*place), self.specs.get(*place))
                    {
                        layers.set_place(node.place());
                        layers.add(&**spec);
                    }
                }
                Step::Join(how, branches) => self.join(*how, branches, layers, places),
            }
        }
    }

    fn join(
        &self,
        how: Join,
        branches: &[Vec<Step>],
        layers: &mut Layers,
        places: &mut Vec<usize>,
    ) {
        let are_nothing: Vec<_> = branches.iter().map(|branch| self.are_nothing(branch)).collect();
        // The input itself is one of two, and the other is not.
        let is_residual =
            how == Join::Sum && matches!(are_nothing.as_slice(), [true, false] | [false, true]);
        let scope = if is_residual { Scope::Block } else { Scope::Branches };
        let frame = layers.enter(scope);
        let mut given: Vec<Branch> = Vec::new();
        for (steps, is_nothing) in branches.iter().zip(are_nothing) {
            layers.take(frame);
            self.build(steps, layers, places);
            if !(is_residual && is_nothing) {
                given.push(layers.branch());
            }
        }
        layers.leave(scope);
        match given.as_slice() {
            [block] if is_residual => {
                let residual = Residual { block: *block, projects: false, is_centred: false };
                layers.join(frame, &residual);
            }
            _ => layers.join(frame, &Joined { how, branches: given }),
        }
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

impl Node<'_> {
    /// How messages name it.
    fn place(&self) -> String {
        format!("layer `{}`, {}", self.name, self.class)
    }

    /// What it does with branches.
    fn join(&self) -> Result<Join, Message> {
        let wrong = |why: &str| Err(format!("{}, {why}", self.place()).into());
        let how = match self.class {
            "Add" => Join::Sum,
            "Multiply" => Join::Product,
            "Concatenate" => Join::Concat,
            _ => return wrong("joins branches in a way that is not served"),
        };
        let axis = self.config.get("axis").and_then(Value::as_i64);
        if how == Join::Concat && axis.is_some_and(|axis| axis != -1 && axis != 2) {
            return wrong("does not join along the channels");
        }
        Ok(how)
    }
}
