//! Convolutions over time.

use super::{Applied, Builder, Convention, Dimension, Shape, Spec, Taps, Wrong, bias, limits};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Node, Op, Value, Window};
use crate::tensor::{Tensor, kernel_permuted};

/// A convolution: output group `g` reads only input group `g`.
pub(crate) struct Conv {
    pub(crate) taps: Taps,
    pub(crate) outputs: usize,
    pub(crate) groups: usize,
    pub(crate) has_bias: bool,
    pub(crate) activation: Option<Applied>,
}

/// A convolution with as many groups as channels.
pub(crate) struct Depthwise {
    pub(crate) taps: Taps,
    /// As many as the channels, where there is none.
    pub(crate) outputs: Option<usize>,
    pub(crate) has_bias: bool,
    pub(crate) activation: Option<Applied>,
}

/// A convolution with one tap.
pub(crate) struct Dense {
    pub(crate) outputs: usize,
    pub(crate) has_bias: bool,
    pub(crate) activation: Option<Applied>,
}

impl Spec for Conv {
    fn kind(&self) -> &'static str {
        kind::CONV
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        are_split([(keys::IN, builder.inputs()), (keys::OUT, self.outputs)], self.groups)?;
        builder.can_be_causal = true;
        add(self, self.groups, None, builder)
    }
}

impl Spec for Depthwise {
    fn kind(&self) -> &'static str {
        kind::DEPTHWISE
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let inputs = builder.inputs();
        let outputs = self.outputs.unwrap_or(inputs);
        if !outputs.is_multiple_of(inputs) {
            let below = outputs.checked_div(inputs).unwrap_or_default() * inputs;
            let help = match below {
                0 => format!("write `out={inputs}`"),
                _ => format!("write `out={below}` or `out={}`", below + inputs),
            };
            let text = format!("`out={outputs}` is not a multiple of the {inputs} input channels");
            return Err(Wrong::at(keys::OUT, Message::new(text).help(help)));
        }
        let Self { taps, has_bias, activation, .. } = *self;
        let conv = Conv { taps, outputs, groups: inputs, has_bias, activation };
        // Keras' DepthwiseConv1D saves (k, in, multiplier): the same numbers in the same order.
        let also = vec![taps.count, inputs, outputs.checked_div(inputs).unwrap_or_default()];
        builder.can_be_causal = true;
        add(&conv, inputs, Some(also), builder)
    }
}

impl Spec for Dense {
    fn kind(&self) -> &'static str {
        kind::DENSE
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { outputs, has_bias, activation } = *self;
        let conv = Conv { taps: Taps::NEWEST, outputs, groups: 1, has_bias, activation };
        // Keras' Dense saves (in, out).
        let also = vec![builder.inputs(), outputs];
        add(&conv, 1, Some(also), builder)
    }
}

/// Whether `groups` divide what a layer takes and what it gives.
pub(super) fn are_split(channels: [(&str, usize); 2], groups: usize) -> Result<(), Wrong> {
    limits::count(keys::GROUPS, groups)?;
    let Some((key, count)) = channels.iter().find(|(_, count)| !count.is_multiple_of(groups))
    else {
        return Ok(());
    };
    let text = format!("`{key}={count}` cannot be split into {groups} groups");
    let [(one, inputs), (other, outputs)] = channels;
    let help = format!("`groups` must divide both `{one}={inputs}` and `{other}={outputs}`");
    Err(Wrong::at(keys::GROUPS, Message::new(text).help(help)))
}

/// What the kinds have in common. `also` is another shape that Keras' kernel may have.
fn add(
    conv: &Conv,
    groups: usize,
    also: Option<Vec<usize>>,
    builder: &mut Builder,
) -> Result<Value, Wrong> {
    let Conv { taps, has_bias, activation, .. } = *conv;
    let outputs = limits::count(keys::OUT, conv.outputs)?;
    let op = graph::Conv { window: taps.window()?, inputs: builder.inputs(), outputs, groups };
    let flags = flags(taps, groups, has_bias, activation);
    builder.describe_taps(taps.count, Some(taps.dilation), flags);
    let sums = convolution(builder.frame(), op, has_bias, also, builder);
    Ok(builder.activate(sums, activation))
}

/// The flags of a convolution, as a user would write them.
pub(super) fn flags(
    taps: Taps,
    groups: usize,
    has_bias: bool,
    activation: Option<Applied>,
) -> Vec<String> {
    let mut flags = taps.flags();
    if groups > 1 {
        flags.push(format!("{}={groups}", keys::GROUPS));
    }
    flags.extend(bias::flag(has_bias));
    flags.extend(activation.map(Applied::flag));
    flags
}

/// Adds a convolution of `frame` to the graph, whose weights are the layer's.
pub(super) fn convolution(
    frame: Value,
    conv: graph::Conv,
    has_bias: bool,
    also: Option<Vec<usize>>,
    builder: &mut Builder,
) -> Value {
    let node = Node { has_bias, ..builder.node(Op::Conv(conv), vec![frame], conv.outputs) };
    builder.weighted(node, conventions(&conv, has_bias, also))
}

/// A convolution of one tap, at every push.
pub(super) fn pointwise(inputs: usize, outputs: usize, groups: usize) -> graph::Conv {
    graph::Conv { window: Window::NEWEST, inputs, outputs, groups }
}

/// Adds a convolution of one tap to the graph. Dense layers, which have no groups, are saved as (in, out).
pub(super) fn projection(
    frame: Value,
    conv: graph::Conv,
    has_bias: bool,
    builder: &mut Builder,
) -> Value {
    let also = (conv.groups == 1).then(|| vec![conv.inputs, conv.outputs]);
    convolution(frame, conv, has_bias, also, builder)
}

fn conventions(conv: &graph::Conv, has_bias: bool, also: Option<Vec<usize>>) -> Vec<Convention> {
    let dimensions = || {
        let inputs = if conv.groups == 1 { "in" } else { "in/groups" };
        vec![
            Dimension::new("k", conv.window.taps, keys::K),
            Dimension::new(inputs, conv.inputs / conv.groups, keys::IN),
            Dimension::new("out", conv.outputs, keys::OUT),
        ]
    };
    let is_linear = conv.window.taps == 1 && conv.groups == 1;
    let linear = is_linear.then(|| vec![conv.outputs, conv.inputs]);
    let bias = has_bias.then_some(conv.outputs);
    let keras = Shape { also, ..Shape::new("kernel", dimensions()) };
    let pytorch = dimensions().into_iter().rev().collect();
    let pytorch = Shape { also: linear, ..Shape::new("weight", pytorch) };
    let [keras, pytorch] = [keras, pytorch].map(|kernel| bias::convention(kernel, bias));
    vec![keras, Convention { canonical: Box::new(of_pytorch), ..pytorch }]
}

/// PyTorch's (out, in, k) or (out, in) to Keras' (k, in, out) or (in, out).
fn of_pytorch(tensors: Vec<Tensor>) -> Vec<Tensor> {
    let dimensions = tensors.first().map_or(0, |kernel| kernel.shape.len());
    kernel_permuted(tensors, &(0..dimensions).rev().collect::<Vec<_>>())
}
