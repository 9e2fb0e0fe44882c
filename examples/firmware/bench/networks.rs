//! The networks that are measured, with weights drawn from a fixed seed: a push takes as long whatever they are. The
//! build scripts here and in `examples/bench` declare them.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// A convolution: taps, output channels, dilation, stride, groups.
struct Conv(usize, usize, usize, usize, usize);

/// The input's channels and the layers of a network.
fn network(name: &str) -> (usize, Vec<Conv>) {
    let conv = |taps, out, dilation| Conv(taps, out, dilation, 1, 1);
    let dense = |out| conv(1, out, 1);
    match name {
        // No network: what the program takes without one.
        "none" => (0, vec![]),
        "mixer" => (2, vec![dense(5)]),
        // A four-block dilated network at audio rate.
        "daisy" => {
            let block = |out, dilation| [conv(4, out, dilation), dense(out)];
            let blocks = [block(4, 1), block(4, 4), block(4, 16), block(8, 64)];
            (3, blocks.into_iter().flatten().chain([dense(1)]).collect())
        }
        // The shape of a small amplifier capture: a stack of four channels, and one of two.
        "nano" => {
            let stack = |out| (0..10).map(move |power| conv(3, out, 1 << power));
            (1, stack(4).chain(stack(2)).chain([dense(1)]).collect())
        }
        // A stack of WaveNet layers.
        "wavenet16" => (16, (0..10).map(|power| conv(3, 16, 1 << power)).collect()),
        // A keyword spotter of depthwise-separable blocks.
        "keywords64" => {
            let block = |stride| [Conv(9, 64, 1, stride, 64), dense(64)];
            let blocks = [block(1), block(2), block(1), block(1)];
            let first = Conv(10, 64, 1, 2, 1);
            (
                10,
                [first]
                    .into_iter()
                    .chain(blocks.into_iter().flatten())
                    .chain([dense(12)])
                    .collect(),
            )
        }
        other => panic!("no network {other}"),
    }
}

/// Writes the weights of a network into the folder, which is `OUT_DIR`, and returns its declaration as `structure`.
pub(crate) fn declare(name: &str, structure: &str, folder: &Path) -> String {
    let (inputs, layers) = network(name);
    let mut random = fastrand::Rng::with_seed(7);
    let mut channels = inputs;
    let (mut texts, mut entries) = (Vec::new(), Vec::new());
    for Conv(taps, out, dilation, stride, groups) in layers {
        texts.push(format!(
            "conv(k={taps}, in={channels}, out={out}, dilation={dilation}, stride={stride}, groups={groups}, causal, relu)"
        ));
        let mut row =
            || -> Value { (0..out).map(|_| random.f32() - 0.5).collect::<Vec<_>>().into() };
        let group_inputs = channels / groups;
        let kernel: Vec<Vec<Value>> =
            (0..taps).map(|_| (0..group_inputs).map(|_| row()).collect()).collect();
        entries.push(json!({ "kernel": kernel, "bias": row() }));
        channels = out;
    }
    // A network ends in numbers of both signs.
    if let Some(last) = texts.last_mut() {
        *last = last.replace(", relu)", ")");
    }
    if texts.is_empty() {
        return format!("streaming_net! {{ pub struct {structure} < relu(in=1) > }}\n");
    }
    fs::write(folder.join(format!("{name}.json")), json!({ "layers": entries }).to_string())
        .expect("it takes files");
    format!(
        "streaming_net! {{ #[weights = concat!(env!(\"OUT_DIR\"), \"/{name}.json\")] pub struct {structure} < {} > }}\n",
        texts.join("; ")
    )
}
