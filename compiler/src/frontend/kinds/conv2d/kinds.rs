//! The kinds of convolutions over time and features, and what is checked of their arguments.

use super::Conv2d;
use crate::errors::Errors;
use crate::frontend::kinds::bias::BIAS;
use crate::frontend::kinds::conv::OUT;
use crate::frontend::kinds::taps::{DILATION, K, PAD, PADDING, STRIDE, Taps};
use crate::frontend::kinds::{Arguments, Flag, Key, Kind, Layer, Outputs, Takes, Weights};

pub(in crate::frontend::kinds) const CONV2D: Kind = Kind {
    keras: Some("conv2d"),
    keys: &[
        K,
        FEATURES,
        FEATURE_K,
        FEATURE_STRIDE,
        Key { doc: "the channels of each output feature", ..OUT },
        DILATION,
        STRIDE,
        PAD,
    ],
    ..kind(
        "conv2d",
        "`conv2d(k=3, features=40, feature_k=3, in=40, out=8)`: a convolution over time and the features of a frame.",
        conv2d,
    )
};
pub(in crate::frontend::kinds) const DEPTHWISE2D: Kind = Kind {
    keras: Some("depthwise_conv2d"),
    keys: &[K, FEATURES, FEATURE_K, FEATURE_STRIDE, DILATION, STRIDE, PAD],
    ..kind(
        "depthwise2d",
        "`depthwise2d(k=3, features=20, feature_k=3)`: a convolution over time and features, separate for each channel.",
        depthwise2d,
    )
};

const fn kind(
    name: &'static str,
    doc: &'static str,
    build: fn(&Arguments<'_>, &mut Errors) -> Option<Box<dyn Layer>>,
) -> Kind {
    Kind {
        flags: &[PADDING, FEATURE_PADDING, BIAS],
        activations: 1,
        outputs: Outputs::Hidden,
        weights: Weights::Always,
        ..Kind::plain(name, doc, build)
    }
}

const FEATURES: Key = Key {
    name: "features",
    doc: "the features of a frame; each has `in / features` channels",
    takes: Takes::Count,
    aliases: &["bands", "bins"],
};
const FEATURE_K: Key = Key {
    name: "feature_k",
    doc: "the features that the kernel spans",
    takes: Takes::Count,
    aliases: &["kernel_width"],
};
const FEATURE_STRIDE: Key = Key {
    name: "feature_stride",
    doc: "the input features per output feature, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &[],
};
const FEATURE_PADDING: &[Flag] = &[
    Flag { name: "feature_valid", doc: "no padding over the features" },
    Flag { name: "feature_same", doc: "zeros on both sides of the features, as Keras' `same`" },
];

fn conv2d(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    build(arguments, Some(arguments.count("out")?), errors)
}

fn depthwise2d(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    build(arguments, None, errors)
}

/// What the kinds have in common. A depthwise convolution has no `outputs` of its own.
fn build(
    arguments: &Arguments<'_>,
    outputs: Option<usize>,
    errors: &mut Errors,
) -> Option<Box<dyn Layer>> {
    let (inputs, features) = (arguments.inputs?, arguments.count("features")?);
    let width = arguments.count("feature_k")?;
    let stride = arguments.count("feature_stride").unwrap_or(1);
    if !inputs.is_multiple_of(features) {
        let message =
            format!("a frame of {inputs} channels cannot be split into {features} features");
        let help =
            "help: `in` counts all channels of a frame: the channels of a feature times `features`";
        errors.report(&arguments.written("features"), format!("{message}\n{help}"));
        return None;
    }
    let activation = arguments.activations.first().copied();
    if let Some(activation) = activation.filter(|activation| !activation.is_of_channels()) {
        let name = activation.kind.name;
        let message = format!(
            "`{name}` as a flag would apply to each feature by itself, which is not served"
        );
        let note = format!("note: `{name}()` as the next layer applies to the whole frame");
        errors.report(&arguments.written(name), format!("{message}\n{note}"));
        return None;
    }
    let same = arguments.flag("feature_same");
    let (positions, zeros) = if same {
        let positions = features.div_ceil(stride);
        let covered = (positions - 1).saturating_mul(stride).saturating_add(width);
        (positions, covered.saturating_sub(features) / 2)
    } else if let Some(free) = features.checked_sub(width) {
        (free / stride + 1, 0)
    } else {
        let message = format!("`feature_k={width}` is more than the {features} features");
        let help = format!("help: write at most `feature_k={features}`, or `feature_same`");
        errors.report(&arguments.written("feature_k"), format!("{message}\n{help}"));
        return None;
    };
    let channels = inputs / features;
    Some(Box::new(Conv2d {
        time: Taps::of(arguments, arguments.count("k")?, errors)?,
        features,
        width,
        stride,
        positions,
        zeros,
        same,
        channels,
        outputs: outputs.unwrap_or(channels),
        depthwise: outputs.is_none(),
        bias: !arguments.flag("no_bias"),
        activation,
    }))
}
