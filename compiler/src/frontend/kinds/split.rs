//! Layers that make several frames of one.

use super::gather::transposed;
use super::window::several;
use super::{Arguments, Key, Kind, Outputs, Takes};
use crate::frontend::lower::Lower;
use crate::graph::{Op, Value};

const N: Key = Key {
    name: "n",
    doc: "the output frames per input frame; each has `in / n` channels",
    takes: Takes::Count,
    aliases: &["size", "upscale_factor", "times"],
};

pub(super) const SPLIT: Kind = Kind {
    keys: &[N],
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "split",
        "`split(n=2)`: splits a frame into `n`, the first channels first; a push gives all of them.",
        split,
    )
};
pub(super) const PIXEL_SHUFFLE: Kind = Kind {
    keys: &[N],
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "pixel_shuffle",
        "`pixel_shuffle(n=2)`: `n` neighbouring channels become one channel of `n` frames; a push gives all of them.",
        pixel_shuffle,
    )
};

fn split(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    frames(arguments, arguments.frame?, lower)
}

fn pixel_shuffle(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let (inputs, times) = (arguments.inputs?, arguments.count("n")?);
    let mut value = arguments.frame?;
    let channels = inputs / times;
    if times > 1 && channels > 1 && inputs.is_multiple_of(times) {
        let indices = transposed(channels, times);
        value = lower.op(Op::Gather { indices }, vec![value], inputs);
    }
    frames(arguments, value, lower)
}

fn frames(arguments: &Arguments<'_>, value: Value, lower: &mut Lower<'_>) -> Option<Value> {
    let (inputs, times) = (arguments.inputs?, several(arguments, "n", lower)?);
    if !inputs.is_multiple_of(times) {
        let message = format!("a frame of {inputs} channels cannot be split into {times} frames");
        let help = format!("help: `n` must divide the {inputs} channels");
        lower.report(&arguments.written("n"), format!("{message}\n{help}"));
        return None;
    }
    lower.describe(None, None, vec![format!("n={times}")]);
    Some(lower.op(Op::Split { times }, vec![value], inputs / times))
}
