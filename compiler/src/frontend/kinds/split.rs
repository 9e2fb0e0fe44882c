//! Layers that make several frames of one.

use super::{Arguments, Key, Kind, Outputs, Takes};
use crate::frontend::build::split::Split;
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

const N: Key = Key {
    name: keys::N,
    doc: "the output frames per input frame; each has `in / n` channels",
    takes: Takes::Count,
    aliases: &["size", "upscale_factor", "times"],
};

pub(super) const SPLIT: Kind = Kind {
    keys: &[N],
    outputs: Outputs::Hidden,
    ..Kind::plain(
        kind::SPLIT,
        "`split(n=2)`: splits a frame into `n`, the first channels first; a push gives all of them.",
        split,
    )
};
pub(super) const PIXEL_SHUFFLE: Kind = Kind {
    keys: &[N],
    outputs: Outputs::Hidden,
    ..Kind::plain(
        kind::PIXEL_SHUFFLE,
        "`pixel_shuffle(n=2)`: `n` neighbouring channels become one channel of `n` frames; a push gives all of them.",
        pixel_shuffle,
    )
};

fn split(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.add(arguments, &Split { times: arguments.count(keys::N)?, is_shuffled: false })
}

fn pixel_shuffle(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    lower.add(arguments, &Split { times: arguments.count(keys::N)?, is_shuffled: true })
}
