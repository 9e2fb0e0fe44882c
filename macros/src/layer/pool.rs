//! One frame of a window of frames: the largest of each channel, or the mean.

use proc_macro2::TokenStream;
use quote::quote;

use super::window::{self, COUNTER, LAYER, SCHEDULE};
use super::{Arguments, Given, Key, Kind, Layer, Names, Rest, State, Summary, Takes, Timing};
use crate::errors::Errors;
use crate::numbers::{plural, rounded};
use crate::tensor::Tensor;

const SIZE: Key = Key {
    name: "size",
    doc: "the frames in a window",
    takes: Takes::Count,
    aliases: &["pool_size", "kernel_size", "k"],
};
const STRIDE: Key = Key {
    name: "stride",
    doc: "the frames from the start of one window to the next, `size` when left out",
    takes: Takes::OptionalCount,
    aliases: &["strides"],
};

pub(super) const MAX_POOL: Kind = Kind {
    keys: &[SIZE, STRIDE],
    counted_as: Some("max_pool"),
    ..Kind::plain(
        "max_pool",
        "`max_pool(size=2)`: the maximum of each channel over a window of frames.",
        max_pool,
    )
};
pub(super) const AVG_POOL: Kind = Kind {
    keys: &[SIZE, STRIDE],
    counted_as: Some("avg_pool"),
    ..Kind::plain(
        "avg_pool",
        "`avg_pool(size=2)`: the mean of each channel over a window of frames.",
        avg_pool,
    )
};
/// The longest window whose mean a plain sum gives exactly enough.
const PLAIN: usize = 128;

fn max_pool(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    build(arguments, Reduction::Max, errors)
}

fn avg_pool(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    let is_plain = arguments.count("size")? <= PLAIN;
    build(arguments, if is_plain { Reduction::Mean } else { Reduction::LongMean }, errors)
}

fn build(
    arguments: &Arguments<'_>,
    reduction: Reduction,
    errors: &mut Errors,
) -> Option<Box<dyn Layer>> {
    let size = arguments.count("size")?;
    let stride = arguments.count("stride").unwrap_or(size);
    if stride == 1 {
        window::several(arguments, "size", errors)?;
    }
    Some(Box::new(Pool { channels: arguments.inputs?, size, stride, reduction }))
}

struct Pool {
    channels: usize,
    size: usize,
    stride: usize,
    reduction: Reduction,
}

/// How the frames of a window become one.
#[derive(Clone, Copy)]
enum Reduction {
    Max,
    Mean,
    LongMean,
}

impl Reduction {
    /// The types for windows that are apart, and for those that are not.
    fn names(self) -> [&'static str; 2] {
        match self {
            Self::Max => ["MaxPool", "MaxPoolOverlapping"],
            Self::Mean => ["AvgPool", "AvgPoolOverlapping"],
            Self::LongMean => ["LongAvgPool", "LongAvgPoolOverlapping"],
        }
    }

    /// Numbers that are kept of a channel's window.
    fn kept(self) -> usize {
        match self {
            Self::Max | Self::Mean => 1,
            Self::LongMean => 2,
        }
    }

    /// What is kept of so many frames of this number.
    fn of(self, frames: usize, x: f64) -> Vec<f64> {
        #[allow(clippy::cast_precision_loss, reason = "the windows of a push are not as long")]
        let sum = frames as f64 * x;
        match self {
            Self::Max => vec![x],
            Self::Mean => vec![sum],
            // With what rounding takes from it.
            Self::LongMean => vec![sum, sum - f64::from(rounded(sum))],
        }
    }
}

impl Pool {
    fn overlaps(&self) -> bool {
        self.stride < self.size
    }
}

impl Layer for Pool {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn timing(&self) -> Timing {
        window::timing(self.size, self.stride)
    }

    fn history(&self) -> usize {
        if self.overlaps() { self.size - 1 } else { 0 }
    }

    fn states(&self) -> Vec<State> {
        let [apart, overlapping] = self.reduction.names();
        let (channels, stride, past) = (self.channels, self.stride, self.size - 1);
        if self.overlaps() {
            let arguments = vec![channels, past, stride];
            return vec![window::scheduled(overlapping, arguments, past, channels)];
        }
        let held = format!("Window of {LAYER} so far ({})", plural(channels, "channel"));
        vec![State {
            name: apart,
            arguments: vec![channels, self.size, stride],
            bytes: window::bytes(self.reduction.kept(), channels).saturating_add(COUNTER),
            doc: format!("{held} and {SCHEDULE}"),
            branch: None,
        }]
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, state, .. } = names;
        quote!(#state.push(#frame))
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let rest = Rest::of(given.frames.clone());
        if self.overlaps() {
            return rest.keeping_frame(given.frames);
        }
        let frame = given.frames.first().into_iter().flatten();
        let kept: Vec<_> = frame.flat_map(|x| self.reduction.of(self.size - 1, *x)).collect();
        let shape = match self.reduction.kept() {
            1 => vec![self.channels],
            numbers => vec![self.channels, numbers],
        };
        rest.keeping(Tensor { shape, numbers: kept })
    }

    fn summary(&self) -> Summary {
        let flags = vec![format!("size={}", self.size), format!("stride={}", self.stride)];
        Summary { flags, ..Summary::default() }
    }
}
