//! One frame of a window of frames: the largest of each channel, or the mean.

use proc_macro2::TokenStream;
use quote::quote;

use super::window::{self, COUNTER, SCHEDULE};
use super::{Arguments, Key, Kind, Layer, Names, State, Summary, Takes, Timing};
use crate::errors::Errors;
use crate::numbers::plural;

const SIZE: Key = Key {
    name: "size",
    doc: "the frames of a window",
    takes: Takes::Count,
    aliases: &["pool_size", "kernel_size", "k"],
};
const STRIDE: Key = Key {
    name: "stride",
    doc: "the frames from window to window, `size` when left out",
    takes: Takes::OptionalCount,
    aliases: &["strides"],
};

pub(super) const MAX_POOL: Kind = Kind {
    keys: &[SIZE, STRIDE],
    counted_as: Some("max_pool"),
    ..Kind::plain(
        "max_pool",
        "`max_pool(size=2)`: the largest of each channel in a window of frames.",
        max_pool,
    )
};
pub(super) const AVG_POOL: Kind = Kind {
    keys: &[SIZE, STRIDE],
    counted_as: Some("avg_pool"),
    ..Kind::plain(
        "avg_pool",
        "`avg_pool(size=2)`: the mean of each channel in a window of frames.",
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
        let held = format!("what the window has come to in {}", plural(channels, "channel"));
        vec![State {
            name: apart,
            arguments: vec![channels, self.size, stride],
            bytes: window::bytes(self.reduction.kept(), channels).saturating_add(COUNTER),
            doc: format!("{held}, and {SCHEDULE}"),
            branch: None,
        }]
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, state, .. } = names;
        quote!(#state.push(#frame))
    }

    fn summary(&self) -> Summary {
        let flags = vec![format!("size={}", self.size), format!("stride={}", self.stride)];
        Summary { flags, ..Summary::default() }
    }
}
