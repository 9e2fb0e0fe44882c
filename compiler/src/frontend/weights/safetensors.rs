//! The files of the crate and the Python package safetensors, as PyTorch users save them.

use safetensors::{Dtype, SafeTensors};

use super::numbers::{Stored, tensor};
use super::{Store, named, ordered, recorded};
use crate::errors::Message;
use crate::tensor::Tensor;

/// In a file's metadata: the names of its layers in the order of the network's text, a JSON list.
const LAYERS: &str = "streaming_net.layers";
/// And how far off a recorded run's answers may be, a number as text.
const TOLERANCE: &str = "streaming_net.tolerance";

pub(super) fn read(bytes: &[u8]) -> Result<Store, Message> {
    let broken = |error| format!("not a safetensors file: {error}");
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(broken)?;
    let file = SafeTensors::deserialize(bytes).map_err(broken)?;
    if file.len() > named::MOST {
        return Err(format!("more than {} tensors", named::MOST).into());
    }
    let mut names = metadata.offset_keys();
    names.sort();
    let mut tensors = Vec::new();
    for name in names {
        let view = file.tensor(&name).map_err(broken)?;
        if let Some(stored) = stored(view.dtype(), &name)? {
            let read = tensor(&name, view.shape().to_vec(), stored, view.data())?;
            tensors.push((name, read));
        }
    }
    let stated = |key| metadata.metadata().as_ref().and_then(|metadata| metadata.get(key));
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
fn stored(dtype: Dtype, name: &str) -> Result<Option<Stored>, Message> {
    let is_recorded = name.starts_with(recorded::PREFIX);
    Ok(Some(match dtype {
        Dtype::F16 => Stored::F16,
        Dtype::BF16 => Stored::Bf16,
        Dtype::F32 => Stored::F32,
        Dtype::F64 => Stored::F64,
        Dtype::BOOL | Dtype::U8 if is_recorded => Stored::U8,
        Dtype::BOOL
        | Dtype::U8
        | Dtype::I8
        | Dtype::U16
        | Dtype::I16
        | Dtype::U32
        | Dtype::I32
        | Dtype::U64
        | Dtype::I64
            if !is_recorded =>
        {
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
