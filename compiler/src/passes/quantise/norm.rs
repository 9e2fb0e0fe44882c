//! Normalisation of each frame.

use crate::errors::Message;
use crate::graph::{Graph, GroupNorm, Node, Op};
use crate::integers::Norm;
use crate::numbers::real;
use crate::tensor::Tensor;

/// Numbers of a group, at most: the sums of that many fit.
const MOST: usize = 16384;

/// Takes gamma and beta out of normalisations: an affine operation behind each, which may fold into the next convolution. The
/// range of normalised numbers is known then.
pub(crate) fn split(graph: &mut Graph) {
    // From the last on: what is inserted moves those behind it.
    for value in graph.values().rev() {
        let channels = match &graph[value].op {
            Op::LayerNorm { .. } => graph[value].channels,
            Op::GroupNorm(norm) => norm.channels,
            _ => continue,
        };
        let node = &mut graph[value];
        let (all, clock, layer) = (node.channels, node.clock, node.layer);
        let of =
            |number: f64, count: usize| Tensor { shape: vec![count], numbers: vec![number; count] };
        let plain = vec![of(1.0, channels), of(0.0, channels)];
        let repeated = |tensor: &Tensor| {
            let numbers = tensor.numbers.iter().copied().cycle().take(all).collect();
            Tensor { shape: vec![all], numbers }
        };
        // There are none while limits are checked.
        let tensors = match node.tensors.as_slice() {
            [gamma, beta]
                if gamma.numbers.iter().all(|x| *x - 1.0 == 0.0)
                    && beta.numbers.iter().all(|x| *x == 0.0) =>
            {
                continue;
            }
            [gamma, beta] => {
                let tensors = vec![of(0.0, all), repeated(gamma), repeated(beta)];
                node.tensors = plain;
                tensors
            }
            _ => Vec::new(),
        };
        let affine = Op::Affine { is_centred: false };
        let affine =
            Node { clock, tensors, has_bias: true, ..Node::new(affine, vec![value], all, layer) };
        graph.insert(value, affine, |_, _| false);
    }
}

/// The integers of a normalisation, of numbers of the scale `input` to those of `output`.
pub(super) fn of(node: &Node, input: f64, output: f64) -> Result<Norm, Message> {
    let (features, channels, groups, epsilon) = match &node.op {
        Op::GroupNorm(GroupNorm { features, channels, groups, epsilon, .. }) => {
            (*features, *channels, *groups, *epsilon)
        }
        Op::LayerNorm { epsilon } => (1, node.channels, 1, *epsilon),
        _ => return Err("is no normalisation".into()),
    };
    let count = features * (channels / groups.max(1));
    let is_short = |count: usize| u16::try_from(count).is_ok();
    if count > MOST || ![features, channels, groups].into_iter().all(is_short) {
        return Err(Message::new(format!("normalises more than {MOST} numbers")));
    }
    let of_count = real(count) * real(count);
    let epsilon = (f64::from(epsilon) * of_count / (input * input)).round().max(1.0);
    // 1 in steps of the output.
    let one = 1.0 / output;
    let shift = (0..=34).find(|shift: &i32| one * f64::from(*shift).exp2() >= 2_147_483_648.0);
    let shift = shift.and_then(|shift| u32::try_from(shift).ok());
    let shift =
        shift.filter(|shift| *shift >= Norm::spread(count) + 4 && epsilon < 2.0_f64.powi(62));
    let shift = shift.ok_or("normalises numbers that hardly differ")?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range")]
    let (multiplier, epsilon) = ((one * f64::from(shift).exp2()).round() as u64, epsilon as u64);
    let multiplier = u32::try_from(multiplier).unwrap_or(u32::MAX);
    Ok(Norm { features, channels, groups, epsilon, multiplier, shift })
}
