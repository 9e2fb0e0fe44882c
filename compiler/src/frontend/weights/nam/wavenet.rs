//! The `WaveNet` of a file: stacks of layers, whose sums go from one to the next.

use super::activation::Activation;
use super::array::Array;
use super::config::Config;
use super::film::Place;
use super::model::nested;
use super::stack::{Stack, Step};
use super::step::{activate, mix, pointwise};
use super::tensors::{Tensors, kernel};
use super::{Model, Result, slim};
use crate::frontend::ast::Choice;
use crate::frontend::build::affine::Scale;
use crate::frontend::build::conv::{Conv, Dense};
use crate::frontend::build::skips::{Head, Mixin, Skip};
use crate::frontend::build::{Scope, Taps};
use crate::tensor::Tensor;

/// What a model takes and gives.
#[derive(Clone, Copy)]
pub(super) struct Channels {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

/// Adds its layers:
///
/// ```text
/// conditioned < skips <
///     dense(…, no_bias);
///     residual < conv(…, causal); mixin(tanh); skip(); dense(…) >; …
///     head(…); …
/// > >; conv(…, causal); scale()
/// ```
pub(super) fn add(
    model: &Config<'_>,
    config: &Config<'_>,
    inputs: usize,
    slim: Option<&Choice>,
    weights: &mut Array,
    read: &mut Model,
) -> Result<Channels> {
    let arrays = config.objects("layers")?;
    let full = arrays.iter().map(Stack::of).collect::<Result<Vec<_>>>()?;
    let kept = match slim {
        Some(slim) => slim::stacks(model, &arrays, &full, slim)?,
        None => full.clone(),
    };
    let frame = read.layers.enter(Scope::Branches);
    let condition = condition(config, inputs, read)?;
    check(&arrays, &full, [inputs, condition.unwrap_or(inputs)])?;
    read.layers.begin_condition(frame);
    let skips = read.layers.enter(Scope::Skips);
    let mut last = None;
    for (place, (full, kept)) in full.iter().zip(&kept).enumerate() {
        read.layers.set_place(arrays.get(place).map(Config::place).unwrap_or_default());
        let mut cut = Cut { weights, full, kept };
        cut.stack(read);
        let (Head { taps, dilation, outputs, has_bias, activation }, tensors) = cut.head();
        if place + 1 < arrays.len() {
            read.add(&Head { taps, dilation, outputs, has_bias, activation }, tensors);
        } else {
            let taps = Taps::causal(taps, dilation);
            last = Some((Conv { taps, outputs, groups: 1, has_bias, activation }, tensors));
        }
    }
    read.layers.end_skips(skips);
    read.layers.end_condition(frame);
    let Some((conv, tensors)) = last else {
        return Err(config.refuse("layers", "is empty"));
    };
    let outputs = conv.outputs;
    read.add(&conv, tensors);
    read.layers.set_place(String::new());
    let behind = behind(config, outputs, weights)?;
    // The file's last number, whatever `head_scale` says.
    let scale = Tensor { shape: vec![outputs], numbers: vec![weights.number(); outputs] };
    read.add(&Scale { activation: None }, vec![("scale", scale)]);
    let mut channels = Channels { inputs, outputs };
    for (activation, conv, tensors) in behind {
        activation.add(read);
        channels.outputs = conv.outputs;
        read.add(&conv, tensors);
    }
    Ok(channels)
}

/// Adds the model whose output is the condition, as a branch of its own, where there is one. Gives its channels.
fn condition(config: &Config<'_>, inputs: usize, read: &mut Model) -> Result<Option<usize>> {
    const KEY: &str = "condition_dsp";
    if config.find(KEY).is_none() {
        return Ok(None);
    }
    let given = nested(&config.object(KEY)?, read)?;
    if given.inputs != inputs {
        return Err(config.refuse(KEY, &format!("takes {} channels, not {inputs}", given.inputs)));
    }
    Ok(Some(given.outputs))
}

/// Whether each stack takes what the one before it gives.
fn check(arrays: &[Config<'_>], stacks: &[Stack], [inputs, condition]: [usize; 2]) -> Result<()> {
    let mut wanted = [inputs, 0];
    for (place, (array, stack)) in arrays.iter().zip(stacks).enumerate() {
        let [inputs, sum] = wanted;
        let differs = |key: &str, found: usize, wanted: usize| {
            array.refuse(key, &format!("is {found}, but must be {wanted}"))
        };
        if stack.inputs != inputs {
            return Err(differs("input_size", stack.inputs, inputs));
        }
        if stack.condition != condition {
            return Err(differs("condition_size", stack.condition, condition));
        }
        if place > 0 && stack.sum() != sum {
            let key = if stack.tap.is_some() { "head1x1.out_channels" } else { "bottleneck" };
            let key = array.find(key).map_or("channels", |_| key);
            return Err(differs(key, stack.sum(), sum));
        }
        wanted = [stack.channels, stack.head.outputs];
    }
    Ok(())
}

/// The convolutions behind the scale, each with the activation before it.
fn behind(
    config: &Config<'_>,
    mut inputs: usize,
    weights: &mut Array,
) -> Result<Vec<(Activation, Conv, Tensors)>> {
    if config.find("head").is_none() {
        return Ok(Vec::new());
    }
    let head = config.object("head")?;
    let said = head.count_or("in_channels", inputs)?;
    if said != inputs {
        return Err(head.refuse("in_channels", &format!("is {said}, but must be {inputs}")));
    }
    let (channels, outputs) = (head.count("channels")?, head.count("out_channels")?);
    let activation = head.find("activation");
    let activation = activation.ok_or_else(|| head.refuse("activation", "is missing"))?;
    let kernels = head.counts("kernel_sizes")?;
    let last = kernels.len() - 1;
    let convs = kernels.into_iter().enumerate().map(|(place, k)| {
        let outputs = if place == last { outputs } else { channels };
        let tensors = kernel(weights, [outputs, inputs, k], true);
        let activation = Activation::of(&head, "activation", activation, inputs)?;
        inputs = outputs;
        let taps = Taps::causal(k, 1);
        let conv = Conv { taps, outputs, groups: 1, has_bias: true, activation: None };
        Ok((activation, conv, tensors))
    });
    convs.collect()
}

/// Cuts the tensors of a stack, and keeps what is kept of each.
struct Cut<'a> {
    weights: &'a mut Array,
    full: &'a Stack,
    kept: &'a Stack,
}

impl Cut<'_> {
    /// A kernel (out, in, k) and its bias, from the shape that one of the stacks has.
    fn kernel(&mut self, bias: bool, shape: impl Fn(&Stack) -> [usize; 3]) -> Tensors {
        let shapes = [self.full, self.kept].map(shape);
        let [full, kept] = shapes;
        let slim = |(name, tensor): (&'static str, Tensor)| {
            (name, slim::first(tensor, kept.get(..tensor_rank(name)).unwrap_or_default()))
        };
        kernel(self.weights, full, bias).into_iter().map(slim).collect()
    }

    /// Adds the layers, but the head.
    fn stack(&mut self, read: &mut Model) {
        let kept = self.kept;
        let tensors = self.kernel(false, |stack| [stack.channels, stack.inputs, 1]);
        let outputs = kept.channels;
        read.add(&Dense { outputs, has_bias: false, activation: None }, tensors);
        for step in &kept.steps {
            let frame = read.layers.enter(Scope::Block);
            self.step(step, read);
            read.layers.end_residual(frame);
        }
    }

    /// Adds the layers of a block.
    fn step(&mut self, step: &Step, read: &mut Model) {
        let kept = self.kept;
        let [groups, mixin_groups, behind_groups] = kept.groups;
        let z = |stack: &Stack| step.channels(stack.bottleneck);
        let own = self.kernel(true, |stack| [z(stack), stack.channels / groups, step.k]);
        let mixed = self.kernel(false, |stack| [z(stack), stack.condition / mixin_groups, 1]);
        let behind =
            self.kernel(true, |stack| [stack.channels, stack.bottleneck / behind_groups, 1]);
        let skipped = kept.tap.map(|[outputs, groups]| {
            self.kernel(true, |stack| [outputs, stack.bottleneck / groups, 1])
        });
        // A stack with modulations is not slimmed.
        let films =
            kept.films.take(self.weights, kept.condition, |place| kept.modulated(step, place));

        films.add(Place::ConvPre, read);
        let (taps, outputs) = (Taps::causal(step.k, step.dilation), z(kept));
        read.add(&Conv { taps, outputs, groups, has_bias: true, activation: None }, own);
        films.add(Place::ConvPost, read);
        let activation = (step.gate.is_none() && step.activation.slopes().is_none())
            .then(|| step.activation.applied());
        let is_plain = ![Place::MixinPre, Place::MixinPost, Place::ActivationPre]
            .into_iter()
            .any(|place| films.has(place));
        if is_plain {
            read.add(&Mixin { groups: mixin_groups, activation }, mixed);
        } else {
            mix(outputs, mixin_groups, mixed, &films, read);
            films.add(Place::ActivationPre, read);
            if let Some(activation) = activation {
                read.layers.add(&activation);
            }
        }
        activate(step, kept.bottleneck, read);
        films.add(Place::ActivationPost, read);
        match kept.tap.zip(skipped) {
            Some(([outputs, groups], tensors)) if films.has(Place::Head1x1Post) => {
                let frame = read.layers.branch().value;
                pointwise(outputs, groups, true, tensors, read);
                films.add(Place::Head1x1Post, read);
                read.layers.add(&Skip { projection: None });
                read.layers.take(frame);
            }
            Some((projection, tensors)) => {
                read.add(&Skip { projection: Some(projection) }, tensors);
            }
            None => read.layers.add(&Skip { projection: None }),
        }
        pointwise(kept.channels, behind_groups, true, behind, read);
        films.add(Place::Layer1x1Post, read);
    }

    /// The convolution of the sum.
    fn head(&mut self) -> (Head, Tensors) {
        let head = &self.kept.head;
        let tensors = self.kernel(head.bias, |stack| [stack.head.outputs, stack.sum(), head.k]);
        let head = Head {
            taps: head.k,
            dilation: head.dilation,
            outputs: head.outputs,
            has_bias: head.bias,
            activation: None,
        };
        (head, tensors)
    }
}

fn tensor_rank(name: &str) -> usize {
    if name == "bias" { 1 } else { 3 }
}
