//! Transposed convolutions: several frames for one.

use super::bias::{self, BIAS};
use super::conv::OUT;
use super::taps::K;
use super::{Applied, Arguments, Convention, Dimension, Key, Kind, Outputs, Shape, Takes, Weights};
use crate::frontend::lower::Lower;
use crate::graph::{ConvTranspose, Node, Op, Value};
use crate::tensor::kernel_permuted;

pub(super) const CONV_TRANSPOSE: Kind = Kind {
    keras: Some("conv1d_transpose"),
    keys: &[
        K,
        OUT,
        Key {
            name: "stride",
            doc: "the output frames per input frame",
            takes: Takes::Count,
            aliases: &["strides"],
        },
    ],
    flags: &[BIAS],
    activations: 1,
    outputs: Outputs::Key("out"),
    weights: Weights::Always,
    ..Kind::plain(
        "conv_transpose",
        "`conv_transpose(k=4, out=2, stride=2)`: a transposed convolution; a push gives `stride` frames.",
        lower,
    )
};

fn lower(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let conv = ConvTranspose {
        taps: arguments.count("k")?,
        inputs: arguments.inputs?,
        outputs: arguments.count("out")?,
        stride: arguments.count("stride")?,
        skipped: 0,
    };
    let has_bias = !arguments.flag("no_bias");
    let activation = arguments.activations.first().copied();
    let mut flags = vec![format!("stride={}", conv.stride)];
    flags.extend((!has_bias).then(|| "no_bias".to_owned()));
    flags.extend(activation.map(Applied::flag));
    lower.describe(None, Some(conv.taps), flags);
    let node = lower.node(Op::ConvTranspose(conv), vec![arguments.frame?], conv.outputs);
    let sums = lower.weighted(Node { has_bias, ..node }, conventions(&conv, has_bias));
    Some(lower.activate(sums, activation))
}

fn conventions(conv: &ConvTranspose, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 3]| {
        bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let taps = || Dimension::new("k", conv.taps, "k");
    let inputs = || Dimension::new("in", conv.inputs, "in");
    let outputs = || Dimension::new("out", conv.outputs, "out");
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
