//! The layers that such a file says, as a graph.

use serde_json::Value;

use super::super::words::Words;
use super::Read;
use crate::errors::Message;
use crate::frontend::build::activation::LINEAR;
use crate::frontend::build::affine::BatchNorm;
use crate::frontend::build::branches::{Join, Joined};
use crate::frontend::build::conv::{Conv, Dense};
use crate::frontend::build::gather::Slice;
use crate::frontend::build::norm::Prelu;
use crate::frontend::build::recurrent::Recurrent;
use crate::frontend::build::{Applied, Padding, Scope, Spec, Taps, limits};
use crate::frontend::keys;
use crate::frontend::weights::keras_activations::{ending, named};
use crate::frontend::weights::{FileGraph, Layers};
use crate::graph::Cell;

/// What it has no word for where sequences have no fixed length. The program that reads such files computes causal layers.
const GUESSED: &[&str] = &[keys::CAUSAL, keys::VALID, keys::SAME, keys::PAD, keys::STRIDE];

/// The network, or why it cannot be one here.
pub(super) fn of(file: &Words, read: &[Read]) -> Result<FileGraph, Message> {
    let shape = lengths(file.get("in_shape")).ok_or("the file has no `in_shape`")?;
    let (frames, inputs) = match *shape {
        [_, Some(channels)] => (None, channels),
        [_, frames, Some(channels)] => (frames, channels),
        _ => return Err("`in_shape` must be `[null, frames, channels]`".into()),
    };
    let mut chain = Chain { frames, channels: inputs, is_guessed: false };
    let mut specs: Vec<(String, Box<dyn Spec>)> = Vec::new();
    for (place, layer) in read.iter().enumerate() {
        let kind = layer.words.get("type").and_then(Value::as_str).unwrap_or_default();
        let place = format!("layer {}, `{kind}`", place + 1);
        if kind == "unknown" {
            if layer.words.get("shape").and_then(|shape| shape.get(0)) == file.get("in_shape") {
                continue;
            }
            return Err(format!("{place}, is no input layer of the file's `in_shape`").into());
        }
        let spec = chain.layer(kind, layer).map_err(|why| why.after(format!("{place}, ")))?;
        specs.push((place, spec));
    }
    let skips = skips(file)?;
    if skips && chain.channels != 1 {
        let channels = chain.channels;
        let text = format!("`in_skip` adds one input channel to {channels} output channels");
        return Err(text.into());
    }
    let mut layers = Layers::new(inputs);
    let frame = skips.then(|| {
        let is_block = inputs == 1;
        layers.enter(if is_block { Scope::Block } else { Scope::Branches })
    });
    for (place, spec) in specs {
        layers.set_place(place);
        layers.add(&*spec);
    }
    match frame {
        Some(frame) if inputs == 1 => layers.end_residual(frame),
        // The others are knobs.
        Some(frame) => {
            let own = layers.branch();
            layers.take(frame);
            layers.add(&Slice { start: 0, outputs: 1, step: 1 });
            let branches = vec![own, layers.branch()];
            layers.leave(Scope::Branches);
            layers.join(frame, &Joined { how: Join::Sum, branches });
        }
        None => {}
    }
    let unspecified = if chain.is_guessed { GUESSED } else { &[] };
    Ok(FileGraph { unspecified, ..layers.finish()? })
}

/// Whether the input is added to the output, as AIDA-X does it.
fn skips(file: &Words) -> Result<bool, Message> {
    match file.get("in_skip").map(Value::as_u64) {
        None | Some(Some(0)) => Ok(false),
        Some(Some(1)) => Ok(true),
        Some(_) => Err("`in_skip` must be 0 or 1".into()),
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
    fn layer(&mut self, kind: &str, read: &Read) -> Result<Box<dyn Spec>, Message> {
        let shapes: Vec<&[usize]> =
            read.tensors.iter().map(|(_, tensor)| tensor.shape.as_slice()).collect();
        Ok(match (kind, shapes.as_slice()) {
            ("dense" | "time-distributed-dense", [[_, outputs], ..]) => {
                self.channels = *outputs;
                Box::new(Dense {
                    outputs: *outputs,
                    has_bias: shapes.len() >= 2,
                    activation: ending(activation(read)?),
                })
            }
            ("conv1d", [[taps, inputs, outputs], ..]) => {
                Box::new(self.conv(read, [*taps, *inputs, *outputs], shapes.len() >= 2)?)
            }
            ("gru" | "lstm", [[_, _], [units, _], bias @ ..]) => {
                let ends_in = activation(read)?.form.word;
                if ![LINEAR.word, "tanh"].contains(&ends_in) {
                    let why =
                        format!("has the activation `{ends_in}`, but only `tanh` is served here");
                    return Err(why.into());
                }
                self.channels = *units;
                // Keras' reset_after=False has one bias, and the other two.
                let cell = match (kind, bias) {
                    ("lstm", _) => Cell::Lstm,
                    (_, [[_]]) => Cell::GruResetBefore,
                    _ => Cell::GruResetAfter,
                };
                let has_bias = shapes.len() >= 3;
                Box::new(Recurrent { cell, units: *units, has_bias, has_initial: false })
            }
            ("prelu", [alpha]) => {
                let is_shared = self.channels > 1 && alpha.iter().product::<usize>() == 1;
                Box::new(Prelu { is_shared })
            }
            ("batchnorm", [_, _] | [_, _, _, _]) => {
                let epsilon = read.words.get("epsilon").and_then(Value::as_f64);
                let epsilon = epsilon.ok_or("has no `epsilon`")?;
                let epsilon =
                    limits::real(keys::EPSILON, epsilon).map_err(|wrong| wrong.message)?;
                let has_both = shapes.len() == 4;
                Box::new(BatchNorm {
                    epsilon,
                    scales: has_both,
                    shifts: has_both,
                    activation: None,
                })
            }
            ("activation", []) => Box::new(activation(read)?),
            _ => return Err("has weights of other shapes than in Keras".into()),
        })
    }

    fn conv(
        &mut self,
        read: &Read,
        [taps, inputs, outputs]: [usize; 3],
        has_bias: bool,
    ) -> Result<Conv, Message> {
        let said = |key: &str| lengths(read.words.get(key)).and_then(|lengths| *lengths.first()?);
        let dilation = said("dilation").ok_or("has no `dilation`")?;
        for key in ["stride", "strides"] {
            if read.words.contains_key(key) && said(key) != Some(1) {
                let stride = read.words.get(key).unwrap_or(&Value::Null);
                let text =
                    format!("has the `{key}` {stride}, which RTNeural's `conv1d` does not have");
                let help = "write the layers, each `conv` with its `stride`";
                return Err(Message::new(text).help(help));
            }
        }
        let groups = self.channels.checked_div(inputs).unwrap_or_default();
        if groups * inputs != self.channels || said("groups").is_some_and(|said| said != groups) {
            let channels = self.channels;
            let why = format!(
                "has a kernel for groups of {inputs} channels, which does not fit its `groups` and its {channels} channels"
            );
            return Err(why.into());
        }
        let past = taps.saturating_sub(1).saturating_mul(dilation);
        let shape = lengths(read.words.get("shape")).unwrap_or_default();
        let frames = shape.get(1).copied().flatten();
        let padding = match (self.frames, frames) {
            (Some(before), Some(behind)) if behind == before => Padding::Causal,
            (Some(before), Some(behind)) if before.checked_sub(past) == Some(behind) => {
                Padding::Valid
            }
            (Some(before), Some(behind)) => {
                let why = format!("makes {behind} frames of {before}, which no padding does");
                return Err(why.into());
            }
            _ => {
                self.is_guessed = true;
                Padding::Causal
            }
        };
        (self.channels, self.frames) = (outputs, frames);
        let padding = if taps > 1 { padding } else { Padding::Valid };
        let taps = Taps { count: taps, dilation, stride: 1, padding };
        Ok(Conv { taps, outputs, groups, has_bias, activation: ending(activation(read)?) })
    }
}

/// What the layer ends in.
fn activation(read: &Read) -> Result<Applied, Message> {
    let name = read.words.get("activation").map_or(Some(""), Value::as_str).unwrap_or("?");
    let found = named(name).map_err(|wrong| wrong.message)?;
    found.ok_or_else(|| format!("has the activation `{name}`, which is not served").into())
}

/// A length, or a list of lengths; `None` for those that are not fixed.
fn lengths(word: Option<&Value>) -> Option<Vec<Option<usize>>> {
    let length = |word: &Value| word.as_u64().and_then(|length| usize::try_from(length).ok());
    match word? {
        Value::Array(lengths) => Some(lengths.iter().map(length).collect()),
        word => Some(vec![length(word)]),
    }
}
