//! The weights file.

use arbitrary::{Result, Unstructured};

use super::{Kind, Layer, Mistake};

const NUMBERS: [&str; 8] = ["0.5", "-1", "0", "-0.0", "3.1415927", "1e-45", "-3.4e38", "2.5E+3"];

pub(super) fn write(
    layers: &[Layer],
    labelled: bool,
    mistake: Option<Mistake>,
    u: &mut Unstructured<'_>,
) -> Result<String> {
    let mut entries = Vec::new();
    for (place, layer) in layers.iter().enumerate().filter(|(_, layer)| layer.has_weights()) {
        let here = mistake.filter(|_| place + 1 == layers.len());
        let name = if labelled { format!(r#""name": "l{place}", "#) } else { String::new() };
        entries.push(format!("{{{name}{}}}", tensors(layer, here, u)?));
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

/// `"kernel": […], "bias": […]`
fn tensors(layer: &Layer, mistake: Option<Mistake>, u: &mut Unstructured<'_>) -> Result<String> {
    let group_inputs = layer.inputs / layer.groups;
    let taps = layer.taps - usize::from(mistake == Some(Mistake::TapLeftOut));
    // What Keras' Dense and DepthwiseConv1D save serves as well.
    let shape = match layer.kind {
        Kind::Dense if u.arbitrary()? => vec![layer.inputs, layer.outputs],
        Kind::Depthwise if u.arbitrary()? => vec![taps, layer.inputs, layer.outputs / layer.inputs],
        _ => vec![taps, group_inputs, layer.outputs],
    };
    let mut kernel = nested(&shape, u)?;
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
    let bias = nested(&[layer.outputs], u)?;
    let mut tensors = format!("\"kernel\": {kernel}");
    if layer.bias && mistake != Some(Mistake::NoBias) {
        tensors += &format!(", \"bias\": {bias}");
    }
    if mistake == Some(Mistake::TwoBiases) {
        tensors += &format!(", \"bias\": {bias}");
    }
    Ok(tensors)
}

fn nested(shape: &[usize], u: &mut Unstructured<'_>) -> Result<String> {
    let [length, rest @ ..] = shape else { return Ok((*u.choose(&NUMBERS)?).to_owned()) };
    let rows: Result<Vec<_>> = (0..*length).map(|_| nested(rest, u)).collect();
    Ok(format!("[{}]", rows?.join(", ")))
}
