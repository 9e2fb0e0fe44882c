//! The layers that such a file says.

use serde_json::Value;

use super::{Read, Words};
use crate::frontend::weights::Topology;
use crate::frontend::weights::keras_words::Activation;
use crate::frontend::weights::words::{Given, Layer};

/// What it has no word for where sequences have no fixed length. The program that reads such files computes causal layers.
const GUESSED: &[&str] = &["causal", "valid", "same", "pad", "stride"];

/// The network, or why it cannot be said.
pub(super) fn of(file: &Words, layers: &[Read]) -> Result<Topology, String> {
    let shape = lengths(file.get("in_shape")).ok_or("the file has no `in_shape`")?;
    let (frames, inputs) = match *shape {
        [_, Some(channels)] => (None, channels),
        [_, frames, Some(channels)] => (frames, channels),
        _ => return Err("`in_shape` must be `[null, frames, channels]`".to_owned()),
    };
    let mut chain = Chain { frames, channels: inputs, is_guessed: false };
    let mut words = Vec::new();
    for (place, layer) in layers.iter().enumerate() {
        let kind = layer.words.get("type").and_then(Value::as_str).unwrap_or_default();
        let said = chain.layer(kind, layer);
        let said = said.map_err(|why| format!("layer {}, `{kind}`, {why}", place + 1))?;
        words.push(if place == 0 { said.taking(inputs) } else { said });
    }
    if skips(file)? {
        if (inputs, chain.channels) != (1, 1) {
            return Err(
                "`in_skip` adds one of several input channels, which is not served".to_owned()
            );
        }
        words = vec![Layer::new("residual").over(vec![words])];
    }
    Ok(Topology::of(words).guessing(if chain.is_guessed { GUESSED } else { &[] }))
}

/// Whether the input is added to the output, as AIDA-X does it.
fn skips(file: &Words) -> Result<bool, String> {
    match file.get("in_skip").map(Value::as_u64) {
        None | Some(Some(0)) => Ok(false),
        Some(Some(1)) => Ok(true),
        Some(_) => Err("`in_skip` must be 0 or 1".to_owned()),
    }
}

/// What reaches the next layer.
struct Chain {
    /// Where all sequences have as many.
    frames: Option<usize>,
    channels: usize,
    /// Whether a padding was guessed.
    is_guessed: bool,
}

impl Chain {
    fn layer(&mut self, kind: &str, read: &Read) -> Result<Layer, String> {
        let shapes: Vec<&[usize]> =
            read.tensors.iter().map(|(_, tensor)| tensor.shape.as_slice()).collect();
        let no_bias = |layer: Layer, tensors| layer.flag_if(shapes.len() < tensors, "no_bias");
        Ok(match (kind, shapes.as_slice()) {
            ("dense" | "time-distributed-dense", [[_, outputs], ..]) => {
                self.channels = *outputs;
                activation(read)?.end(no_bias(Layer::new("dense").count("out", *outputs), 2))
            }
            ("conv1d", [[taps, inputs, outputs], ..]) => {
                let layer = self.conv(read, *taps, *inputs, *outputs)?;
                activation(read)?.end(no_bias(layer, 2))
            }
            ("gru" | "lstm", [[_, _], [units, _], bias @ ..]) => {
                let ends_in = activation(read)?.kind;
                if !["linear", "tanh"].contains(&ends_in) {
                    return Err(format!(
                        "has the activation `{ends_in}`, but only `tanh` is served here"
                    ));
                }
                self.channels = *units;
                let layer = Layer::new(if kind == "gru" { "gru" } else { "lstm" });
                // Keras' reset_after=False has one bias, and the other two.
                let is_before = kind == "gru" && matches!(bias, [[_]]);
                no_bias(layer.count("units", *units).flag_if(is_before, "reset_before"), 3)
            }
            ("prelu", [alpha]) => {
                let is_shared = self.channels > 1 && alpha.iter().product::<usize>() == 1;
                Layer::new("prelu").flag_if(is_shared, "shared")
            }
            ("batchnorm", [_, _] | [_, _, _, _]) => {
                let epsilon = read.words.get("epsilon").and_then(Value::as_f64);
                let epsilon = epsilon.ok_or("has no `epsilon`")?;
                let is_plain = shapes.len() == 2;
                let layer = Layer::new("batch_norm").with([Given::Reals("epsilon", vec![epsilon])]);
                layer.flag_if(is_plain, "no_scale").flag_if(is_plain, "no_center")
            }
            ("activation", []) => activation(read)?.layer(),
            _ => return Err("has weights of other shapes than in Keras".to_owned()),
        })
    }

    fn conv(
        &mut self,
        read: &Read,
        taps: usize,
        inputs: usize,
        outputs: usize,
    ) -> Result<Layer, String> {
        let said = |key: &str| lengths(read.words.get(key)).and_then(|lengths| *lengths.first()?);
        let dilation = said("dilation").ok_or("has no `dilation`")?;
        let groups = self.channels.checked_div(inputs).unwrap_or_default();
        if groups * inputs != self.channels || said("groups").is_some_and(|said| said != groups) {
            let channels = self.channels;
            return Err(format!(
                "has a kernel for groups of {inputs} channels, which does not fit its `groups` and its {channels} channels"
            ));
        }
        let past = taps.saturating_sub(1).saturating_mul(dilation);
        let shape = lengths(read.words.get("shape")).unwrap_or_default();
        let frames = shape.get(1).copied().flatten();
        let padding = match (self.frames, frames) {
            (Some(before), Some(behind)) if behind == before => "causal",
            (Some(before), Some(behind)) if before.checked_sub(past) == Some(behind) => "valid",
            (Some(before), Some(behind)) => {
                return Err(format!("makes {behind} frames of {before}, which no padding does"));
            }
            _ => {
                self.is_guessed = true;
                "causal"
            }
        };
        (self.channels, self.frames) = (outputs, frames);
        let layer = Layer::new("conv").count("k", taps).count("out", outputs);
        let layer = layer.count_above_one("dilation", dilation).count_above_one("groups", groups);
        Ok(layer.flag_if(taps > 1, padding))
    }
}

/// What the layer ends in.
fn activation(read: &Read) -> Result<Activation, String> {
    let name = read.words.get("activation").map_or(Some(""), Value::as_str).unwrap_or("?");
    Activation::named(name)
        .ok_or_else(|| format!("has the activation `{name}`, which is not served"))
}

/// A length, or a list of lengths; `None` for those that are not fixed.
fn lengths(word: Option<&Value>) -> Option<Vec<Option<usize>>> {
    let length = |word: &Value| word.as_u64().and_then(|length| usize::try_from(length).ok());
    match word? {
        Value::Array(lengths) => Some(lengths.iter().map(length).collect()),
        word => Some(vec![length(word)]),
    }
}
