//! What a node costs: multiply-accumulates, weights, frames that it keeps.

use super::{Graph, Layer, LayerId, Node, Op, Value};

impl Node {
    /// Multiply-accumulates of one output.
    fn macs_of_one(&self) -> usize {
        let product = |factors: &[usize]| factors.iter().copied().fold(1, usize::saturating_mul);
        match &self.op {
            Op::Conv(conv) => product(&[conv.window.taps, conv.inputs / conv.groups, conv.outputs]),
            Op::Conv2d(conv) if conv.is_transposed => {
                product(&conv.kernel()).saturating_mul(conv.features)
            }
            Op::Conv2d(conv) => product(&conv.kernel()).saturating_mul(conv.positions),
            Op::ConvTranspose(conv) => product(&[conv.taps, conv.inputs, conv.outputs]),
            Op::Recurrent(cell) => {
                let columns = product(&[cell.gates().len(), cell.units]);
                cell.inputs.saturating_add(cell.units).saturating_mul(columns)
            }
            Op::Affine { .. } => self.channels,
            // Deviations, their squares, and the product and sum in the end.
            Op::LayerNorm { .. } | Op::GroupNorm(_) => self.channels.saturating_mul(3),
            Op::Input
            | Op::Unknown
            | Op::Pool(_)
            | Op::PoolFeatures(_)
            | Op::Mean { .. }
            | Op::Newest { .. }
            | Op::Delay(_)
            | Op::Crop { .. }
            | Op::Round
            | Op::Extend
            | Op::Upsample { .. }
            | Op::Split { .. }
            | Op::Prelu
            | Op::Map(_)
            | Op::Softmax { .. }
            | Op::Add { .. }
            | Op::Multiply
            | Op::Binary(_)
            | Op::Blend
            | Op::Concat
            | Op::Slice { .. }
            | Op::Gather { .. } => 0,
        }
    }

    /// The numbers of its `static`, where a bias is among them if `has_bias`.
    pub(crate) fn weight_count(&self) -> usize {
        let bias = |outputs: usize| if self.has_bias { outputs } else { 0 };
        match &self.op {
            Op::Conv(conv) => self.macs_of_one().saturating_add(bias(conv.outputs)),
            Op::ConvTranspose(conv) => self.macs_of_one().saturating_add(bias(conv.outputs)),
            Op::Conv2d(conv) => {
                let kernel = conv.kernel().into_iter().fold(1, usize::saturating_mul);
                kernel.saturating_add(bias(conv.outputs))
            }
            Op::Recurrent(cell) => {
                // Where the candidate's own bias stands apart, there is another one.
                let apart = usize::from(cell.cell == super::Cell::GruResetAfter);
                let biases = cell.units.saturating_mul(cell.gates().len().saturating_add(apart));
                self.macs_of_one().saturating_add(biases)
            }
            Op::Affine { is_centred } => {
                self.channels.saturating_mul(if *is_centred { 3 } else { 2 })
            }
            Op::LayerNorm { .. } => self.channels.saturating_mul(2).saturating_add(1),
            Op::GroupNorm(norm) => norm.channels.saturating_mul(2).saturating_add(1),
            Op::Prelu => self.channels,
            Op::Input
            | Op::Unknown
            | Op::Pool(_)
            | Op::PoolFeatures(_)
            | Op::Mean { .. }
            | Op::Newest { .. }
            | Op::Delay(_)
            | Op::Crop { .. }
            | Op::Round
            | Op::Extend
            | Op::Upsample { .. }
            | Op::Split { .. }
            | Op::Map(_)
            | Op::Softmax { .. }
            | Op::Add { .. }
            | Op::Multiply
            | Op::Binary(_)
            | Op::Blend
            | Op::Concat
            | Op::Slice { .. }
            | Op::Gather { .. } => 0,
        }
    }

    /// Frames that it keeps from push to push.
    pub(crate) fn history(&self) -> usize {
        match &self.op {
            Op::Conv(conv) => conv.window.past(),
            Op::Conv2d(conv) => conv.window.past(),
            Op::ConvTranspose(conv) => conv.window().past(),
            Op::Pool(pool) if pool.keeps_frames() => pool.window.past(),
            Op::Mean { frames } => *frames,
            Op::Newest { frames } => frames - 1,
            Op::Delay(delay) => delay.frames,
            Op::Crop { .. }
            | Op::Pool(_)
            | Op::PoolFeatures(_)
            | Op::GroupNorm(_)
            | Op::Input
            | Op::Unknown
            | Op::Recurrent(_)
            | Op::Round
            | Op::Extend
            | Op::Upsample { .. }
            | Op::Split { .. }
            | Op::Affine { .. }
            | Op::LayerNorm { .. }
            | Op::Prelu
            | Op::Map(_)
            | Op::Softmax { .. }
            | Op::Add { .. }
            | Op::Multiply
            | Op::Binary(_)
            | Op::Blend
            | Op::Concat
            | Op::Slice { .. }
            | Op::Gather { .. } => 0,
        }
    }
}

impl Graph {
    /// Multiply-accumulates of a node in the costliest push, which is one that has every value.
    pub(crate) fn macs(&self, value: Value) -> usize {
        let node = &self[value];
        let frames = node.input().map_or(1, |input| self[input].clock.frames);
        node.macs_of_one().saturating_mul(frames)
    }

    /// The sum of a cost over the nodes that the output depends on.
    pub(crate) fn sum(&self, of: impl Fn(Value) -> usize) -> usize {
        self.lines().into_iter().map(of).fold(0, usize::saturating_add)
    }

    /// The sum of a cost over those of one layer.
    pub(crate) fn sum_of(&self, layer: LayerId, of: impl Fn(Value) -> usize) -> usize {
        self.sum(|value| if self[value].layer == layer { of(value) } else { 0 })
    }

    /// The layers with their numbers.
    pub(crate) fn numbered_layers(&self) -> impl Iterator<Item = (LayerId, &Layer)> {
        self.layers.iter().enumerate().map(|(number, layer)| (LayerId(number), layer))
    }
}
