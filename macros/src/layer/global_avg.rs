//! The mean of the newest frames.

use proc_macro2::TokenStream;
use quote::quote;

use super::window::{self, COUNTER, LAYER};
use super::{Arguments, Given, Key, Kind, Layer, Names, Rest, State, Summary, Takes, Timing};
use crate::errors::Errors;
use crate::numbers::plural;

pub(super) const GLOBAL_AVG: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the number of newest frames to average",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    counted_as: Some("global_avg"),
    ..Kind::plain(
        "global_avg",
        "`global_avg(frames=49)`: the mean of each channel over the newest frames, at every push.",
        build,
    )
};

fn build(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    window::several(arguments, "frames", errors)?;
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
        window::timing(self.frames, 1)
    }

    fn history(&self) -> usize {
        self.frames
    }

    fn states(&self) -> Vec<State> {
        // A push adds up one block and all blocks: least where both are as many.
        let blocks = self.frames.div_ceil(self.frames.isqrt());
        let bytes = window::bytes(self.frames.saturating_add(blocks), self.channels);
        let (held, channels) = (plural(self.frames, "frame"), plural(self.channels, "channel"));
        vec![State {
            name: "GlobalAvg",
            arguments: vec![self.channels, self.frames, blocks],
            bytes: bytes.saturating_add(COUNTER),
            doc: format!(
                "Newest {held} of {LAYER} ({channels}) and {}",
                plural(blocks, "partial sum")
            ),
            branch: None,
        }]
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, state, .. } = names;
        quote!(#state.push(#frame))
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        Rest::of(given.frames.clone()).keeping_frame(given.frames)
    }

    fn summary(&self) -> Summary {
        Summary { flags: vec![format!("frames={}", self.frames)], ..Summary::default() }
    }
}
