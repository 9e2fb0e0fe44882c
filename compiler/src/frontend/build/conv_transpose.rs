//! Transposed convolutions: several frames for one.

use super::{Applied, Builder, Convention, Dimension, Shape, Spec, Wrong, bias, limits};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Node, Op, Value};
use crate::tensor::kernel_permuted;

pub(crate) struct ConvTranspose {
    pub(crate) taps: usize,
    pub(crate) outputs: usize,
    /// Output frames for one input frame.
    pub(crate) stride: usize,
    pub(crate) cut: Cut,
    pub(crate) has_bias: bool,
    pub(crate) activation: Option<Applied>,
}

/// The output frames that are cut off before the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cut {
    Frames(usize),
    /// Half of those that are more than `stride` for each input frame, as Keras' `same`.
    Same,
}

impl Spec for ConvTranspose {
    fn kind(&self) -> &'static str {
        kind::CONV_TRANSPOSE
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { has_bias, activation, .. } = *self;
        let conv = graph::ConvTranspose {
            taps: limits::count(keys::K, self.taps)?,
            inputs: builder.inputs(),
            outputs: limits::count(keys::OUT, self.outputs)?,
            stride: limits::count(keys::STRIDE, self.stride)?,
            skipped: 0,
            late: 0,
        };
        let cut = match self.cut {
            Cut::Frames(frames) => frames,
            Cut::Same => conv.taps.saturating_sub(conv.stride) / 2,
        };
        if cut >= conv.taps {
            let text = format!("`pad={cut}` cuts off more than the kernel adds");
            let help = match conv.taps {
                1 => "remove `pad`".to_owned(),
                taps => format!("write at most `pad={}`", taps - 1),
            };
            return Err(Wrong::at(keys::PAD, Message::new(text).help(help)));
        }
        let conv = conv.cut(cut);
        let mut flags = vec![format!("{}={}", keys::STRIDE, conv.stride)];
        flags.extend(match self.cut {
            Cut::Frames(0) => None,
            Cut::Frames(frames) => Some(format!("{}={frames}", keys::PAD)),
            Cut::Same => Some(keys::SAME.to_owned()),
        });
        flags.extend(bias::flag(has_bias));
        flags.extend(activation.map(Applied::flag));
        builder.describe_taps(conv.taps, None, flags);
        let op = Op::ConvTranspose(conv);
        let node = builder.node(op, vec![builder.frame()], conv.outputs);
        let sums = builder.weighted(Node { has_bias, ..node }, conventions(&conv, has_bias));
        Ok(builder.activate(sums, activation))
    }
}

fn conventions(conv: &graph::ConvTranspose, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 3]| {
        bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let taps = || Dimension::new("k", conv.taps, keys::K);
    let inputs = || Dimension::new("in", conv.inputs, keys::IN);
    let outputs = || Dimension::new("out", conv.outputs, keys::OUT);
    let keras = convention("kernel", [taps(), outputs(), inputs()]);
    let pytorch = convention("weight", [inputs(), outputs(), taps()]);
    let [of_keras, of_pytorch] = [[0, 2, 1], [2, 0, 1]];
    vec![
        Convention {
            canonical: Box::new(move |tensors| kernel_permuted(tensors, &of_keras)),
            ..keras
        },
        Convention {
            canonical: Box::new(move |tensors| kernel_permuted(tensors, &of_pytorch)),
            ..pytorch
        },
    ]
}
