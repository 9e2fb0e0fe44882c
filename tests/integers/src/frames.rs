//! Operations that give several frames for one. In a stream behind one, there are as many places for each push.

use serde_json::Value;

use super::floats::Stream;
use super::graph::{count, list, matrix, number};
use super::quantised::{Row, row};

pub(super) enum Several {
    /// Each frame so often.
    Upsample(usize),
    /// So many frames of one.
    Split(usize),
    Transposed(Transposed),
}

/// A transposed convolution, and the rectifier behind it.
pub(super) struct Transposed {
    /// By tap, output and input.
    pub(super) kernel: Vec<Vec<Vec<f64>>>,
    pub(super) bias: Vec<f64>,
    pub(super) stride: usize,
    /// Frames that are left out before the first.
    pub(super) cut: usize,
    pub(super) is_rectified: bool,
}

impl Several {
    pub(super) fn times(&self) -> usize {
        match self {
            Self::Upsample(times) | Self::Split(times) => *times,
            Self::Transposed(conv) => conv.stride,
        }
    }

    pub(super) fn keeps_scale(&self) -> bool {
        !matches!(self, Self::Transposed(_))
    }

    pub(super) fn floats(&self, x: &Stream<f64>) -> Stream<f64> {
        let Self::Transposed(conv) = self else { return self.moved(x) };
        conv.spread(x, |_, frames| {
            let sums = conv.bias.iter().enumerate().map(|(output, bias)| {
                let products = frames.iter().map(|(tap, frame)| -> f64 {
                    frame.iter().zip(&conv.kernel[*tap][output]).map(|(x, weight)| x * weight).sum()
                });
                let sum = bias + products.sum::<f64>();
                if conv.is_rectified { sum.max(0.0) } else { sum }
            });
            sums.collect()
        })
    }

    /// The rows of a transposed convolution: those of the first frame of a push, then those of the next. They have the weights of
    /// the taps that reach it.
    pub(super) fn rows(&self, input: f64, output: f64) -> Vec<Row> {
        let Self::Transposed(conv) = self else { return Vec::new() };
        let of_frame = |frame: usize| {
            conv.bias.iter().enumerate().map(move |(channel, bias)| {
                let taps = conv.taps_of(frame).into_iter();
                let weights = taps.flat_map(|tap| &conv.kernel[tap][channel]);
                let weights: Vec<f64> = weights.map(|weight| weight * (input / output)).collect();
                row(&weights, bias / output, false)
            })
        };
        (0..conv.stride).flat_map(of_frame).collect()
    }

    pub(super) fn integers(&self, x: &Stream<i64>, rows: &[Row]) -> Stream<i64> {
        let Self::Transposed(conv) = self else { return self.moved(x) };
        let outputs = conv.bias.len();
        conv.spread(x, |place, frames| {
            let taps = conv.taps_of(place);
            let rows = rows[place * outputs..].iter().take(outputs);
            let sums = rows.map(|row| {
                let mut sum = row.bias;
                for (tap, frame) in frames {
                    let first = taps.iter().position(|own| own == tap).expect("it is one of them");
                    let weights = row.weights.iter().skip(first * frame.len());
                    sum += frame.iter().zip(weights).map(|(x, weight)| x * weight).sum::<i64>();
                }
                assert!(i32::try_from(sum).is_ok(), "a sum overflows");
                let output = (sum >> row.shift).clamp(-32768, 32767);
                if conv.is_rectified { output.max(0) } else { output }
            });
            sums.collect()
        })
    }

    /// What has no arithmetic.
    fn moved<T: Clone>(&self, x: &Stream<T>) -> Stream<T> {
        let frames = |frame: &Option<Vec<T>>| match (self, frame) {
            (_, None) => vec![None; self.times()],
            (Self::Split(times), Some(frame)) => {
                frame.chunks(frame.len() / times).map(|part| Some(part.to_vec())).collect()
            }
            (_, Some(frame)) => vec![Some(frame.clone()); self.times()],
        };
        x.iter().flat_map(frames).collect()
    }
}

impl Transposed {
    pub(super) fn of(layer: &Value) -> Self {
        Self {
            kernel: list(&layer["kernel"]).iter().map(matrix).collect(),
            bias: list(&layer["bias"]).iter().map(number).collect(),
            stride: count(layer, "stride", 1),
            cut: count(layer, "pad", 0),
            is_rectified: false,
        }
    }

    /// The taps that reach a frame of a push, counted from the first.
    fn taps_of(&self, frame: usize) -> Vec<usize> {
        let reaches = |tap: &usize| *tap % self.stride == (frame + self.cut) % self.stride;
        (0..self.kernel.len()).filter(reaches).collect()
    }

    /// Every frame of the whole sequence: `of` its place in its push, and of the input frames that add to it, each with its tap.
    fn spread<T>(
        &self,
        x: &Stream<T>,
        of: impl Fn(usize, &[(usize, &Vec<T>)]) -> Vec<T>,
    ) -> Stream<T> {
        let seen: Vec<&Vec<T>> = x.iter().flatten().collect();
        let late = self.cut.div_ceil(self.stride);
        let mut next = 0;
        let of_push = |frame: &Option<Vec<T>>| {
            let is_due = frame.is_some() && next >= late;
            // The place of the push among those with a frame, and its first output frame among all that are not left out.
            let first = (next.max(late) - late) * self.stride;
            next += usize::from(frame.is_some());
            let frames = (0..self.stride).map(|place| {
                let at = first + place + self.cut;
                let reaching = seen.iter().enumerate().filter_map(|(number, frame)| {
                    let tap = at.checked_sub(number * self.stride)?;
                    (tap < self.kernel.len()).then_some((tap, *frame))
                });
                is_due.then(|| of(place, &reaching.collect::<Vec<_>>()))
            });
            frames.collect::<Vec<_>>()
        };
        x.iter().flat_map(of_push).collect()
    }
}
