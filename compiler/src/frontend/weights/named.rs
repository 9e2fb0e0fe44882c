//! Layers out of tensors with names such as `net.0.weight`, `conv1/kernel` and `rnn.weight_ih_l1`.

use super::{Entry, MOST_TENSORS};
use crate::errors::Message;
use crate::frontend::build::limits::MOST_LAYERS;
use crate::tensor::Tensor;

/// The most tensors that a file can have.
pub(super) const MOST: usize = MOST_LAYERS * MOST_TENSORS;

/// The layers, in the order in which their first tensors come. The layers of a stacked recurrent one are entries of their
/// own, in their order.
pub(super) fn entries(tensors: Vec<(String, Tensor)>) -> Result<Vec<Entry>, Message> {
    let mut entries: Vec<Leveled> = Vec::new();
    for (name, tensor) in tensors {
        let (layer, own) = name.rsplit_once(['.', '/']).unwrap_or(("", &name));
        if own.ends_with("_reverse") {
            let why = "which reads future frames: a stream does not have them";
            return Err(format!("`{name}` belongs to a bidirectional layer, {why}").into());
        }
        let weight = own.starts_with("weight") && (own.ends_with("_g") || own.ends_with("_v"));
        if weight || own.starts_with("original") {
            let help = "before saving, call `torch.nn.utils.parametrize.remove_parametrizations(layer, \"weight\")`";
            return Err(Message::new(format!(
                "`{name}` is part of a weight normalisation, which is not read"
            ))
            .help(help));
        }
        let (own, level) = level(own);
        let known = entries.iter().position(|(other, at, _)| other == layer && *at == level);
        if known.is_none() && entries.len() == MOST_LAYERS {
            return Err(format!("more than {MOST_LAYERS} layers").into());
        }
        let place = known.unwrap_or(entries.len());
        if known.is_none() {
            entries.push((layer.to_owned(), level, Entry::default()));
        }
        let Some((_, _, entry)) = entries.get_mut(place) else { continue };
        if entry.tensors.len() == MOST_TENSORS {
            return Err(format!("`{layer}` has more than {MOST_TENSORS} tensors").into());
        }
        entry.tensors.push((own.to_owned(), tensor));
    }
    let mut entries = with_initial_states(entries)?;
    // Levels of one layer stand together from its first one on.
    let layers: Vec<_> = entries.iter().map(|(layer, ..)| layer.clone()).collect();
    let first = |layer: &String| layers.iter().position(|other| other == layer);
    entries.sort_by_key(|(layer, level, _)| (first(layer), *level));
    let named = entries.into_iter().map(|(layer, level, entry)| {
        let stacked = layers.iter().filter(|other| **other == layer).count() > 1;
        let name = match level {
            Some(level) if stacked => format!("{layer}_l{level}"),
            _ => layer,
        };
        Entry { name: Some(name).filter(|name| !name.is_empty()), ..entry }
    });
    Ok(named.collect())
}

/// A layer's tensors with its name, and which of the layers that stand on one another it is.
type Leveled = (String, Option<usize>, Entry);

/// Gives initial states, which PyTorch has no names for, to the layer whose weights have a level in their names.
fn with_initial_states(entries: Vec<Leveled>) -> Result<Vec<Leveled>, Message> {
    let is_initial = |entry: &Leveled| {
        let (_, level, Entry { tensors, .. }) = entry;
        level.is_none() && tensors.iter().all(|(name, _)| name.starts_with("initial_"))
    };
    let (initial, mut others): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_initial);
    for (layer, level, entry) in initial {
        let mut levels = others.iter_mut().filter(|(other, at, _)| *other == layer && at.is_some());
        match (levels.next(), levels.next()) {
            (None, _) => others.push((layer, level, entry)),
            (Some((.., own)), None) => own.tensors.extend(entry.tensors),
            (Some(_), Some(_)) => {
                let name = entry.tensors.first().map_or("", |(name, _)| name.as_str());
                let text = format!(
                    "`{layer}.{name}` does not say which layer of `{layer}` starts from it"
                );
                let help =
                    format!("name it `{layer}.{name}_l0`, or with the number of another layer");
                return Err(Message::new(text).help(help));
            }
        }
    }
    Ok(others)
}

/// The name of a recurrent layer's tensor, and which of the layers that stand on one another it is of.
fn level(name: &str) -> (&str, Option<usize>) {
    let recurrent =
        ["weight_ih", "weight_hh", "weight_hr", "bias_ih", "bias_hh", "initial_h", "initial_c"];
    let split = name.rsplit_once("_l").filter(|(name, _)| recurrent.contains(name));
    match split.and_then(|(name, level)| Some((name, level.parse().ok()?))) {
        Some((name, level)) => (name, Some(level)),
        None => (name, None),
    }
}
