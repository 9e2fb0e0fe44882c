//! Layers that multiply and add, channel by channel, and normalisations.

use super::NamedTensor;
use super::layer::{Layer, named, said, unless};
use crate::frontend::keys::{self, kind};
use crate::graph::{GroupNorm, Node};

/// `(x - center) * scale + shift`: a `scale` or a `bias` where that is all, else a `batch_norm` of variance 1.
pub(super) fn affine(node: &Node) -> Result<Layer, String> {
    let channels = [node.channels];
    let names: [(&str, &[usize]); 3] =
        [("moving_mean", &channels), ("gamma", &channels), ("beta", &channels)];
    let [mean, gamma, beta] = <[NamedTensor; 3]>::try_from(named(&names, node)?)
        .map_err(|_| "an affine operation without its three tensors".to_owned())?;
    let all = |tensor: &NamedTensor, value: f64| {
        tensor.numbers.iter().all(|number| (number - value).abs() == 0.0)
    };
    Ok(if all(&mean, 0.0) && all(&beta, 0.0) {
        let scale = NamedTensor { name: "scale", ..gamma };
        Layer::new(kind::SCALE, Vec::new()).with(vec![scale])
    } else if all(&mean, 0.0) && all(&gamma, 1.0) {
        let bias = NamedTensor { name: "bias", ..beta };
        Layer::new(kind::BIAS, Vec::new()).with(vec![bias])
    } else {
        let variance = NamedTensor {
            name: "moving_variance",
            shape: channels.to_vec(),
            numbers: vec![1.0; node.channels],
        };
        let arguments = vec![format!("{}=0.0", keys::EPSILON)];
        Layer::new(kind::BATCH_NORM, arguments).with(vec![gamma, beta, mean, variance])
    })
}

/// A normalisation with a factor and an addend for each channel.
pub(super) fn norm(
    kind: &'static str,
    mut arguments: Vec<String>,
    epsilon: f32,
    node: &Node,
) -> Result<Layer, String> {
    arguments.push(format!("{}={epsilon:?}", keys::EPSILON));
    let channels = [node.tensors.first().map_or(0, |gamma| gamma.numbers.len())];
    Ok(Layer::new(kind, arguments)
        .with(named(&[("gamma", channels.as_slice()), ("beta", &channels)], node)?))
}

pub(super) fn group_norm(of: &GroupNorm, node: &Node) -> Result<Layer, String> {
    let GroupNorm { blocks, features, groups, epsilon, .. } = *of;
    let (kind, arguments) = match (blocks, features, groups) {
        (blocks, 1, 1) if blocks > 1 => (kind::LAYER_NORM, vec![said(keys::FEATURES, blocks)]),
        (1, _, _) => {
            let arguments = [unless(keys::FEATURES, features, 1), unless(keys::GROUPS, groups, 1)];
            (kind::GROUP_NORM, arguments.into_iter().flatten().collect())
        }
        _ => return Err(format!("no layer for `{}`", node.op)),
    };
    norm(kind, arguments, epsilon, node)
}
