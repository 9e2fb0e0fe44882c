//! Pools over frames and over features, in f64 and in i64.

use serde_json::Value;

use super::floats::Stream;
use super::quantised::scaled;

/// Windows over frames.
pub(super) struct Pool {
    pub(super) is_max: bool,
    pub(super) size: usize,
    pub(super) stride: usize,
    pub(super) dilation: usize,
    /// Whether the first window ends with the first frame.
    pub(super) is_padded: bool,
    /// Whether missing frames are zeros of a mean.
    pub(super) counts: bool,
}

/// Windows over the features of each frame.
pub(super) struct FeaturePool {
    kind: String,
    channels: usize,
    size: usize,
    stride: usize,
    /// Places before the first feature.
    before: usize,
    positions: usize,
    counts: bool,
}

/// One part of so many.
fn part(count: usize) -> f64 {
    1.0 / f64::from(u32::try_from(count).expect("a count"))
}

/// The mean of a sum, of so many numbers.
fn mean(sum: i64, count: usize) -> i64 {
    if count == 1 { sum } else { scaled(sum, part(count)) }
}

impl Pool {
    /// What `of` makes of the frames of each window that are there.
    fn windows<T: Clone>(&self, stream: &Stream<T>, of: impl Fn(&[Vec<T>]) -> Vec<T>) -> Stream<T> {
        let past = (self.size - 1) * self.dilation;
        let first = if self.is_padded { 0 } else { past };
        let mut seen: Vec<Vec<T>> = Vec::new();
        let outputs = stream.iter().map(|frame| {
            seen.push(frame.clone()?);
            let newest = seen.len() - 1;
            let is_due = newest >= first && (newest - first).is_multiple_of(self.stride);
            let taps = (0..self.size).filter_map(|tap| {
                let place = (newest + tap * self.dilation).checked_sub(past)?;
                Some(seen[place].clone())
            });
            is_due.then(|| of(&taps.collect::<Vec<_>>()))
        });
        outputs.collect()
    }

    fn divisor(&self, present: usize) -> usize {
        if self.counts { self.size } else { present }
    }

    pub(super) fn exact(&self, stream: &Stream<f64>) -> Stream<f64> {
        self.windows(stream, |taps| {
            let of = |channel: usize| taps.iter().map(move |tap| tap[channel]);
            let one = |channel: usize| {
                if self.is_max {
                    of(channel).fold(f64::MIN, f64::max)
                } else {
                    of(channel).sum::<f64>() * part(self.divisor(taps.len()))
                }
            };
            (0..taps[0].len()).map(one).collect()
        })
    }

    pub(super) fn replay(&self, stream: &Stream<i64>) -> Stream<i64> {
        self.windows(stream, |taps| {
            let of = |channel: usize| taps.iter().map(move |tap| tap[channel]);
            let one = |channel: usize| {
                if self.is_max {
                    of(channel).max().expect("a frame")
                } else {
                    mean(of(channel).sum(), self.divisor(taps.len()))
                }
            };
            (0..taps[0].len()).map(one).collect()
        })
    }
}

impl FeaturePool {
    pub(super) fn of(layer: &Value) -> Self {
        let count =
            |key: &str| usize::try_from(layer[key].as_u64().expect("a count")).expect("a count");
        Self {
            kind: layer["kind"].as_str().expect("a kind").to_owned(),
            channels: count("channels"),
            size: count("size"),
            stride: count("stride"),
            before: count("before"),
            positions: count("positions"),
            counts: layer["counts"].as_bool().expect("whether it counts"),
        }
    }

    /// Whether its scale is that of its input.
    pub(super) fn keeps_scale(&self) -> bool {
        self.kind != "sum"
    }

    fn each<T: Copy>(&self, frame: &[T], of: impl Fn(&[T]) -> T) -> Vec<T> {
        let features = frame.len() / self.channels;
        let mut outputs = Vec::new();
        for position in 0..self.positions {
            for channel in 0..self.channels {
                let places = (0..self.size)
                    .filter_map(|tap| (position * self.stride + tap).checked_sub(self.before));
                let numbers = places.filter(|place| *place < features);
                let numbers: Vec<T> =
                    numbers.map(|place| frame[place * self.channels + channel]).collect();
                outputs.push(of(&numbers));
            }
        }
        outputs
    }

    fn divisor(&self, present: usize) -> usize {
        if self.counts { self.size } else { present }
    }

    pub(super) fn exact(&self, frame: &[f64]) -> Vec<f64> {
        self.each(frame, |numbers| {
            let sum: f64 = numbers.iter().sum();
            match self.kind.as_str() {
                "max" => numbers.iter().copied().fold(f64::MIN, f64::max),
                "min" => numbers.iter().copied().fold(f64::MAX, f64::min),
                "sum" => sum,
                _ => sum * part(self.divisor(numbers.len())),
            }
        })
    }

    /// `factor` is what a sum is multiplied by.
    pub(super) fn replay(&self, frame: &[i64], factor: f64) -> Vec<i64> {
        self.each(frame, |numbers| {
            let sum: i64 = numbers.iter().sum();
            match self.kind.as_str() {
                "max" => *numbers.iter().max().expect("a feature"),
                "min" => *numbers.iter().min().expect("a feature"),
                "sum" => scaled(sum, factor),
                _ => mean(sum, self.divisor(numbers.len())),
            }
        })
    }
}
