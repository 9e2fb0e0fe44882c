//! Layers that are neither convolutions over time nor activations.

use arbitrary::Result;

use super::{Draw, Kind, Layer, Other, Place};

const PLAIN: [&str; 10] = [
    "gru",
    "lstm",
    "layer_norm",
    "prelu",
    "gated",
    "batch_norm",
    "scale",
    "bias",
    "conv2d",
    "skips",
];
const BRANCHES: [&str; 6] = ["residual", "sum", "product", "concat", "gated2", "wavenet"];
/// Of those, what outputs later or less often.
const WINDOWS: [&str; 5] = ["max_pool", "avg_pool", "global_avg", "flatten", "delay"];
const UPSAMPLING: [&str; 2] = ["upsample", "conv_transpose"];

impl Draw<'_, '_> {
    pub(super) fn other(&mut self, inputs: usize, place: Place) -> Result<Layer> {
        let mut kinds = PLAIN.to_vec();
        if place.depth < 2 {
            kinds.extend(BRANCHES);
        }
        if !place.upsampled {
            kinds.extend(WINDOWS);
        }
        if place.depth == 0 && !place.upsampled {
            kinds.extend(UPSAMPLING);
        }
        let (kind, count) = (*self.u.choose(&kinds)?, self.u.int_in_range(2..=3)?);
        let keras: bool = self.u.arbitrary()?;
        let flag: bool = self.u.arbitrary()?;
        let mut layer = Layer { kind: Kind::Other, ..self.plain(inputs, place) };
        let per_channel = |names: &[&'static str]| -> Vec<_> {
            names.iter().map(|name| (*name, vec![inputs])).collect()
        };
        let (written, outputs, entry) = match kind {
            "gru" | "lstm" => {
                let all = if kind == "gru" { 3 * count } else { 4 * count };
                let before = kind == "gru" && keras && flag;
                let bias = if kind == "gru" && !before { vec![2, all] } else { vec![all] };
                let entry = if keras {
                    vec![
                        ("kernel", vec![inputs, all]),
                        ("recurrent_kernel", vec![count, all]),
                        ("bias", bias),
                    ]
                } else {
                    vec![
                        (if flag { "weight_ih" } else { "weight_ih_l0" }, vec![all, inputs]),
                        ("weight_hh", vec![all, count]),
                        ("bias_ih_l0", vec![all]),
                        ("bias_hh", vec![all]),
                    ]
                };
                let flags = if before { ", reset_before" } else { "" };
                (format!("{kind}(units={count}{flags})"), count, entry)
            }
            "layer_norm" => {
                let names = if keras { ["gamma", "beta"] } else { ["weight", "bias"] };
                ("layer_norm(epsilon=0.001)".to_owned(), inputs, per_channel(&names))
            }
            "prelu" if flag => ("prelu(shared)".to_owned(), inputs, vec![("alpha", vec![1])]),
            "prelu" => (
                "prelu()".to_owned(),
                inputs,
                per_channel(&[if keras { "alpha" } else { "weight" }]),
            ),
            "gated" if inputs % 2 == 0 => {
                ("gated(linear, softmax)".to_owned(), inputs / 2, Vec::new())
            }
            "batch_norm" if self.small && flag => {
                let written = "batch_norm(epsilon=1, no_center, tanh)".to_owned();
                (written, inputs, per_channel(&["gamma", "moving_mean", "moving_variance"]))
            }
            "batch_norm" if self.small => {
                let names = ["weight", "bias", "running_mean", "running_var"];
                ("batch_norm(epsilon=1e-5)".to_owned(), inputs, per_channel(&names))
            }
            "scale" if self.small => ("scale()".to_owned(), inputs, per_channel(&["scale"])),
            "bias" if self.small => ("bias(relu)".to_owned(), inputs, per_channel(&["bias"])),
            "conv2d" => {
                let written = format!(
                    "conv2d(k=2, features={inputs}, feature_k=2, feature_same, out={count}, causal)"
                );
                let kernel = if keras {
                    ("kernel", vec![2, 2, 1, count])
                } else {
                    ("weight", vec![count, 1, 2, 2])
                };
                let outputs = inputs * count;
                (written, outputs, vec![kernel, ("bias", vec![count])])
            }
            "skips" if place.depth < 2 => {
                let inner = Place { depth: place.depth + 1, ..place };
                let mut chain = Vec::new();
                let mut channels = inputs;
                for _ in 0..self.u.int_in_range(1..=2)? {
                    if flag {
                        let block = self.ending_in(channels, channels, inner)?;
                        let mut residual =
                            Layer { kind: Kind::Other, ..self.plain(channels, inner) };
                        residual.other = Other {
                            written: "residual".to_owned(),
                            branches: vec![block],
                            ..Other::default()
                        };
                        chain.push(residual);
                    } else {
                        let conv = self.conv(channels, inner)?;
                        channels = conv.outputs;
                        chain.push(conv);
                    }
                    let mut skip = Layer { kind: Kind::Other, ..self.plain(channels, inner) };
                    skip.other.written = format!("skip(out={count})");
                    skip.other.entries =
                        vec![vec![("kernel", vec![channels, count]), ("bias", vec![count])]];
                    chain.push(skip);
                }
                layer.other.branches = vec![chain];
                ("skips".to_owned(), count, Vec::new())
            }
            "residual" => {
                let inner = Place { depth: place.depth + 1, ..place };
                let outputs = if flag { count } else { inputs };
                layer.other.branches = vec![self.ending_in(inputs, outputs, inner)?];
                if flag {
                    let kernel = if keras {
                        ("kernel", vec![inputs, count])
                    } else {
                        ("weight", vec![count, inputs])
                    };
                    ("residual(project)".to_owned(), count, vec![kernel, ("bias", vec![count])])
                } else {
                    ("residual".to_owned(), inputs, Vec::new())
                }
            }
            "sum" | "product" | "concat" | "gated2" => {
                let inner = Place { depth: place.depth + 1, ..place };
                let branches = if kind == "gated2" { 2 } else { count };
                let outputs = if flag { inputs } else { self.u.int_in_range(1..=3)? };
                for _ in 0..branches {
                    let is_input = flag && self.u.arbitrary()?;
                    let branch =
                        if is_input { Vec::new() } else { self.ending_in(inputs, outputs, inner)? };
                    layer.other.branches.push(branch);
                }
                let all = if kind == "concat" { branches * outputs } else { outputs };
                (kind.trim_end_matches('2').to_owned(), all, Vec::new())
            }
            "wavenet" => {
                for _ in 0..count {
                    let kernel = vec![2, inputs, if keras { 2 * inputs } else { inputs }];
                    let entry = |kernel: Vec<usize>| {
                        let bias = vec![kernel[2]];
                        vec![("kernel", kernel), ("bias", bias)]
                    };
                    layer.other.entries.push(entry(kernel));
                    layer.other.entries.extend(flag.then(|| entry(vec![1, inputs, 3])));
                    layer.other.entries.push(entry(vec![1, inputs, inputs]));
                }
                let mut written = format!(
                    "wavenet(channels={inputs}, k=2, dilations={:?}, causal",
                    vec![2; count]
                );
                written += if keras { ", gated" } else { ", relu" };
                written += if flag { ", skip=3)" } else { ")" };
                layer.outputs = if flag { 3 } else { inputs };
                layer.other.written = written;
                return Ok(layer);
            }
            "max_pool" | "avg_pool" if place.depth == 0 => {
                (format!("{kind}(size={count})"), inputs, Vec::new())
            }
            "max_pool" | "avg_pool" => {
                (format!("{kind}(size={count}, stride=1)"), inputs, Vec::new())
            }
            "flatten" => (format!("flatten(frames={count})"), count * inputs, Vec::new()),
            "global_avg" | "delay" => (format!("{kind}(frames={count})"), inputs, Vec::new()),
            "upsample" => (format!("upsample(n={count})"), inputs, Vec::new()),
            "conv_transpose" => {
                let kernel = if keras {
                    ("kernel", vec![4, 2, inputs])
                } else {
                    ("weight", vec![inputs, 2, 4])
                };
                let written = format!("conv_transpose(k=4, out=2, stride={count})");
                (written, 2, vec![kernel, ("bias", vec![2])])
            }
            // What cannot stand here.
            _ => return Ok(Layer { kind: Kind::Activation, ..layer }),
        };
        layer.outputs = outputs;
        layer.other.written = written;
        layer.other.entries.extend((!entry.is_empty()).then_some(entry));
        Ok(layer)
    }

    /// A branch that gives frames of so many channels.
    fn ending_in(&mut self, inputs: usize, outputs: usize, place: Place) -> Result<Vec<Layer>> {
        let mut layers = vec![self.layer(inputs, place)?];
        self.chain(&mut layers, place)?;
        let before = layers.last().expect("a first layer").outputs;
        layers.push(Layer { kind: Kind::Dense, outputs, ..self.plain(before, place) });
        Ok(layers)
    }
}
