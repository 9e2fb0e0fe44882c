//! Operations on frames that have features, which lie one after the other, each with its channels.

use super::Window;

/// A convolution over time and features, or, where it is transposed, over time and transposed over features: each feature
/// adds to `feature_taps` output features, and the windows of two features lie `feature_stride` apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Conv2d {
    pub(crate) window: Window,
    /// Features of an input frame.
    pub(crate) features: usize,
    /// Features under the kernel.
    pub(crate) feature_taps: usize,
    /// Features from position to position; output features from feature to feature where it is transposed.
    pub(crate) feature_stride: usize,
    /// Features from tap to tap.
    pub(crate) feature_dilation: usize,
    /// Features of an output frame.
    pub(crate) positions: usize,
    /// Zeros before the first feature; output features that are cut off before the first where it is transposed.
    pub(crate) feature_zeros: usize,
    /// Channels of a feature of the input, and of the output.
    pub(crate) channels: usize,
    pub(crate) outputs: usize,
    /// Parts of the channels, each of which sees itself alone. It divides the channels and the outputs.
    pub(crate) groups: usize,
    pub(crate) is_transposed: bool,
}

impl Conv2d {
    /// The shape of the kernel: taps, the oldest first, features under it, channels of a group, outputs of all groups.
    pub(crate) fn kernel(&self) -> [usize; 4] {
        let group_channels = self.channels / self.groups.max(1);
        [self.window.taps, self.feature_taps, group_channels, self.outputs]
    }

    /// Whether every output sees all channels of neighbouring features.
    pub(crate) fn is_dense(&self) -> bool {
        self.groups == 1 && self.feature_dilation == 1 && !self.is_transposed
    }

    /// Whether each channel is by itself, in neighbouring features.
    pub(crate) fn is_depthwise(&self) -> bool {
        let apart = self.groups == self.channels && self.outputs == self.channels;
        apart && self.groups > 1 && self.feature_dilation == 1 && !self.is_transposed
    }

    /// The input feature under the tap `place` of the kernel at `position`. Beside the features are zeros.
    pub(crate) fn feature(&self, position: usize, place: usize) -> Option<usize> {
        let place = place * self.feature_dilation;
        let feature = if self.is_transposed {
            let at = (position + self.feature_zeros).checked_sub(place)?;
            at.is_multiple_of(self.feature_stride).then(|| at / self.feature_stride)?
        } else {
            (position * self.feature_stride + place).checked_sub(self.feature_zeros)?
        };
        (feature < self.features).then_some(feature)
    }
}

/// One number for each window over the features of a frame, and each channel.
///
/// What a window has beside the features is no part of a maximum, a minimum or a sum. Each window has a feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FeaturePool {
    pub(crate) reduction: FeatureReduction,
    /// Features of an input frame.
    pub(crate) features: usize,
    /// Channels of a feature, of the input and of the output.
    pub(crate) channels: usize,
    /// Features in a window.
    pub(crate) taps: usize,
    /// Features from window to window.
    pub(crate) stride: usize,
    /// Places of the first window before the first feature.
    pub(crate) zeros: usize,
    /// Features of an output frame.
    pub(crate) positions: usize,
    /// Whether a mean divides by `taps` where fewer features are in the window.
    pub(crate) counts_padding: bool,
}

impl FeaturePool {
    /// The reduction of blocks of a frame to one number for each channel. A frame has `blocks` blocks of `features`
    /// features of `channels` channels.
    ///
    /// Of a frame of F features of C channels: `(1, F, C)` reduces over the features, `(F, C, 1)` over the channels,
    /// `(1, F * C, 1)` over everything.
    pub(crate) fn reduce(
        reduction: FeatureReduction,
        blocks: usize,
        features: usize,
        channels: usize,
    ) -> Self {
        Self {
            reduction,
            features: blocks.saturating_mul(features),
            channels,
            taps: features,
            stride: features,
            zeros: 0,
            positions: blocks,
            counts_padding: false,
        }
    }

    /// The first feature in a window, and how many features are.
    pub(crate) fn window(&self, position: usize) -> (usize, usize) {
        let start = position * self.stride;
        let end = (start + self.taps).saturating_sub(self.zeros).min(self.features);
        let first = start.saturating_sub(self.zeros);
        (first, end.saturating_sub(first))
    }
}

/// How the features of a window become one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FeatureReduction {
    Max,
    Min,
    Mean,
    Sum,
}

/// `gamma[c] * (x - mean) / sqrt(variance + epsilon) + beta[c]`, where mean and variance are those of a group of numbers.
///
/// A frame has `blocks` blocks of `features` features of `channels` channels. A group is `channels / groups` neighbouring
/// channels of all features of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct GroupNorm {
    pub(crate) blocks: usize,
    pub(crate) features: usize,
    pub(crate) channels: usize,
    pub(crate) groups: usize,
    pub(crate) epsilon: f32,
}
