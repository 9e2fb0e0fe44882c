//! The newest frames as one.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Arguments, Key, Kind, Layer, Names, Outputs, State, Summary, Takes, Timing};
use crate::errors::Errors;
use crate::numbers::plural;

pub(super) const FLATTEN: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the frames that become one",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    outputs: Outputs::Hidden,
    counted_as: Some("flatten"),
    ..Kind::plain(
        "flatten",
        "`flatten(frames=4)`: the newest frames as one, the oldest first.",
        build,
    )
};

fn build(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    several(arguments, "frames", errors)?;
    Some(Box::new(Flatten { channels: arguments.inputs?, frames: arguments.count("frames")? }))
}

/// A window of one frame would leave the frame as it is.
pub(super) fn several(arguments: &Arguments<'_>, key: &str, errors: &mut Errors) -> Option<()> {
    if arguments.count(key)? > 1 {
        return Some(());
    }
    let message =
        format!("`{}` of one frame is that frame\nhelp: remove the layer", arguments.kind.name);
    errors.report(&arguments.written(key), message);
    None
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
        let past = self.frames - 1;
        Timing { past, first: past, ..Timing::AT_ONCE }
    }

    fn states(&self) -> Vec<State> {
        let past = self.frames - 1;
        let numbers = past.saturating_mul(self.channels).saturating_mul(size_of::<f32>());
        let held =
            format!("the past {} of {}", plural(past, "frame"), plural(self.channels, "channel"));
        vec![State {
            name: "Flatten",
            arguments: vec![self.channels, past, self.outputs()],
            bytes: numbers.saturating_add(2 * size_of::<u32>()),
            doc: format!("{held}, and which pushes it answers"),
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
