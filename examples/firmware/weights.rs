//! Weights that nobody trained: a push takes as long whatever they are. The build scripts here, in `bench` and in
//! `examples/bench` draw them.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// A weights file of numbers from a seed. Of each layer, `layers` has its tensors, with their shapes: `kernel 3 2 4,
/// bias 4`.
pub(crate) fn draw<'a>(seed: u64, layers: impl IntoIterator<Item = &'a str>) -> String {
    let mut random = Rng::with_seed(seed);
    let layers: Vec<Map<_, _>> = layers
        .into_iter()
        .map(|layer| layer.split(", ").map(|text| tensor(text, &mut random)).collect())
        .collect();
    json!({ "layers": layers }).to_string()
}

fn tensor(text: &str, random: &mut Rng) -> (String, Value) {
    let mut words = text.split(' ');
    let name = words.next().unwrap_or_default();
    let shape: Vec<_> =
        words.map(|size| size.parse().expect("a tensor is a name and sizes")).collect();
    let least = if name == "moving_variance" { 0.0 } else { -0.5 };
    (name.to_owned(), numbers(&shape, &mut || random.f32() + least))
}

fn numbers(shape: &[usize], random: &mut impl FnMut() -> f32) -> Value {
    match shape {
        [] => random().into(),
        [size, inner @ ..] => (0..*size).map(|_| numbers(inner, random)).collect(),
    }
}
