//! The `WaveNet` of a file: stacks of layers, whose sums go from one to the next.

use super::activation::{Activation, prelu};
use super::array::Array;
use super::build::{Build, Given};
use super::config::Config;
use super::model::{Channels, Tensors, kernel, nested, no_bias};
use super::stack::{Stack, Step};
use super::{Result, slim};
use crate::frontend::ast::Choice;
use crate::tensor::Tensor;

/// Adds its layers:
///
/// ```text
/// conditioned < skips <
///     dense(…, no_bias);
///     residual < conv(…, causal); mixin(tanh); skip(); dense(…) >; …
///     head(…); …
/// > >; conv(…, causal); scale()
/// ```
pub(super) fn build(
    model: &Config<'_>,
    config: &Config<'_>,
    slim: Option<&Choice>,
    weights: &mut Array,
    build: &mut Build,
) -> Result<Channels> {
    let arrays = config.objects("layers")?;
    let full = arrays.iter().map(Stack::of).collect::<Result<Vec<_>>>()?;
    let kept = match slim {
        Some(slim) => slim::stacks(model, &arrays, &full, slim)?,
        None => full.clone(),
    };
    let inputs = config.count_or("in_channels", 1)?;
    let condition = condition(config, inputs, build)?;
    check(&arrays, &full, [inputs, condition.unwrap_or(inputs)])?;
    build.open();
    build.open();
    let mut last = None;
    for (place, (full, kept)) in full.iter().zip(&kept).enumerate() {
        let mut cut = Cut { weights, full, kept };
        cut.stack(place == 0, build);
        let (mut arguments, tensors) = cut.head();
        if place + 1 < arrays.len() {
            build.weighted("head", arguments, tensors);
        } else {
            arguments.push(Given::Flag("causal"));
            last = Some((arguments, tensors, kept.head.outputs));
        }
    }
    build.close("skips", 1);
    build.close("conditioned", if condition.is_some() { 2 } else { 1 });
    let Some((arguments, tensors, outputs)) = last else {
        return Err(config.refuse("layers", "is empty"));
    };
    build.weighted("conv", arguments, tensors);
    let behind = behind(config, outputs, weights)?;
    // The file's last number, whatever `head_scale` says.
    let scale = Tensor { shape: vec![outputs], numbers: vec![weights.number(); outputs] };
    build.weighted("scale", Vec::new(), vec![("scale", scale)]);
    let mut channels = Channels { inputs, outputs };
    for (activation, outputs, arguments, tensors) in behind {
        activation.build(build);
        build.weighted("conv", arguments, tensors);
        channels.outputs = outputs;
    }
    Ok(channels)
}

/// Adds the model whose answer is the condition, as a branch of its own, where there is one. Gives its channels.
fn condition(config: &Config<'_>, inputs: usize, build: &mut Build) -> Result<Option<usize>> {
    const KEY: &str = "condition_dsp";
    if config.find(KEY).is_none() {
        return Ok(None);
    }
    build.open();
    let given = nested(&config.object(KEY)?, build)?;
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

/// A convolution behind an activation, and how many channels it gives.
type Behind = (Activation, usize, Vec<Given>, Tensors);

/// The convolutions behind the scale.
fn behind(config: &Config<'_>, mut inputs: usize, weights: &mut Array) -> Result<Vec<Behind>> {
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
        let arguments =
            vec![Given::Count("k", k), Given::Count("out", outputs), Given::Flag("causal")];
        let activation = Activation::of(&head, "activation", activation, inputs)?;
        inputs = outputs;
        Ok((activation, outputs, arguments, tensors))
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

    /// The layers, of which the first of all says its input.
    fn stack(&mut self, is_first: bool, build: &mut Build) {
        let kept = self.kept;
        let tensors = self.kernel(false, |stack| [stack.channels, stack.inputs, 1]);
        let mut arguments = Vec::new();
        arguments.extend(is_first.then_some(Given::Count("in", kept.inputs)));
        arguments.extend([Given::Count("out", kept.channels), Given::Flag("no_bias")]);
        build.weighted("dense", arguments, tensors);
        for step in &kept.steps {
            build.open();
            self.step(step, build);
            build.close("residual", 1);
        }
    }

    /// The layers of a block.
    fn step(&mut self, step: &Step, build: &mut Build) {
        let kept = self.kept;
        let [groups, mixin_groups, behind_groups] = kept.groups;
        let z = |stack: &Stack| step.channels(stack.bottleneck);
        let tensors = self.kernel(true, |stack| [z(stack), stack.channels / groups, step.k]);
        let mut arguments = vec![Given::Count("k", step.k), Given::Count("out", z(kept))];
        arguments.push(Given::Count("dilation", step.dilation));
        arguments.extend(grouped(groups));
        arguments.push(Given::Flag("causal"));
        build.weighted("conv", arguments, tensors);
        let tensors = self.kernel(false, |stack| [z(stack), stack.condition / mixin_groups, 1]);
        let activation = (step.gate.is_none() && step.activation.slopes().is_none())
            .then(|| step.activation.flag());
        build.weighted(
            "mixin",
            grouped(mixin_groups).into_iter().chain(activation).collect(),
            tensors,
        );
        activate(step, kept.bottleneck, build);
        let behind =
            self.kernel(true, |stack| [stack.channels, stack.bottleneck / behind_groups, 1]);
        match kept.tap {
            Some([outputs, groups]) => {
                let tensors = self.kernel(true, |stack| [outputs, stack.bottleneck / groups, 1]);
                let arguments = [Given::Count("out", outputs)].into_iter().chain(grouped(groups));
                build.weighted("skip", arguments.collect(), tensors);
            }
            None => build.layer("skip", Vec::new()),
        }
        let out = Given::Count("out", kept.channels);
        match grouped(behind_groups) {
            Some(groups) => build.weighted("conv", vec![Given::Count("k", 1), out, groups], behind),
            None => build.weighted("dense", vec![out], behind),
        }
    }

    /// The convolution of the sum.
    fn head(&mut self) -> (Vec<Given>, Tensors) {
        let head = &self.kept.head;
        let tensors = self.kernel(head.bias, |stack| [stack.head.outputs, stack.sum(), head.k]);
        let mut arguments = vec![Given::Count("k", head.k), Given::Count("out", head.outputs)];
        arguments.extend((head.dilation > 1).then_some(Given::Count("dilation", head.dilation)));
        arguments.extend(no_bias(head.bias));
        (arguments, tensors)
    }
}

/// The layers that a mixin's flag is not enough for.
fn activate(step: &Step, bottleneck: usize, build: &mut Build) {
    let ones = || vec![1.0; bottleneck];
    match (&step.gate, step.activation.slopes()) {
        (None, None) => {}
        (None, Some(slopes)) => prelu(slopes.to_vec(), build),
        (Some((kind, second)), slopes) => {
            // A slope of 1 leaves a channel as it is.
            if slopes.is_some() || second.slopes().is_some() {
                let own = |slopes: Option<&[f64]>| slopes.map_or_else(ones, <[f64]>::to_vec);
                prelu([own(slopes), own(second.slopes())].concat(), build);
            }
            build.layer(kind, vec![step.activation.flag(), second.flag()]);
        }
    }
}

fn grouped(groups: usize) -> Option<Given> {
    (groups > 1).then_some(Given::Count("groups", groups))
}

fn tensor_rank(name: &str) -> usize {
    if name == "bias" { 1 } else { 3 }
}
