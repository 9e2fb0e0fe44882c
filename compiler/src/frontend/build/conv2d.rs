//! Convolutions over time and the features of a frame, which lie one after the other, each with its channels.

use super::conv::are_split;
use super::features::{self, FeatureTaps};
use super::{Applied, Builder, Convention, Dimension, Shape, Spec, Taps, Wrong, bias, limits};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Node, Op, Value};
use crate::tensor::kernel_permuted;

/// A convolution over time and features.
pub(crate) struct Conv2d {
    pub(crate) taps: Taps,
    /// Features of a frame.
    pub(crate) features: usize,
    pub(crate) feature_taps: FeatureTaps,
    pub(crate) channels: Channels,
    pub(crate) has_bias: bool,
    pub(crate) activation: Option<Applied>,
}

/// Which channels of a feature an output sees, and the channels of each output feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Channels {
    /// Those of its group.
    Groups { outputs: usize, groups: usize },
    /// One. There are as many outputs as channels, where it is not said.
    Depthwise { outputs: Option<usize> },
}

impl Spec for Conv2d {
    fn kind(&self) -> &'static str {
        match self.channels {
            Channels::Groups { .. } => kind::CONV2D,
            Channels::Depthwise { .. } => kind::DEPTHWISE2D,
        }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { taps, features, feature_taps, has_bias, activation, .. } = *self;
        let channels = features::channels(features, builder)?;
        of_numbers(activation)?;
        let is_depthwise = matches!(self.channels, Channels::Depthwise { .. });
        let (outputs, groups) = match self.channels {
            Channels::Depthwise { outputs } => (multiple(outputs, channels)?, channels),
            Channels::Groups { outputs, groups } => {
                are_split([("in / features", channels), (keys::OUT, outputs)], groups)?;
                (limits::count(keys::OUT, outputs)?, groups)
            }
        };
        let positions = feature_taps.positions(features)?;
        let conv = graph::Conv2d {
            window: taps.window()?,
            features,
            feature_taps: feature_taps.count,
            feature_stride: feature_taps.stride,
            feature_dilation: feature_taps.dilation,
            positions: positions.count,
            feature_zeros: positions.zeros,
            channels,
            outputs,
            groups,
            is_transposed: false,
        };
        let mut flags = feature_taps.flags(features, 1);
        flags.extend((groups > 1 && !is_depthwise).then(|| format!("{}={groups}", keys::GROUPS)));
        flags.extend(taps.flags());
        flags.extend(bias::flag(has_bias));
        flags.extend(activation.map(Applied::flag));
        builder.describe_taps(taps.count, Some(taps.dilation), flags);
        builder.can_be_causal = true;
        let all = conv.positions.saturating_mul(outputs);
        let node = builder.node(Op::Conv2d(conv), vec![builder.frame()], all);
        let conventions = conventions(&conv, is_depthwise, has_bias);
        let sums = builder.weighted(Node { has_bias, ..node }, conventions);
        Ok(builder.activate(sums, activation))
    }
}

/// Whether an activation behind a layer with features is of each number by itself.
pub(super) fn of_numbers(activation: Option<Applied>) -> Result<(), Wrong> {
    let Some(activation) = activation.filter(|activation| !activation.is_of_numbers()) else {
        return Ok(());
    };
    let word = activation.form.word;
    let text =
        format!("`{word}` as a flag would apply to each feature by itself, which is not served");
    let note = format!("`{word}()` as the next layer applies to the whole frame");
    Err(Wrong::at(word, Message::new(text).note(note)))
}

/// The outputs of a depthwise convolution: a multiple of its channels.
fn multiple(outputs: Option<usize>, channels: usize) -> Result<usize, Wrong> {
    let outputs = limits::count(keys::OUT, outputs.unwrap_or(channels))?;
    if outputs.is_multiple_of(channels) {
        return Ok(outputs);
    }
    let help = match outputs.checked_div(channels).unwrap_or_default() * channels {
        0 => format!("write `out={channels}`"),
        below => format!("write `out={below}` or `out={}`", below + channels),
    };
    let text = format!("`out={outputs}` is not a multiple of the {channels} channels of a feature");
    Err(Wrong::at(keys::OUT, Message::new(text).help(help)))
}

fn conventions(conv: &graph::Conv2d, is_depthwise: bool, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 4]| {
        bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let taps = || Dimension::new("k", conv.window.taps, keys::K);
    let width = || Dimension::new("feature_k", conv.feature_taps, keys::FEATURE_K);
    // Keras has a multiplier in the last place: the same numbers in the same order.
    let (keras, [of_group, outputs]) = if is_depthwise {
        let multiplier = conv.outputs / conv.channels;
        let inputs = Dimension::new("in/features", conv.channels, keys::IN);
        let name = if multiplier == 1 { "1" } else { "out*features/in" };
        let keras = [taps(), width(), inputs.clone(), Dimension::new(name, multiplier, keys::OUT)];
        // PyTorch has a group for each channel.
        let all = Dimension { name: if multiplier == 1 { inputs.name } else { "out" }, ..inputs };
        let all = Dimension { length: conv.outputs, ..all };
        (keras, [Dimension::new("1", 1, keys::OUT), all])
    } else {
        let name = if conv.groups == 1 { "in/features" } else { "in/features/groups" };
        let of_group = Dimension::new(name, conv.channels / conv.groups, keys::IN);
        let outputs = Dimension::new("out", conv.outputs, keys::OUT);
        ([taps(), width(), of_group.clone(), outputs.clone()], [of_group, outputs])
    };
    let pytorch = [outputs, of_group, taps(), width()];
    let pytorch = Convention {
        canonical: Box::new(|tensors| kernel_permuted(tensors, &[2, 3, 1, 0])),
        ..convention("weight", pytorch)
    };
    vec![convention("kernel", keras), pytorch]
}
