//! Layers of a window of frames: the largest of each channel, the mean, or the frames themselves.

use super::taps::{DILATION, PAD, PADDING, Taps};
use super::{Arguments, Flag, Key, Kind, Outputs, Takes};
use crate::frontend::lower::Lower;
use crate::graph::{Op, Pool, Reduction, Value};

const SIZE: Key = Key {
    name: "size",
    doc: "the frames in a window",
    takes: Takes::Count,
    aliases: &["pool_size", "kernel_size", "k"],
};
const STRIDE: Key = Key {
    name: "stride",
    doc: "the frames from the start of one window to the next, `size` when left out",
    takes: Takes::OptionalCount,
    aliases: &["strides"],
};

pub(super) const MAX_POOL: Kind = Kind {
    keys: &[SIZE, STRIDE, DILATION, PAD],
    flags: &[PADDING],
    field_prefix: Some("max_pool"),
    ..Kind::plain(
        "max_pool",
        "`max_pool(size=2)`: the maximum of each channel over a window of frames.",
        max_pool,
    )
};
pub(super) const AVG_POOL: Kind = Kind {
    keys: &[SIZE, STRIDE, PAD],
    flags: &[PADDING, COUNT_INCLUDE_PAD],
    field_prefix: Some("avg_pool"),
    ..Kind::plain(
        "avg_pool",
        "`avg_pool(size=2)`: the mean of each channel over a window of frames.",
        avg_pool,
    )
};
/// What a mean divides by where there is padding.
pub(super) const COUNT_INCLUDE_PAD: &[Flag] = &[Flag {
    name: "count_include_pad",
    doc: "padding counts as zeros in the mean, as PyTorch's does by default; Keras' does not",
}];

pub(super) const GLOBAL_MAX: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the number of newest frames",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    field_prefix: Some("global_max"),
    ..Kind::plain(
        "global_max",
        "`global_max(frames=49)`: the maximum of each channel over the newest frames, at every push.",
        global_max,
    )
};
pub(super) const GLOBAL_AVG: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the number of newest frames to average",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    field_prefix: Some("global_avg"),
    ..Kind::plain(
        "global_avg",
        "`global_avg(frames=49)`: the mean of each channel over the newest frames, at every push.",
        global_avg,
    )
};

pub(super) const FLATTEN: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the number of frames that become one",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    outputs: Outputs::Hidden,
    field_prefix: Some("flatten"),
    ..Kind::plain(
        "flatten",
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
    let size = arguments.count("size")?;
    let stride = arguments.count("stride").unwrap_or(size);
    if stride == 1 {
        several(arguments, "size", lower)?;
    }
    let taps = Taps::strided(arguments, size, stride, lower)?;
    let counts_padding = arguments.flag("count_include_pad");
    let mut flags = vec![format!("size={size}"), format!("stride={stride}")];
    flags.extend((taps.window.dilation > 1).then(|| format!("dilation={}", taps.window.dilation)));
    flags.extend(taps.padding_flag());
    flags.extend(counts_padding.then(|| "count_include_pad".to_owned()));
    lower.describe(None, None, flags);
    let op = Op::Pool(Pool { reduction, window: taps.window, counts_padding });
    Some(lower.op(op, vec![arguments.frame?], arguments.inputs?))
}

fn global_max(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let frames = several(arguments, "frames", lower)?;
    lower.describe(None, None, vec![format!("frames={frames}")]);
    let op = Op::Pool(Pool::valid(Reduction::Max, frames, 1));
    Some(lower.op(op, vec![arguments.frame?], arguments.inputs?))
}

fn global_avg(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let frames = several(arguments, "frames", lower)?;
    lower.describe(None, None, vec![format!("frames={frames}")]);
    Some(lower.op(Op::Mean { frames }, vec![arguments.frame?], arguments.inputs?))
}

fn flatten(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let frames = several(arguments, "frames", lower)?;
    lower.describe(None, None, vec![format!("frames={frames}")]);
    let channels = arguments.inputs?.saturating_mul(frames);
    Some(lower.op(Op::Newest { frames }, vec![arguments.frame?], channels))
}

/// The frames of a window: more than one, for one would leave the frame as it is.
pub(super) fn several(
    arguments: &Arguments<'_>,
    key: &str,
    lower: &mut Lower<'_>,
) -> Option<usize> {
    let frames = arguments.count(key)?;
    if frames > 1 {
        return Some(frames);
    }
    let message =
        format!("`{}` of one frame does nothing\nhelp: remove the layer", arguments.kind.name);
    lower.report(&arguments.written(key), message);
    None
}
