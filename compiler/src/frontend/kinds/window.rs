//! Layers of a window of frames: the largest of each channel, the mean, or the frames themselves.

use super::taps::{self, DILATION, PAD, PADDING};
use super::{Arguments, Flag, Key, Kind, Outputs, Takes};
use crate::frontend::build::frames::{Frames, How, Pool};
use crate::frontend::keys::{self, kind};
use crate::frontend::lower::Lower;
use crate::graph::{Reduction, Value};

const SIZE: Key = Key {
    name: keys::SIZE,
    doc: "the frames in a window",
    takes: Takes::Count,
    aliases: &["pool_size", "kernel_size", "k"],
};
const STRIDE: Key = Key {
    name: keys::STRIDE,
    doc: "the frames from the start of one window to the next, `size` when left out",
    takes: Takes::OptionalCount,
    aliases: &["strides"],
};

pub(super) const MAX_POOL: Kind = Kind {
    keys: &[SIZE, STRIDE, DILATION, PAD],
    flags: &[PADDING],
    field_prefix: Some("max_pool"),
    ..Kind::plain(
        kind::MAX_POOL,
        "`max_pool(size=2)`: the maximum of each channel over a window of frames.",
        max_pool,
    )
};
pub(super) const AVG_POOL: Kind = Kind {
    keys: &[SIZE, STRIDE, PAD],
    flags: &[PADDING, COUNT_INCLUDE_PAD],
    field_prefix: Some("avg_pool"),
    ..Kind::plain(
        kind::AVG_POOL,
        "`avg_pool(size=2)`: the mean of each channel over a window of frames.",
        avg_pool,
    )
};
/// What a mean divides by where there is padding.
pub(super) const COUNT_INCLUDE_PAD: &[Flag] = &[Flag {
    name: keys::COUNT_INCLUDE_PAD,
    doc: "padding counts as zeros in the mean, as PyTorch's does by default; Keras' does not",
}];

pub(super) const GLOBAL_MAX: Kind = Kind {
    keys: &[Key {
        name: keys::FRAMES,
        doc: "the number of newest frames",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    field_prefix: Some("global_max"),
    ..Kind::plain(
        kind::GLOBAL_MAX,
        "`global_max(frames=49)`: the maximum of each channel over the newest frames, at every push.",
        global_max,
    )
};
pub(super) const GLOBAL_AVG: Kind = Kind {
    keys: &[Key {
        name: keys::FRAMES,
        doc: "the number of newest frames to average",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    field_prefix: Some("global_avg"),
    ..Kind::plain(
        kind::GLOBAL_AVG,
        "`global_avg(frames=49)`: the mean of each channel over the newest frames, at every push.",
        global_avg,
    )
};

pub(super) const FLATTEN: Kind = Kind {
    keys: &[Key {
        name: keys::FRAMES,
        doc: "the number of frames that become one",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    outputs: Outputs::Hidden,
    field_prefix: Some("flatten"),
    ..Kind::plain(
        kind::FLATTEN,
        "`flatten(frames=4)`: the newest frames joined into one, the oldest first.",
        flatten,
    )
};

fn max_pool(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    pool(arguments, Reduction::Max, lower)
}

fn avg_pool(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    pool(arguments, Reduction::Mean, lower)
}

fn pool(arguments: &Arguments<'_>, reduction: Reduction, lower: &mut Lower<'_>) -> Option<Value> {
    let size = arguments.count(keys::SIZE)?;
    let stride = arguments.count(keys::STRIDE).unwrap_or(size);
    let taps = taps::strided(arguments, size, stride, lower)?;
    let counts_padding = arguments.flag(keys::COUNT_INCLUDE_PAD);
    lower.add(arguments, &Pool { reduction, taps, counts_padding })
}

fn global_max(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let count = arguments.count(keys::FRAMES)?;
    lower.add(arguments, &Frames { how: How::Max, count })
}

fn global_avg(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let count = arguments.count(keys::FRAMES)?;
    lower.add(arguments, &Frames { how: How::Mean, count })
}

fn flatten(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let count = arguments.count(keys::FRAMES)?;
    lower.add(arguments, &Frames { how: How::Flatten, count })
}
