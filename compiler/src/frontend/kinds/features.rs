//! The features of a frame, which lie one after the other, each with its channels, and how windows lie on them.

use super::{Arguments, Flag, Key, Takes};
use crate::frontend::lower::Lower;
use crate::numbers::plural;

pub(super) const FEATURES: Key = Key {
    name: "features",
    doc: "the features of a frame; each has `in / features` channels",
    takes: Takes::Count,
    aliases: &["bands", "bins"],
};
pub(super) const FEATURE_K: Key = Key {
    name: "feature_k",
    doc: "the features that the kernel spans",
    takes: Takes::Count,
    aliases: &["kernel_width"],
};
pub(super) const FEATURE_STRIDE: Key = Key {
    name: "feature_stride",
    doc: "the input features per output feature, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &[],
};
pub(super) const FEATURE_DILATION: Key = Key {
    name: "feature_dilation",
    doc: "the distance between taps in features, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &[],
};
pub(super) const FEATURE_PAD: Key = Key {
    name: "feature_pad",
    doc: "the zeros before the first feature, and as many after the last: PyTorch's `padding`",
    takes: Takes::OptionalCount,
    aliases: &[],
};
pub(super) const FEATURE_PADDING: &[Flag] = &[
    Flag { name: "feature_valid", doc: "no padding over the features" },
    Flag { name: "feature_same", doc: "zeros on both sides of the features, as Keras' `same`" },
];

/// How windows lie on the features of a frame.
pub(super) struct Windows {
    /// Features under a window, those between its taps included.
    pub(super) span: usize,
    pub(super) stride: usize,
    /// Places of the first window before the first feature.
    pub(super) zeros: usize,
    pub(super) positions: usize,
}

/// The features of a frame, and the channels of each.
pub(super) fn features(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<[usize; 2]> {
    let (inputs, features) = (arguments.inputs?, arguments.count("features")?);
    if inputs.is_multiple_of(features) {
        return Some([features, inputs / features]);
    }
    let message = format!("a frame of {inputs} channels cannot be split into {features} features");
    let help =
        "help: `in` counts all channels of a frame: the channels of a feature times `features`";
    lower.report(&arguments.written("features"), format!("{message}\n{help}"));
    None
}

/// How windows lie on so many features, where `feature_stride` is `stride` if it is left out.
pub(super) fn windows(
    arguments: &Arguments<'_>,
    features: usize,
    stride: usize,
    lower: &mut Lower<'_>,
) -> Option<Windows> {
    let (width, dilation) =
        (arguments.count("feature_k")?, arguments.count("feature_dilation").unwrap_or(1));
    let stride = arguments.count("feature_stride").unwrap_or(stride);
    let span = (width - 1).saturating_mul(dilation).saturating_add(1);
    if arguments.flag("feature_same") {
        if let Some(zeros) = arguments.count("feature_pad") {
            let message =
                format!("a layer can have `feature_same` or `feature_pad={zeros}`, not both");
            let message = format!("{message}\nhelp: remove one of them");
            lower.report(&arguments.written("feature_pad"), message);
            return None;
        }
        let positions = features.div_ceil(stride);
        let covered = (positions - 1).saturating_mul(stride).saturating_add(span);
        return Some(Windows {
            span,
            stride,
            zeros: covered.saturating_sub(features) / 2,
            positions,
        });
    }
    let zeros = arguments.count("feature_pad").unwrap_or_default();
    if zeros >= span {
        let message = format!(
            "`feature_pad={zeros}` must be less than the {} that a window spans",
            plural(span, "feature")
        );
        let help = match span {
            1 => "help: remove `feature_pad`".to_owned(),
            _ => format!("help: write at most `feature_pad={}`", span - 1),
        };
        lower.report(&arguments.written("feature_pad"), format!("{message}\n{help}"));
        return None;
    }
    let padded = features.saturating_add(zeros.saturating_mul(2));
    if let Some(free) = padded.checked_sub(span) {
        return Some(Windows { span, stride, zeros, positions: free / stride + 1 });
    }
    let message = if dilation == 1 {
        format!("`feature_k={width}` is more than the {features} features")
    } else {
        format!("`feature_k={width}` spans {span} features, more than the {features} there are")
    };
    let most = padded.saturating_sub(1) / dilation + 1;
    let help = format!("help: write at most `feature_k={most}`, or `feature_same`");
    lower.report(&arguments.written("feature_k"), format!("{message}\n{help}"));
    None
}

/// As the user writes them.
pub(super) fn flags(arguments: &Arguments<'_>) -> Vec<String> {
    let keys = [FEATURES, FEATURE_K, FEATURE_STRIDE, FEATURE_DILATION, FEATURE_PAD];
    let given = keys.iter().filter_map(|key| {
        let count = arguments.count(key.name)?;
        let is_usual = key.takes == Takes::OptionalCount && count == 1 && key.name != "feature_pad";
        (!is_usual).then(|| format!("{}={count}", key.name))
    });
    let same = arguments.flag("feature_same").then(|| "feature_same".to_owned());
    given.chain(same).collect()
}
