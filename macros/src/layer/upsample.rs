//! Every frame several times.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Arguments, Given, Key, Kind, Layer, Names, Rest, Summary, Takes, Timing, window};
use crate::errors::Errors;
use crate::numbers::count;

pub(super) const UPSAMPLE: Kind = Kind {
    keys: &[Key {
        name: "n",
        doc: "the output frames per input frame",
        takes: Takes::Count,
        aliases: &["size", "scale_factor", "times"],
    }],
    ..Kind::plain(
        "upsample",
        "`upsample(n=2)`: repeats each frame `n` times; a push gives all of them.",
        build,
    )
};

fn build(arguments: &Arguments<'_>, errors: &mut Errors) -> Option<Box<dyn Layer>> {
    window::several(arguments, "n", errors)?;
    Some(Box::new(Upsample { channels: arguments.inputs?, times: arguments.count("n")? }))
}

struct Upsample {
    channels: usize,
    times: usize,
}

impl Layer for Upsample {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn timing(&self) -> Timing {
        Timing { frames: self.times, ..Timing::AT_ONCE }
    }

    fn functions(&self) -> Vec<&'static str> {
        vec!["upsample"]
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let (frame, times, channels) = (names.frame, count(self.times), count(self.channels));
        quote!(upsample::<#times, #channels>(#frame))
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let times = given.frames.iter().map(|frame| vec![frame.clone(); self.times]);
        Rest::of(times.flatten().collect())
    }

    fn summary(&self) -> Summary {
        Summary { flags: vec![format!("n={}", self.times)], ..Summary::default() }
    }
}
