//! A model of a file: what its version and its architecture are, and the architectures that take few words.

use super::activation::Activation;
use super::array::Array;
use super::config::Config;
use super::slim::{at, not_slimmable};
use super::tensors::kernel;
use super::value::Value;
use super::wavenet::{self, Channels};
use super::{Model, Result};
use crate::errors::Message;
use crate::frontend::ast::Choice;
use crate::frontend::build::Taps;
use crate::frontend::build::affine::BatchNorm;
use crate::frontend::build::conv::{Conv, Dense};
use crate::frontend::build::recurrent::Recurrent;
use crate::frontend::weights::Layers;
use crate::graph::Cell;
use crate::numbers::rounded;
use crate::tensor::Tensor;

/// The file's model, or the one that is chosen of those in it, and its sample rate, where it has one.
pub(super) fn top(
    file: &Config<'_>,
    submodel: Option<&Choice>,
    slim: Option<&Choice>,
) -> Result<(Model, Option<f64>)> {
    let file = versioned(file)?;
    let read = |config: &Config<'_>| Ok((whole(config, slim)?, sample_rate(config)?));
    if file.text("architecture")? != CONTAINER {
        if let Some(submodel) = submodel {
            let why = Message::new("the file contains one model").help("remove `submodel`");
            return Err(at(submodel, file.problem(why)));
        }
        return read(&file);
    }
    let models = file.object("config")?.objects("submodels")?;
    let count = models.len();
    let why = Message::new(format!("the file contains {count} models"));
    let number = submodel.and_then(|submodel| submodel.number.as_ref()?.size());
    match (submodel, number.and_then(|number| models.get(number))) {
        (_, Some(chosen)) => read(&versioned(&chosen.object("model")?)?),
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

/// A model that is no part of another.
fn whole(model: &Config<'_>, slim: Option<&Choice>) -> Result<Model> {
    let inputs = inputs(model)?;
    let mut read = Model { layers: Layers::new(inputs), entries: Vec::new() };
    self::model(model, slim, &mut read)?;
    Ok(read)
}

/// The frames a second of a model.
fn sample_rate(model: &Config<'_>) -> Result<Option<f64>> {
    match model.find("sample_rate") {
        None => Ok(None),
        Some(Value::Number(rate)) if *rate > 0.0 && rounded(*rate).is_finite() => Ok(Some(*rate)),
        Some(found) => {
            let why = format!("must be a number above 0, not {}", found.what());
            Err(model.refuse("sample_rate", &why))
        }
    }
}

const CONTAINER: &str = "SlimmableContainer";

/// A model whose version is one that is read.
fn versioned<'a>(model: &Config<'a>) -> Result<Config<'a>> {
    let version = model.text("version")?;
    let numbers: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
    let is_read =
        version.split('.').count() == 3 && matches!(numbers.as_slice(), [0, 5 | 6, _] | [0, 7, 0]);
    if !is_read {
        let why = Message::new(format!("`{}` is {version:?}", model.path("version")));
        return Err(model.problem(why.note("versions from 0.5.0 to 0.7.0 are read")));
    }
    Ok(model.clone().of_version(version))
}

/// The channels of the frames that a model takes.
fn inputs(model: &Config<'_>) -> Result<usize> {
    let config = model.object("config")?;
    match model.text("architecture")? {
        "LSTM" => config.count("input_size"),
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
    if let Some(slim) = slim.filter(|_| architecture != "WaveNet") {
        return Err(not_slimmable(model, slim));
    }
    let channels = match architecture {
        "WaveNet" => wavenet::add(model, &config, slim, &mut weights, read)?,
        "LSTM" => lstm(&config, &mut weights, read)?,
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
