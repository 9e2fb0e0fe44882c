//! The operations, one for each value that is rounded.

use serde_json::Value;

use super::features::Plane;
use super::frames::{Several, Transposed};
use super::norm::Norm;
use super::pool::{FeaturePool, Pool};

/// Operations, each of values before it. The first is the input, and the last the output.
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    /// Whether the last one has several frames at a push.
    is_several: bool,
}

pub(super) enum Node {
    Input,
    Conv {
        x: usize,
        conv: Conv,
        seed: Option<usize>,
    },
    Function {
        x: usize,
        name: String,
        slope: f64,
    },
    Pool {
        x: usize,
        pool: Pool,
    },
    FeaturePool {
        x: usize,
        pool: FeaturePool,
    },
    Newest {
        x: usize,
        frames: usize,
    },
    Delay {
        x: usize,
        frames: usize,
    },
    Add {
        a: usize,
        b: usize,
    },
    /// One half of the channels.
    Half {
        x: usize,
        is_second: bool,
    },
    Multiply {
        a: usize,
        b: usize,
    },
    Cell {
        x: usize,
        cell: Cell,
    },
    Norm {
        x: usize,
        norm: Norm,
    },
    Softmax {
        x: usize,
        channels: usize,
    },
    Blend {
        plain: usize,
        active: usize,
        share: usize,
    },
    Plane {
        x: usize,
        plane: Plane,
    },
    /// Several frames for one.
    Several {
        x: usize,
        several: Several,
    },
}

/// A recurrent cell, with Keras' tensors.
pub(super) struct Cell {
    pub(super) kind: Kind,
    /// By input, or unit, and column: those of a gate lie side by side.
    pub(super) kernel: Vec<Vec<f64>>,
    pub(super) own: Vec<Vec<f64>>,
    /// Of the input, and of the last output where there are two.
    pub(super) bias: Vec<Vec<f64>>,
    /// The last output and the state of an LSTM before the first frame.
    pub(super) initial: Vec<Vec<f64>>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Lstm,
    Gru,
    GruBefore,
    Rnn,
}

impl Cell {
    pub(super) fn units(&self) -> usize {
        self.own.len()
    }

    /// The place of the candidate among the gates.
    pub(super) fn candidate(&self) -> usize {
        if self.kind == Kind::Rnn { 0 } else { 2 }
    }
}

/// A convolution, and the rectifier behind it.
#[derive(Clone)]
pub(super) struct Conv {
    /// By tap, input of a group, and output.
    pub(super) kernel: Vec<Vec<Vec<f64>>>,
    pub(super) bias: Vec<f64>,
    pub(super) dilation: usize,
    pub(super) stride: usize,
    pub(super) groups: usize,
    pub(super) causal: bool,
    pub(super) is_rectified: bool,
    /// Whether it is a product and a sum of each number, and no layer of its own.
    pub(super) is_product: bool,
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// What a layer says of a key, or what it means where it says nothing.
pub(super) fn count(layer: &Value, key: &str, usual: u64) -> usize {
    usize::try_from(layer[key].as_u64().unwrap_or(usual)).expect("a count")
}

/// Weights are numbers of f32.
pub(super) fn number(value: &Value) -> f64 {
    serde_json::from_value::<f32>(value.clone()).expect("a number").into()
}

pub(super) fn matrix(value: &Value) -> Vec<Vec<f64>> {
    list(value).iter().map(|row| list(row).iter().map(number).collect()).collect()
}

/// Functions that leave a number as it is, but for a limit or a slope.
pub(super) fn is_limit(name: &str) -> bool {
    ["relu", "relu6", "hard_tanh", "leaky_relu"].contains(&name)
}

/// The product by 1 of a value of so many channels.
pub(super) fn product(x: usize, channels: usize) -> Node {
    let conv = Conv {
        kernel: vec![vec![vec![1.0; channels]]],
        bias: vec![0.0; channels],
        dilation: 1,
        stride: 1,
        groups: channels,
        causal: false,
        is_rectified: false,
        is_product: true,
    };
    Node::Conv { x, conv, seed: None }
}

/// References to the values that a node reads, through a reference to it.
macro_rules! inputs {
    ($node:expr) => {
        match $node {
            Self::Input => Vec::new(),
            Self::Conv { x, seed, .. } => [x].into_iter().chain(seed).collect(),
            Self::Function { x, .. }
            | Self::Pool { x, .. }
            | Self::FeaturePool { x, .. }
            | Self::Newest { x, .. }
            | Self::Delay { x, .. }
            | Self::Half { x, .. }
            | Self::Cell { x, .. }
            | Self::Norm { x, .. }
            | Self::Softmax { x, .. }
            | Self::Plane { x, .. }
            | Self::Several { x, .. } => vec![x],
            Self::Blend { plain, active, share } => vec![plain, active, share],
            Self::Add { a, b } | Self::Multiply { a, b } => vec![a, b],
        }
    };
}

impl Node {
    /// The values that it reads.
    pub(super) fn inputs(&self) -> Vec<&usize> {
        inputs!(self)
    }

    fn inputs_mut(&mut self) -> Vec<&mut usize> {
        inputs!(self)
    }
}

impl Graph {
    pub(super) fn of(topology: &Value) -> Self {
        let mut graph = Self { nodes: vec![Node::Input], is_several: false };
        graph.chain(topology, 0);
        for place in (0..graph.nodes.len()).rev() {
            match &graph.nodes[place] {
                Node::Cell { cell, .. } => {
                    let units = cell.units();
                    graph.separate(place, units);
                }
                Node::Softmax { channels, .. } => {
                    let channels = *channels;
                    graph.separate(place, channels);
                }
                _ => {}
            }
        }
        graph
    }

    /// Which nodes read a value in the scale of their output, and which in its own.
    fn readers(&self, place: usize) -> [Vec<bool>; 2] {
        let shares = |node: &Node| match node {
            Node::Conv { seed, .. } => *seed == Some(place),
            Node::Function { name, .. } => is_limit(name),
            Node::FeaturePool { pool, .. } => pool.keeps_scale(),
            Node::Multiply { .. }
            | Node::Cell { .. }
            | Node::Norm { .. }
            | Node::Softmax { .. }
            | Node::Plane { .. }
            | Node::Input => false,
            Node::Several { several, .. } => several.keeps_scale(),
            _ => true,
        };
        let reads = |node: &Node| node.inputs().contains(&&place);
        let of = |wanted: bool| {
            let nodes = self.nodes.iter();
            nodes.map(|node| reads(node) && shares(node) == wanted).collect()
        };
        [of(true), of(false)]
    }

    pub(super) fn is_read_in_another_scale(&self, place: usize) -> bool {
        self.readers(place)[1].contains(&true)
    }

    /// Puts a product by 1 behind a value of so many channels that is added to others or moved: their scale is another one.
    pub(super) fn separate(&mut self, place: usize, units: usize) {
        let [sharing, _] = self.readers(place);
        if !sharing.contains(&true) {
            return;
        }
        self.insert_behind(place, |reader| sharing[reader], product(place, units));
    }

    /// Puts a node behind a value. Those for which `is_moved` holds read it in the place of that; a convolution, to start from alone.
    pub(super) fn insert_behind(
        &mut self,
        place: usize,
        is_moved: impl Fn(usize) -> bool,
        node: Node,
    ) {
        for (reader, other) in self.nodes.iter_mut().enumerate() {
            let keeps = match other {
                Node::Conv { x, seed: Some(seed), .. } => *x == place && *seed == place,
                _ => false,
            };
            for (number, input) in other.inputs_mut().into_iter().enumerate() {
                let is_kept = keeps && number == 0;
                if *input > place || *input == place && is_moved(reader) && !is_kept {
                    *input += 1;
                }
            }
        }
        self.nodes.insert(place + 1, node);
    }

    /// How many nodes read a value, and one more of the output.
    pub(super) fn uses(&self, place: usize) -> usize {
        let inputs = self.nodes.iter().flat_map(Node::inputs);
        let reads = inputs.filter(|input| **input == place).count();
        reads + usize::from(place + 1 == self.nodes.len())
    }

    fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Whether a convolution has a rectifier behind it.
    fn rectifier(&mut self, x: usize) -> Option<&mut bool> {
        Some(match self.nodes.get_mut(x)? {
            Node::Conv { conv, seed: None, .. } => &mut conv.is_rectified,
            Node::Plane { plane, .. } => &mut plane.is_rectified,
            Node::Several { several: Several::Transposed(conv), .. } => &mut conv.is_rectified,
            _ => return None,
        })
    }

    fn several(&mut self, x: usize, several: Several) -> usize {
        self.is_several |= several.times() > 1;
        self.push(Node::Several { x, several })
    }

    fn chain(&mut self, layers: &Value, mut x: usize) -> usize {
        for layer in layers.as_array().expect("layers") {
            x = self.layer(layer, x);
        }
        x
    }

    /// A normalisation, and a product and a sum of each number.
    fn norm(&mut self, layer: &Value, x: usize) -> usize {
        let of = |key: &str| -> Vec<f64> { list(&layer[key]).iter().map(number).collect() };
        let count =
            |key: &str| usize::try_from(layer[key].as_u64().expect("a count")).expect("a count");
        let (gamma, beta, features) = (of("gamma"), of("beta"), count("features"));
        let norm = Norm { features, groups: count("groups"), epsilon: number(&layer["epsilon"]) };
        let x = self.push(Node::Norm { x, norm });
        let [gamma, beta] = [gamma, beta].map(|of_channels| of_channels.repeat(features));
        let groups = gamma.len();
        let conv = Conv {
            kernel: vec![vec![gamma]],
            bias: beta,
            dilation: 1,
            stride: 1,
            groups,
            causal: false,
            is_rectified: false,
            is_product: true,
        };
        self.push(Node::Conv { x, conv, seed: None })
    }

    fn layer(&mut self, layer: &Value, x: usize) -> usize {
        let count = |key: &str| count(layer, key, 1);
        match layer["op"].as_str().expect("an operation") {
            "conv" => {
                let conv = Conv {
                    kernel: list(&layer["kernel"]).iter().map(matrix).collect(),
                    bias: list(&layer["bias"]).iter().map(number).collect(),
                    dilation: count("dilation"),
                    stride: count("stride"),
                    groups: count("groups"),
                    causal: layer["causal"].as_bool().unwrap_or(false),
                    is_rectified: false,
                    is_product: false,
                };
                self.push(Node::Conv { x, conv, seed: None })
            }
            "function" => {
                let name = layer["name"].as_str().expect("a name").to_owned();
                // A rectifier is part of the convolution before it, where nothing else reads that.
                if name == "relu"
                    && let Some(is_rectified) =
                        self.rectifier(x).filter(|is_rectified| !**is_rectified)
                {
                    *is_rectified = true;
                    return x;
                }
                self.push(Node::Function { x, name, slope: layer["slope"].as_f64().unwrap_or(0.0) })
            }
            "max_pool" | "avg_pool" => {
                let is_max = layer["op"] == "max_pool";
                let is = |key: &str| layer[key].as_bool().unwrap_or(false);
                let pool = Pool {
                    is_max,
                    size: count("size"),
                    stride: count("stride"),
                    dilation: count("dilation"),
                    is_padded: is("causal"),
                    counts: is("counts"),
                };
                self.push(Node::Pool { x, pool })
            }
            kind @ ("lstm" | "gru" | "gru_before" | "rnn") => {
                let kind = match kind {
                    "lstm" => Kind::Lstm,
                    "gru" => Kind::Gru,
                    "gru_before" => Kind::GruBefore,
                    _ => Kind::Rnn,
                };
                let [kernel, own, bias] = ["kernel", "own", "bias"].map(|key| matrix(&layer[key]));
                let initial = layer.get("initial").map_or_else(Vec::new, matrix);
                self.push(Node::Cell { x, cell: Cell { kind, kernel, own, bias, initial } })
            }
            "features" => self.push(Node::FeaturePool { x, pool: FeaturePool::of(layer) }),
            "norm" => self.norm(layer, x),
            "softmax" => self.push(Node::Softmax { x, channels: count("channels") }),
            "plane" => self.push(Node::Plane { x, plane: Plane::of(layer) }),
            "upsample" => self.several(x, Several::Upsample(count("n"))),
            "split" => self.several(x, Several::Split(count("n"))),
            "conv_transpose" => self.several(x, Several::Transposed(Transposed::of(layer))),
            "newest" => self.push(Node::Newest { x, frames: count("frames") }),
            "delay" => self.push(Node::Delay { x, frames: count("frames") }),
            word @ ("gated" | "blended") => {
                let [first, second] =
                    [false, true].map(|is_second| self.push(Node::Half { x, is_second }));
                let function =
                    |x: usize, name: &str| Node::Function { x, name: name.to_owned(), slope: 0.0 };
                let a = self.push(function(first, "tanh"));
                let b = self.push(function(second, "sigmoid"));
                if word == "blended" {
                    return self.push(Node::Blend { plain: first, active: a, share: b });
                }
                self.push(Node::Multiply { a, b })
            }
            _ => {
                let end = self.chain(&layer["body"], x);
                // A convolution of one tap starts its sums from the block's input, but for that of each of several frames.
                if !self.is_several
                    && let Some(Node::Conv { conv, seed, .. }) = self.nodes.get_mut(end)
                    && conv.kernel.len() == 1
                    && !conv.is_rectified
                {
                    *seed = Some(x);
                    return end;
                }
                self.push(Node::Add { a: x, b: end })
            }
        }
    }
}
