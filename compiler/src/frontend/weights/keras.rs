//! What Keras 3 saves, `.keras`: an archive of the weights and of the model's configuration, which has the layers in their
//! order.

mod graph;
mod layers;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use serde_json::Value;

use super::{Order, Store, hdf5, zip};
use crate::errors::Message;

pub(super) fn read(bytes: &[u8]) -> Result<Store, Message> {
    let (weights, config) = ("model.weights.h5", "config.json");
    let mut files: HashMap<_, _> =
        zip::files(bytes, |name| name == weights || name == config)?.into_iter().collect();
    let mut file = |name| files.remove(name).ok_or_else(|| format!("the file has no `{name}`"));
    let (weights, config) = (file(weights)?, file(config)?);
    let config: Value =
        serde_json::from_slice(&config).map_err(|error| format!("its `config.json`: {error}"))?;
    let mut groups = hdf5::groups(&weights)?;
    let of_the_model = groups.iter().all(|group| group.of_the_model);
    let model = if of_the_model { groups_of(&config) } else { None };
    let said = graph::read(&config)
        .map_err(|why| if why.has_help() { why } else { why.help(layers::EXPORT) });
    let (order, graph) = match (&model, said) {
        (Some(model), Ok((graph, places))) => {
            let place = |group: &String| {
                let of_the_model = model.iter().position(|other| other == group);
                places.iter().position(|place| Some(*place) == of_the_model)
            };
            groups.sort_by_key(|saved| place(&saved.group).unwrap_or(usize::MAX));
            (Order::Text, Ok(graph))
        }
        (Some(model), Err(why)) => {
            let place = |group: &String| model.iter().position(|other| other == group);
            groups.sort_by_key(|saved| place(&saved.group).unwrap_or(usize::MAX));
            (Order::Model, Err(why))
        }
        (None, said) => {
            let why = said.err().unwrap_or_else(|| OWN.into());
            (Order::Nothing, Err(why))
        }
    };
    let entries = groups.into_iter().map(|group| group.entry).collect();
    Ok(Store { graph: Some(graph), ..Store::of(entries, order) })
}

const OWN: &str = "the weights do not belong to the layers in the file";

/// The group of each of the model's layers. `None` where the model is a class of the user's.
fn groups_of(config: &Value) -> Option<Vec<String>> {
    let class = config.get("class_name")?.as_str()?;
    if !["Sequential", "Functional"].contains(&class) {
        return None;
    }
    let mut numbers = HashMap::new();
    let layers = config.get("config")?.get("layers")?.as_array()?.iter();
    let groups = layers.map(|layer| {
        let class = snake_case(layer.get("class_name")?.as_str()?);
        let number: &mut usize = numbers.entry(class.clone()).or_default();
        let group = if *number == 0 { class } else { format!("{class}_{number}") };
        *number += 1;
        Some(group)
    });
    groups.collect()
}

/// `depthwise_conv1d` for `DepthwiseConv1D`: a `_` before each capital that a small letter follows, and before one that
/// follows a small letter.
fn snake_case(class: &str) -> String {
    let letters: Vec<_> = class.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let mut name = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| letters.get(place));
        let behind = letters.get(place + 1);
        let starts = behind.is_some_and(|behind| behind.is_lowercase())
            || before.is_some_and(|before| before.is_lowercase());
        if before.is_some() && letter.is_uppercase() && starts {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}
