//! Convolutions over time that are transposed over the features of a frame.

use super::bias::{self, BIAS};
use super::conv::{GROUPS, OUT, are_split};
use super::features::{
    self, FEATURE_DILATION, FEATURE_K, FEATURE_PADDING, FEATURE_STRIDE, FEATURES,
};
use super::{Applied, Arguments, Convention, Dimension, Key, Kind, Outputs, Shape, Takes, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{Conv2d, Node, Op, Value, Window};
use crate::tensor::{Tensor, kernel_permuted};

pub(super) const CONV_TRANSPOSE2D: Kind = Kind {
    keras: Some("conv2d_transpose"),
    keys: &[
        FEATURES,
        FEATURE_K,
        Key { doc: "the output features per input feature, 1 when left out", ..FEATURE_STRIDE },
        Key { doc: "the channels of each output feature", ..OUT },
        FEATURE_DILATION,
        Key {
            name: "feature_pad",
            doc: "the output features that are cut off before the first, and as many after the last: PyTorch's `padding`",
            takes: Takes::OptionalCount,
            aliases: &["padding"],
        },
        Key {
            name: "feature_output_pad",
            doc: "the output features after the last that are kept nevertheless: PyTorch's `output_padding`",
            takes: Takes::OptionalCount,
            aliases: &["output_padding"],
        },
        GROUPS,
    ],
    flags: &[FEATURE_PADDING, BIAS],
    activations: 1,
    outputs: Outputs::Hidden,
    weights: Weights::Always,
    ..Kind::plain(
        "conv_transpose2d",
        "`conv_transpose2d(features=10, feature_k=4, feature_stride=2, out=8)`: a convolution that is transposed over the features of each frame.",
        lower,
    )
};

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let [features, channels] = features::features(arguments, lower)?;
    let (outputs, groups) = (arguments.count("out")?, arguments.count("groups").unwrap_or(1));
    are_split([("in / features", channels), ("out", outputs)], groups, arguments, lower)?;
    let (positions, cut) = positions(arguments, features, lower)?;
    let conv = Conv2d {
        window: Window::NEWEST,
        features,
        feature_taps: arguments.count("feature_k")?,
        feature_stride: arguments.count("feature_stride").unwrap_or(1),
        feature_dilation: arguments.count("feature_dilation").unwrap_or(1),
        positions,
        feature_zeros: cut,
        channels,
        outputs,
        groups,
        is_transposed: true,
    };
    let has_bias = !arguments.flag("no_bias");
    let activation = arguments.activations.first().copied();
    let mut flags = features::flags(arguments);
    let kept = arguments.count("feature_output_pad");
    flags.extend(kept.map(|kept| format!("feature_output_pad={kept}")));
    flags.extend((groups > 1).then(|| format!("groups={groups}")));
    flags.extend((!has_bias).then(|| "no_bias".to_owned()));
    flags.extend(activation.map(Applied::flag));
    lower.describe(None, None, flags);
    let all = positions.saturating_mul(outputs);
    let node = lower.node(Op::Conv2d(conv), vec![arguments.frame?], all);
    let sums = lower.weighted(Node { has_bias, ..node }, conventions(&conv, has_bias));
    Some(lower.activate(sums, activation))
}

/// The features of the output, and how many are cut off before the first.
fn positions(
    arguments: &Arguments<'_>,
    features: usize,
    lower: &mut Lower<'_>,
) -> Option<(usize, usize)> {
    let stride = arguments.count("feature_stride").unwrap_or(1);
    let dilation = arguments.count("feature_dilation").unwrap_or(1);
    let span = (arguments.count("feature_k")? - 1).saturating_mul(dilation).saturating_add(1);
    let pad = arguments.count("feature_pad").unwrap_or_default();
    let kept = arguments.count("feature_output_pad").unwrap_or_default();
    if arguments.flag("feature_same") {
        if let Some(key) = ["feature_pad", "feature_output_pad"]
            .into_iter()
            .find(|key| arguments.count(key).is_some())
        {
            let message = format!("a layer can have `feature_same` or `{key}`, not both");
            lower.report(&arguments.written(key), format!("{message}\nhelp: remove one of them"));
            return None;
        }
        // Keras cuts what is more than the stride, the smaller half of it before the first.
        return Some((features.saturating_mul(stride), span.saturating_sub(stride) / 2));
    }
    if kept >= stride.max(dilation) {
        let message = format!("`feature_output_pad={kept}` must be below the stride, {stride}");
        lower.report(&arguments.written("feature_output_pad"), message);
        return None;
    }
    let all = (features - 1).saturating_mul(stride).saturating_add(span).saturating_add(kept);
    if let Some(positions) = all.checked_sub(pad.saturating_mul(2)).filter(|left| *left > 0) {
        return Some((positions, pad));
    }
    let message = format!("`feature_pad={pad}` cuts off all of the {all} output features");
    let help = match (all - 1) / 2 {
        0 => "help: remove `feature_pad`".to_owned(),
        most => format!("help: write at most `feature_pad={most}`"),
    };
    lower.report(&arguments.written("feature_pad"), format!("{message}\n{help}"));
    None
}

fn conventions(conv: &Conv2d, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 4]| {
        bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let one = || Dimension::new("1", 1, "feature_k");
    let width = || Dimension::new("feature_k", conv.feature_taps, "feature_k");
    let inputs = || Dimension::new("in/features", conv.channels, "in");
    let name = if conv.groups == 1 { "out" } else { "out/groups" };
    let of_group = Dimension::new(name, conv.outputs / conv.groups, "out");
    let pytorch = convention("weight", [inputs(), of_group.clone(), one(), width()]);
    let groups = conv.groups;
    let pytorch =
        Convention { canonical: Box::new(move |tensors| of_pytorch(tensors, groups)), ..pytorch };
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

/// PyTorch's kernel (inputs of all groups, outputs of a group, 1, width) to (1, width, inputs of a group, outputs of all groups).
fn of_pytorch(mut tensors: Vec<Tensor>, groups: usize) -> Vec<Tensor> {
    if let Some(kernel) = tensors.first_mut()
        && let [inputs, outputs, taps, width] = *kernel.shape.as_slice()
    {
        let of_group = inputs / groups;
        kernel.shape = vec![groups, of_group, outputs, taps, width];
        *kernel = kernel.permuted(&[3, 4, 1, 0, 2]);
        kernel.shape = vec![taps, width, of_group, groups * outputs];
    }
    tensors
}
