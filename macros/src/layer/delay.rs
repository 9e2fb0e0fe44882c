//! Frames that come later.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Arguments, Given, Key, Kind, Layer, Names, Rest, State, Summary, Takes, Timing, window,
};
use crate::errors::Errors;

pub(super) const DELAY: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the number of pushes that a frame is delayed",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    counted_as: Some("delay"),
    ..Kind::plain("delay", "`delay(frames=2)`: delays each frame by that number of pushes.", build)
};

fn build(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    Some(Box::new(Delay { channels: arguments.inputs?, frames: arguments.count("frames")? }))
}

struct Delay {
    channels: usize,
    frames: usize,
}

impl Layer for Delay {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn timing(&self) -> Timing {
        Timing { past: self.frames, first: self.frames, ..Timing::AT_ONCE }
    }

    fn states(&self) -> Vec<State> {
        vec![state(self.channels, self.frames, None)]
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

/// What holds frames back.
pub(super) fn state(channels: usize, frames: usize, branch: Option<usize>) -> State {
    State { branch, ..window::scheduled("Delay", vec![channels, frames], frames, channels) }
}
