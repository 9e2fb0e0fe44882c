//! Convolutions over time and the features of a frame, which lie one after the other, each with its channels.

use super::{Applied, Builder, Convention, Dimension, Shape, Spec, Taps, Wrong, bias, limits};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Node, Op, Value};
use crate::tensor::kernel_permuted;

/// A convolution over time and features. One without `outputs` is of each channel by itself.
pub(crate) struct Conv2d {
    pub(crate) taps: Taps,
    /// Features of a frame.
    pub(crate) features: usize,
    /// Features under the kernel.
    pub(crate) feature_taps: usize,
    /// Features from position to position.
    pub(crate) feature_stride: usize,
    /// Whether zeros stand on both sides of the features, as Keras' `same`.
    pub(crate) is_feature_same: bool,
    /// The channels of each output feature.
    pub(crate) outputs: Option<usize>,
    pub(crate) has_bias: bool,
    pub(crate) activation: Option<Applied>,
}

impl Spec for Conv2d {
    fn kind(&self) -> &'static str {
        if self.outputs.is_some() { kind::CONV2D } else { kind::DEPTHWISE2D }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { taps, features, feature_taps, feature_stride, .. } = *self;
        let Self { outputs, has_bias, activation, .. } = *self;
        let inputs = builder.inputs();
        limits::count(keys::FEATURES, features)?;
        if !inputs.is_multiple_of(features) {
            let text =
                format!("a frame of {inputs} channels cannot be split into {features} features");
            let help =
                "`in` counts all channels of a frame: the channels of a feature times `features`";
            return Err(Wrong::at(keys::FEATURES, Message::new(text).help(help)));
        }
        if let Some(activation) = activation.filter(|activation| !activation.is_of_numbers()) {
            let word = activation.form.word;
            let text = format!(
                "`{word}` as a flag would apply to each feature by itself, which is not served"
            );
            let note = format!("`{word}()` as the next layer applies to the whole frame");
            return Err(Wrong::at(word, Message::new(text).note(note)));
        }
        let (positions, feature_zeros) = self.positions()?;
        let channels = inputs / features;
        let conv = graph::Conv2d {
            window: taps.window()?,
            features,
            feature_taps,
            feature_stride,
            positions,
            feature_zeros,
            channels,
            outputs: outputs.unwrap_or(channels),
            is_depthwise: outputs.is_none(),
        };
        let of = |key, count: usize| format!("{key}={count}");
        let mut flags = vec![of(keys::FEATURES, features), of(keys::FEATURE_K, feature_taps)];
        flags.extend((feature_stride > 1).then(|| of(keys::FEATURE_STRIDE, feature_stride)));
        flags.extend(self.is_feature_same.then(|| keys::FEATURE_SAME.to_owned()));
        flags.extend(taps.flags());
        flags.extend(bias::flag(has_bias));
        flags.extend(activation.map(Applied::flag));
        builder.describe_taps(taps.count, Some(taps.dilation), flags);
        builder.can_be_causal = true;
        let all = positions.saturating_mul(conv.outputs);
        let node = builder.node(Op::Conv2d(conv), vec![builder.frame()], all);
        let sums = builder.weighted(Node { has_bias, ..node }, conventions(&conv, has_bias));
        Ok(builder.activate(sums, activation))
    }
}

impl Conv2d {
    /// The features of the output, and the zeros before the first of the input.
    fn positions(&self) -> Result<(usize, usize), Wrong> {
        let features = self.features;
        let width = limits::count(keys::FEATURE_K, self.feature_taps)?;
        let stride = limits::count(keys::FEATURE_STRIDE, self.feature_stride)?;
        if self.is_feature_same {
            let positions = features.div_ceil(stride);
            let covered = (positions - 1).saturating_mul(stride).saturating_add(width);
            return Ok((positions, covered.saturating_sub(features) / 2));
        }
        if let Some(free) = features.checked_sub(width) {
            return Ok((free / stride + 1, 0));
        }
        let text = format!("`feature_k={width}` is more than the {features} features");
        let help = format!("write at most `feature_k={features}`, or `feature_same`");
        Err(Wrong::at(keys::FEATURE_K, Message::new(text).help(help)))
    }
}

fn conventions(conv: &graph::Conv2d, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 4]| {
        bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let taps = || Dimension::new("k", conv.window.taps, keys::K);
    let width = || Dimension::new("feature_k", conv.feature_taps, keys::FEATURE_K);
    let inputs = || Dimension::new("in/features", conv.channels, keys::IN);
    let outputs = || {
        let (name, outputs) = if conv.is_depthwise { ("1", 1) } else { ("out", conv.outputs) };
        Dimension::new(name, outputs, keys::OUT)
    };
    let keras = convention("kernel", [taps(), width(), inputs(), outputs()]);
    let pytorch = if conv.is_depthwise {
        Convention {
            canonical: Box::new(|tensors| kernel_permuted(tensors, &[2, 3, 0, 1])),
            ..convention("weight", [inputs(), outputs(), taps(), width()])
        }
    } else {
        Convention {
            canonical: Box::new(|tensors| kernel_permuted(tensors, &[2, 3, 1, 0])),
            ..convention("weight", [outputs(), inputs(), taps(), width()])
        }
    };
    vec![keras, pytorch]
}
