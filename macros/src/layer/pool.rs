//! One frame of a window of frames: the largest of each channel, or the mean.

use proc_macro2::TokenStream;
use quote::quote;

use super::flatten::several;
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
pub(super) const GLOBAL_AVG: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the newest frames, whose mean it is",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    counted_as: Some("global_avg"),
    ..Kind::plain(
        "global_avg",
        "`global_avg(frames=49)`: the mean of each channel in the newest frames, at every push.",
        global_avg,
    )
};

/// The longest window whose mean a plain sum gives exactly enough.
const PLAIN: usize = 128;

fn max_pool(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    build(arguments, "MaxPool", "MaxPoolOverlapping", 4, errors)
}

fn avg_pool(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    match arguments.count("size")? {
        0..=PLAIN => build(arguments, "AvgPool", "AvgPoolOverlapping", 4, errors),
        _ => build(arguments, "LongAvgPool", "LongAvgPoolOverlapping", 8, errors),
    }
}

fn build(
    arguments: &Arguments<'_>,
    apart: &'static str,
    overlapping: &'static str,
    kept: usize,
    errors: &mut Errors,
) -> Option<Box<dyn Layer>> {
    let size = arguments.count("size")?;
    let stride = arguments.count("stride").unwrap_or(size);
    if stride == 1 {
        several(arguments, "size", errors)?;
    }
    let channels = arguments.inputs?;
    Some(Box::new(Pool { channels, size, stride, apart, overlapping, kept }))
}

struct Pool {
    channels: usize,
    size: usize,
    stride: usize,
    /// The types of windows that are apart, and of those that are not.
    apart: &'static str,
    overlapping: &'static str,
    /// Bytes that are kept of a channel's window.
    kept: usize,
}

impl Layer for Pool {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn timing(&self) -> Timing {
        let past = self.size - 1;
        Timing { past, first: past, stride: self.stride, ..Timing::AT_ONCE }
    }

    fn history(&self) -> usize {
        if self.stride < self.size { self.size - 1 } else { 0 }
    }

    fn states(&self) -> Vec<State> {
        let (channels, counter) = (plural(self.channels, "channel"), size_of::<u32>());
        let (name, size, bytes, doc) = if self.stride < self.size {
            let past = self.size - 1;
            let numbers = past.saturating_mul(self.channels).saturating_mul(size_of::<f32>());
            let held = format!("the past {} of {channels}", plural(past, "frame"));
            (self.overlapping, past, numbers.saturating_add(2 * counter), held)
        } else {
            let held = format!("what the window has come to in {channels}");
            let numbers = self.channels.saturating_mul(self.kept);
            (self.apart, self.size, numbers.saturating_add(counter), held)
        };
        let doc = format!("{doc}, and which pushes it answers");
        vec![State {
            name,
            arguments: vec![self.channels, size, self.stride],
            bytes,
            doc,
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

fn global_avg(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    several(arguments, "frames", errors)?;
    Some(Box::new(GlobalAvg { channels: arguments.inputs?, frames: arguments.count("frames")? }))
}

struct GlobalAvg {
    channels: usize,
    frames: usize,
}

impl Layer for GlobalAvg {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn timing(&self) -> Timing {
        let past = self.frames - 1;
        Timing { past, first: past, ..Timing::AT_ONCE }
    }

    fn history(&self) -> usize {
        self.frames
    }

    fn states(&self) -> Vec<State> {
        // A push adds up one block and all blocks: least where both are as many.
        let blocks = self.frames.div_ceil(self.frames.isqrt());
        let frames = self.frames.saturating_add(blocks);
        let numbers = frames.saturating_mul(self.channels).saturating_mul(size_of::<f32>());
        let (held, channels) = (plural(self.frames, "frame"), plural(self.channels, "channel"));
        vec![State {
            name: "GlobalAvg",
            arguments: vec![self.channels, self.frames, blocks],
            bytes: numbers.saturating_add(size_of::<u32>()),
            doc: format!("the newest {held} of {channels}, and {}", plural(blocks, "sum")),
            branch: None,
        }]
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, state, .. } = names;
        quote!(#state.push(#frame))
    }

    fn summary(&self) -> Summary {
        Summary { flags: vec![format!("frames={}", self.frames)], ..Summary::default() }
    }
}
