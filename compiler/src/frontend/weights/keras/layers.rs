//! What Keras' layers are here: <https://keras.io/api/layers/>.

use serde_json::Value;

use crate::errors::Message;
use crate::frontend::build::activation::{self as form, Form};
use crate::frontend::build::affine::BatchNorm;
use crate::frontend::build::conv::{Conv, Dense, Depthwise};
use crate::frontend::build::conv_transpose::{ConvTranspose, Cut};
use crate::frontend::build::frames::{Frames, How, Pool};
use crate::frontend::build::norm::{LayerNorm, Norm, Prelu};
use crate::frontend::build::recurrent::Recurrent;
use crate::frontend::build::{Applied, Padding, Spec, Taps, limits};
use crate::frontend::keys;
use crate::frontend::weights::keras_activations::{ending, named};
use crate::graph::{Cell, Reduction};

/// What a layer is here, and how many frames it gives.
type Layer = (Option<Box<dyn Spec>>, Option<usize>);

/// What a layer of that class is here, behind one that gives so many frames. Nothing where it changes nothing.
pub(super) fn layer(class: &str, config: &Value, frames: Option<usize>) -> Result<Layer, Message> {
    let config = Config(config);
    config.channels_last()?;
    let mut behind = frames;
    let spec: Box<dyn Spec> = match class {
        "Dropout"
        | "SpatialDropout1D"
        | "GaussianDropout"
        | "GaussianNoise"
        | "AlphaDropout"
        | "ActivityRegularization"
        | "Identity" => return Ok((None, frames)),
        "Dense" => dense(&config)?,
        "TimeDistributed" => {
            let inner = config.get("layer")?;
            if inner.get("class_name").and_then(Value::as_str) != Some("Dense") {
                return Err("is not a wrapper of a Dense".into());
            }
            dense(&Config(inner.get("config").unwrap_or(&Value::Null)))?
        }
        "Conv1D" | "DepthwiseConv1D" => conv(class, &config, &mut behind)?,
        "Conv1DTranspose" => transposed(&config, &mut behind)?,
        "GRU" | "LSTM" | "SimpleRNN" => recurrent(class, &config)?,
        "BatchNormalization" | "LayerNormalization" => norm(class, &config)?,
        "MaxPooling1D" => pool(Reduction::Max, &config, &mut behind)?,
        "AveragePooling1D" => pool(Reduction::Mean, &config, &mut behind)?,
        // Of one frame, each of these is that frame.
        "GlobalAveragePooling1D" | "GlobalMaxPooling1D" | "Flatten" if frames == Some(1) => {
            return Ok((None, None));
        }
        "GlobalAveragePooling1D" => of_all(How::Mean, &mut behind)?,
        "GlobalMaxPooling1D" => of_all(How::Max, &mut behind)?,
        "Flatten" => of_all(How::Flatten, &mut behind)?,
        "UpSampling1D" => {
            let count = config.first("size")?;
            behind = frames.map(|frames| frames.saturating_mul(count));
            Box::new(Frames { how: How::Upsample, count })
        }
        "PReLU" => {
            let axes = config.list("shared_axes");
            let is_shared = match axes.as_slice() {
                [1] => false,
                [1, 2] => true,
                _ => {
                    let help = "train with `shared_axes=[1]`, one slope for each channel";
                    return Err(Message::new("has different slopes for each frame").help(help));
                }
            };
            Box::new(Prelu { is_shared })
        }
        "Activation" => Box::new(config.activation("activation")?),
        "ReLU" | "LeakyReLU" | "ELU" | "Softmax" => Box::new(activation(class, &config)?),
        class => return Err(unknown(class)),
    };
    Ok((Some(spec), behind))
}

/// What serves more models than this format.
pub(super) const EXPORT: &str = "export the model as ONNX: in Python, write `streaming_net.export(model, \"net.onnx\")`, see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/from_keras.md";

/// What to say of a layer that is none here.
fn unknown(class: &str) -> Message {
    let (text, help) = match class {
        "SeparableConv1D" => {
            ("holds the weights of two layers", "train a DepthwiseConv1D and a Conv1D instead")
        }
        "Conv2D" | "DepthwiseConv2D" | "Conv2DTranspose" => (
            "convolves over features too, and a `.keras` file does not say which axis is time",
            EXPORT,
        ),
        "ZeroPadding1D" => (
            "pads as a layer of its own",
            "give the layer after it `padding=\"causal\"`, or write the layers, with `pad=…`",
        ),
        "Bidirectional" => return "reads future frames, which a stream does not have".into(),
        "Sequential" | "Functional" => (
            "is a model inside the model",
            "write the layers, with the names in the file as labels",
        ),
        _ => ("is not read from a `.keras` file", EXPORT),
    };
    Message::new(text).help(help)
}

fn dense(config: &Config<'_>) -> Result<Box<dyn Spec>, Message> {
    Ok(Box::new(Dense {
        outputs: config.first("units")?,
        activation: ending(config.activation("activation")?),
        has_bias: config.has_bias()?,
    }))
}

fn conv(
    class: &str,
    config: &Config<'_>,
    frames: &mut Option<usize>,
) -> Result<Box<dyn Spec>, Message> {
    let taps = config.first("kernel_size")?;
    let [dilation, stride] = [config.first("dilation_rate")?, config.first("strides")?];
    // The outputs and the groups, where they are not those of a depthwise convolution.
    let own = if class == "Conv1D" {
        Some((config.first("filters")?, config.first("groups")?))
    } else {
        if config.first("depth_multiplier")? != 1 {
            let help = "train a Conv1D with as many groups as channels";
            return Err(Message::new("has several outputs for each channel").help(help));
        }
        None
    };
    let padding = match config.text("padding")? {
        "valid" => Padding::Valid,
        "causal" => Padding::Causal,
        "same" => Padding::Same,
        other => return Err(format!("has the padding `{other}`, which is not served").into()),
    };
    let past = taps.saturating_sub(1).saturating_mul(dilation);
    let outputs = |frames: usize| frames.div_ceil(stride.max(1));
    *frames = match padding {
        Padding::Valid => frames.map(|frames| outputs(frames.saturating_sub(past))),
        _ => frames.map(outputs),
    };
    let padding = if taps > 1 { padding } else { Padding::Valid };
    let taps = Taps { count: taps, dilation, stride, padding };
    let activation = ending(config.activation("activation")?);
    let has_bias = config.has_bias()?;
    Ok(match own {
        Some((outputs, groups)) => Box::new(Conv { taps, outputs, groups, has_bias, activation }),
        None => Box::new(Depthwise { taps, outputs: None, has_bias, activation }),
    })
}

fn transposed(config: &Config<'_>, frames: &mut Option<usize>) -> Result<Box<dyn Spec>, Message> {
    if config.text("padding")? != "valid" || config.list("dilation_rate") != [1] {
        return Err("has a padding or a dilation, which is not served".into());
    }
    *frames = None;
    Ok(Box::new(ConvTranspose {
        taps: config.first("kernel_size")?,
        outputs: config.first("filters")?,
        stride: config.first("strides")?,
        cut: Cut::Frames(0),
        activation: ending(config.activation("activation")?),
        has_bias: config.has_bias()?,
    }))
}

fn recurrent(class: &str, config: &Config<'_>) -> Result<Box<dyn Spec>, Message> {
    let usual: &[(&str, &[&str])] = match class {
        "SimpleRNN" => &[("activation", &["tanh", "relu"])],
        _ => &[("activation", &["tanh"]), ("recurrent_activation", &["sigmoid"])],
    };
    for (key, usual) in usual {
        let name = config.text(key)?;
        if !usual.contains(&name) {
            let usual = usual.join("` or `");
            return Err(format!("has the {key} `{name}`, but only `{usual}` is served").into());
        }
    }
    if config.is("go_backwards") {
        return Err("starts at the last frame, which a stream does not have yet".into());
    }
    let cell = match class {
        "LSTM" => Cell::Lstm,
        "SimpleRNN" if config.text("activation")? == "relu" => Cell::Relu,
        "SimpleRNN" => Cell::Tanh,
        _ if config.is("reset_after") => Cell::GruResetAfter,
        _ => Cell::GruResetBefore,
    };
    let (units, has_bias) = (config.first("units")?, config.has_bias()?);
    Ok(Box::new(Recurrent { cell, units, has_bias, has_initial: false }))
}

fn norm(class: &str, config: &Config<'_>) -> Result<Box<dyn Spec>, Message> {
    let axis = config.list("axis");
    if axis != [-1] && axis != [2] {
        return Err("normalises another axis than the channels".into());
    }
    let epsilon = config.get("epsilon")?.as_f64().ok_or("has no `epsilon`")?;
    let epsilon = limits::real(keys::EPSILON, epsilon).map_err(|wrong| wrong.message)?;
    let [scales, shifts] = ["scale", "center"].map(|key| config.is(key));
    Ok(if class == "BatchNormalization" {
        Box::new(BatchNorm { epsilon, scales, shifts, activation: None })
    } else {
        Box::new(LayerNorm { features: None, norm: Norm { epsilon, scales, shifts } })
    })
}

fn pool(
    reduction: Reduction,
    config: &Config<'_>,
    frames: &mut Option<usize>,
) -> Result<Box<dyn Spec>, Message> {
    if config.text("padding")? != "valid" {
        return Err("has a padding, which is not served".into());
    }
    let [size, stride] = [config.first("pool_size")?, config.first("strides")?];
    *frames =
        frames.map(|frames| frames.saturating_add(1).saturating_sub(size).div_ceil(stride.max(1)));
    let taps = Taps { count: size, stride, ..Taps::NEWEST };
    Ok(Box::new(Pool { reduction, taps, counts_padding: false }))
}

/// A layer that sees every frame at once.
fn of_all(how: How, frames: &mut Option<usize>) -> Result<Box<dyn Spec>, Message> {
    let count = frames.take().ok_or_else(|| {
        Message::new("needs a number of frames, but the input of the model has none")
            .help("give the input of the model a length, or write the layers")
    })?;
    Ok(Box::new(Frames { how, count }))
}

fn activation(class: &str, config: &Config<'_>) -> Result<Applied, Message> {
    let number = |key: &str| config.get(key).ok().and_then(Value::as_f64);
    let (form, parameter): (&'static Form, _) = match class {
        "LeakyReLU" => {
            let slope = number("negative_slope").ok_or("has no `negative_slope`")?;
            (&form::LEAKY_RELU, Some(slope))
        }
        "ELU" => (&form::ELU, Some(number("alpha").unwrap_or(1.0))),
        "Softmax" if config.list("axis") == [-1] => (&form::SOFTMAX, None),
        "ReLU" if number("threshold").unwrap_or_default() == 0.0 => {
            match (number("max_value"), number("negative_slope").unwrap_or_default()) {
                (None, 0.0) => (&form::RELU, None),
                (Some(6.0), 0.0) => (&form::RELU6, None),
                (None, slope) => (&form::LEAKY_RELU, Some(slope)),
                _ => return Err("has another maximum than 6".into()),
            }
        }
        _ => return Err("has a setting that is not served".into()),
    };
    Applied::with(form, parameter.as_slice()).map_err(|wrong| wrong.message)
}

/// What a layer was made with.
struct Config<'a>(&'a Value);

impl<'a> Config<'a> {
    fn get(&self, key: &str) -> Result<&'a Value, Message> {
        self.0.get(key).ok_or_else(|| format!("has no `{key}`").into())
    }

    fn text(&self, key: &str) -> Result<&'a str, Message> {
        self.get(key)?
            .as_str()
            .ok_or_else(|| format!("has a `{key}` defined by the user, which is not read").into())
    }

    fn is(&self, key: &str) -> bool {
        self.0.get(key).and_then(Value::as_bool) == Some(true)
    }

    /// Whole numbers, of which there may be one.
    fn list(&self, key: &str) -> Vec<i64> {
        match self.0.get(key) {
            Some(Value::Array(numbers)) => numbers.iter().filter_map(Value::as_i64).collect(),
            number => number.and_then(Value::as_i64).into_iter().collect(),
        }
    }

    /// The first of them, a count.
    fn first(&self, key: &str) -> Result<usize, Message> {
        let first = self.list(key).first().and_then(|number| usize::try_from(*number).ok());
        first.ok_or_else(|| format!("has no `{key}`").into())
    }

    fn has_bias(&self) -> Result<bool, Message> {
        self.get("use_bias")?;
        Ok(self.is("use_bias"))
    }

    fn activation(&self, key: &str) -> Result<Applied, Message> {
        let name = self.text(key)?;
        let found = named(name).map_err(|wrong| wrong.message)?;
        found.ok_or_else(|| {
            Message::new(format!("has the activation `{name}`, which is not served"))
                .help("train the model with another activation")
        })
    }

    fn channels_last(&self) -> Result<(), Message> {
        match self.0.get("data_format").and_then(Value::as_str) {
            None | Some("channels_last") => Ok(()),
            Some(other) => {
                let why =
                    format!("has the data format `{other}`, but only `channels_last` is read");
                Err(why.into())
            }
        }
    }
}
