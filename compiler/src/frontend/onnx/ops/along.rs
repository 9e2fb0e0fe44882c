//! What a kernel does along each axis.

use super::super::call::Call;
use super::super::dim::Dim;
use super::super::reader::Reader;
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::stream::{Stream, shown};
use crate::graph::Window;

/// Places along an axis that a stride, a dilation or a padding may span.
pub(super) const MOST: usize = 1 << 24;

/// What a kernel does along one axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Along {
    pub(super) axis: usize,
    pub(super) taps: usize,
    pub(super) stride: usize,
    pub(super) dilation: usize,
    /// Zeros before the first place and behind the last one.
    pub(super) pads: [usize; 2],
}

impl Along {
    /// Places before the newest under the kernel.
    pub(super) fn past(self) -> usize {
        self.taps.saturating_sub(1).saturating_mul(self.dilation)
    }

    fn is_nothing(self) -> bool {
        self.taps == 1 && self.stride == 1 && self.pads == [0, 0]
    }

    /// The length behind it.
    pub(super) fn length(self, length: Dim) -> Dim {
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let zeros = number(self.pads[0]).saturating_add(number(self.pads[1]));
        let stride = i64::try_from(self.stride).unwrap_or(i64::MAX);
        length
            .plus(zeros.saturating_sub(number(self.past())).saturating_sub(1))
            .over(stride)
            .plus(1)
    }

    /// Along time. Where it pads, a window would see other frames in the stream.
    pub(super) fn window(self, reader: &mut Reader<'_>, what: &'static str) -> Result<Window> {
        let (before, past) = (self.pads[0], self.past());
        if before > past {
            return refuse_with(
                format!(
                    "it pads {before} frames before the first one, but its kernel reaches back only {past}"
                ),
                format!("pad {past} frames or fewer"),
            );
        }
        if self.pads != [0, 0] {
            reader.carries(what);
        }
        let zeros = (before > 0).then_some(before);
        Ok(Window {
            taps: self.taps,
            dilation: self.dilation,
            stride: self.stride,
            zeros,
            skipped: 0,
        })
    }
}

/// What a kernel does along each axis behind the channels.
pub(super) fn alongs(call: &Call<'_, '_>, stream: &Stream, kernel: &[usize]) -> Result<Vec<Along>> {
    let node = call.node;
    let rank = kernel.len();
    if stream.rank() != rank + 2 {
        return invalid(format!(
            "a kernel of {rank} axes needs an input of {}, not of shape {}",
            rank + 2,
            shown(&stream.shape())
        ));
    }
    let numbers = |name: &str, otherwise: usize, count: usize| -> Result<Vec<usize>> {
        let Some(numbers) = node.ints(name) else { return Ok(vec![otherwise; count]) };
        let numbers: Option<Vec<_>> = numbers
            .iter()
            .map(|number| usize::try_from(*number).ok().filter(|n| *n <= MOST))
            .collect();
        match numbers.filter(|numbers| numbers.len() == count) {
            Some(numbers) => Ok(numbers),
            None => invalid(format!("its `{name}` are not {count} numbers from 0 to {MOST}")),
        }
    };
    let strides = numbers("strides", 1, rank)?;
    let dilations = numbers("dilations", 1, rank)?;
    let pads = numbers("pads", 0, 2 * rank)?;
    let auto = node.text("auto_pad").unwrap_or("NOTSET");
    let mut alongs = Vec::new();
    for (place, taps) in kernel.iter().enumerate() {
        let at = |numbers: &[usize]| numbers.get(place).copied().unwrap_or_default();
        let mut along = Along {
            axis: place + 2,
            taps: *taps,
            stride: at(&strides),
            dilation: at(&dilations),
            pads: [at(&pads), pads.get(rank + place).copied().unwrap_or_default()],
        };
        if along.stride == 0 || along.dilation == 0 || along.taps == 0 {
            return invalid("its kernel, stride or dilation is 0");
        }
        if along.past() > MOST {
            return refuse_with(
                format!("its kernel reaches over more than {MOST} places"),
                "use a smaller kernel or dilation",
            );
        }
        match auto {
            "SAME_UPPER" | "SAME_LOWER" => {
                let length = stream.shape().get(place + 2).copied().unwrap_or(Dim::number(1));
                let all = same(along, length)?;
                let less = all / 2;
                along.pads =
                    if auto == "SAME_UPPER" { [less, all - less] } else { [all - less, less] };
            }
            "VALID" => along.pads = [0, 0],
            _ => {}
        }
        // Zeros that wait before and behind the sequence are the kernel's.
        if stream.is_time(along.axis) {
            along.pads = [along.pads[0] + stream.padding[0], along.pads[1] + stream.padding[1]];
        }
        alongs.push(along);
    }
    Ok(alongs)
}

/// All zeros of the padding that keeps `length / stride` places.
fn same(along: Along, length: Dim) -> Result<usize> {
    if along.stride == 1 {
        return Ok(along.past());
    }
    let Some(length) = length.as_size() else {
        return refuse_with(
            "with a stride, its `same` padding depends on the length of the sequence",
            "state the frames of a window, `#[window = 64]`, or pad by a number of frames",
        );
    };
    let outputs = length.div_ceil(along.stride);
    let covered = outputs.saturating_sub(1) * along.stride + along.past() + 1;
    Ok(covered.saturating_sub(length))
}

/// The axes of a kernel by what they are in a stream.
pub(super) struct Axes {
    pub(super) time: Option<Along>,
    pub(super) features: Option<Along>,
}

pub(super) fn axes(stream: &Stream, alongs: &[Along]) -> Result<Axes> {
    if stream.is_time(1) {
        return refuse_with(
            "the axis of time is its channels, axis 1",
            "state the axis of time of the model's input, such as `#[time = 2]`",
        );
    }
    if stream.length(0) != 1 {
        return refuse_with(
            format!("it has a batch of {}, not of 1", stream.length(0)),
            "export the model with a batch of 1",
        );
    }
    let time = alongs.iter().copied().find(|along| stream.is_time(along.axis));
    let mut features = alongs.iter().copied().filter(|along| {
        !stream.is_time(along.axis) && (stream.length(along.axis) != 1 || !along.is_nothing())
    });
    let first = features.next();
    if features.next().is_some() {
        return refuse_with(
            format!(
                "it goes over two axes of features beside time, of an input {}",
                shown(&stream.shape())
            ),
            "a frame has channels and one axis of features: state another axis of time, or compute along one axis after the other",
        );
    }
    Ok(Axes { time, features: first })
}
