use crate::layer_norm::reciprocal_root;
use crate::schedule::in_16_bits;

/// The weights of a normalization over groups of channels, in flash:
/// `y[f][c] = gamma[c] * (x[f][c] - mean) / sqrt(variance + epsilon) + beta[c]`, with the mean and the variance of a group.
///
/// A frame holds blocks of `FEATURES` features, each with its `CHANNELS`. A group is `CHANNELS / GROUPS` neighbouring
/// channels of all features of a block. A frame of one block and one group is normalized as a whole; with `FEATURES` of 1
/// each feature is normalized by itself, as by Keras' `LayerNormalization` behind a `Conv2D`; with as many groups as
/// channels, each channel is.
///
/// It is as exact as [`LayerNorm`](crate::layer_norm::LayerNorm).
///
/// ```
/// use streaming_net::__private::GroupNorm;
///
/// // Two features of two channels, each channel by itself.
/// static NORM: GroupNorm<2, 2, 2> = GroupNorm { gamma: [1.0, 2.0], beta: [0.0, 0.5], epsilon: 0.75 };
/// assert_eq!(NORM.apply([2.0, 10.0, 3.0, 9.0]), [-0.5, 1.5, 0.5, -0.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GroupNorm<const FEATURES: usize, const CHANNELS: usize, const GROUPS: usize> {
    /// The factor of each channel.
    pub gamma: [f32; CHANNELS],
    /// The addend of each channel.
    pub beta: [f32; CHANNELS],
    /// Added to the variance, so that a group of equal numbers is not divided by 0.
    pub epsilon: f32,
}

impl<const FEATURES: usize, const CHANNELS: usize, const GROUPS: usize>
    GroupNorm<FEATURES, CHANNELS, GROUPS>
{
    const SHARE: f32 = {
        assert!(FEATURES >= 1 && CHANNELS >= 1 && GROUPS >= 1, "a group has numbers");
        assert!(CHANNELS.is_multiple_of(GROUPS), "every group has as many channels");
        1.0 / in_16_bits(FEATURES * (CHANNELS / GROUPS)) as f32
    };

    /// The output frame for `frame`.
    #[inline(always)]
    #[must_use]
    pub fn apply<const NUMBERS: usize>(&self, mut frame: [f32; NUMBERS]) -> [f32; NUMBERS] {
        const {
            assert!(NUMBERS.is_multiple_of(FEATURES * CHANNELS), "every block has all features");
        }
        let groups = const {
            let _ = Self::SHARE;
            Groups {
                block: FEATURES * CHANNELS,
                channels: CHANNELS,
                of_group: CHANNELS / GROUPS,
                share: Self::SHARE,
            }
        };
        normalize(&mut frame, groups, self.epsilon);
        for feature in frame.as_chunks_mut::<CHANNELS>().0 {
            for (x, (gamma, beta)) in feature.iter_mut().zip(self.gamma.iter().zip(&self.beta)) {
                *x = gamma * *x + beta;
            }
        }
        frame
    }
}

/// How groups lie on a frame.
#[derive(Clone, Copy)]
struct Groups {
    /// Numbers of a block.
    block: usize,
    /// Channels of a feature, and of a group.
    channels: usize,
    of_group: usize,
    /// The weight of one number in a mean.
    share: f32,
}

#[inline(never)]
fn normalize(mut frame: &mut [f32], groups: Groups, epsilon: f32) {
    while let Some((block, others)) = frame.split_at_mut_checked(groups.block) {
        if block.is_empty() {
            return;
        }
        let mut first = 0;
        while first < groups.channels {
            // Twice: what rounding has left of the mean, where that is large beside the differences.
            for _ in 0..2 {
                let mut sum = 0.0;
                for_each(block, first, groups, |x| sum += *x);
                let mean = sum * groups.share;
                for_each(block, first, groups, |x| *x -= mean);
            }
            let mut squares = 0.0;
            for_each(block, first, groups, |x| squares += *x * *x);
            let factor = reciprocal_root(squares * groups.share + epsilon);
            for_each(block, first, groups, |x| *x *= factor);
            first += groups.of_group;
        }
        frame = others;
    }
}

/// Changes each number of the group that begins with the channel `first`.
#[inline(always)]
fn for_each(block: &mut [f32], first: usize, groups: Groups, mut change: impl FnMut(&mut f32)) {
    let mut start = first;
    while let Some(numbers) = block.get_mut(start..start + groups.of_group) {
        numbers.iter_mut().for_each(&mut change);
        start += groups.channels;
    }
}
