//! Keras' layers in our words: <https://keras.io/api/layers/>.

use serde_json::Value;

use super::graph::Node;
use crate::frontend::weights::keras_words::Activation;
use crate::frontend::weights::words::{Given, Layer};

/// What a layer is here, behind one that gives so many frames, and how many it gives. No layer where it changes nothing.
pub(super) fn layer(
    node: &Node<'_>,
    frames: Option<usize>,
) -> Result<(Option<Layer>, Option<usize>), String> {
    let config = Config(node.config);
    config.channels_last()?;
    let mut behind = frames;
    let layer = match node.class {
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
                return Err("is not a wrapper of a Dense".to_owned());
            }
            dense(&Config(inner.get("config").unwrap_or(&Value::Null)))?
        }
        "Conv1D" | "DepthwiseConv1D" => conv(node.class, &config, &mut behind)?,
        "Conv1DTranspose" => transposed(&config, &mut behind)?,
        "GRU" | "LSTM" => recurrent(node.class, &config)?,
        "BatchNormalization" | "LayerNormalization" => norm(node.class, &config)?,
        "MaxPooling1D" => pool("max_pool", &config, &mut behind)?,
        "AveragePooling1D" => pool("avg_pool", &config, &mut behind)?,
        "GlobalAveragePooling1D" => of_all("global_avg", &mut behind)?,
        "Flatten" => of_all("flatten", &mut behind)?,
        "UpSampling1D" => {
            let size = config.first("size")?;
            behind = frames.map(|frames| frames.saturating_mul(size));
            Layer::new("upsample").count("n", size)
        }
        "PReLU" => {
            let axes = config.list("shared_axes");
            match axes.as_slice() {
                [1] => Layer::new("prelu"),
                [1, 2] => Layer::new("prelu").flag_if(true, "shared"),
                _ => {
                    let help = "help: train with `shared_axes=[1]`, one slope for each channel";
                    return Err(format!("has different slopes for each frame\n{help}"));
                }
            }
        }
        "Activation" => config.activation("activation")?.layer(),
        "ReLU" | "LeakyReLU" | "ELU" | "Softmax" => activation(node.class, &config)?.layer(),
        class => return Err(unknown(class).to_owned()),
    };
    Ok((Some(layer), behind))
}

/// What to say of a layer that is none here.
fn unknown(class: &str) -> &'static str {
    match class {
        "SeparableConv1D" => {
            "holds the weights of two layers\nhelp: train a DepthwiseConv1D and a Conv1D instead"
        }
        "Conv2D" | "DepthwiseConv2D" => {
            "convolves over features too, and the file does not say which axis is time\nhelp: write the layers, this one as `conv2d(…)` or `depthwise2d(…)`"
        }
        "ZeroPadding1D" => {
            "pads as a layer of its own\nhelp: give the layer after it `padding=\"causal\"`, or write the layers, with `pad=…`"
        }
        "Bidirectional" => "reads future frames, which a stream does not have",
        "SimpleRNN" => "is not served\nhelp: train a GRU or an LSTM instead",
        "Sequential" | "Functional" => {
            "is a model inside the model\nhelp: write the layers, with the names in the file as labels"
        }
        _ => "is not served",
    }
}

fn dense(config: &Config<'_>) -> Result<Layer, String> {
    let layer = Layer::new("dense").count("out", config.first("units")?);
    Ok(config.activation("activation")?.end(config.no_bias(layer)?))
}

fn conv(class: &str, config: &Config<'_>, frames: &mut Option<usize>) -> Result<Layer, String> {
    let taps = config.first("kernel_size")?;
    let [dilation, stride] = [config.first("dilation_rate")?, config.first("strides")?];
    let layer = if class == "Conv1D" {
        let layer = Layer::new("conv").count("k", taps).count("out", config.first("filters")?);
        layer.count_above_one("groups", config.first("groups")?)
    } else {
        if config.first("depth_multiplier")? != 1 {
            let help = "help: train a Conv1D with as many groups as channels";
            return Err(format!("has several outputs for each channel\n{help}"));
        }
        Layer::new("depthwise").count("k", taps)
    };
    let layer = layer.count_above_one("dilation", dilation).count_above_one("stride", stride);
    let padding = match config.text("padding")? {
        "valid" => "valid",
        "causal" => "causal",
        "same" => "same",
        other => return Err(format!("has the padding `{other}`, which is not served")),
    };
    let past = taps.saturating_sub(1).saturating_mul(dilation);
    let answered = |frames: usize| frames.div_ceil(stride.max(1));
    *frames = match padding {
        "valid" => frames.map(|frames| answered(frames.saturating_sub(past))),
        _ => frames.map(answered),
    };
    let layer = layer.flag_if(taps > 1, padding);
    Ok(config.activation("activation")?.end(config.no_bias(layer)?))
}

fn transposed(config: &Config<'_>, frames: &mut Option<usize>) -> Result<Layer, String> {
    if config.text("padding")? != "valid" || config.list("dilation_rate") != [1] {
        return Err("has a padding or a dilation, which is not served".to_owned());
    }
    *frames = None;
    let layer = Layer::new("conv_transpose").count("k", config.first("kernel_size")?);
    let layer = layer.count("out", config.first("filters")?);
    let layer = layer.count("stride", config.first("strides")?);
    Ok(config.activation("activation")?.end(config.no_bias(layer)?))
}

fn recurrent(class: &str, config: &Config<'_>) -> Result<Layer, String> {
    for (key, usual) in [("activation", "tanh"), ("recurrent_activation", "sigmoid")] {
        let name = config.text(key)?;
        if name != usual {
            return Err(format!("has the {key} `{name}`, but only `{usual}` is served"));
        }
    }
    if config.is("go_backwards") {
        return Err("starts at the last frame, which a stream does not have yet".to_owned());
    }
    let kind = if class == "GRU" { "gru" } else { "lstm" };
    let layer = Layer::new(kind).count("units", config.first("units")?);
    let is_before = class == "GRU" && !config.is("reset_after");
    config.no_bias(layer.flag_if(is_before, "reset_before"))
}

fn norm(class: &str, config: &Config<'_>) -> Result<Layer, String> {
    let axis = config.list("axis");
    if axis != [-1] && axis != [2] {
        return Err("normalises another axis than the channels".to_owned());
    }
    let epsilon = config.get("epsilon")?.as_f64().ok_or("has no `epsilon`")?;
    let kind = if class == "BatchNormalization" { "batch_norm" } else { "layer_norm" };
    let layer = Layer::new(kind).with([Given::Reals("epsilon", vec![epsilon])]);
    Ok(layer.flag_if(!config.is("scale"), "no_scale").flag_if(!config.is("center"), "no_center"))
}

fn pool(
    kind: &'static str,
    config: &Config<'_>,
    frames: &mut Option<usize>,
) -> Result<Layer, String> {
    if config.text("padding")? != "valid" {
        return Err("has a padding, which is not served".to_owned());
    }
    let [size, stride] = [config.first("pool_size")?, config.first("strides")?];
    *frames =
        frames.map(|frames| frames.saturating_add(1).saturating_sub(size).div_ceil(stride.max(1)));
    Ok(Layer::new(kind).count("size", size).count("stride", stride))
}

/// A layer that sees every frame at once.
fn of_all(kind: &'static str, frames: &mut Option<usize>) -> Result<Layer, String> {
    let help = "help: give the input of the model a length, or write the layers";
    let count = frames.take().ok_or_else(|| {
        format!("needs a number of frames, but the input of the model has none\n{help}")
    })?;
    Ok(Layer::new(kind).count("frames", count))
}

fn activation(class: &str, config: &Config<'_>) -> Result<Activation, String> {
    let number = |key: &str| config.get(key).ok().and_then(Value::as_f64);
    let with = |kind, key, number| Activation { kind, parameter: Some((key, number)) };
    let plain = |kind| Activation { kind, parameter: None };
    Ok(match class {
        "LeakyReLU" => {
            with("leaky_relu", "slope", number("negative_slope").ok_or("has no `negative_slope`")?)
        }
        "ELU" => with("elu", "alpha", number("alpha").unwrap_or(1.0)),
        "Softmax" if config.list("axis") == [-1] => plain("softmax"),
        "ReLU" if number("threshold").unwrap_or_default() == 0.0 => {
            match (number("max_value"), number("negative_slope").unwrap_or_default()) {
                (None, 0.0) => plain("relu"),
                (Some(6.0), 0.0) => plain("relu6"),
                (None, slope) => with("leaky_relu", "slope", slope),
                _ => return Err("has another maximum than 6".to_owned()),
            }
        }
        _ => return Err("has a setting that is not served".to_owned()),
    })
}

/// What a layer was made with.
struct Config<'a>(&'a Value);

impl<'a> Config<'a> {
    fn get(&self, key: &str) -> Result<&'a Value, String> {
        self.0.get(key).ok_or_else(|| format!("has no `{key}`"))
    }

    fn text(&self, key: &str) -> Result<&'a str, String> {
        self.get(key)?
            .as_str()
            .ok_or_else(|| format!("has a `{key}` defined by the user, which is not read"))
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
    fn first(&self, key: &str) -> Result<usize, String> {
        let first = self.list(key).first().and_then(|number| usize::try_from(*number).ok());
        first.ok_or_else(|| format!("has no `{key}`"))
    }

    fn no_bias(&self, layer: Layer) -> Result<Layer, String> {
        self.get("use_bias")?;
        Ok(layer.flag_if(!self.is("use_bias"), "no_bias"))
    }

    fn activation(&self, key: &str) -> Result<Activation, String> {
        let name = self.text(key)?;
        let help = "help: train the model with another activation";
        Activation::named(name)
            .ok_or_else(|| format!("has the activation `{name}`, which is not served\n{help}"))
    }

    fn channels_last(&self) -> Result<(), String> {
        match self.0.get("data_format").and_then(Value::as_str) {
            None | Some("channels_last") => Ok(()),
            Some(other) => {
                Err(format!("has the data format `{other}`, but only `channels_last` is read"))
            }
        }
    }
}
