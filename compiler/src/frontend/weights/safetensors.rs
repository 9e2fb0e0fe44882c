//! The files of the crate and the Python package safetensors, as PyTorch users save them.

mod header;

use self::header::File;
use super::numbers::{Stored, tensor};
use super::{Store, named, ordered, recorded};
use crate::errors::Message;
use crate::tensor::Tensor;

/// In a file's metadata: the names of its layers in the order of the network's text, a JSON list.
const LAYERS: &str = "streaming_net.layers";
/// And how far off a recorded run's outputs may be, a number as text.
const TOLERANCE: &str = "streaming_net.tolerance";

pub(super) fn read(bytes: &[u8]) -> Result<Store, Message> {
    let file = File::read(bytes)?;
    let mut tensors = Vec::new();
    for entry in &file.tensors {
        let name = &entry.name;
        if let Some(stored) = stored(&entry.dtype, name)? {
            let read = tensor(name, entry.shape.clone(), stored, file.bytes(entry))?;
            tensors.push((name.clone(), read));
        }
    }
    let stated = |key| {
        let stated = file.metadata.iter().find(|(stated, _)| stated == key);
        stated.map(|(_, text)| text)
    };
    if let Some(text) = stated(TOLERANCE) {
        let number: Result<f32, _> = text.trim().parse();
        let number = number.map_err(|_| format!("the metadata `{TOLERANCE}` is not a number"))?;
        let tolerance = Tensor { shape: Vec::new(), numbers: vec![number.into()] };
        tensors.push((recorded::TOLERANCE.to_owned(), tolerance));
    }
    let reference = recorded::take(&mut tensors)?;
    let order = stated(LAYERS).map(|list| {
        let why = |_| format!("the metadata `{LAYERS}` is not a JSON list of names");
        serde_json::from_str(list).map_err(why)
    });
    let store = ordered::ordered(named::entries(tensors)?, order.transpose()?)?;
    Ok(Store { reference, ..store })
}

/// What the numbers are; `None` for whole ones among the weights, which are counters and the like.
fn stored(dtype: &str, name: &str) -> Result<Option<Stored>, Message> {
    let is_recorded = name.starts_with(recorded::PREFIX);
    Ok(Some(match dtype {
        "F16" => Stored::F16,
        "BF16" => Stored::Bf16,
        "F32" => Stored::F32,
        "F64" => Stored::F64,
        "BOOL" | "U8" if is_recorded => Stored::U8,
        "BOOL" | "U8" | "I8" | "U16" | "I16" | "U32" | "I32" | "U64" | "I64" if !is_recorded => {
            return Ok(None);
        }
        _ => {
            let help = recorded::help(name);
            return Err(
                Message::new(format!("`{name}` has numbers of the type {dtype}")).help(help)
            );
        }
    }))
}
