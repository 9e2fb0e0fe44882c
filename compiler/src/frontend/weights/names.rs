//! The names of tensors in a weights file.

use super::Entry;
use crate::frontend::build::{Convention, Shape};
use crate::frontend::keys;
use crate::frontend::kinds::named;
use crate::frontend::needs::Needs;

/// The flag of a layer that was trained without the tensor of that name.
pub(super) fn flag_without(layer: &Needs<'_>, tensor: &str) -> Option<&'static str> {
    let flags = match tensor {
        "bias" => [keys::NO_BIAS, keys::NO_CENTER],
        "beta" => [keys::NO_CENTER; 2],
        "gamma" | "weight" => [keys::NO_SCALE; 2],
        _ => return None,
    };
    let kind = named(&layer.kind)?;
    flags.into_iter().find(|name| kind.flags().any(|flag| flag.name == *name))
}

/// Whether PyTorch gives that name to a tensor of a layer behind the first of a stack.
pub(super) fn is_of_a_later_layer(tensor: &str) -> bool {
    let number = tensor.rsplit_once("_l").and_then(|(_, number)| number.parse().ok());
    number.is_some_and(|number: usize| number > 0)
}

/// PyTorch numbers what layers of a stack have: `weight_ih_l0` is here `weight_ih`.
pub(super) fn first_of_a_stack(layer: &Needs<'_>, entry: &mut Entry) {
    let conventions = &layer.conventions;
    for (name, _) in &mut entry.tensors {
        let plain = name.strip_suffix("_l0").map(ToOwned::to_owned);
        if let Some(plain) = plain.filter(|plain| conventions.iter().any(|one| one.names(plain))) {
            *name = plain;
        }
    }
}

/// The convention that an entry's names follow: the one with most of them.
pub(super) fn convention<'a>(layer: &'a Needs<'_>, entry: &Entry) -> Option<&'a Convention> {
    let names = |convention: &Convention| {
        let has = |need: &&Shape| entry.tensors.iter().any(|(name, _)| name == need.name);
        convention.tensors.iter().filter(has).count()
    };
    // Of equal ones the first.
    layer.conventions.iter().rev().max_by_key(|convention| names(convention))
}
