//! What Keras 3 saves, `.keras`: an archive of the weights and of the model's configuration, which has the layers in their
//! order.

use std::collections::HashMap;

use serde_json::Value;

use super::{Order, Store, hdf5, zip};

pub(super) fn read(bytes: &[u8]) -> Result<Store, String> {
    let (weights, config) = ("model.weights.h5", "config.json");
    let mut files: HashMap<_, _> =
        zip::files(bytes, |name| name == weights || name == config)?.into_iter().collect();
    let mut file = |name| files.remove(name).ok_or_else(|| format!("it has no `{name}`"));
    let (weights, config) = (file(weights)?, file(config)?);
    let config: Value =
        serde_json::from_slice(&config).map_err(|error| format!("its `config.json`: {error}"))?;
    let mut groups = hdf5::groups(&weights)?;
    let order = if groups.iter().all(|group| group.of_the_model) { order(&config) } else { None };
    if let Some(order) = &order {
        groups.sort_by_key(|saved| order.get(&saved.group).copied().unwrap_or(usize::MAX));
    }
    let order = if order.is_some() { Order::Model } else { Order::Nothing };
    Ok(Store::of(groups.into_iter().map(|group| group.entry).collect(), order))
}

/// The place of each group among the model's layers. `None` where the model is a class of the user's.
fn order(config: &Value) -> Option<HashMap<String, usize>> {
    let class = config.get("class_name")?.as_str()?;
    if !["Sequential", "Functional"].contains(&class) {
        return None;
    }
    let layers = config.get("config")?.get("layers")?.as_array()?;
    let mut numbers = HashMap::new();
    let mut order = HashMap::new();
    for (place, layer) in layers.iter().enumerate() {
        let class = snake_case(layer.get("class_name")?.as_str()?);
        let number: &mut usize = numbers.entry(class.clone()).or_default();
        let group = if *number == 0 { class } else { format!("{class}_{number}") };
        *number += 1;
        order.insert(group, place);
    }
    Some(order)
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

#[cfg(test)]
mod tests {
    #[test]
    fn classes_are_named_as_keras_names_them() {
        let names = [
            ("Conv1D", "conv1d"),
            ("DepthwiseConv1D", "depthwise_conv1d"),
            ("Conv1DTranspose", "conv1d_transpose"),
            ("DepthwiseConv2D", "depthwise_conv2d"),
            ("BatchNormalization", "batch_normalization"),
            ("PReLU", "p_re_lu"),
            ("ReLU", "re_lu"),
            ("GRU", "gru"),
            ("LSTM", "lstm"),
            ("TimeDistributed", "time_distributed"),
            ("Bidirectional", "bidirectional"),
        ];
        for (class, name) in names {
            assert_eq!(super::snake_case(class), name);
        }
    }
}
