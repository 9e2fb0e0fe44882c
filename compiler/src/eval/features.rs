//! Operations on frames that have features.

use super::number::{Number, at};
use super::op::{Tensors, start};
use crate::graph::{Conv2d, FeaturePool, FeatureReduction, GroupNorm};

pub(super) fn convolution<T: Number>(conv: &Conv2d, tensors: &Tensors<T>, taps: &[&[T]]) -> Vec<T> {
    let [_, width, group_channels, outputs] = conv.kernel();
    let (channels, group_outputs) = (conv.channels, outputs / conv.groups);
    let kernel = tensors.first().map(Vec::as_slice).unwrap_or_default();
    let mut all = Vec::new();
    for position in 0..conv.positions {
        let mut sums = start(tensors, outputs, None);
        for (row, weights) in kernel.chunks(outputs).enumerate() {
            let place = row / group_channels;
            // Beside the features are zeros.
            let Some(feature) = conv.feature(position, place % width) else { continue };
            let frame = taps.get(place / width).copied().unwrap_or_default();
            for (output, (sum, weight)) in sums.iter_mut().zip(weights).enumerate() {
                let channel = output / group_outputs * group_channels + row % group_channels;
                *sum = *sum + at(frame, feature * channels + channel) * *weight;
            }
        }
        all.extend(sums);
    }
    all
}

pub(super) fn pooled<T: Number>(pool: &FeaturePool, frame: &[T]) -> Vec<T> {
    let mut all = Vec::new();
    for position in 0..pool.positions {
        let (first, count) = pool.window(position);
        let divisor = if pool.counts_padding { pool.taps } else { count };
        for channel in 0..pool.channels {
            let features =
                (first..first + count).map(|feature| at(frame, feature * pool.channels + channel));
            let reduced = features.reduce(|kept, x| match pool.reduction {
                FeatureReduction::Max => {
                    if x > kept {
                        x
                    } else {
                        kept
                    }
                }
                FeatureReduction::Min => {
                    if x < kept {
                        x
                    } else {
                        kept
                    }
                }
                FeatureReduction::Mean | FeatureReduction::Sum => kept + x,
            });
            let reduced = reduced.unwrap_or(T::ZERO);
            all.push(match pool.reduction {
                FeatureReduction::Mean => reduced / T::count(divisor),
                _ => reduced,
            });
        }
    }
    all
}

pub(super) fn normalised<T: Number>(norm: &GroupNorm, tensors: &Tensors<T>, frame: &[T]) -> Vec<T> {
    let GroupNorm { features, channels, groups, epsilon, .. } = *norm;
    let of_group = channels / groups;
    let mut all = frame.to_vec();
    for block in all.chunks_mut((features * channels).max(1)) {
        for group in 0..groups {
            let own = |(place, _): &(usize, &mut T)| place % channels / of_group == group;
            let mut numbers: Vec<_> = block.iter_mut().enumerate().filter(own).collect();
            let count = T::count(numbers.len());
            let sum = numbers.iter().fold(T::ZERO, |sum, (_, x)| sum + **x);
            let mean = sum / count;
            let squares =
                numbers.iter().fold(T::ZERO, |sum, (_, x)| sum + (**x - mean) * (**x - mean));
            let deviation = T::of(((squares / count).wide() + f64::from(epsilon)).sqrt());
            for (place, x) in &mut numbers {
                let [gamma, beta] = [0, 1].map(|tensor| {
                    tensors.get(tensor).map_or(T::ZERO, |tensor| at(tensor, *place % channels))
                });
                **x = gamma * ((**x - mean) / deviation) + beta;
            }
        }
    }
    all
}
