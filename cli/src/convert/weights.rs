//! The weights of a network, and its recorded run, as a file.

use anyhow::Context as _;
use safetensors::tensor::{Dtype, TensorView, serialize};
use serde_json::{Map, Value, json};
use streaming_net_compiler::Weights;
use streaming_net_compiler::report::{Network, Run};

/// The tolerance of a recorded run that does not state one.
const USUAL_TOLERANCE: f64 = 1e-5;

/// The file as JSON: a line for each layer.
pub(super) fn json(network: &Network, weights: &[Weights]) -> anyhow::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for Weights { layer, tensors } in weights {
        let mut entry = Map::from_iter([("name".to_owned(), Value::from(layer.as_str()))]);
        for tensor in tensors {
            entry.insert(tensor.name.to_owned(), nested(&tensor.shape, &tensor.numbers));
        }
        lines.push(serde_json::to_string(&entry)?);
    }
    let mut text = format!("{{\"layers\": [\n{}\n]", lines.join(",\n"));
    if let Some(run) = network.run() {
        let output = run.outputs.iter().map(|output| {
            let shape = shape_of_output(network);
            output.map_or(Value::Null, |output| nested(&shape, output))
        });
        let mut reference = json!({ "input": run.inputs, "output": output.collect::<Vec<_>>() });
        if let (Some(reference), Some(tolerance)) = (reference.as_object_mut(), stated(&run)) {
            reference.insert("tolerance".to_owned(), tolerance.into());
        }
        text += &format!(",\n\"reference\": {}", serde_json::to_string(&reference)?);
    }
    text += "}\n";
    Ok(text.into_bytes())
}

/// Numbers in lists of lists.
fn nested(shape: &[usize], numbers: &[f64]) -> Value {
    match shape {
        [] | [_] => Value::from(numbers),
        [_, rest @ ..] => {
            let length = rest.iter().product::<usize>().max(1);
            numbers.chunks(length).map(|numbers| nested(rest, numbers)).collect()
        }
    }
}

/// One frame, or several.
fn shape_of_output(network: &Network) -> Vec<usize> {
    match network.timing.frames {
        1 => vec![network.outputs],
        frames => vec![frames, network.outputs],
    }
}

/// The tolerance that a file has to state.
fn stated(run: &Run<'_>) -> Option<f64> {
    ((run.tolerance - USUAL_TOLERANCE).abs() > 0.0).then_some(run.tolerance)
}

/// The file as safetensors, of f32.
pub(super) fn safetensors(network: &Network, weights: &[Weights]) -> anyhow::Result<Vec<u8>> {
    let mut tensors = Vec::new();
    for Weights { layer, tensors: own } in weights {
        for tensor in own {
            let name = format!("{layer}.{}", tensor.name);
            tensors.push((name, Dtype::F32, tensor.shape.clone(), bytes(&tensor.numbers)));
        }
    }
    if let Some(run) = network.run() {
        let mut add = |name: &str, kind, shape, bytes| {
            tensors.push((format!("reference.{name}"), kind, shape, bytes));
        };
        let given: Vec<_> = run.outputs.iter().flatten().copied().collect();
        let shape = [vec![given.len()], shape_of_output(network)].concat();
        let is_given = run.outputs.iter().map(|output| u8::from(output.is_some())).collect();
        add(
            "input",
            Dtype::F32,
            vec![run.inputs.len(), network.inputs],
            bytes(&run.inputs.concat()),
        );
        add("output", Dtype::F32, shape, bytes(&given.concat()));
        add("answered", Dtype::U8, vec![run.outputs.len()], is_given);
        if let Some(tolerance) = stated(&run) {
            add("tolerance", Dtype::F32, vec![1], bytes(&[tolerance]));
        }
    }
    let views = tensors.iter().map(|(name, kind, shape, bytes)| {
        Ok((name.as_str(), TensorView::new(*kind, shape.clone(), bytes)?))
    });
    let views: anyhow::Result<Vec<_>> = views.collect();
    serialize(views?, None).context("cannot write safetensors")
}

fn bytes(numbers: &[f64]) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "the nearest f32 is what is meant")]
    let bytes = numbers.iter().flat_map(|number| (*number as f32).to_le_bytes());
    bytes.collect()
}
