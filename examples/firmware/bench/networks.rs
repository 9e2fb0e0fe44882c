//! The networks that are measured. The build scripts here and in `examples/bench` declare them.

#[path = "../weights.rs"]
mod weights;

use std::fs;
use std::path::Path;

/// Layers as `streaming_net!` takes them, and the tensors of each that has some as [`weights::draw`] does.
struct Layers {
    text: String,
    tensors: Vec<String>,
}

fn layer(text: impl Into<String>, tensors: &[impl ToString]) -> Layers {
    Layers { text: text.into(), tensors: tensors.iter().map(ToString::to_string).collect() }
}

fn plain(text: &str) -> Layers {
    layer(text, &[""; 0])
}

/// A convolution: taps, input and output channels, and its other arguments.
fn conv(taps: usize, inputs: usize, outputs: usize, others: &str) -> Layers {
    let text = format!("conv(k={taps}, in={inputs}, out={outputs}{others})");
    layer(text, &[format!("kernel {taps} {inputs} {outputs}, bias {outputs}")])
}

fn depthwise(taps: usize, channels: usize, others: &str) -> Layers {
    let text = format!("depthwise(k={taps}, in={channels}{others})");
    layer(text, &[format!("kernel {taps} 1 {channels}, bias {channels}")])
}

/// Batch normalisation and a rectifier, as they stand behind a convolution.
fn normalised(channels: usize) -> Layers {
    let names = ["gamma", "beta", "moving_mean", "moving_variance"];
    let tensors = names.map(|name| format!("{name} {channels}")).join(", ");
    layer("batch_norm(epsilon=0.001); relu()", &[tensors])
}

/// Layers in a row.
fn chain(layers: impl IntoIterator<Item = Layers>) -> Layers {
    let (texts, tensors): (Vec<_>, Vec<_>) =
        layers.into_iter().map(|layers| (layers.text, layers.tensors)).unzip();
    Layers { text: texts.join("; "), tensors: tensors.concat() }
}

/// Residual layers.
fn residual(layers: impl IntoIterator<Item = Layers>) -> Layers {
    let Layers { text, tensors } = chain(layers);
    Layers { text: format!("residual < {text} >"), tensors }
}

/// A stack of layers that see the condition, as Neural Amp Modeler has them: a residual block for each number of taps and
/// dilation.
fn stack(
    inputs: usize,
    channels: usize,
    activation: &str,
    blocks: impl IntoIterator<Item = (usize, usize)>,
) -> Layers {
    let blocks = blocks.into_iter().map(|(taps, dilation)| {
        residual([
            conv(taps, channels, channels, &format!(", dilation={dilation}, causal")),
            layer("mixin()", &[format!("kernel 1 1 {channels}")]),
            plain(activation),
            plain("skip()"),
            conv(1, channels, channels, ""),
        ])
    });
    let first = format!("dense(in={inputs}, out={channels}, no_bias)");
    let first = layer(first, &[format!("kernel 1 {inputs} {channels}")]);
    chain([first].into_iter().chain(blocks))
}

/// Layers that see the frame in front of them, and the sum of what they skip.
fn conditioned(layers: impl IntoIterator<Item = Layers>) -> Layers {
    let Layers { text, tensors } = chain(layers);
    Layers { text: format!("conditioned < skips < {text} > >"), tensors }
}

/// Neural Amp Modeler's first architecture: two stacks of so many channels, with these dilations.
fn a1(channels: [usize; 2], dilations: [&[usize]; 2], activation: &str) -> Layers {
    let activation = format!("{activation}()");
    let [first, second] = channels;
    let [first_blocks, second_blocks] = dilations
        .map(|dilations| dilations.iter().map(|dilation| (3, *dilation)).collect::<Vec<_>>());
    let head = format!("kernel 1 {first} {second}");
    let head = layer(format!("head(out={second}, no_bias)"), &[head]);
    let stacks = [
        stack(1, first, &activation, first_blocks),
        head,
        stack(first, second, &activation, second_blocks),
    ];
    chain([conditioned(stacks), conv(1, second, 1, "")])
}

/// Dilations of the standard captures.
const DOUBLING: &[usize] = &[1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
/// Those of the smaller ones: seven layers, and thirteen.
const SEVEN: &[usize] = &[1, 2, 4, 8, 16, 32, 64];
const THIRTEEN: &[usize] = &[128, 256, 512, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/// Ten layers of four channels, and ten of two. A1-nano has seven and thirteen.
fn a1_10_10(activation: &str) -> Layers {
    a1([4, 2], [DOUBLING; 2], activation)
}

/// Its second.
fn a2(channels: usize) -> Layers {
    let dilations = [1, 3, 7, 17, 41, 101, 239].map(|dilation| (6, dilation));
    let blocks = [&dilations[..], &dilations, &[(15, 1), (15, 13)], &dilations].concat();
    let stack = stack(1, channels, "leaky_relu(slope=0.01)", blocks);
    chain([conditioned([stack]), conv(16, channels, 1, ", causal")])
}

fn network(name: &str) -> Layers {
    match name {
        // No network: what the program takes without one.
        "none" => plain("relu(in=1)"),
        "mixer" => conv(1, 2, 5, ""),
        // A four-block dilated network at audio rate.
        "daisy" => {
            let block = |inputs, outputs, dilation| {
                let others = format!(", dilation={dilation}, causal, relu");
                [conv(4, inputs, outputs, &others), conv(1, outputs, outputs, ", relu")]
            };
            let blocks = [block(3, 4, 1), block(4, 4, 4), block(4, 4, 16), block(4, 8, 64)];
            chain(blocks.into_iter().flatten().chain([conv(1, 8, 1, "")]))
        }
        // Ten convolutions of four channels, and ten of two.
        "nano" => {
            let stack = |inputs, outputs| {
                (0..10).map(move |power| {
                    let inputs = if power == 0 { inputs } else { outputs };
                    conv(3, inputs, outputs, &format!(", dilation={}, causal, relu", 1 << power))
                })
            };
            chain(stack(1, 4).chain(stack(4, 2)).chain([conv(1, 2, 1, "")]))
        }
        // Ten convolutions of sixteen channels, the last without a rectifier.
        "wavenet16" => chain((0..10).map(|power| {
            let relu = if power < 9 { ", relu" } else { "" };
            conv(3, 16, 16, &format!(", dilation={}, causal{relu}", 1 << power))
        })),
        // A WaveNet: gates, residuals, skips and a head.
        "wavenet_gated" => {
            let block = ["kernel 3 8 16, bias 16", "kernel 1 8 8, bias 8", "kernel 1 8 8, bias 8"];
            let text = "wavenet(channels=8, k=3, dilations=[1, 2, 4, 8, 16, 32, 64, 128, 256, 512], skip=8, gated, causal)";
            let stack = layer(text, &[block; 10].concat());
            chain([conv(1, 1, 8, ""), stack, conv(1, 8, 8, ", relu"), conv(1, 8, 1, "")])
        }
        // Captures of amplifiers, in Neural Amp Modeler's first architecture and in its second.
        "a1_10_10_relu" => a1_10_10("relu"),
        "a1_10_10" | "a1_10_10_fast" => a1_10_10("tanh"),
        "a1_feather" => a1([8, 4], [SEVEN, THIRTEEN], "tanh"),
        "a1_standard" => a1([16, 8], [DOUBLING; 2], "tanh"),
        "a2_lite" => a2(3),
        "a2_full" => a2(8),
        // A temporal convolutional network.
        "tcn" => {
            let blocks = [1, 2, 4, 8].map(|dilation| {
                let taps = || conv(3, 8, 8, &format!(", dilation={dilation}, causal, relu"));
                chain([residual([taps(), taps()]), plain("relu()")])
            });
            chain([conv(1, 1, 8, "")].into_iter().chain(blocks).chain([conv(1, 8, 1, "")]))
        }
        // Captures of amplifiers.
        "amp" => {
            let gru = "kernel 1 30, recurrent_kernel 10 30, bias 2 30";
            residual([layer("gru(in=1, units=10)", &[gru]), conv(1, 10, 1, "")])
        }
        "lstm" => {
            let lstm = "kernel 1 64, recurrent_kernel 16 64, bias 64";
            chain([layer("lstm(in=1, units=16)", &[lstm]), conv(1, 16, 1, "")])
        }
        // GuitarML's default.
        "lstm40_fast" => {
            let lstm = "kernel 1 160, recurrent_kernel 40 160, bias 160";
            residual([layer("lstm(in=1, units=40)", &[lstm]), conv(1, 40, 1, "")])
        }
        "conv_gru" => {
            let gru = "kernel 4 30, recurrent_kernel 10 30, bias 2 30";
            chain([
                conv(3, 1, 4, ", causal, tanh"),
                layer("gru(units=10)", &[gru]),
                conv(1, 10, 1, ""),
            ])
        }
        // Keyword spotters of depthwise-separable blocks.
        "keywords" => {
            let block = |stride| {
                let taps = depthwise(5, 16, &format!(", stride={stride}, causal"));
                [taps, normalised(16), conv(1, 16, 16, ""), normalised(16)]
            };
            let first = [conv(5, 10, 16, ", stride=2, causal"), normalised(16)];
            let blocks = [block(1), block(2), block(1)];
            let last = [plain("global_avg(frames=16)"), conv(1, 16, 8, ", softmax")];
            chain(first.into_iter().chain(blocks.into_iter().flatten()).chain(last))
        }
        "keywords64" => {
            let block = |stride| {
                let taps = depthwise(9, 64, &format!(", stride={stride}, causal, relu"));
                [taps, conv(1, 64, 64, ", relu")]
            };
            let first = conv(10, 10, 64, ", stride=2, causal, relu");
            let blocks = [block(1), block(2), block(1), block(1)];
            chain(
                [first]
                    .into_iter()
                    .chain(blocks.into_iter().flatten())
                    .chain([conv(1, 64, 12, "")]),
            )
        }
        other => panic!("no network {other}"),
    }
}

/// Writes the weights of a network into the folder, which is `OUT_DIR`, and returns its declaration as `structure`. Each seed makes
/// other weights; the network of several seeds has a list of files.
pub(crate) fn declare(name: &str, structure: &str, seeds: &[u64], folder: &Path) -> String {
    let (layers, integers) = match name.strip_suffix(INTEGERS) {
        Some(float) => (float, true),
        None => (name, false),
    };
    let Layers { text, tensors } = network(layers);
    let integers = if integers { calibrated(&text, structure, folder) } else { String::new() };
    let weights = if tensors.is_empty() {
        String::new()
    } else {
        let file = |seed: &u64| {
            let file = format!("{name}-{seed}.json");
            let tensors = weights::draw(*seed, tensors.iter().map(String::as_str));
            fs::write(folder.join(&file), tensors).expect("it takes files");
            format!("concat!(env!(\"OUT_DIR\"), \"/{file}\")")
        };
        match seeds {
            [seed] => format!("#[weights = {}]", file(seed)),
            seeds => {
                let files = seeds.iter().map(|seed| format!("seed{seed} = {}", file(seed)));
                format!("#[weights({})]", files.collect::<Vec<_>>().join(", "))
            }
        }
    };
    let math = if name.ends_with("_fast") { "#[math = \"fast\"]" } else { "" };
    format!("streaming_net! {{ {weights} {math} {integers} pub struct {structure} < {text} > }}\n")
}

/// What the name of a network ends with whose frames and weights are 16-bit integers.
pub(crate) const INTEGERS: &str = "_i16";

/// Writes the frames that such a network is calibrated with, noise, and returns the attributes that name
/// them.
fn calibrated(layers: &str, structure: &str, folder: &Path) -> String {
    let mut random = fastrand::Rng::with_seed(9);
    let inputs = layers.split("in=").nth(1).and_then(|text| text.split([',', ')']).next());
    let channels: usize = inputs.and_then(|inputs| inputs.parse().ok()).expect("`in` comes first");
    let frames: Vec<_> = (0..512)
        .map(|_| (0..channels).map(|_| 2.0 * random.f32() - 1.0).collect::<Vec<_>>())
        .collect();
    let file = format!("{structure}-frames.json");
    let text = serde_json::json!({ "input": frames }).to_string();
    fs::write(folder.join(&file), text).expect("it takes files");
    format!("#[numbers(i16, input = 1.0)] #[calibrate = concat!(env!(\"OUT_DIR\"), \"/{file}\")]")
}
