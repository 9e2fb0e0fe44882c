//! A model of a file: what its version and its architecture are, and the architectures that take few words.

use super::array::Array;
use super::build::{Build, Given};
use super::config::Config;
use super::slim::{at, not_slimmable};
use super::value::Value;
use super::{Result, activation::Activation, wavenet};
use crate::frontend::ast::Choice;
use crate::numbers::rounded;
use crate::tensor::Tensor;

/// Adds the layers of a file's model, or of the one that is chosen of those in it. Gives its sample rate, where it has one.
pub(super) fn top(
    file: &Config<'_>,
    submodel: Option<&Choice>,
    slim: Option<&Choice>,
    build: &mut Build,
) -> Result<Option<f64>> {
    let file = versioned(file)?;
    if file.text("architecture")? != CONTAINER {
        if let Some(submodel) = submodel {
            let problem = file.problem("the file contains one model\nhelp: remove `submodel`");
            return Err(at(submodel, problem));
        }
        model(&file, slim, build)?;
        return sample_rate(&file);
    }
    let models = file.object("config")?.objects("submodels")?;
    let count = models.len();
    let number = submodel.and_then(|submodel| submodel.number.as_ref()?.size());
    match (submodel, number.and_then(|number| models.get(number))) {
        (_, Some(chosen)) => {
            let chosen = versioned(&chosen.object("model")?)?;
            model(&chosen, slim, build)?;
            sample_rate(&chosen)
        }
        (Some(submodel), None) => {
            let last = count.saturating_sub(1);
            let help = format!("help: write a number from 0 to {last}: `#[submodel = 0]`");
            Err(at(submodel, file.problem(&format!("the file contains {count} models\n{help}"))))
        }
        (None, None) => {
            let what = |(place, model): (usize, &Config<'_>)| {
                let model = model.object("model")?;
                let architecture = model.text("architecture")?;
                let weights = Array::of(&model)?.len();
                Ok(format!("`#[submodel = {place}]`, a {architecture} of {weights} weights"))
            };
            let choices = models.iter().enumerate().map(what).collect::<Result<Vec<_>>>()?;
            let help = format!("help: write {}", choices.join(", or "));
            Err(file.problem(&format!("the file contains {count} models\n{help}")))
        }
    }
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
        let note = "note: versions from 0.5.0 to 0.7.0 are read";
        let what = format!("`{}` is {version:?}\n{note}", model.path("version"));
        return Err(model.problem(&what));
    }
    Ok(model.clone().of_version(version))
}

/// What a model takes and gives.
#[derive(Clone, Copy)]
pub(super) struct Channels {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

/// Adds the layers of a model, in a model the one whose answer is its condition.
pub(super) fn nested(model: &Config<'_>, build: &mut Build) -> Result<Channels> {
    self::model(&versioned(model)?, None, build)
}

fn model(model: &Config<'_>, slim: Option<&Choice>, build: &mut Build) -> Result<Channels> {
    let mut weights = Array::of(model)?;
    let config = model.object("config")?;
    let architecture = model.text("architecture")?;
    if let Some(slim) = slim.filter(|_| architecture != "WaveNet") {
        return Err(not_slimmable(model, slim));
    }
    let channels = match architecture {
        "WaveNet" => wavenet::build(model, &config, slim, &mut weights, build)?,
        "LSTM" => lstm(&config, &mut weights, build)?,
        "ConvNet" => conv_net(&config, &mut weights, build)?,
        "Linear" => linear(&config, &mut weights, build)?,
        other => {
            let why = format!("is {other:?}, which is not read");
            return Err(model.refuse("architecture", &why));
        }
    };
    weights.end(model)?;
    Ok(channels)
}

/// The tensors of a layer, by name.
pub(super) type Tensors = Vec<(&'static str, Tensor)>;

/// Taps of all inputs, the oldest first, and a bias of each output, where there is one.
pub(super) fn kernel(weights: &mut Array, shape: [usize; 3], bias: bool) -> Tensors {
    let weight = weights.tensor(&shape);
    let [outputs, ..] = shape;
    let bias = bias.then(|| ("bias", weights.tensor(&[outputs])));
    [Some(("weight", weight)), bias].into_iter().flatten().collect()
}

/// What a layer without a bias is told.
pub(super) fn no_bias(bias: bool) -> Option<Given> {
    (!bias).then_some(Given::Flag("no_bias"))
}

fn channels(config: &Config<'_>) -> Result<Channels> {
    let [inputs, outputs] = ["in_channels", "out_channels"].map(|key| config.count_or(key, 1));
    Ok(Channels { inputs: inputs?, outputs: outputs? })
}

/// Layers that start from a state that the training left, and a sum.
fn lstm(config: &Config<'_>, weights: &mut Array, build: &mut Build) -> Result<Channels> {
    let Channels { outputs, .. } = channels(config)?;
    let inputs = config.count("input_size")?;
    let (units, layers) = (config.count("hidden_size")?, config.count("num_layers")?);
    let mut from = inputs;
    for layer in 0..layers {
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
        let input = (layer == 0).then_some(Given::Count("in", inputs));
        let arguments = [Given::Count("units", units), Given::Flag("initial")];
        build.weighted("lstm", input.into_iter().chain(arguments).collect(), tensors);
        from = units;
    }
    let head = kernel(weights, [outputs, units, 1], true);
    build.weighted("dense", vec![Given::Count("out", outputs)], head);
    Ok(Channels { inputs, outputs })
}

/// Convolutions of two taps, each normalised or not, and a sum.
fn conv_net(config: &Config<'_>, weights: &mut Array, build: &mut Build) -> Result<Channels> {
    let Channels { inputs, outputs } = channels(config)?;
    let (channels, normalised) = (config.count("channels")?, config.flag("batchnorm")?);
    let (dilations, groups) = (config.counts("dilations")?, config.count_or("groups", 1)?);
    let activation = config.find("activation");
    let activation = activation.ok_or_else(|| config.refuse("activation", "is missing"))?;
    let activation = Activation::of(config, "activation", activation, channels)?;
    let mut from = inputs;
    for (layer, dilation) in dilations.into_iter().enumerate() {
        let mut arguments = vec![Given::Count("k", 2)];
        arguments.extend((layer == 0).then_some(Given::Count("in", inputs)));
        arguments.extend([Given::Count("out", channels), Given::Count("dilation", dilation)]);
        arguments.extend((groups > 1).then_some(Given::Count("groups", groups)));
        arguments.push(Given::Flag("causal"));
        arguments.extend(no_bias(!normalised));
        let tensors = kernel(weights, [channels, from / groups, 2], !normalised);
        build.weighted("conv", arguments, tensors);
        if normalised {
            let names = ["moving_mean", "moving_variance", "gamma", "beta"];
            let tensors = names.map(|name| (name, weights.tensor(&[channels])));
            let epsilon = Given::Reals("epsilon", vec![weights.number()]);
            build.weighted("batch_norm", vec![epsilon], tensors.to_vec());
        }
        activation.build(build);
        from = channels;
    }
    let head = kernel(weights, [outputs, channels, 1], true);
    build.weighted("dense", vec![Given::Count("out", outputs)], head);
    Ok(Channels { inputs, outputs })
}

/// One convolution, whose first weight is on the newest frame.
fn linear(config: &Config<'_>, weights: &mut Array, build: &mut Build) -> Result<Channels> {
    let channels = channels(config)?;
    for (key, count) in [("in_channels", channels.inputs), ("out_channels", channels.outputs)] {
        if count != 1 {
            return Err(config.refuse(key, &format!("is {count}, but only 1 is read")));
        }
    }
    let (taps, bias) = (config.count("receptive_field")?, config.flag("bias")?);
    let mut tensors = kernel(weights, [1, 1, taps], bias);
    if let Some((_, weight)) = tensors.first_mut() {
        weight.numbers.reverse();
    }
    let mut arguments =
        vec![Given::Count("k", taps), Given::Count("in", 1), Given::Count("out", 1)];
    arguments.push(Given::Flag("causal"));
    arguments.extend(no_bias(bias));
    build.weighted("conv", arguments, tensors);
    Ok(channels)
}
