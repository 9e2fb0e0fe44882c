//! A model of a file: what its version and its architecture are, and the architectures that take few words.

use super::activation::Activation;
use super::array::Array;
use super::config::Config;
use super::metadata::{self, knobs};
use super::slim::{at, not_slimmable};
use super::tensors::kernel;
use super::wavenet::{self, Channels};
use super::{Model, Result};
use crate::errors::Message;
use crate::frontend::ast::Choice;
use crate::frontend::build::Taps;
use crate::frontend::build::affine::BatchNorm;
use crate::frontend::build::conv::{Conv, Dense};
use crate::frontend::build::recurrent::Recurrent;
use crate::frontend::weights::Layers;
use crate::frontend::weights::metadata::{Knob, Metadata};
use crate::graph::Cell;
use crate::numbers::rounded;
use crate::tensor::Tensor;

/// The file's model, or the one that is chosen of those in it, and what the file says of its signal.
pub(super) fn top(
    file: &Config<'_>,
    submodel: Option<&Choice>,
    slim: Option<&Choice>,
) -> Result<(Model, Metadata)> {
    let file = versioned(file)?;
    let read = |config: &Config<'_>, container: Option<&Config<'_>>| {
        let (model, knobs) = whole(config, slim)?;
        Ok((model, Metadata { knobs, ..metadata::of(config, container)? }))
    };
    if file.text("architecture")? != CONTAINER {
        if let Some(submodel) = submodel {
            let why = Message::new("the file contains one model").help("remove `submodel`");
            return Err(at(submodel, file.problem(why)));
        }
        return read(&file, None);
    }
    let models = file.object("config")?.objects("submodels")?;
    let count = models.len();
    let why = Message::new(format!("the file contains {count} models"));
    let number = submodel.and_then(|submodel| submodel.number.as_ref()?.size());
    match (submodel, number.and_then(|number| models.get(number))) {
        (_, Some(chosen)) => read(&versioned(&chosen.object("model")?)?, Some(&file)),
        (Some(submodel), None) => {
            let last = count.saturating_sub(1);
            let help = format!("write a number from 0 to {last}: `#[submodel = 0]`");
            Err(at(submodel, file.problem(why.help(help))))
        }
        (None, None) => {
            let what = |(place, model): (usize, &Config<'_>)| {
                let model = model.object("model")?;
                let architecture = model.text("architecture")?;
                let weights = Array::of(&model)?.len();
                Ok(format!("`#[submodel = {place}]`, a {architecture} of {weights} weights"))
            };
            let choices = models.iter().enumerate().map(what).collect::<Result<Vec<_>>>()?;
            Err(file.problem(why.help(format!("write {}", choices.join(", or ")))))
        }
    }
}

/// A model that is no part of another, and the knobs that it names.
fn whole(model: &Config<'_>, slim: Option<&Choice>) -> Result<(Model, Vec<Knob>)> {
    let (inputs, is_parametric) = (inputs(model)?, is_parametric(model)?);
    let knobs = if is_parametric { knobs(&model.object("config")?, inputs)? } else { Vec::new() };
    let mut read = Model { layers: Layers::new(inputs), entries: Vec::new() };
    self::model(model, slim, &mut read)?;
    Ok((read, knobs))
}

/// Whether a model takes knobs, as those of NAM before 2024 did: their architecture has a name of its own.
fn is_parametric(model: &Config<'_>) -> Result<bool> {
    Ok(["CatLSTM", "CatWaveNet"].contains(&model.text("architecture")?))
}

const CONTAINER: &str = "SlimmableContainer";

/// A model whose version is one that is read.
fn versioned<'a>(model: &Config<'a>) -> Result<Config<'a>> {
    let version = model.text("version")?;
    let is_number = |part: &&str| part.bytes().all(|digit| digit.is_ascii_digit());
    let parts = version.split('.').map(|part| Some(part).filter(is_number)?.parse().ok());
    let numbers: Option<Vec<u32>> = parts.collect();
    // As in NAM: a later patch of the newest minor version is read as that version.
    if !matches!(numbers.as_deref(), Some([0, 5..=7, _])) {
        let is_newer = numbers.is_some_and(|numbers| numbers.as_slice() >= [0, 8].as_slice());
        let newer =
            if is_newer { ", which is newer than this release of streaming-net" } else { "" };
        let why = Message::new(format!("`{}` is {version:?}{newer}", model.path("version")));
        return Err(model.problem(why.note("versions from 0.5.0 to 0.7.x are read")));
    }
    Ok(model.clone().of_version(version))
}

/// The channels of the frames that a model takes.
fn inputs(model: &Config<'_>) -> Result<usize> {
    let config = model.object("config")?;
    match model.text("architecture")? {
        "LSTM" | "CatLSTM" => config.count("input_size"),
        // Its first layers take all that the condition has.
        "CatWaveNet" => match config.objects("layers")?.first() {
            Some(array) => array.count("condition_size"),
            None => Ok(1),
        },
        _ => config.count_or("in_channels", 1),
    }
}

/// Adds the layers of a model, in a model the one whose output is its condition.
pub(super) fn nested(model: &Config<'_>, read: &mut Model) -> Result<Channels> {
    self::model(&versioned(model)?, None, read)
}

fn model(model: &Config<'_>, slim: Option<&Choice>, read: &mut Model) -> Result<Channels> {
    let mut weights = Array::of(model)?;
    let config = model.object("config")?;
    let architecture = model.text("architecture")?;
    if let Some(slim) = slim.filter(|_| !architecture.ends_with("WaveNet")) {
        return Err(not_slimmable(model, slim));
    }
    let channels = match architecture {
        "WaveNet" | "CatWaveNet" => {
            wavenet::add(model, &config, inputs(model)?, slim, &mut weights, read)?
        }
        "LSTM" | "CatLSTM" => lstm(&config, &mut weights, read)?,
        "ConvNet" => conv_net(&config, &mut weights, read)?,
        "Linear" => linear(&config, &mut weights, read)?,
        other => {
            let why = format!("is {other:?}, which is not read");
            return Err(model.refuse("architecture", &why));
        }
    };
    weights.end(model)?;
    Ok(channels)
}

fn channels(config: &Config<'_>) -> Result<Channels> {
    let [inputs, outputs] = ["in_channels", "out_channels"].map(|key| config.count_or(key, 1));
    Ok(Channels { inputs: inputs?, outputs: outputs? })
}

/// Layers that start from a state that the training left, and a sum.
fn lstm(config: &Config<'_>, weights: &mut Array, read: &mut Model) -> Result<Channels> {
    let Channels { outputs, .. } = channels(config)?;
    let inputs = config.count("input_size")?;
    let (units, layers) = (config.count("hidden_size")?, config.count("num_layers")?);
    let mut from = inputs;
    for _ in 0..layers {
        let rows = units.saturating_mul(4);
        let both = weights.tensor(&[rows, from.saturating_add(units)]);
        let split = |skip: usize, columns: usize| {
            let rows_of = both.numbers.chunks(from.saturating_add(units));
            let numbers = rows_of.flat_map(|row| row.iter().skip(skip).take(columns).copied());
            Tensor { shape: vec![rows, columns], numbers: numbers.collect() }
        };
        let bias = weights.tensor(&[rows]);
        let zeros = Tensor { shape: vec![rows], numbers: vec![0.0; bias.numbers.len()] };
        let tensors = vec![
            ("weight_ih", split(0, from)),
            ("weight_hh", split(from, units)),
            ("bias_ih", bias),
            ("bias_hh", zeros),
            ("initial_h", weights.tensor(&[units])),
            ("initial_c", weights.tensor(&[units])),
        ];
        let lstm = Recurrent { cell: Cell::Lstm, units, has_bias: true, has_initial: true };
        read.add(&lstm, tensors);
        from = units;
    }
    dense(outputs, units, weights, read);
    Ok(Channels { inputs, outputs })
}

/// The sum at the end.
fn dense(outputs: usize, inputs: usize, weights: &mut Array, read: &mut Model) {
    let tensors = kernel(weights, [outputs, inputs, 1], true);
    read.add(&Dense { outputs, has_bias: true, activation: None }, tensors);
}

/// Convolutions of two taps, each normalised or not, and a sum.
fn conv_net(config: &Config<'_>, weights: &mut Array, read: &mut Model) -> Result<Channels> {
    let Channels { inputs, outputs } = channels(config)?;
    let (channels, normalised) = (config.count("channels")?, config.flag("batchnorm")?);
    let (dilations, groups) = (config.counts("dilations")?, config.count_or("groups", 1)?);
    let activation = config.find("activation");
    let activation = activation.ok_or_else(|| config.refuse("activation", "is missing"))?;
    let activation = Activation::of(config, "activation", activation, channels)?;
    let mut from = inputs;
    for dilation in dilations {
        let tensors = kernel(weights, [channels, from / groups, 2], !normalised);
        let taps = Taps::causal(2, dilation);
        let has_bias = !normalised;
        read.add(&Conv { taps, outputs: channels, groups, has_bias, activation: None }, tensors);
        if normalised {
            let names = ["moving_mean", "moving_variance", "gamma", "beta"];
            let tensors = names.map(|name| (name, weights.tensor(&[channels])));
            let epsilon = rounded(weights.number());
            let norm = BatchNorm { epsilon, scales: true, shifts: true, activation: None };
            read.add(&norm, tensors.to_vec());
        }
        activation.add(read);
        from = channels;
    }
    dense(outputs, channels, weights, read);
    Ok(Channels { inputs, outputs })
}

/// One convolution, whose first weight is on the newest frame.
fn linear(config: &Config<'_>, weights: &mut Array, read: &mut Model) -> Result<Channels> {
    let channels = channels(config)?;
    for (key, count) in [("in_channels", channels.inputs), ("out_channels", channels.outputs)] {
        if count != 1 {
            return Err(config.refuse(key, &format!("is {count}, but only 1 is read")));
        }
    }
    let (taps, has_bias) = (config.count("receptive_field")?, config.flag("bias")?);
    let mut tensors = kernel(weights, [1, 1, taps], has_bias);
    if let Some((_, weight)) = tensors.first_mut() {
        weight.numbers.reverse();
    }
    let taps = Taps::causal(taps, 1);
    read.add(&Conv { taps, outputs: 1, groups: 1, has_bias, activation: None }, tensors);
    Ok(channels)
}
