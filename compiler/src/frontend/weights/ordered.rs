//! The order of layers whose tensors come in none that means anything.

use std::cmp::Ordering;

use super::{Entry, Order, Store};

/// The layers in the order of `names`, where they are there, or else in that of the numbers in their own names.
pub(super) fn ordered(mut layers: Vec<Entry>, names: Option<Vec<String>>) -> Result<Store, String> {
    if let Some(names) = names {
        let place = |entry: &Entry| {
            let name = entry.name.as_deref().unwrap_or_default();
            let is_level_of =
                |other: &String| name.strip_prefix(other.as_str()).is_some_and(is_level);
            let place = names.iter().position(|other| other == name);
            place.or_else(|| names.iter().position(is_level_of)).ok_or_else(|| name.to_owned())
        };
        let places: Result<Vec<_>, _> = layers.iter().map(place).collect();
        let places = places.map_err(|name| format!("{KEY} does not name `{name}`"))?;
        if let Some((_, name)) =
            names.iter().enumerate().find(|(number, _)| !places.contains(number))
        {
            return Err(format!("{KEY} names `{name}`, but the file has no tensors of it"));
        }
        let mut layers: Vec<_> = places.into_iter().zip(layers).collect();
        layers.sort_by_key(|(place, _)| *place);
        let layers = layers.into_iter().map(|(_, entry)| entry).collect();
        return Ok(Store::of(layers, Order::Text));
    }
    let known = layers.iter().enumerate().all(|(place, entry)| {
        let before = layers.iter().take(place);
        before.into_iter().all(|other| compare(other, entry).is_some())
    });
    if known {
        layers.sort_by(|one, other| compare(one, other).unwrap_or(Ordering::Equal));
    }
    Ok(Store::of(layers, if known { Order::Text } else { Order::Nothing }))
}

/// The key that has the order, as messages name it.
const KEY: &str = "the metadata `streaming_net.layers`";

/// Whether what stands behind a layer's name is the number of one of those that stand on one another.
fn is_level(end: &str) -> bool {
    end.strip_prefix("_l").is_some_and(|number| number.parse::<usize>().is_ok())
}

/// The order of two layers, where numbers of a container say it.
fn compare(one: &Entry, other: &Entry) -> Option<Ordering> {
    let parts = |entry: &Entry| -> Vec<String> {
        let name = entry.name.as_deref().unwrap_or_default();
        let (name, level) = match name.rsplit_once("_l") {
            Some((name, level)) if level.parse::<usize>().is_ok() => (name, Some(level)),
            _ => (name, None),
        };
        name.split('.').chain(level).map(str::to_owned).collect()
    };
    let (one, other) = (parts(one), parts(other));
    let (left, right) = one.iter().zip(&other).find(|(left, right)| left != right)?;
    let (left, right): (u64, u64) = (left.parse().ok()?, right.parse().ok()?);
    Some(left.cmp(&right))
}
