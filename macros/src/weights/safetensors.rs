//! The files of the crate and the Python package safetensors, as PyTorch users save them.

use safetensors::{Dtype, SafeTensors};

use super::numbers::{Float, tensor};
use super::{Store, named, ordered};

/// In a file's metadata: the names of its layers in the order of the network's text, a JSON list.
const LAYERS: &str = "streaming_net.layers";

pub(super) fn read(bytes: &[u8]) -> Result<Store, String> {
    let broken = |error| format!("not a safetensors file: {error}");
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(broken)?;
    let file = SafeTensors::deserialize(bytes).map_err(broken)?;
    if file.len() > named::MOST {
        return Err(format!("more than {} tensors", named::MOST));
    }
    let mut names = metadata.offset_keys();
    names.sort();
    let mut tensors = Vec::new();
    for name in names {
        let view = file.tensor(&name).map_err(broken)?;
        if let Some(float) = float(view.dtype(), &name)? {
            let read = tensor(&name, view.shape().to_vec(), float, view.data())?;
            tensors.push((name, read));
        }
    }
    let order = metadata.metadata().as_ref().and_then(|metadata| metadata.get(LAYERS));
    let order = order.map(|list| {
        let why = |_| format!("its metadata `{LAYERS}` is no list of names, as JSON");
        serde_json::from_str(list).map_err(why)
    });
    ordered::ordered(named::entries(tensors)?, order.transpose()?)
}

/// What the numbers are; `None` for whole ones, which are counters and the like.
fn float(dtype: Dtype, name: &str) -> Result<Option<Float>, String> {
    Ok(Some(match dtype {
        Dtype::F16 => Float::F16,
        Dtype::BF16 => Float::Bf16,
        Dtype::F32 => Float::F32,
        Dtype::F64 => Float::F64,
        Dtype::BOOL
        | Dtype::U8
        | Dtype::I8
        | Dtype::U16
        | Dtype::I16
        | Dtype::U32
        | Dtype::I32
        | Dtype::U64
        | Dtype::I64 => return Ok(None),
        _ => {
            let help = "help: save it as float32";
            return Err(format!("`{name}` has numbers of the type {dtype}\n{help}"));
        }
    }))
}
