//! The operations, one for each value that is rounded.

use serde_json::Value;

/// Operations, each of values before it. The first is the input, and the last the output.
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
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
        is_max: bool,
        size: usize,
        stride: usize,
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
}

/// A convolution, and the rectifier behind it.
pub(super) struct Conv {
    /// By tap, input of a group, and output.
    pub(super) kernel: Vec<Vec<Vec<f64>>>,
    pub(super) bias: Vec<f64>,
    pub(super) dilation: usize,
    pub(super) stride: usize,
    pub(super) groups: usize,
    pub(super) causal: bool,
    pub(super) is_rectified: bool,
}

impl Graph {
    pub(super) fn of(topology: &Value) -> Self {
        let mut graph = Self { nodes: vec![Node::Input] };
        graph.chain(topology, 0);
        graph
    }

    fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn chain(&mut self, layers: &Value, mut x: usize) -> usize {
        for layer in layers.as_array().expect("layers") {
            x = self.layer(layer, x);
        }
        x
    }

    fn layer(&mut self, layer: &Value, x: usize) -> usize {
        let count = |key: &str| {
            let count = layer[key].as_u64().unwrap_or(1);
            usize::try_from(count).expect("a count")
        };
        match layer["op"].as_str().expect("an operation") {
            "conv" => {
                let conv = Conv {
                    kernel: serde_json::from_value(layer["kernel"].clone()).expect("a kernel"),
                    bias: serde_json::from_value(layer["bias"].clone()).expect("a bias"),
                    dilation: count("dilation"),
                    stride: count("stride"),
                    groups: count("groups"),
                    causal: layer["causal"].as_bool().unwrap_or(false),
                    is_rectified: false,
                };
                self.push(Node::Conv { x, conv, seed: None })
            }
            "function" => {
                let name = layer["name"].as_str().expect("a name").to_owned();
                // A rectifier is part of the convolution before it, where nothing else reads that.
                if name == "relu"
                    && let Some(Node::Conv { conv, seed: None, .. }) = self.nodes.get_mut(x)
                    && !conv.is_rectified
                {
                    conv.is_rectified = true;
                    return x;
                }
                self.push(Node::Function { x, name, slope: layer["slope"].as_f64().unwrap_or(0.0) })
            }
            "max_pool" | "avg_pool" => {
                let is_max = layer["op"] == "max_pool";
                self.push(Node::Pool { x, is_max, size: count("size"), stride: count("stride") })
            }
            "newest" => self.push(Node::Newest { x, frames: count("frames") }),
            "delay" => self.push(Node::Delay { x, frames: count("frames") }),
            "gated" => {
                let [first, second] =
                    [false, true].map(|is_second| self.push(Node::Half { x, is_second }));
                let function =
                    |x: usize, name: &str| Node::Function { x, name: name.to_owned(), slope: 0.0 };
                let a = self.push(function(first, "tanh"));
                let b = self.push(function(second, "sigmoid"));
                self.push(Node::Multiply { a, b })
            }
            _ => {
                let end = self.chain(&layer["body"], x);
                // A convolution of one tap starts its sums from the block's input.
                if let Some(Node::Conv { conv, seed, .. }) = self.nodes.get_mut(end)
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
