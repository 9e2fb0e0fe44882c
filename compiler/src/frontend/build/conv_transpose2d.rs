//! Convolutions over time that are transposed over the features of a frame.

use super::conv::are_split;
use super::conv2d::of_numbers;
use super::features::{self, FeaturePadding, FeatureTaps};
use super::{Applied, Builder, Convention, Dimension, Shape, Spec, Wrong, bias, limits};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Node, Op, Value, Window};
use crate::tensor::{Tensor, kernel_permuted};

/// A convolution that is transposed over the features of each frame.
pub(crate) struct ConvTranspose2d {
    /// Features of a frame.
    pub(crate) features: usize,
    /// Its stride is the output features per input feature, and its places are output features that are cut off.
    pub(crate) feature_taps: FeatureTaps,
    /// The output features after the last that are kept nevertheless.
    pub(crate) kept: usize,
    /// The channels of each output feature.
    pub(crate) outputs: usize,
    pub(crate) groups: usize,
    pub(crate) has_bias: bool,
    pub(crate) activation: Option<Applied>,
}

impl Spec for ConvTranspose2d {
    fn kind(&self) -> &'static str {
        kind::CONV_TRANSPOSE2D
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { features, feature_taps, groups, has_bias, activation, .. } = *self;
        let outputs = limits::count(keys::OUT, self.outputs)?;
        let channels = features::channels(features, builder)?;
        of_numbers(activation)?;
        are_split([("in / features", channels), (keys::OUT, outputs)], groups)?;
        let (positions, cut) = self.positions()?;
        let conv = graph::Conv2d {
            window: Window::NEWEST,
            features,
            feature_taps: feature_taps.count,
            feature_stride: feature_taps.stride,
            feature_dilation: feature_taps.dilation,
            positions,
            feature_zeros: cut,
            channels,
            outputs,
            groups,
            is_transposed: true,
        };
        let mut flags = feature_taps.flags(features, 1);
        let kept = self.kept;
        flags.extend((kept > 0).then(|| format!("{}={kept}", keys::FEATURE_OUTPUT_PAD)));
        flags.extend((groups > 1).then(|| format!("{}={groups}", keys::GROUPS)));
        flags.extend(bias::flag(has_bias));
        flags.extend(activation.map(Applied::flag));
        builder.describe(flags);
        let all = positions.saturating_mul(outputs);
        let node = builder.node(Op::Conv2d(conv), vec![builder.frame()], all);
        let sums = builder.weighted(Node { has_bias, ..node }, conventions(&conv, has_bias));
        Ok(builder.activate(sums, activation))
    }
}

impl ConvTranspose2d {
    /// The features of the output, and how many are cut off before the first.
    fn positions(&self) -> Result<(usize, usize), Wrong> {
        let Self { features, feature_taps, kept, .. } = *self;
        let (span, dilation) = (feature_taps.span()?, feature_taps.dilation);
        let stride = limits::count(keys::FEATURE_STRIDE, feature_taps.stride)?;
        let pad = match feature_taps.padding {
            FeaturePadding::Places(pad) => pad,
            // Keras cuts what is more than the stride, the smaller half of it before the first.
            FeaturePadding::Same => {
                return Ok((features.saturating_mul(stride), span.saturating_sub(stride) / 2));
            }
        };
        if kept >= stride.max(dilation) {
            let text = format!("`feature_output_pad={kept}` must be below the stride, {stride}");
            return Err(Wrong::at(keys::FEATURE_OUTPUT_PAD, text));
        }
        let all = (features - 1).saturating_mul(stride).saturating_add(span).saturating_add(kept);
        if let Some(positions) = all.checked_sub(pad.saturating_mul(2)).filter(|left| *left > 0) {
            return Ok((positions, pad));
        }
        let text = format!("`feature_pad={pad}` cuts off all of the {all} output features");
        let help = match (all - 1) / 2 {
            0 => "remove `feature_pad`".to_owned(),
            most => format!("write at most `feature_pad={most}`"),
        };
        Err(Wrong::at(keys::FEATURE_PAD, Message::new(text).help(help)))
    }
}

fn conventions(conv: &graph::Conv2d, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 4]| {
        bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let one = || Dimension::new("1", 1, keys::FEATURE_K);
    let width = || Dimension::new("feature_k", conv.feature_taps, keys::FEATURE_K);
    let inputs = || Dimension::new("in/features", conv.channels, keys::IN);
    let name = if conv.groups == 1 { "out" } else { "out/groups" };
    let of_group = Dimension::new(name, conv.outputs / conv.groups, keys::OUT);
    let pytorch = convention("weight", [inputs(), of_group.clone(), one(), width()]);
    let groups = conv.groups;
    let pytorch = Convention {
        canonical: Box::new(move |mut tensors| {
            if let Some(kernel) = tensors.first_mut() {
                of_pytorch(kernel, groups);
            }
            tensors
        }),
        ..pytorch
    };
    if groups > 1 {
        // Keras has no groups here.
        return vec![pytorch];
    }
    let keras = Convention {
        canonical: Box::new(|tensors| kernel_permuted(tensors, &[0, 1, 3, 2])),
        ..convention("kernel", [one(), width(), of_group, inputs()])
    };
    vec![keras, pytorch]
}

/// PyTorch's (groups * inputs of a group, outputs of a group, …) to (…, inputs of a group, all outputs).
fn of_pytorch(kernel: &mut Tensor, groups: usize) {
    let [inputs, outputs, rest @ ..] = kernel.shape.as_slice() else { return };
    kernel.shape = [&[groups, inputs / groups, *outputs], rest].concat();
    *kernel = kernel.permuted(&[3, 4, 1, 0, 2]);
    if let [one, width, inputs, groups, outputs] = *kernel.shape.as_slice() {
        kernel.shape = vec![one, width, inputs, groups * outputs];
    }
}
