//! The activations of a file, as flags and layers.

use super::Result;
use super::build::{Build, Given};
use super::config::Config;
use super::value::Value;
use crate::numbers::{plural, rounded};
use crate::tensor::Tensor;

/// An activation.
#[derive(Clone)]
pub(super) enum Activation {
    Flag(Given),
    /// A slope below zero for each channel.
    Slopes(Vec<f64>),
}

impl Activation {
    pub(super) const SIGMOID: Self = Self::Flag(Given::Flag("sigmoid"));

    /// The value of that key, which is a name, or an object with a `type` and numbers: that of so many channels.
    pub(super) fn of(
        config: &Config<'_>,
        key: &str,
        value: &Value,
        channels: usize,
    ) -> Result<Self> {
        let read = |name: &str| {
            let activation = Self::named(config, key, name, value)?;
            let slopes = activation.slopes().map_or(channels, <[f64]>::len);
            if slopes != channels {
                let key = format!("{key}.negative_slopes");
                return Err(config.refuse(
                    &key,
                    &format!(
                        "has {}, for {}",
                        plural(slopes, "value"),
                        plural(channels, "channel")
                    ),
                ));
            }
            Ok(activation)
        };
        match (value, value.get("type")) {
            (Value::Text(name), _) | (_, Some(Value::Text(name))) => read(name),
            (found, _) => {
                let what = found.what();
                Err(config.refuse(key, &format!("must be the name of an activation, not {what}")))
            }
        }
    }

    fn named(config: &Config<'_>, key: &str, name: &str, value: &Value) -> Result<Self> {
        let real = |inner: &str, otherwise: f64| match value.get(inner) {
            None | Some(Value::Null) => Ok(otherwise),
            Some(Value::Number(real)) if rounded(*real).is_finite() => Ok(*real),
            Some(found) => {
                let path = format!("{key}.{inner}");
                Err(config.refuse(&path, &format!("must be a number, not {}", found.what())))
            }
        };
        let flag = match name {
            "Tanh" => "tanh",
            "Hardtanh" => "hard_tanh",
            "Fasttanh" => "rational_tanh",
            "ReLU" => "relu",
            "Sigmoid" => "sigmoid",
            "SiLU" => "silu",
            "Hardswish" => "hard_swish",
            "Softsign" => "softsign",
            "LeakyReLU" => return Ok(Self::leaky(real("negative_slope", 0.01)?)),
            "PReLU" => {
                let Some(Value::List(slopes)) = value.get("negative_slopes") else {
                    return Ok(Self::leaky(real("negative_slope", 0.01)?));
                };
                let slope = |slope: &Value| match slope {
                    Value::Number(slope) if rounded(*slope).is_finite() => Ok(*slope),
                    found => {
                        let why = format!("has {}, which is not a number", found.what());
                        Err(config.refuse(&format!("{key}.negative_slopes"), &why))
                    }
                };
                return Ok(Self::Slopes(slopes.iter().map(slope).collect::<Result<_>>()?));
            }
            "LeakyHardtanh" | "LeakyHardTanh" => {
                let numbers = [
                    real("min_val", -1.0)?,
                    real("max_val", 1.0)?,
                    real("min_slope", 0.01)?,
                    real("max_slope", 0.01)?,
                ];
                return Ok(Self::Flag(Given::Reals("leaky_hard_tanh", numbers.to_vec())));
            }
            name => return Err(config.refuse(key, &format!("is {name:?}, which is not read"))),
        };
        Ok(Self::Flag(Given::Flag(flag)))
    }

    fn leaky(slope: f64) -> Self {
        Self::Flag(Given::Reals("leaky_relu", vec![slope]))
    }

    /// The slopes, where the channels have one each.
    pub(super) fn slopes(&self) -> Option<&[f64]> {
        match self {
            Self::Slopes(slopes) => Some(slopes),
            Self::Flag(_) => None,
        }
    }

    /// The flag, of slopes the one that leaves the frame to the layer that has them.
    pub(super) fn flag(&self) -> Given {
        match self {
            Self::Flag(flag) => flag.clone(),
            Self::Slopes(_) => Given::Flag("linear"),
        }
    }

    /// A layer of its own.
    pub(super) fn build(&self, build: &mut Build) {
        match self {
            Self::Flag(Given::Reals("leaky_relu", slope)) => {
                build.layer("leaky_relu", vec![Given::Reals("slope", slope.clone())]);
            }
            Self::Flag(Given::Reals(kind, numbers)) => {
                let keys = ["min", "max", "min_slope", "max_slope"];
                let numbers = keys.into_iter().zip(numbers);
                let numbers = numbers.map(|(key, number)| Given::Reals(key, vec![*number]));
                build.layer(kind, numbers.collect());
            }
            Self::Flag(Given::Flag(kind) | Given::Count(kind, _)) => build.layer(kind, Vec::new()),
            Self::Slopes(slopes) => prelu(slopes.clone(), build),
        }
    }
}

/// A slope below zero for each channel.
pub(super) fn prelu(slopes: Vec<f64>, build: &mut Build) {
    let alpha = Tensor { shape: vec![slopes.len()], numbers: slopes };
    build.weighted("prelu", Vec::new(), vec![("alpha", alpha)]);
}
