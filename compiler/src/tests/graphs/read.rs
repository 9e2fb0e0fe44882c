//! Reads the text form of a graph, so that a test of a pass starts from the graph that it is about.
//!
//! A comment behind a node, `# name`, is its layer; nodes of one name are of one layer. A node without one has a layer of its
//! own, which messages call by the node: `%3`.

use proc_macro2::TokenStream;

use crate::clock::together;
use crate::graph::activation::{self, MOST_PARAMETERS};
use crate::graph::{
    Activation, Binary, Cell, Conv, Conv2d, ConvTranspose, Delay, FeaturePool, FeatureReduction,
    Graph, GroupNorm, Layer, LayerId, Node, Op, Pool, Recurrent, Reduction, Value, Window,
};
use crate::passes::align::clock;

/// The graph of a text, with clocks and without tensors. Numbers that the text passes over are nodes that nothing reads.
///
/// # Panics
///
/// Where the text is none that a graph prints.
pub(crate) fn read(text: &str) -> Graph {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let input = lines.next().and_then(|line| line.strip_prefix("%0 = input ")).expect("an input");
    let mut graph = Graph::new(input.parse().expect("the channels of the input"));
    for line in lines {
        if let Some(output) = line.strip_prefix("output ") {
            graph.output = value(&graph, output);
            continue;
        }
        let (line, layer) = line.split_once(" # ").unwrap_or((line, ""));
        let (number, node) = line.split_once(" = ").unwrap_or_else(|| panic!("a node: {line}"));
        let number_of = |shown: &str| shown.strip_prefix('%').and_then(|n| n.parse().ok());
        let place: usize = number_of(number).unwrap_or_else(|| panic!("a number: {number}"));
        for _ in graph.values().count()..place {
            graph.push(Node::new(Op::Unknown, Vec::new(), 0, LayerId(usize::MAX)));
        }
        let name = if layer.is_empty() { number } else { layer };
        let layer = layer_of(&mut graph, name);
        let node = Line::new(&graph, node).node(&graph, layer);
        assert_eq!(graph.push(node).to_string(), number, "nodes are in their order");
    }
    graph
}

fn value(graph: &Graph, shown: &str) -> Value {
    let number = shown.strip_prefix('%').and_then(|number| number.parse().ok());
    let found = number.and_then(|number| graph.values().nth(number));
    found.unwrap_or_else(|| panic!("`{shown}` is read before it is there"))
}

/// The layer of that name.
fn layer_of(graph: &mut Graph, name: &str) -> LayerId {
    let found = graph.layers.iter().position(|layer| layer.kind == name);
    LayerId(found.unwrap_or_else(|| {
        graph.layers.push(Layer {
            kind: name.to_owned(),
            name: None,
            origin: TokenStream::new(),
            history_origin: None,
            depth: 0,
            has_branches: false,
            inputs: 0,
            outputs: 0,
            taps: None,
            dilation: None,
            flags: Vec::new(),
            weighted: None,
        });
        graph.layers.len() - 1
    }))
}

/// A node as text: its word, the values that it reads, and `key=value` or `flag`.
struct Line<'t> {
    text: &'t str,
    word: &'t str,
    inputs: Vec<Value>,
    arguments: Vec<(&'t str, &'t str)>,
}

impl<'t> Line<'t> {
    fn new(graph: &Graph, text: &'t str) -> Self {
        let mut depth = 0;
        let mut words = text.split(move |c| {
            depth += i32::from(c == '[') - i32::from(c == ']');
            c == ' ' && depth == 0
        });
        let word = words.next().unwrap_or_default();
        let (mut inputs, mut arguments) = (Vec::new(), Vec::new());
        for word in words {
            if word.starts_with('%') {
                inputs.push(value(graph, word));
            } else {
                arguments.push(word.split_once('=').unwrap_or((word, "")));
            }
        }
        Self { text, word, inputs, arguments }
    }

    fn get(&self, key: &str) -> Option<&'t str> {
        self.arguments.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    fn number<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        let number = self.get(key)?.parse().ok();
        Some(number.unwrap_or_else(|| panic!("a number for `{key}`: {}", self.text)))
    }

    fn count(&self, key: &str) -> usize {
        self.number(key).unwrap_or_else(|| panic!("`{key}=`: {}", self.text))
    }

    fn is(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value.is_empty() || value == "true")
    }

    fn window(&self) -> Window {
        self.window_of(self.count("k"))
    }

    fn window_of(&self, taps: usize) -> Window {
        Window {
            taps,
            dilation: self.number("dilation").unwrap_or(1),
            stride: self.number("stride").unwrap_or(1),
            zeros: self.number("zeros"),
            skipped: self.number("skipped").unwrap_or(0),
        }
    }

    /// The function of `key=value`, as activations print themselves.
    fn activation((name, parameters): (&str, &str)) -> Activation {
        let function = activation::named(name);
        let mut activation =
            Activation::of(function.unwrap_or_else(|| panic!("no function `{name}`")));
        let numbers = parameters.trim_matches(['[', ']']).split(", ");
        let numbers = numbers.filter(|number| !number.is_empty());
        let numbers = numbers.map(|number| number.parse().expect("a parameter"));
        activation.parameters.iter_mut().zip(numbers).for_each(|(own, number)| *own = number);
        assert!(activation.function.parameters <= MOST_PARAMETERS);
        activation
    }

    fn node(&self, graph: &Graph, layer: LayerId) -> Node {
        let epilogue = self.get("epilogue");
        let epilogue =
            epilogue.map(|text| Self::activation(text.split_once('=').unwrap_or((text, ""))));
        let op = self.op();
        let mut node = Node {
            seed: self.get("seed").map(|seed| value(graph, seed)),
            epilogue,
            is_inline: self.is("inline"),
            has_bias: !matches!(op, Op::Recurrent(_)) && self.is("bias"),
            ..Node::new(op, self.inputs.clone(), self.channels(graph), layer)
        };
        node.clock = clock(graph, &node);
        if let Some(seed) = node.seed {
            // It was a sum of both.
            let both = together(&[node.clock, graph[seed].clock], graph.meet);
            node.clock = both.expect("a seed is there with the sums").clock;
        }
        node
    }

    fn channels(&self, graph: &Graph) -> usize {
        let of_inputs: Vec<_> = self.inputs.iter().map(|input| graph[*input].channels).collect();
        match self.word {
            "conv" | "conv_transpose" => self.count("out"),
            "conv2d" | "conv_transpose2d" => self.count("positions") * self.kernel()[3],
            "pool_features" => self.count("positions") * self.count("channels"),
            "split" => of_inputs[0] / self.count("n"),
            "gather" => self.indices().len(),
            "recurrent" => self.count("units"),
            "newest" => self.count("frames") * of_inputs[0],
            "concat" => of_inputs.iter().sum(),
            "slice" => self.count("channels"),
            _ => of_inputs.first().copied().unwrap_or_default(),
        }
    }

    /// The numbers of `key=[1, 2]`.
    fn numbers(text: &str) -> Vec<usize> {
        let numbers = text.trim_matches(['[', ']']).split(", ").filter(|number| !number.is_empty());
        numbers.map(|number| number.parse().expect("a number")).collect()
    }

    /// Of `conv2d`: taps, features, channels of a group, outputs.
    fn kernel(&self) -> Vec<usize> {
        Self::numbers(self.get("kernel").unwrap_or_default())
    }

    /// Of `gather`: the places in its brackets.
    fn indices(&self) -> Vec<usize> {
        let start = self.text.find('[').expect("`[`");
        let end = self.text.find(']').expect("`]`");
        Self::numbers(&self.text[start..=end])
    }

    #[allow(clippy::too_many_lines, reason = "a line for each operation")]
    fn op(&self) -> Op {
        let count = |key| self.count(key);
        let flag = |place: usize| self.arguments[place];
        let delay = |aligns| Op::Delay(Delay { frames: count("frames"), aligns });
        match self.word {
            "unknown" => Op::Unknown,
            "conv" => Op::Conv(Conv {
                window: self.window(),
                inputs: count("in"),
                outputs: count("out"),
                groups: self.number("groups").unwrap_or(1),
            }),
            "conv2d" | "conv_transpose2d" => {
                let groups = self.number("groups").unwrap_or(1);
                let kernel = self.kernel();
                Op::Conv2d(Conv2d {
                    window: self.window(),
                    features: count("features"),
                    feature_taps: count("feature_k"),
                    feature_stride: count("feature_stride"),
                    feature_dilation: self.number("feature_dilation").unwrap_or(1),
                    positions: count("positions"),
                    feature_zeros: count("feature_zeros"),
                    channels: kernel[2] * groups,
                    outputs: kernel[3],
                    groups,
                    is_transposed: self.word == "conv_transpose2d",
                })
            }
            "conv_transpose" => Op::ConvTranspose(ConvTranspose {
                taps: count("k"),
                inputs: count("in"),
                outputs: count("out"),
                stride: count("stride"),
                skipped: self.number("skipped").unwrap_or(0),
                late: self.number("late").unwrap_or(0),
            }),
            "recurrent" => Op::Recurrent(Recurrent {
                cell: match flag(0).0 {
                    "GruResetAfter" => Cell::GruResetAfter,
                    "GruResetBefore" => Cell::GruResetBefore,
                    "Lstm" => Cell::Lstm,
                    "Tanh" => Cell::Tanh,
                    "Relu" => Cell::Relu,
                    other => panic!("no cell `{other}`"),
                },
                inputs: count("in"),
                units: count("units"),
                has_bias: self.is("bias"),
                has_initial: self.is("initial"),
                is_fast: self.is("fast"),
            }),
            "pool" => Op::Pool(Pool {
                reduction: match flag(0).0 {
                    "Max" => Reduction::Max,
                    "Mean" => Reduction::Mean,
                    other => panic!("no reduction `{other}`"),
                },
                window: Window {
                    taps: count("size"),
                    zeros: self.number("zeros").or(self.number("missing")),
                    ..self.window_of(count("size"))
                },
                counts_padding: self.get("zeros").is_some(),
            }),
            "pool_features" => Op::PoolFeatures(FeaturePool {
                reduction: match flag(0).0 {
                    "Max" => FeatureReduction::Max,
                    "Min" => FeatureReduction::Min,
                    "Mean" => FeatureReduction::Mean,
                    "Sum" => FeatureReduction::Sum,
                    other => panic!("no reduction `{other}`"),
                },
                features: count("features"),
                channels: count("channels"),
                taps: count("size"),
                stride: count("stride"),
                zeros: self.number("zeros").or(self.number("missing")).unwrap_or(0),
                positions: count("positions"),
                counts_padding: self.get("zeros").is_some(),
            }),
            "group_norm" => Op::GroupNorm(GroupNorm {
                blocks: count("blocks"),
                features: count("features"),
                channels: count("channels"),
                groups: count("groups"),
                epsilon: self.number("epsilon").expect("`epsilon=`"),
            }),
            "split" => Op::Split { times: count("n") },
            "subtract" => Op::Binary(Binary::Subtract),
            "divide" => Op::Binary(Binary::Divide),
            "minimum" => Op::Binary(Binary::Minimum),
            "maximum" => Op::Binary(Binary::Maximum),
            "log_softmax" => Op::Softmax { is_log: true },
            "gather" => Op::Gather { indices: self.indices() },
            "mean" => Op::Mean { frames: count("frames") },
            "newest" => Op::Newest { frames: count("frames") },
            "wait" => delay(true),
            "delay" => delay(false),
            "upsample" => Op::Upsample { times: count("n") },
            "affine" => Op::Affine { is_centred: self.is("centred") },
            "layer_norm" => Op::LayerNorm { epsilon: self.number("epsilon").expect("`epsilon=`") },
            "prelu" => Op::Prelu,
            "map" => Op::Map(Self::activation(flag(0))),
            "softmax" => Op::Softmax { is_log: false },
            "add" => Op::Add { centre: self.number("centre").unwrap_or(0) },
            "multiply" => Op::Multiply,
            "blend" => Op::Blend,
            "concat" => Op::Concat,
            "slice" => Op::Slice { start: count("start") },
            word => panic!("no operation `{word}`"),
        }
    }
}
