//! Layers of one input that came later than the others.

use serde::Deserialize;

use super::cost::Cost;
use super::plane::{GroupNorm, Plane, Pool2d, Reduce};
use super::sequence::Sequence;

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Operation {
    Pool2d(Pool2d),
    Reduce(Reduce),
    GroupNorm(GroupNorm),
    Plane(Plane),
    /// The numbers at these places.
    Gather {
        indices: Vec<usize>,
    },
    /// So many frames of one.
    Split {
        times: usize,
    },
}

impl Operation {
    pub(super) fn run(&self, input: Sequence, channels: usize, cost: &mut Cost) -> Sequence {
        match self {
            Self::Pool2d(pool) => {
                *cost = pool.cost(channels);
                pool.run(&input)
            }
            Self::Reduce(reduce) => input.map(|frame| reduce.of(frame)),
            Self::GroupNorm(norm) => {
                *cost = norm.cost(channels);
                input.map(|frame| norm.of(frame))
            }
            Self::Plane(plane) => {
                *cost = plane.cost();
                plane.run(&input)
            }
            Self::Gather { indices } => {
                input.map(|frame| indices.iter().map(|place| frame[*place]).collect())
            }
            Self::Split { times } => input.upsampled(*times, |time, place| {
                let numbers = &input.outputs[time].frame;
                let length = numbers.len() / times;
                (numbers[place * length..][..length].to_vec(), Some(time))
            }),
        }
    }

    /// Output frames for one input frame.
    pub(super) fn frames(&self) -> usize {
        match self {
            Self::Split { times } => *times,
            _ => 1,
        }
    }
}
