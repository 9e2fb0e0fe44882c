//! Pools: what sums are multiplied by.

use super::{scale, share};
use crate::errors::Message;
use crate::graph::{FeaturePool, FeatureReduction, Graph, Op, Pool, Reduction, Value};
use crate::integers::Arithmetic;

/// Frames or features in windows of several sizes, of which a mean is taken: each has a factor.
const MOST_SIZES: usize = 256;

/// The arithmetic of a pool over frames.
pub(super) fn over_time(pool: Pool) -> Result<Arithmetic, Message> {
    match pool.reduction {
        Reduction::Mean if pool.window.taps > 1 => {
            let taps = pool.window.taps;
            if pool.has_history() && !pool.has_fixed_count() {
                return shares(2, taps);
            }
            Ok(Arithmetic::Scale(share(taps)?))
        }
        // The mean of one frame is the frame.
        Reduction::Max | Reduction::Mean => Ok(Arithmetic::Plain),
    }
}

/// The arithmetic of a pool over features.
pub(super) fn over_features(
    pool: &FeaturePool,
    input: f64,
    output: f64,
) -> Result<Arithmetic, Message> {
    match pool.reduction {
        FeatureReduction::Max | FeatureReduction::Min => Ok(Arithmetic::Plain),
        FeatureReduction::Sum => Ok(Arithmetic::Scale(scale(input / output)?)),
        FeatureReduction::Mean if pool.counts_padding && pool.taps > 1 => {
            Ok(Arithmetic::Scale(share(pool.taps)?))
        }
        FeatureReduction::Mean => {
            let least = (0..pool.positions).map(|position| pool.window(position).1).min();
            shares(least.unwrap_or_default().max(2), pool.taps)
        }
    }
}

/// One part of each of so many.
fn shares(from: usize, to: usize) -> Result<Arithmetic, Message> {
    if to.saturating_sub(from) >= MOST_SIZES {
        let text = format!("is a mean of windows of more than {MOST_SIZES} sizes");
        return Err(Message::new(text));
    }
    Ok(Arithmetic::Shares((from..=to).map(share).collect::<Result<_, _>>()?))
}

/// Sums over features whose scale is their own: each with its input.
pub(super) fn sums(graph: &Graph, lines: &[Value]) -> Vec<(Value, Value)> {
    let is_sum = |value: &Value| match &graph[*value].op {
        Op::PoolFeatures(pool) if pool.reduction == FeatureReduction::Sum => {
            Some((graph[*value].input()?, *value))
        }
        _ => None,
    };
    lines.iter().filter_map(is_sum).collect()
}

impl Arithmetic {
    /// The mean of a sum of so many numbers.
    pub(crate) fn mean(&self, sum: i32, count: usize, of: usize) -> i32 {
        match self {
            Self::Scale(scale) => scale.apply(sum),
            Self::Shares(scales) if count > 1 => {
                let place = (count + scales.len()).checked_sub(1 + of);
                let scale = place.and_then(|place| scales.get(place));
                scale.map_or(0, |scale| scale.apply(sum))
            }
            _ => sum,
        }
    }
}

/// The scales of sums have a factor of at most one half: this is the range that an output has at least.
pub(super) fn least_range(input: f64) -> f64 {
    2.0 * input
}
