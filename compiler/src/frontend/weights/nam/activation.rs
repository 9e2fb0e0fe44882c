//! The activations of a file, behind other layers and as layers of their own.

use super::config::Config;
use super::value::Value;
use super::{Model, Result};
use crate::frontend::build::Applied;
use crate::frontend::build::activation::{self as form, Form};
use crate::frontend::build::norm::Prelu;
use crate::numbers::{plural, rounded};
use crate::tensor::Tensor;

/// An activation.
#[derive(Clone)]
pub(super) enum Activation {
    Same(Applied),
    /// A slope below zero for each channel.
    Slopes(Vec<f64>),
}

impl Activation {
    pub(super) fn sigmoid() -> Self {
        Self::Same(Applied::of(&form::SIGMOID))
    }

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
        let leaky = || -> Result<(&'static Form, Vec<f64>)> {
            Ok((&form::LEAKY_RELU, vec![real("negative_slope", 0.01)?]))
        };
        let (form, numbers) = match name {
            "Tanh" => (&form::TANH, Vec::new()),
            "Hardtanh" => (&form::HARD_TANH, Vec::new()),
            "Fasttanh" => (&form::RATIONAL_TANH, Vec::new()),
            "ReLU" => (&form::RELU, Vec::new()),
            "Sigmoid" => (&form::SIGMOID, Vec::new()),
            "SiLU" => (&form::SILU, Vec::new()),
            "Hardswish" => (&form::HARD_SWISH, Vec::new()),
            "Softsign" => (&form::SOFTSIGN, Vec::new()),
            "LeakyReLU" => leaky()?,
            "PReLU" => {
                let Some(Value::List(slopes)) = value.get("negative_slopes") else {
                    return Self::same(config, leaky()?);
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
                (&form::LEAKY_HARD_TANH, numbers.to_vec())
            }
            name => return Err(config.refuse(key, &format!("is {name:?}, which is not read"))),
        };
        Self::same(config, (form, numbers))
    }

    fn same(config: &Config<'_>, (form, numbers): (&'static Form, Vec<f64>)) -> Result<Self> {
        let applied = Applied::with(form, &numbers);
        applied.map(Self::Same).map_err(|wrong| config.problem(wrong.message))
    }

    /// The slopes, where the channels have one each.
    pub(super) fn slopes(&self) -> Option<&[f64]> {
        match self {
            Self::Slopes(slopes) => Some(slopes),
            Self::Same(_) => None,
        }
    }

    /// What stands behind another layer: of slopes what leaves the frame to the layer that has them.
    pub(super) fn applied(&self) -> Applied {
        match self {
            Self::Same(applied) => *applied,
            Self::Slopes(_) => Applied::of(&form::LINEAR),
        }
    }

    /// Adds a layer of its own.
    pub(super) fn add(&self, model: &mut Model) {
        match self {
            Self::Same(applied) => model.layers.add(applied),
            Self::Slopes(slopes) => prelu(slopes.clone(), model),
        }
    }
}

/// Adds a slope below zero for each channel.
pub(super) fn prelu(slopes: Vec<f64>, model: &mut Model) {
    let alpha = Tensor { shape: vec![slopes.len()], numbers: slopes };
    model.add(&Prelu { is_shared: false }, vec![("alpha", alpha)]);
}
