//! The newest frames as one.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Arguments, Given, Key, Kind, Layer, Names, Outputs, Rest, State, Summary, Takes, Timing, window,
};
use crate::errors::Errors;

pub(super) const FLATTEN: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the number of frames that become one",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    outputs: Outputs::Hidden,
    counted_as: Some("flatten"),
    ..Kind::plain(
        "flatten",
        "`flatten(frames=4)`: the newest frames joined into one, the oldest first.",
        build,
    )
};

fn build(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    window::several(arguments, "frames", errors)?;
    Some(Box::new(Flatten { channels: arguments.inputs?, frames: arguments.count("frames")? }))
}

struct Flatten {
    channels: usize,
    frames: usize,
}

impl Layer for Flatten {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels.saturating_mul(self.frames)
    }

    fn timing(&self) -> Timing {
        window::timing(self.frames, 1)
    }

    fn states(&self) -> Vec<State> {
        let past = self.frames - 1;
        let arguments = vec![self.channels, past, self.outputs()];
        vec![window::scheduled("Flatten", arguments, past, self.channels)]
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, state, .. } = names;
        quote!(#state.push(#frame))
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        Rest::of_each(given, |frame| frame.repeat(self.frames)).keeping_frame(given.frames)
    }

    fn summary(&self) -> Summary {
        Summary { flags: vec![format!("frames={}", self.frames)], ..Summary::default() }
    }
}
