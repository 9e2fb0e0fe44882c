//! The features of a frame, which lie one after the other, each with its channels, and how windows lie on them.

use super::{Builder, Wrong, limits};
use crate::errors::Message;
use crate::frontend::keys;

/// A window over features.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FeatureTaps {
    pub(crate) count: usize,
    /// Features from tap to tap.
    pub(crate) dilation: usize,
    /// Features from position to position.
    pub(crate) stride: usize,
    pub(crate) padding: FeaturePadding,
}

/// What stands beside the features.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FeaturePadding {
    /// So many places before the first, and as many after the last.
    Places(usize),
    /// As many as Keras' `same` has.
    Same,
}

/// Where windows lie on the features of a frame.
pub(super) struct Positions {
    pub(super) count: usize,
    /// Features under a window, those between its taps included.
    pub(super) span: usize,
    /// Places of the first window before the first feature.
    pub(super) zeros: usize,
}

impl FeatureTaps {
    /// Features under a window, those between its taps included.
    pub(super) fn span(self) -> Result<usize, Wrong> {
        let count = limits::count(keys::FEATURE_K, self.count)?;
        let dilation = limits::count(keys::FEATURE_DILATION, self.dilation)?;
        Ok((count - 1).saturating_mul(dilation).saturating_add(1))
    }

    /// Where it lies on so many features.
    pub(super) fn positions(self, features: usize) -> Result<Positions, Wrong> {
        let Self { count: width, dilation, .. } = self;
        let span = self.span()?;
        let stride = limits::count(keys::FEATURE_STRIDE, self.stride)?;
        let zeros = match self.padding {
            FeaturePadding::Places(zeros) => zeros,
            FeaturePadding::Same => {
                let count = features.div_ceil(stride);
                let moved = count.saturating_sub(1).saturating_mul(stride);
                let zeros = moved.saturating_add(span).saturating_sub(features) / 2;
                return Ok(Positions { count, span, zeros });
            }
        };
        if zeros >= span {
            let beside = span - 1;
            let text =
                format!("`feature_pad={zeros}` is more than the {beside} features beside one");
            let help = match beside {
                0 => "remove `feature_pad`".to_owned(),
                _ => format!("write at most `feature_pad={beside}`"),
            };
            return Err(Wrong::at(keys::FEATURE_PAD, Message::new(text).help(help)));
        }
        let padded = features.saturating_add(zeros.saturating_mul(2));
        if let Some(free) = padded.checked_sub(span) {
            return Ok(Positions { count: free / stride + 1, span, zeros });
        }
        let text = if dilation == 1 {
            format!("`feature_k={width}` is more than the {features} features")
        } else {
            format!("`feature_k={width}` spans {span} features, more than the {features} there are")
        };
        let most = padded.saturating_sub(1) / dilation + 1;
        let help = format!("write at most `feature_k={most}`, or `feature_same`");
        Err(Wrong::at(keys::FEATURE_K, Message::new(text).help(help)))
    }

    /// As a user writes it on so many features. A stride of `usual` is left out.
    pub(super) fn flags(self, features: usize, usual: usize) -> Vec<String> {
        let of = |key, count: usize| format!("{key}={count}");
        let mut flags = vec![of(keys::FEATURES, features), of(keys::FEATURE_K, self.count)];
        flags.extend((self.stride != usual).then(|| of(keys::FEATURE_STRIDE, self.stride)));
        flags.extend((self.dilation > 1).then(|| of(keys::FEATURE_DILATION, self.dilation)));
        flags.extend(match self.padding {
            FeaturePadding::Places(0) => None,
            FeaturePadding::Places(zeros) => Some(of(keys::FEATURE_PAD, zeros)),
            FeaturePadding::Same => Some(keys::FEATURE_SAME.to_owned()),
        });
        flags
    }
}

/// The channels of each of so many features of the frame that the layer at hand takes.
pub(super) fn channels(features: usize, builder: &Builder) -> Result<usize, Wrong> {
    let inputs = builder.inputs();
    limits::count(keys::FEATURES, features)?;
    if inputs.is_multiple_of(features) {
        return Ok(inputs / features);
    }
    let text = format!("a frame of {inputs} channels cannot be split into {features} features");
    let help = "`in` counts all channels of a frame: the channels of a feature times `features`";
    Err(Wrong::at(keys::FEATURES, Message::new(text).help(help)))
}
