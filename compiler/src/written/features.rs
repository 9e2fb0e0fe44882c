//! Layers of frames that have features.

use super::NamedTensor;
use super::layer::{Layer, kernel, no_bias, said, taps, unless};
use crate::frontend::keys::{self, kind};
use crate::graph::{Conv2d, FeaturePool, FeatureReduction, Node};
use crate::tensor::Tensor;

pub(super) fn conv2d(conv: &Conv2d, node: &Node) -> Result<Layer, String> {
    let Conv2d { features, feature_taps, feature_stride, feature_dilation, .. } = *conv;
    let common = |arguments: &mut Vec<String>| {
        arguments.extend([said(keys::FEATURES, features), said(keys::FEATURE_K, feature_taps)]);
        arguments.push(said(keys::OUT, conv.outputs));
        arguments.extend(unless(keys::FEATURE_STRIDE, feature_stride, 1));
        arguments.extend(unless(keys::FEATURE_DILATION, feature_dilation, 1));
    };
    let span = feature_taps.saturating_sub(1) * feature_dilation + 1;
    let mut arguments = Vec::new();
    if conv.is_transposed {
        common(&mut arguments);
        arguments.extend(cut(conv, span)?);
    } else {
        arguments = taps(keys::K, conv.window)?;
        common(&mut arguments);
        let places = [conv.feature_zeros, conv.positions];
        arguments.extend(padding(features, span, feature_stride, places)?);
    }
    arguments.extend(unless(keys::GROUPS, conv.groups, 1));
    arguments.extend(no_bias(node));
    let tensors = kernel(&conv.kernel(), conv.outputs, node)?;
    Ok(if conv.is_transposed {
        Layer::new(kind::CONV_TRANSPOSE2D, arguments).with(transposed(conv, tensors))
    } else {
        Layer::new(kind::CONV2D, arguments).with(tensors)
    })
}

/// The padding by which a window over features has so many zeros before the first one, and so many positions.
fn padding(
    features: usize,
    span: usize,
    stride: usize,
    [zeros, positions]: [usize; 2],
) -> Result<Option<String>, String> {
    let padded = features + 2 * zeros;
    if padded >= span && (padded - span) / stride + 1 == positions {
        return Ok(unless(keys::FEATURE_PAD, zeros, 0));
    }
    if positions == features.div_ceil(stride) {
        return Ok(Some(keys::FEATURE_SAME.to_owned()));
    }
    Err("the zeros before and behind the features differ, which no layer has".to_owned())
}

/// The keys for what a transposed convolution cuts off.
fn cut(conv: &Conv2d, span: usize) -> Result<Vec<String>, String> {
    let Conv2d { features, feature_stride, feature_zeros: zeros, positions, .. } = *conv;
    let all = features.saturating_sub(1) * feature_stride + span;
    if let Some(kept) = (positions + 2 * zeros).checked_sub(all) {
        let keys = [unless(keys::FEATURE_PAD, zeros, 0), unless(keys::FEATURE_OUTPUT_PAD, kept, 0)];
        return Ok(keys.into_iter().flatten().collect());
    }
    if positions == features * feature_stride && zeros == span.saturating_sub(feature_stride) / 2 {
        return Ok(vec![keys::FEATURE_SAME.to_owned()]);
    }
    Err("a transposed convolution cuts off what no layer does".to_owned())
}

/// The kernel in the order of a weights file: Keras', or, where there are groups, PyTorch's.
fn transposed(conv: &Conv2d, mut tensors: Vec<NamedTensor>) -> Vec<NamedTensor> {
    let [one, width, inputs, outputs] = conv.kernel();
    let groups = conv.groups.max(1);
    if let Some(kernel) = tensors.first_mut() {
        let numbers = std::mem::take(&mut kernel.numbers);
        let shape = vec![one, width, inputs, groups, outputs / groups];
        let whole = Tensor { shape, numbers };
        if groups == 1 {
            kernel.numbers = whole.permuted(&[0, 1, 3, 4, 2]).numbers;
            kernel.shape = vec![one, width, outputs, inputs];
        } else {
            kernel.name = "weight";
            kernel.numbers = whole.permuted(&[3, 2, 4, 0, 1]).numbers;
            kernel.shape = vec![groups * inputs, outputs / groups, one, width];
        }
    }
    tensors
}

pub(super) fn pool(pool: &FeaturePool) -> Result<Layer, String> {
    let FeaturePool { reduction, features, channels, taps, stride, zeros, positions, .. } = *pool;
    let (reduces, pools) = match reduction {
        FeatureReduction::Max => (kind::REDUCE_MAX, Some(kind::MAX_POOL2D)),
        FeatureReduction::Mean => (kind::REDUCE_MEAN, Some(kind::AVG_POOL2D)),
        FeatureReduction::Min => (kind::REDUCE_MIN, None),
        FeatureReduction::Sum => (kind::REDUCE_SUM, None),
    };
    let are_blocks = zeros == 0 && taps == stride && taps * positions == features;
    if are_blocks && positions == 1 {
        let over = (channels > 1).then(|| said(keys::FEATURES, features));
        return Ok(Layer::new(reduces, over.into_iter().collect()));
    }
    if are_blocks && channels == 1 {
        let arguments = vec![said(keys::FEATURES, positions), keys::OVER_CHANNELS.to_owned()];
        return Ok(Layer::new(reduces, arguments));
    }
    let Some(kind) = pools else {
        return Err(format!("no layer for `{}`", crate::graph::Op::PoolFeatures(*pool)));
    };
    let mut arguments = vec![said(keys::K, 1), said(keys::FEATURES, features)];
    arguments.extend([said(keys::FEATURE_K, taps), said(keys::FEATURE_STRIDE, stride)]);
    arguments.extend(padding(features, taps, stride, [zeros, positions])?);
    arguments.extend(pool.counts_padding.then(|| keys::COUNT_INCLUDE_PAD.to_owned()));
    Ok(Layer::new(kind, arguments))
}
