//! A graph as text of the macro, with its weights as a weights file has them: the opposite of reading.

mod affine;
mod chains;
mod features;
mod gather;
mod label;
mod layer;

pub(crate) use self::label::label;

use self::chains::Chains;
use crate::graph::{Graph, Value};
use crate::tensor::Tensor;

/// A network as text, and its weights.
#[derive(Debug, PartialEq)]
pub struct Written {
    /// What stands between `<` and `>`, on several lines.
    pub layers: String,
    /// Of each layer with weights, by its label.
    pub weights: Vec<Weights>,
}

/// The weights of a layer.
#[derive(Debug, PartialEq)]
pub struct Weights {
    /// The layer's label.
    pub layer: String,
    /// Its tensors, by Keras' names and in Keras' order.
    pub tensors: Vec<NamedTensor>,
}

/// A tensor of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedTensor {
    /// What it is called, such as `kernel`.
    pub name: &'static str,
    /// Its lengths.
    pub shape: Vec<usize>,
    /// Its numbers, the last dimension fastest.
    pub numbers: Vec<f64>,
}

impl NamedTensor {
    fn new(name: &'static str, shape: &[usize], tensor: &Tensor) -> Self {
        Self { name, shape: shape.to_vec(), numbers: tensor.numbers.clone() }
    }
}

/// Nodes of a graph that is written: text has at most 256 layers, and a layer has a few nodes.
const MOST_NODES: usize = 2048;

/// The text and the weights of a graph that has its tensors, and that no rewrite has changed.
///
/// # Errors
///
/// Which operation the language has no layer for.
pub(crate) fn write(graph: &Graph) -> Result<Written, String> {
    let nodes = graph.lines().len();
    if nodes > MOST_NODES {
        return Err(format!(
            "the network has {nodes} operations, but a text has at most 256 layers"
        ));
    }
    let mut chains = Chains::new(graph);
    let chain = chains.chain(graph.output, Value::INPUT)?;
    let (layers, weights) = chains.text(chain);
    Ok(Written { layers, weights })
}
