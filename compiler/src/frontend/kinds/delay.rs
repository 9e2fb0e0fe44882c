//! Layers that move frames in time: later, or several times.

use super::{Arguments, Key, Kind, Takes};
use crate::frontend::build::frames::{Frames, How};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::Value;

pub(super) const DELAY: Kind = Kind {
    keys: &[Key {
        name: keys::FRAMES,
        doc: "the number of pushes that a frame is delayed",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    field_prefix: Some("delay"),
    ..Kind::plain(
        kind::DELAY,
        "`delay(frames=2)`: delays each frame by that number of pushes.",
        delay,
    )
};

pub(super) const UPSAMPLE: Kind = Kind {
    keys: &[Key {
        name: keys::N,
        doc: "the output frames per input frame",
        takes: Takes::Count,
        aliases: &["size", "scale_factor", "times"],
    }],
    ..Kind::plain(
        kind::UPSAMPLE,
        "`upsample(n=2)`: repeats each frame `n` times; a push gives all of them.",
        upsample,
    )
};

fn delay(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let count = arguments.count(keys::FRAMES)?;
    lower.add(arguments, &Frames { how: How::Delay, count })
}

fn upsample(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let count = arguments.count(keys::N)?;
    lower.add(arguments, &Frames { how: How::Upsample, count })
}
