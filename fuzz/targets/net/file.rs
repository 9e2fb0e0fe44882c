//! The weights file.

use arbitrary::{Result, Unstructured};

use super::{Kind, Layer, Mistake};

/// None of them makes a variance that is not above 0 with an epsilon of 1, nor large numbers.
const SMALL: [&str; 4] = ["0.5", "0.25", "1", "0.125"];
const NUMBERS: [&str; 8] = ["0.5", "-1", "0", "-0.0", "3.1415927", "1e-45", "-3.4e38", "2.5E+3"];

pub(super) fn write(
    layers: &[Layer],
    labelled: bool,
    small: bool,
    mistake: Option<Mistake>,
    u: &mut Unstructured<'_>,
) -> Result<String> {
    let numbers = if small { SMALL.as_slice() } else { &NUMBERS };
    let mut entries = Vec::new();
    for (place, layer) in layers.iter().enumerate() {
        let here = mistake.filter(|_| place + 1 == layers.len());
        write_entries(layer, labelled, here, numbers, &mut entries, u)?;
    }
    match mistake {
        Some(Mistake::LayerLeftOut) => drop(entries.pop()),
        Some(Mistake::LayerTooMany) => {
            entries.push(r#"{"name": "more", "kernel": [[[1]]]}"#.to_owned())
        }
        _ => {}
    }
    if labelled && u.arbitrary()? {
        // By name, in any order.
        entries.reverse();
    }
    let mut file =
        format!("{{\"comment\": [[], {{}}, null], \"layers\": [\n  {}\n]}}", entries.join(",\n  "));
    if mistake == Some(Mistake::Truncated) {
        let length = u.int_in_range(1..=file.len() - 1)?;
        file.truncate(length);
    }
    Ok(file)
}

/// The entries of a layer, those of its branches first.
fn write_entries(
    layer: &Layer,
    labelled: bool,
    mistake: Option<Mistake>,
    numbers: &[&str],
    entries: &mut Vec<String>,
    u: &mut Unstructured<'_>,
) -> Result<()> {
    for inner in layer.other.branches.iter().flatten() {
        write_entries(inner, labelled, None, numbers, entries, u)?;
    }
    for place in 0..layer.entries() {
        let own = match layer.other.entries.get(place) {
            Some(entry) => {
                let tensors: Result<Vec<_>> = entry
                    .iter()
                    .map(|(name, shape)| Ok(format!("{name:?}: {}", nested(shape, numbers, u)?)))
                    .collect();
                tensors?.join(", ")
            }
            None => tensors(layer, mistake, numbers, u)?,
        };
        let is_stack = layer.other.written.starts_with("wavenet");
        let suffix = if is_stack { format!("_{}", place + 1) } else { String::new() };
        let name = format!(r#""name": "l{}{suffix}", "#, layer.id);
        entries.push(format!("{{{}{own}}}", if labelled { name } else { String::new() }));
    }
    Ok(())
}

/// `"kernel": […], "bias": […]`
fn tensors(
    layer: &Layer,
    mistake: Option<Mistake>,
    numbers: &[&str],
    u: &mut Unstructured<'_>,
) -> Result<String> {
    let group_inputs = layer.inputs / layer.groups;
    let taps = layer.taps - usize::from(mistake == Some(Mistake::TapLeftOut));
    // What Keras' Dense and DepthwiseConv1D save serves as well.
    let shape = match layer.kind {
        Kind::Dense if u.arbitrary()? => vec![layer.inputs, layer.outputs],
        Kind::Depthwise if u.arbitrary()? => vec![taps, layer.inputs, layer.outputs / layer.inputs],
        _ => vec![taps, group_inputs, layer.outputs],
    };
    let mut kernel = nested(&shape, numbers, u)?;
    match mistake {
        Some(Mistake::Ragged) => kernel.truncate(kernel.len() - 1),
        Some(Mistake::NotANumber) => kernel = "[NaN]".to_owned(),
        Some(Mistake::TooLarge) => kernel = "[1e39]".to_owned(),
        Some(Mistake::Text) => kernel = r#"["1"]"#.to_owned(),
        _ => {}
    }
    if mistake == Some(Mistake::Ragged) {
        kernel += ", [[1]]]";
        if group_inputs == 1 && layer.outputs == 1 {
            kernel = "[[[1]], [[1, 1]]]".to_owned();
        }
    }
    let bias = nested(&[layer.outputs], numbers, u)?;
    let mut tensors = format!("\"kernel\": {kernel}");
    if layer.bias && mistake != Some(Mistake::NoBias) {
        tensors += &format!(", \"bias\": {bias}");
    }
    if mistake == Some(Mistake::TwoBiases) {
        tensors += &format!(", \"bias\": {bias}");
    }
    Ok(tensors)
}

fn nested(shape: &[usize], numbers: &[&str], u: &mut Unstructured<'_>) -> Result<String> {
    let [length, rest @ ..] = shape else { return Ok((*u.choose(numbers)?).to_owned()) };
    let rows: Result<Vec<_>> = (0..*length).map(|_| nested(rest, numbers, u)).collect();
    Ok(format!("[{}]", rows?.join(", ")))
}
