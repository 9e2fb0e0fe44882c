//! Transposed convolutions: several frames for one.

use super::bias::{self, BIAS};
use super::conv::OUT;
use super::taps::K;
use super::{
    Applied, Arguments, Convention, Dimension, Flag, Key, Kind, Outputs, Shape, Takes, Weights,
};
use crate::frontend::lower::Lower;
use crate::graph::{ConvTranspose, Node, Op, Value};
use crate::tensor::{Tensor, kernel_permuted};

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
        Key {
            name: "pad",
            doc: "the output frames that are cut off before the first: PyTorch's `padding`",
            takes: Takes::OptionalCount,
            aliases: &["padding"],
        },
    ],
    flags: &[
        &[
            Flag { name: "valid", doc: "no output frames are cut off" },
            Flag {
                name: "same",
                doc: "cuts off half of the output frames that are more than `stride` for each input frame, as Keras' `same`",
            },
        ],
        BIAS,
    ],
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
    let cut = cut(arguments, lower)?;
    let whole = ConvTranspose {
        taps: arguments.count("k")?,
        inputs: arguments.inputs?,
        outputs: arguments.count("out")?,
        stride: arguments.count("stride")?,
        skipped: 0,
    };
    let (conv, zero_taps) = whole.cut(cut);
    let has_bias = !arguments.flag("no_bias");
    let activation = arguments.activations.first().copied();
    let mut flags = vec![format!("stride={}", conv.stride)];
    flags.extend(match (arguments.flag("same"), cut) {
        (true, _) => Some("same".to_owned()),
        (false, 0) => None,
        (false, cut) => Some(format!("pad={cut}")),
    });
    flags.extend((!has_bias).then(|| "no_bias".to_owned()));
    flags.extend(activation.map(Applied::flag));
    lower.describe(None, Some(whole.taps), flags);
    let node = lower.node(Op::ConvTranspose(conv), vec![arguments.frame?], conv.outputs);
    let sums = lower.weighted(Node { has_bias, ..node }, conventions(&whole, zero_taps, has_bias));
    Some(lower.activate(sums, activation))
}

/// The output frames that are cut off before the first.
fn cut(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<usize> {
    let (taps, stride) = (arguments.count("k")?, arguments.count("stride")?);
    match (arguments.flag("same"), arguments.count("pad")) {
        (true, Some(pad)) => {
            let message = format!("a layer can have `same` or `pad={pad}`, not both");
            lower.report(&arguments.written("pad"), format!("{message}\nhelp: remove one of them"));
            None
        }
        (true, None) => Some(taps.saturating_sub(stride) / 2),
        (false, None) => Some(0),
        (false, Some(pad)) if pad < taps => Some(pad),
        (false, Some(pad)) => {
            let message = format!("`pad={pad}` cuts off more than the kernel adds");
            let help = match taps {
                1 => "help: remove `pad`".to_owned(),
                _ => format!("help: write at most `pad={}`", taps - 1),
            };
            lower.report(&arguments.written("pad"), format!("{message}\n{help}"));
            None
        }
    }
}

/// The tensors of the whole layer; before the first tap of what it is made of are so many of zeros.
fn conventions(conv: &ConvTranspose, zero_taps: usize, has_bias: bool) -> Vec<Convention> {
    let convention = |name, kernel: [Dimension; 3], order: [usize; 3]| Convention {
        canonical: Box::new(move |tensors| padded(kernel_permuted(tensors, &order), zero_taps)),
        ..bias::convention(Shape::new(name, kernel.into()), has_bias.then_some(conv.outputs))
    };
    let taps = || Dimension::new("k", conv.taps, "k");
    let inputs = || Dimension::new("in", conv.inputs, "in");
    let outputs = || Dimension::new("out", conv.outputs, "out");
    vec![
        convention("kernel", [taps(), outputs(), inputs()], [0, 2, 1]),
        convention("weight", [inputs(), outputs(), taps()], [2, 0, 1]),
    ]
}

/// The same with so many taps of zeros before the first of the kernel.
fn padded(mut tensors: Vec<Tensor>, zero_taps: usize) -> Vec<Tensor> {
    if let Some(kernel) = tensors.first_mut() {
        let of_tap: usize = kernel.shape.iter().skip(1).product();
        kernel.numbers.splice(..0, vec![0.0; zero_taps * of_tap]);
        if let Some(taps) = kernel.shape.first_mut() {
            *taps += zero_taps;
        }
    }
    tensors
}
