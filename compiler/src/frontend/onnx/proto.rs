//! An ONNX model as its file says it: the messages of `onnx.proto`, as far as a network over time needs them.

use super::tensor::{self, Elements};
use super::wire::{Broken, Field, Fields};

/// Graphs within graphs: none that an exporter prints has as many.
const MOST_DEPTH: usize = 16;

#[derive(Default)]
pub(super) struct Model<'b> {
    pub(super) graph: Graph<'b>,
    /// The version of the standard's own operations.
    pub(super) opset: i64,
    /// Keys and values that the exporter added.
    pub(super) metadata: Vec<(&'b str, &'b str)>,
    /// Whether operations are defined in the file.
    pub(super) has_functions: bool,
}

#[derive(Clone, Default)]
pub(super) struct Graph<'b> {
    pub(super) nodes: Vec<Node<'b>>,
    pub(super) constants: Vec<Tensor<'b>>,
    pub(super) inputs: Vec<Info<'b>>,
    pub(super) outputs: Vec<Info<'b>>,
    /// Whether it has tensors in a form that saves zeros.
    pub(super) has_sparse: bool,
}

#[derive(Clone, Default)]
pub(super) struct Node<'b> {
    pub(super) op: &'b str,
    pub(super) name: &'b str,
    pub(super) domain: &'b str,
    /// An input that is left out has an empty name.
    pub(super) inputs: Vec<&'b str>,
    pub(super) outputs: Vec<&'b str>,
    pub(super) attributes: Vec<Attribute<'b>>,
}

#[derive(Clone, Default)]
pub(super) struct Attribute<'b> {
    pub(super) name: &'b str,
    pub(super) value: Option<Value<'b>>,
}

#[derive(Clone)]
pub(super) enum Value<'b> {
    Float(f32),
    Int(i64),
    Text(&'b [u8]),
    Tensor(Tensor<'b>),
    Graph(Graph<'b>),
    Floats(Vec<f64>),
    Ints(Vec<i64>),
    Texts(Vec<&'b [u8]>),
}

#[derive(Clone, Default)]
pub(super) struct Tensor<'b> {
    pub(super) name: &'b str,
    pub(super) dims: Vec<i64>,
    pub(super) elements: Elements<'b>,
}

/// What is known of an input or output of a graph.
#[derive(Clone, Default)]
pub(super) struct Info<'b> {
    pub(super) name: &'b str,
    /// `None` where the file does not say it.
    pub(super) shape: Option<Vec<Length<'b>>>,
    /// The type of its numbers; 0 where the file does not say it.
    pub(super) data_type: i64,
}

/// The length of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Length<'b> {
    Number(i64),
    /// One that differs from input to input, by a name that may be empty.
    Name(&'b str),
}

pub(super) fn model(bytes: &[u8]) -> Result<Model<'_>, Broken> {
    let mut model = Model { opset: 1, ..Model::default() };
    for field in Fields::of(bytes) {
        match field? {
            (7, field) => model.graph = graph(field.bytes()?, MOST_DEPTH)?,
            (8, field) => {
                let (mut domain, mut version) = ("", 1);
                for field in Fields::of(field.bytes()?) {
                    match field? {
                        (1, field) => domain = field.text()?,
                        (2, field) => version = field.int()?,
                        _ => {}
                    }
                }
                if matches!(domain, "" | "ai.onnx") {
                    model.opset = version;
                }
            }
            (14, field) => model.metadata.push(entry(field)?),
            (25, _) => model.has_functions = true,
            _ => {}
        }
    }
    Ok(model)
}

/// A key and its value.
fn entry(field: Field<'_>) -> Result<(&str, &str), Broken> {
    let (mut key, mut value) = ("", "");
    for field in Fields::of(field.bytes()?) {
        match field? {
            (1, field) => key = field.text()?,
            (2, field) => value = field.text()?,
            _ => {}
        }
    }
    Ok((key, value))
}

fn graph(bytes: &[u8], depth: usize) -> Result<Graph<'_>, Broken> {
    let mut graph = Graph::default();
    for field in Fields::of(bytes) {
        match field? {
            (1, field) => graph.nodes.push(node(field.bytes()?, depth)?),
            (5, field) => graph.constants.push(tensor::read(field.bytes()?)?),
            (11, field) => graph.inputs.push(info(field.bytes()?)?),
            (12, field) => graph.outputs.push(info(field.bytes()?)?),
            (15, _) => graph.has_sparse = true,
            _ => {}
        }
    }
    Ok(graph)
}

fn node(bytes: &[u8], depth: usize) -> Result<Node<'_>, Broken> {
    let mut node = Node::default();
    for field in Fields::of(bytes) {
        match field? {
            (1, field) => node.inputs.push(field.text()?),
            (2, field) => node.outputs.push(field.text()?),
            (3, field) => node.name = field.text()?,
            (4, field) => node.op = field.text()?,
            (5, field) => node.attributes.push(attribute(field.bytes()?, depth)?),
            (7, field) => node.domain = field.text()?,
            _ => {}
        }
    }
    Ok(node)
}

fn attribute(bytes: &[u8], depth: usize) -> Result<Attribute<'_>, Broken> {
    let mut attribute = Attribute::default();
    let (mut floats, mut ints, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    let mut kind = 0;
    for field in Fields::of(bytes) {
        match field? {
            (1, field) => attribute.name = field.text()?,
            (2, field) => attribute.value = Some(Value::Float(field.float()?)),
            (3, field) => attribute.value = Some(Value::Int(field.int()?)),
            (4, field) => attribute.value = Some(Value::Text(field.bytes()?)),
            (5, field) => attribute.value = Some(Value::Tensor(tensor::read(field.bytes()?)?)),
            (6, field) => {
                let depth = depth.checked_sub(1).ok_or(Broken)?;
                attribute.value = Some(Value::Graph(graph(field.bytes()?, depth)?));
            }
            (7, field) => field.floats(&mut floats)?,
            (8, field) => field.ints(&mut ints)?,
            (9, field) => texts.push(field.bytes()?),
            (20, field) => kind = field.int()?,
            _ => {}
        }
    }
    // A default value is left out of the file; its kind is not.
    attribute.value = attribute.value.or(match kind {
        1 => Some(Value::Float(0.0)),
        2 => Some(Value::Int(0)),
        3 => Some(Value::Text(b"")),
        6 => Some(Value::Floats(floats)),
        7 => Some(Value::Ints(ints)),
        8 => Some(Value::Texts(texts)),
        _ => None,
    });
    Ok(attribute)
}

fn info(bytes: &[u8]) -> Result<Info<'_>, Broken> {
    let mut info = Info::default();
    for field in Fields::of(bytes) {
        match field? {
            (1, field) => info.name = field.text()?,
            (2, field) => (info.data_type, info.shape) = of_type(field.bytes()?)?,
            _ => {}
        }
    }
    Ok(info)
}

/// The numbers' type and the shape in a type, where that is a tensor's.
fn of_type(bytes: &[u8]) -> Result<(i64, Option<Vec<Length<'_>>>), Broken> {
    let (mut data_type, mut shape) = (0, None);
    for field in Fields::of(bytes) {
        let (1, field) = field? else { continue };
        for field in Fields::of(field.bytes()?) {
            match field? {
                (1, field) => data_type = field.int()?,
                (2, field) => shape = Some(lengths(field.bytes()?)?),
                _ => {}
            }
        }
    }
    Ok((data_type, shape))
}

fn lengths(bytes: &[u8]) -> Result<Vec<Length<'_>>, Broken> {
    let mut shape = Vec::new();
    for field in Fields::of(bytes) {
        let (1, field) = field? else { continue };
        let mut length = Length::Name("");
        for field in Fields::of(field.bytes()?) {
            match field? {
                (1, field) => length = Length::Number(field.int()?),
                (2, field) => length = Length::Name(field.text()?),
                _ => {}
            }
        }
        shape.push(length);
    }
    Ok(shape)
}

impl<'b> Node<'b> {
    fn value(&self, name: &str) -> Option<&Value<'b>> {
        self.attributes.iter().find(|attribute| attribute.name == name)?.value.as_ref()
    }

    pub(super) fn int(&self, name: &str) -> Option<i64> {
        match self.value(name)? {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn is_set(&self, name: &str) -> bool {
        self.int(name).is_some_and(|number| number != 0)
    }

    pub(super) fn float(&self, name: &str) -> Option<f32> {
        match self.value(name)? {
            Value::Float(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn ints(&self, name: &str) -> Option<&[i64]> {
        match self.value(name)? {
            Value::Ints(numbers) => Some(numbers),
            _ => None,
        }
    }

    pub(super) fn floats(&self, name: &str) -> Option<&[f64]> {
        match self.value(name)? {
            Value::Floats(numbers) => Some(numbers),
            _ => None,
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&'b str> {
        match self.value(name)? {
            Value::Text(text) => str::from_utf8(text).ok(),
            _ => None,
        }
    }

    pub(super) fn texts(&self, name: &str) -> Option<Vec<&'b str>> {
        match self.value(name)? {
            Value::Texts(texts) => texts.iter().map(|text| str::from_utf8(text).ok()).collect(),
            _ => None,
        }
    }

    pub(super) fn tensor(&self, name: &str) -> Option<&Tensor<'b>> {
        match self.value(name)? {
            Value::Tensor(tensor) => Some(tensor),
            _ => None,
        }
    }

    pub(super) fn graph(&self, name: &str) -> Option<&Graph<'b>> {
        match self.value(name)? {
            Value::Graph(graph) => Some(graph),
            _ => None,
        }
    }
}
