//! A stack of layers of a `WaveNet`, which the file calls a layer array, as its object says it.

use super::Result;
use super::activation::Activation;
use super::config::{Config, uneven};
use super::film::{Films, Place};
use super::value::Value;

#[derive(Clone)]
pub(super) struct Stack {
    pub(super) inputs: usize,
    /// The channels of the condition.
    pub(super) condition: usize,
    pub(super) channels: usize,
    /// The channels behind the activations.
    pub(super) bottleneck: usize,
    pub(super) steps: Vec<Step>,
    /// The groups of the convolutions, of the mixins and of the 1x1 behind them.
    pub(super) groups: [usize; 3],
    /// The channels and the groups of the 1x1 in front of the sum, where there is one.
    pub(super) tap: Option<[usize; 2]>,
    pub(super) films: Films,
    pub(super) head: Head,
}

/// The convolution of the sum.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) outputs: usize,
    pub(super) k: usize,
    pub(super) dilation: usize,
    pub(super) bias: bool,
}

/// What becomes of the two halves of a layer's channels.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Gate {
    Gated,
    Blended,
}

/// One layer.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) k: usize,
    pub(super) dilation: usize,
    pub(super) activation: Activation,
    /// What becomes of the halves of its channels, where it has two, and the activation of the second.
    pub(super) gate: Option<(Gate, Activation)>,
}

impl Stack {
    pub(super) fn of(array: &Config<'_>) -> Result<Self> {
        let channels = array.count("channels")?;
        let bottleneck = array.count_or("bottleneck", channels)?;
        let groups_of = |key: &str| match array.find(key) {
            Some(_) => array.object(key)?.count_or("groups", 1),
            None => Ok(1),
        };
        if array.find("layer1x1").is_some() && !is_active(array, "layer1x1")? {
            let why = "is not active, which NAM's trainer and its player compute in different ways";
            return Err(array.refuse("layer1x1", why));
        }
        let tap = if is_active(array, "head1x1")? {
            Some([array.object("head1x1")?.count("out_channels")?, groups_of("head1x1")?])
        } else {
            None
        };
        let stack = Self {
            inputs: array.count("input_size")?,
            condition: array.count("condition_size")?,
            channels,
            bottleneck,
            steps: steps(array, bottleneck)?,
            groups: [
                array.count_or("groups_input", 1)?,
                array.count_or("groups_input_mixin", 1)?,
                groups_of("layer1x1")?,
            ],
            tap,
            films: Films::of(array, tap.is_some())?,
            head: head(array)?,
        };
        for step in &stack.steps {
            stack.films.check(array, stack.condition, |place| stack.modulated(step, place))?;
        }
        Ok(stack)
    }

    /// The channels that a modulation of a layer has.
    pub(super) fn modulated(&self, step: &Step, place: Place) -> usize {
        match place {
            Place::ConvPre | Place::Layer1x1Post => self.channels,
            Place::ConvPost | Place::MixinPost | Place::ActivationPre => {
                step.channels(self.bottleneck)
            }
            Place::MixinPre => self.condition,
            Place::ActivationPost => self.bottleneck,
            Place::Head1x1Post => self.sum(),
        }
    }

    /// The channels of the sum.
    pub(super) fn sum(&self) -> usize {
        self.tap.map_or(self.bottleneck, |[outputs, _]| outputs)
    }
}

impl Step {
    /// The channels of its convolution.
    pub(super) fn channels(&self, bottleneck: usize) -> usize {
        if self.gate.is_some() { bottleneck.saturating_mul(2) } else { bottleneck }
    }
}

/// Whether a part that may be there is: an object that does not deny it.
pub(super) fn is_active(array: &Config<'_>, key: &str) -> Result<bool> {
    match array.find(key) {
        None | Some(Value::Flag(false)) => Ok(false),
        Some(_) => {
            let part = array.object(key)?;
            part.find("active").map_or(Ok(true), |_| part.flag("active"))
        }
    }
}

fn head(array: &Config<'_>) -> Result<Head> {
    if array.find("head").is_none() {
        let (outputs, bias) = (array.count("head_size")?, array.flag("head_bias")?);
        return Ok(Head { outputs, k: 1, dilation: 1, bias });
    }
    let head = array.object("head")?;
    Ok(Head {
        outputs: head.count("out_channels")?,
        k: head.count("kernel_size")?,
        dilation: head.count_or("head_dilation", array.count_or("head_dilation", 1)?)?,
        bias: head.flag("bias")?,
    })
}

fn steps(array: &Config<'_>, bottleneck: usize) -> Result<Vec<Step>> {
    let dilations = array.counts("dilations")?;
    let count = dilations.len();
    let kernels = match (array.find("kernel_size"), array.find("kernel_sizes")) {
        (Some(_), Some(_)) => {
            return Err(array.refuse("kernel_sizes", "must not be given beside `kernel_size`"));
        }
        (None, Some(_)) => array.counts("kernel_sizes")?,
        _ => vec![array.count("kernel_size")?; count],
    };
    if kernels.len() != count {
        return Err(array.refuse("kernel_sizes", &uneven(kernels.len(), count)));
    }
    let activations = array.each("activation", count)?;
    let seconds = array.each("secondary_activation", count)?;
    let modes = array.each("gating_mode", count)?;
    let is_gated = modes.iter().all(Option::is_none)
        && array.find("gated").map_or(Ok(false), |_| array.flag("gated"))?;
    let mut steps = Vec::new();
    let own =
        kernels.into_iter().zip(dilations).zip(activations).zip(seconds.into_iter().zip(modes));
    for (((k, dilation), activation), (second, mode)) in own {
        let activation = activation.ok_or_else(|| array.refuse("activation", "is missing"))?;
        let activation = Activation::of(array, "activation", activation, bottleneck)?;
        let second = || match second {
            Some(second) => Activation::of(array, "secondary_activation", second, bottleneck),
            None => Ok(Activation::sigmoid()),
        };
        let gate = match mode {
            None if !is_gated => None,
            None => Some((Gate::Gated, Activation::sigmoid())),
            Some(Value::Text(mode)) => match mode.as_str() {
                "none" => None,
                "gated" => Some((Gate::Gated, second()?)),
                "blended" => Some((Gate::Blended, second()?)),
                mode => {
                    let why = format!("is {mode:?}, which is not read");
                    return Err(array.refuse("gating_mode", &why));
                }
            },
            Some(found) => {
                let why = format!("is {}, which is not read", found.what());
                return Err(array.refuse("gating_mode", &why));
            }
        };
        steps.push(Step { k, dilation, activation, gate });
    }
    Ok(steps)
}
