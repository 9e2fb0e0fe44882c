//! Directed graphs: the networks of `src/drawn_graphs.rs`, which tests draw again to know what they give.

use serde_json::{Value, json};

use super::Declared;
use crate::drawn_graphs::{Drawn, SEEDS, WIDTH};

/// Every network, with its weights by their labels.
pub(crate) fn all() -> impl Iterator<Item = Declared> {
    SEEDS.into_iter().map(|seed| {
        let (drawn, _) = Drawn::new(seed, &[]);
        let layers: Vec<_> = drawn
            .weights
            .iter()
            .map(|(label, tensors)| {
                let tensors = tensors
                    .iter()
                    .map(|(name, shape, numbers)| ((*name).to_owned(), nested(shape, numbers)));
                let mut layer: serde_json::Map<_, _> = tensors.collect();
                layer.insert("name".to_owned(), json!(label));
                Value::Object(layer)
            })
            .collect();
        Declared {
            name: format!("graph_{seed}"),
            net: drawn.text,
            file: json!({ "layers": layers }).to_string(),
            weights: None,
            silence: Some(vec![0.0; WIDTH]),
        }
    })
}

fn nested(shape: &[usize], numbers: &[f64]) -> Value {
    match shape {
        [] | [_] => json!(numbers),
        [_, rest @ ..] => {
            numbers.chunks(rest.iter().product()).map(|part| nested(rest, part)).collect()
        }
    }
}
