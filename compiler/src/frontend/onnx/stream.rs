//! A value that each push has anew: numbers of a frame of the graph, in the file's shape.

use super::array::Array;
use super::dim::Dim;
use crate::graph::Value;
use crate::tensor::Tensor;

/// What a tensor of the file is in a stream.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    pub(super) value: Value,
    /// In the file's shape, the place in the frame where each number stands. The axis of time has length 1. Transposing,
    /// slicing and repeating change this alone, and cost nothing.
    pub(super) places: Array<usize>,
    /// `None` where the file has one for the whole sequence: the newest, or one of a window.
    pub(super) time: Option<Time>,
    /// Zero frames before the first one and behind the last one, which the next operation has to see.
    pub(super) padding: [usize; 2],
    /// Whether it is the newest of a sequence that has no fixed length.
    pub(super) is_newest: bool,
}

/// The axis along which a sequence goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Time {
    pub(super) axis: usize,
    pub(super) length: Dim,
}

impl Stream {
    /// A frame as it lies in memory, in a shape whose axis of time has length 1.
    pub(super) fn plain(value: Value, shape: Vec<usize>, time: Option<Time>) -> Self {
        let count = shape.iter().product();
        Self {
            value,
            places: Array { shape, items: (0..count).collect() },
            time,
            padding: [0, 0],
            is_newest: false,
        }
    }

    /// The file's shape.
    pub(super) fn shape(&self) -> Vec<Dim> {
        let length = |(axis, length): (usize, &usize)| match self.time {
            Some(time) if time.axis == axis => time.length,
            _ => Dim::size(*length),
        };
        self.places.shape.iter().enumerate().map(length).collect()
    }

    pub(super) fn rank(&self) -> usize {
        self.places.shape.len()
    }

    /// The length of an axis in a frame.
    pub(super) fn length(&self, axis: usize) -> usize {
        self.places.shape.get(axis).copied().unwrap_or(1)
    }

    pub(super) fn is_time(&self, axis: usize) -> bool {
        self.time.is_some_and(|time| time.axis == axis)
    }

    /// The same frame in another shape of as many numbers, row by row.
    pub(super) fn reshaped(&self, shape: Vec<usize>, time: Option<Time>) -> Self {
        let places = Array { shape, items: self.places.items.clone() };
        Self { places, time, ..self.clone() }
    }

    /// Numbers of the file's shape, or one for all of it, where those of the frame lie. The frame has no others.
    pub(super) fn placed(&self, numbers: &[f64]) -> Tensor {
        let count = self.places.items.len();
        let mut placed = vec![numbers.first().copied().unwrap_or_default(); count];
        if numbers.len() > 1 {
            for (place, number) in self.places.items.iter().zip(numbers) {
                if let Some(at) = placed.get_mut(*place) {
                    *at = *number;
                }
            }
        }
        Tensor { shape: vec![count], numbers: placed }
    }

    /// The axes whose length is not 1, without time's.
    pub(super) fn wide_axes(&self) -> Vec<usize> {
        let axes = 0..self.rank();
        axes.filter(|axis| self.length(*axis) != 1 && !self.is_time(*axis)).collect()
    }
}

/// A shape as messages show it.
pub(super) fn shown(shape: &[Dim]) -> String {
    let lengths: Vec<_> = shape.iter().map(ToString::to_string).collect();
    format!("({})", lengths.join(", "))
}
