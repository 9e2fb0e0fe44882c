//! Functions of the outputs of branches, number by number, beside sums and products.

use super::combinator::{combine, same_channels};
use super::{Arguments, Branches, Kind};
use crate::frontend::lower::Lower;
use crate::graph::{Binary, Op, Value};

pub(super) const DIFFERENCE: Kind = kind(
    "difference",
    "`difference < layers | layers >`: the output of the first branch minus that of the second.",
    |arguments, lower| combined(arguments, Binary::Subtract, lower),
);
pub(super) const QUOTIENT: Kind = kind(
    "quotient",
    "`quotient < layers | layers >`: the output of the first branch divided by that of the second.",
    |arguments, lower| combined(arguments, Binary::Divide, lower),
);
pub(super) const MINIMUM: Kind = kind(
    "minimum",
    "`minimum < layers | layers >`: the smallest of the outputs of the branches, channel by channel.",
    |arguments, lower| combined(arguments, Binary::Minimum, lower),
);
pub(super) const MAXIMUM: Kind = kind(
    "maximum",
    "`maximum < layers | layers >`: the largest of the outputs of the branches, channel by channel.",
    |arguments, lower| combined(arguments, Binary::Maximum, lower),
);

const fn kind(
    name: &'static str,
    doc: &'static str,
    lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
) -> Kind {
    Kind { branches: Branches::Several, field_prefix: Some(name), ..Kind::plain(name, doc, lower) }
}

fn combined(arguments: &Arguments<'_>, binary: Binary, lower: &mut Lower<'_>) -> Option<Value> {
    let outputs = same_channels(arguments, lower)?;
    lower.describe(None, None, Vec::new());
    combine(arguments, |_| (Op::Binary(binary), outputs), lower)
}
