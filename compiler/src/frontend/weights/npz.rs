//! Arrays of NumPy's, in the order in which `np.savez` was given them: without names, `arr_0` and so on, or with. Beside
//! either may be a recorded run.

use super::{Entry, Order, Store, named, npy, recorded, zip};
use crate::errors::Message;

pub(super) fn read(bytes: &[u8]) -> Result<Store, Message> {
    let mut arrays = Vec::new();
    for (file, bytes) in zip::files(bytes, |name| name.strip_suffix(".npy").is_some())? {
        let name = file.strip_suffix(".npy").unwrap_or(&file);
        if arrays.iter().any(|(other, _)| other == name) {
            return Err(format!("`{name}` appears twice").into());
        }
        if arrays.len() == named::MOST {
            return Err(format!("more than {} arrays", named::MOST).into());
        }
        if let Some(tensor) = npy::read(name, &bytes)? {
            arrays.push((name.to_owned(), tensor));
        }
    }
    let reference = recorded::take(&mut arrays)?;
    let number = |name: &str| name.strip_prefix("arr_")?.parse::<usize>().ok();
    if !arrays.iter().all(|(name, _)| number(name).is_some()) {
        return Ok(Store { reference, ..Store::of(named::entries(arrays)?, Order::Model) });
    }
    arrays.sort_by_key(|(name, _)| number(name));
    let entry = |array| Entry { tensors: vec![array], by_place: true, ..Entry::default() };
    let layers = arrays.into_iter().map(entry).collect();
    Ok(Store { reference, ..Store::of(layers, Order::Arrays) })
}
