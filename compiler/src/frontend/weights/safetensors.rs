//! The files of the crate and the Python package safetensors, as PyTorch users save them.

use std::cell::Cell;
use std::fmt;

use safetensors::{Dtype, SafeTensors};
use serde_core::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};

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
    if has_too_many(bytes) {
        return Err(format!("more than {} tensors", named::MOST).into());
    }
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(broken)?;
    let file = SafeTensors::deserialize(bytes).map_err(broken)?;
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

/// Whether a file has more tensors than it may have, which the library would all read first.
fn has_too_many(bytes: &[u8]) -> bool {
    let header = bytes
        .split_first_chunk()
        .and_then(|(length, rest)| rest.get(..usize::try_from(u64::from_le_bytes(*length)).ok()?));
    let count = Cell::new(0);
    let mut reader = serde_json::Deserializer::from_slice(header.unwrap_or_default());
    // What is wrong with the text the library says.
    let _ = reader.deserialize_map(Count(&count));
    count.get() > named::MOST
}

struct Count<'a>(&'a Cell<usize>);

impl<'de> Visitor<'de> for Count<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            map.next_value::<IgnoredAny>()?;
            self.0.set(self.0.get() + usize::from(key != "__metadata__"));
            if self.0.get() > named::MOST {
                break;
            }
        }
        Ok(())
    }
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
