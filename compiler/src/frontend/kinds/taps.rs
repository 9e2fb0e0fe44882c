//! What a layer with taps sees of time: which frames, and when.

use super::{Arguments, Flag, Key, Takes};
use crate::errors::Message;
use crate::frontend::build::{Padding, Taps};
use crate::frontend::keys;
use crate::frontend::lower::Lower;

pub(super) const K: Key = Key {
    name: keys::K,
    doc: "the taps of the kernel",
    takes: Takes::Count,
    aliases: &["kernel", "kernel_size", "taps"],
};
pub(super) const DILATION: Key = Key {
    name: keys::DILATION,
    doc: "the distance between taps in frames, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &["dilation_rate"],
};
pub(super) const STRIDE: Key = Key {
    name: keys::STRIDE,
    doc: "the input frames per output, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &["strides"],
};
pub(super) const PAD: Key = Key {
    name: keys::PAD,
    doc: "the zeros before the first frame",
    takes: Takes::OptionalCount,
    aliases: &[],
};

pub(super) const PADDING: &[Flag] = &[
    Flag { name: keys::VALID, doc: "no padding: no output before the kernel has all its frames" },
    Flag { name: keys::CAUSAL, doc: "zeros before the first frame, and an output for every frame" },
    Flag {
        name: keys::SAME,
        doc: "half of the zeros before the first frame, half after the last: the output is delayed",
    },
];

/// So many taps, and what the arguments say of them.
pub(super) fn of(arguments: &Arguments<'_>, taps: usize, lower: &mut Lower<'_>) -> Option<Taps> {
    strided(arguments, taps, arguments.count(keys::STRIDE).unwrap_or(1), lower)
}

/// The same with a stride that has been found out.
pub(super) fn strided(
    arguments: &Arguments<'_>,
    taps: usize,
    stride: usize,
    lower: &mut Lower<'_>,
) -> Option<Taps> {
    let dilation = arguments.count(keys::DILATION).unwrap_or(1);
    let flags = [
        (keys::VALID, Padding::Valid),
        (keys::CAUSAL, Padding::Causal),
        (keys::SAME, Padding::Same),
    ];
    let given = flags.into_iter().find(|(flag, _)| arguments.flag(flag));
    let padding = match (given, arguments.count(keys::PAD)) {
        (Some((flag, _)), Some(zeros)) => {
            let text = format!("a layer can have `{flag}` or `pad={zeros}`, not both");
            let message = Message::new(text).help("remove one of them");
            lower.report(&arguments.written(keys::PAD), message);
            return None;
        }
        (None, Some(zeros)) => Padding::Zeros(zeros),
        (Some((_, padding)), None) => padding,
        (None, None) => Padding::Valid,
    };
    Some(Taps { count: taps, dilation, stride, padding })
}
