//! Layers that move frames in time: later, or several times.

use super::window::several;
use super::{Arguments, Key, Kind, Takes};
use crate::frontend::lower::Lower;
use crate::graph::{Delay, Op, Value};

pub(super) const DELAY: Kind = Kind {
    keys: &[Key {
        name: "frames",
        doc: "the number of pushes that a frame is delayed",
        takes: Takes::Count,
        aliases: &["n", "size"],
    }],
    field_prefix: Some("delay"),
    ..Kind::plain("delay", "`delay(frames=2)`: delays each frame by that number of pushes.", delay)
};

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
        upsample,
    )
};

fn delay(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let frames = arguments.count("frames")?;
    lower.describe(None, None, vec![format!("frames={frames}")]);
    let op = Op::Delay(Delay { frames, aligns: false });
    Some(lower.op(op, vec![arguments.frame?], arguments.inputs?))
}

fn upsample(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let times = several(arguments, "n", lower)?;
    lower.describe(None, None, vec![format!("n={times}")]);
    Some(lower.op(Op::Upsample { times }, vec![arguments.frame?], arguments.inputs?))
}
