//! Layers that put the numbers of a frame in other places.

use super::conv::OUT;
use super::features::{self, FEATURES};
use super::{Arguments, Key, Kind, MOST, Outputs, Takes};
use crate::frontend::lower::Lower;
use crate::graph::{Op, Value};

pub(super) const EXPAND: Kind = Kind {
    keys: &[
        Key {
            doc: "the features of the output, each of which is the whole input frame",
            takes: Takes::OptionalCount,
            ..FEATURES
        },
        Key {
            name: "channels",
            doc: "the channels of the output, each of which is the number of its feature",
            takes: Takes::OptionalCount,
            aliases: &["n", "times"],
        },
    ],
    outputs: Outputs::Hidden,
    ..Kind::plain(
        "expand",
        "`expand(features=20)`: the frame as every feature of a larger frame; `expand(channels=4)`: each number several times.",
        expand,
    )
};
pub(super) const PERMUTE: Kind = Kind {
    keys: &[FEATURES],
    ..Kind::plain(
        "permute",
        "`permute(features=20)`: features become channels, and channels features.",
        permute,
    )
};
pub(super) const SLICE: Kind = Kind {
    keys: &[
        Key {
            name: "start",
            doc: "the first channel that is taken, counted from 0",
            takes: Takes::Size,
            aliases: &["begin", "from"],
        },
        OUT,
        Key {
            name: "step",
            doc: "the channels from one that is taken to the next, 1 when left out",
            takes: Takes::OptionalCount,
            aliases: &["stride", "strides"],
        },
    ],
    outputs: Outputs::Key("out"),
    ..Kind::plain(
        "slice",
        "`slice(start=0, out=2)`: some channels of each frame, from one on.",
        slice,
    )
};

fn expand(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let inputs = arguments.inputs?;
    let given = ["features", "channels"].map(|key| arguments.count(key));
    let (key, count, indices): (_, _, fn(usize, usize) -> Vec<usize>) = match given {
        [Some(features), None] => {
            ("features", features, |inputs, count| (0..count).flat_map(|_| 0..inputs).collect())
        }
        [None, Some(channels)] => ("channels", channels, |inputs, count| {
            (0..inputs).flat_map(|place| vec![place; count]).collect()
        }),
        _ => {
            let message = "`expand` takes either `features` or `channels`";
            let help =
                "help: write `features=…` to repeat the frame, `channels=…` to repeat each number";
            lower.report(&arguments.layer.kind, format!("{message}\n{help}"));
            return None;
        }
    };
    let outputs = inputs.saturating_mul(count);
    if outputs > MOST {
        let message = format!("the output would have {outputs} channels, but the limit is {MOST}");
        lower.report(&arguments.written(key), message);
        return None;
    }
    lower.describe(None, None, vec![format!("{key}={count}")]);
    let op = Op::Gather { indices: indices(inputs, count) };
    Some(lower.op(op, vec![arguments.frame?], outputs))
}

fn permute(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let [features, channels] = features::features(arguments, lower)?;
    lower.describe(None, None, vec![format!("features={features}")]);
    let indices = transposed(features, channels);
    Some(lower.op(Op::Gather { indices }, vec![arguments.frame?], arguments.inputs?))
}

/// The places of so many rows, column by column.
pub(super) fn transposed(rows: usize, columns: usize) -> Vec<usize> {
    let column = |column| (0..rows).map(move |row| row * columns + column);
    (0..columns).flat_map(column).collect()
}

fn slice(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let (inputs, start) = (arguments.inputs?, arguments.size("start")?);
    let (out, step) = (arguments.count("out")?, arguments.count("step").unwrap_or(1));
    let last = start.saturating_add((out - 1).saturating_mul(step));
    if last >= inputs {
        let message = format!(
            "`slice` would take channel {last}, counted from 0, but its input has {inputs} channels"
        );
        let help = match inputs.checked_sub(start + 1) {
            Some(free) => format!("help: write at most `out={}`", free / step + 1),
            None => format!("help: write at most `start={}`", inputs - 1),
        };
        let key = if start < inputs { "out" } else { "start" };
        lower.report(&arguments.written(key), format!("{message}\n{help}"));
        return None;
    }
    let mut flags = vec![format!("start={start}")];
    flags.extend((step > 1).then(|| format!("step={step}")));
    lower.describe(None, None, flags);
    let op = match step {
        1 => Op::Slice { start },
        _ => Op::Gather { indices: (0..out).map(|place| start + place * step).collect() },
    };
    Some(lower.op(op, vec![arguments.frame?], out))
}
