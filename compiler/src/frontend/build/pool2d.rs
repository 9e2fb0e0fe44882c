//! Pools over time and the features of a frame: over the features of each frame first, and then over the frames.

use super::features::{self, FeatureTaps};
use super::{Builder, Spec, Taps, Wrong};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{FeaturePool, FeatureReduction, Op, Pool, Reduction, Value};

/// The largest of each channel over windows of frames and features, or the mean.
pub(crate) struct Pool2d {
    pub(crate) reduction: Reduction,
    pub(crate) taps: Taps,
    /// Features of a frame.
    pub(crate) features: usize,
    pub(crate) feature_taps: FeatureTaps,
    /// Whether padding counts as zeros in a mean.
    pub(crate) counts_padding: bool,
}

impl Spec for Pool2d {
    fn kind(&self) -> &'static str {
        match self.reduction {
            Reduction::Max => kind::MAX_POOL2D,
            Reduction::Mean => kind::AVG_POOL2D,
        }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { reduction, taps, features, feature_taps, counts_padding } = *self;
        let channels = features::channels(features, builder)?;
        let positions = feature_taps.positions(features)?;
        let window = taps.window()?;
        let moves = |size: usize, stride: usize| size > 1 || stride > 1;
        let in_time = moves(taps.count, taps.stride);
        let in_features = moves(feature_taps.count, feature_taps.stride);
        if !in_time && !in_features {
            let message = Message::new(format!("`{}` of one number does nothing", self.kind()));
            return Err(Wrong::layer(message.help("remove the layer")));
        }
        let of_time = [(keys::K, taps.count), (keys::STRIDE, taps.stride)];
        let mut flags: Vec<_> =
            of_time.into_iter().map(|(key, count)| format!("{key}={count}")).collect();
        flags.extend(feature_taps.flags(features, feature_taps.count));
        flags.extend(taps.padding_flag());
        flags.extend(counts_padding.then(|| keys::COUNT_INCLUDE_PAD.to_owned()));
        builder.describe(flags);
        builder.can_be_causal = true;
        let mut value = builder.frame();
        let outputs = positions.count.saturating_mul(channels);
        if in_features {
            let pool = FeaturePool {
                reduction: match reduction {
                    Reduction::Max => FeatureReduction::Max,
                    Reduction::Mean => FeatureReduction::Mean,
                },
                features,
                channels,
                taps: positions.span,
                stride: feature_taps.stride,
                zeros: positions.zeros,
                positions: positions.count,
                counts_padding,
            };
            value = builder.op(Op::PoolFeatures(pool), vec![value], outputs);
        }
        if in_time {
            let pool = Pool { reduction, window, counts_padding };
            value = builder.op(Op::Pool(pool), vec![value], outputs);
        }
        Ok(value)
    }
}
