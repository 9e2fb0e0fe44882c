//! Reductions of the numbers of each frame: over its features, over the channels of each feature, or over all of them.

use super::{Builder, Spec, Wrong, features};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{FeaturePool, FeatureReduction, Op, Value};

pub(crate) struct Reduce {
    pub(crate) reduction: FeatureReduction,
    /// Features of a frame; over the whole frame where there are none.
    pub(crate) features: Option<usize>,
    /// Whether it is over the channels of each feature.
    pub(crate) is_over_channels: bool,
}

impl Spec for Reduce {
    fn kind(&self) -> &'static str {
        match self.reduction {
            FeatureReduction::Mean => kind::REDUCE_MEAN,
            FeatureReduction::Sum => kind::REDUCE_SUM,
            FeatureReduction::Max => kind::REDUCE_MAX,
            FeatureReduction::Min => kind::REDUCE_MIN,
        }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { reduction, features, is_over_channels } = *self;
        let mut flags = Vec::new();
        let [blocks, numbers, channels] = if let Some(features) = features {
            let channels = features::channels(features, builder)?;
            flags.push(format!("{}={features}", keys::FEATURES));
            if is_over_channels { [features, channels, 1] } else { [1, features, channels] }
        } else {
            [1, builder.inputs(), 1]
        };
        if numbers == 1 {
            let message = Message::new(format!("`{}` of one number does nothing", self.kind()));
            return Err(Wrong::layer(message.help("remove the layer")));
        }
        flags.extend(is_over_channels.then(|| keys::OVER_CHANNELS.to_owned()));
        builder.describe(flags);
        let pool = FeaturePool::reduce(reduction, blocks, numbers, channels);
        let outputs = blocks.saturating_mul(channels);
        Ok(builder.op(Op::PoolFeatures(pool), vec![builder.frame()], outputs))
    }
}
