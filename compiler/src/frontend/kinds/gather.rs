//! Layers that put the numbers of a frame in other places.

use super::conv::OUT;
use super::features::FEATURES;
use super::{Arguments, Key, Kind, Outputs, Takes};
use crate::errors::Message;
use crate::frontend::build::gather::{Expand, Permute, Repeat, Slice};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const EXPAND: Kind = Kind {
    keys: &[
        Key {
            doc: "the features of the output, each of which is the whole input frame",
            takes: Takes::OptionalCount,
            ..FEATURES
        },
        Key {
            name: keys::CHANNELS,
            doc: "the channels of the output, each of which is the number of its feature",
            takes: Takes::OptionalCount,
            aliases: &["n", "times"],
        },
    ],
    outputs: Outputs::Hidden,
    ..Kind::plain(
        kind::EXPAND,
        "`expand(features=20)`: the frame as every feature of a larger frame; `expand(channels=4)`: each number several times.",
        expand,
    )
};
pub(super) const PERMUTE: Kind = Kind {
    keys: &[FEATURES],
    ..Kind::plain(
        kind::PERMUTE,
        "`permute(features=20)`: features become channels, and channels features.",
        permute,
    )
};
pub(super) const SLICE: Kind = Kind {
    keys: &[
        Key {
            name: keys::START,
            doc: "the first channel that is taken, counted from 0",
            takes: Takes::Size,
            aliases: &["begin", "from"],
        },
        OUT,
        Key {
            name: keys::STEP,
            doc: "the channels from one that is taken to the next, 1 when left out",
            takes: Takes::OptionalCount,
            aliases: &["stride", "strides"],
        },
    ],
    outputs: Outputs::Key(keys::OUT),
    ..Kind::plain(
        kind::SLICE,
        "`slice(start=0, out=2)`: some channels of each frame, from one on.",
        slice,
    )
};

fn expand(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let given = [keys::FEATURES, keys::CHANNELS].map(|key| arguments.count(key));
    let (how, times) = match given {
        [Some(features), None] => (Repeat::Frame, features),
        [None, Some(channels)] => (Repeat::Number, channels),
        _ => {
            let message = Message::new("`expand` takes either `features` or `channels`");
            let help = "write `features=…` to repeat the frame, `channels=…` to repeat each number";
            lower.report(&arguments.layer.kind, message.help(help));
            return None;
        }
    };
    lower.add(arguments, &Expand { how, times })
}

fn permute(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.add(arguments, &Permute { features: arguments.count(keys::FEATURES)? })
}

fn slice(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let spec = Slice {
        start: arguments.size(keys::START)?,
        outputs: arguments.count(keys::OUT)?,
        step: arguments.count(keys::STEP).unwrap_or(1),
    };
    lower.add(arguments, &spec)
}
