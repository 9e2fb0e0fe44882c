//! Functions of the outputs of branches, number by number, beside sums and products.

use super::combinator::join;
use super::{Arguments, Branches, Kind};
use crate::frontend::build::branches::Join;
use crate::frontend::keys::kind;
use crate::frontend::lower::Lower;
use crate::graph::{Binary, Value};

pub(super) const DIFFERENCE: Kind = of(
    kind::DIFFERENCE,
    "`difference < layers | layers >`: the output of the first branch minus that of the second.",
    |arguments, lower| join(arguments, Join::Of(Binary::Subtract), lower),
);
pub(super) const QUOTIENT: Kind = of(
    kind::QUOTIENT,
    "`quotient < layers | layers >`: the output of the first branch divided by that of the second.",
    |arguments, lower| join(arguments, Join::Of(Binary::Divide), lower),
);
pub(super) const MINIMUM: Kind = of(
    kind::MINIMUM,
    "`minimum < layers | layers >`: the smallest of the outputs of the branches, channel by channel.",
    |arguments, lower| join(arguments, Join::Of(Binary::Minimum), lower),
);
pub(super) const MAXIMUM: Kind = of(
    kind::MAXIMUM,
    "`maximum < layers | layers >`: the largest of the outputs of the branches, channel by channel.",
    |arguments, lower| join(arguments, Join::Of(Binary::Maximum), lower),
);

const fn of(
    name: &'static str,
    doc: &'static str,
    lower: fn(&Arguments<'_>, &mut Lower<'_>) -> Option<Value>,
) -> Kind {
    Kind { branches: Branches::Several, field_prefix: Some(name), ..Kind::plain(name, doc, lower) }
}
