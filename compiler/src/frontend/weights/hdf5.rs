//! What Keras 3 saves, `.weights.h5`: for each layer a group of its class, numbered among those of its class, and in it
//! the layer's tensors, numbered too.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rustyhdf5::{AttrValue, DType, Dataset, File, Group};

use super::numbers::finite;
use super::source::FILE_BYTES;
use super::{Entry, MOST_TENSORS, Order, Store};
use crate::errors::Message;
use crate::frontend::build::limits::MOST_LAYERS;
use crate::tensor::{Tensor, shape as shown};

/// Groups that are no layers of the network.
const PASSED_OVER: [&str; 3] = ["vars", "optimizer", "seed_generator"];
/// Groups of a model's layers.
const LAYERS: [&str; 2] = ["layers", "_layer_checkpoint_dependencies"];
/// What has the tensors of the layer around it.
const INNER: [&str; 2] = ["cell", "layer"];

/// How deep groups nest at most, and how many are looked into: links may go in circles.
const MOST_DEEP: usize = 16;
const MOST_GROUPS: usize = 1 << 13;

pub(super) fn read(bytes: &[u8]) -> Result<Store, Message> {
    let groups = groups(bytes)?;
    let one_model = groups.iter().all(|group| group.of_the_model);
    let order = if one_model { Order::Classes } else { Order::Nothing };
    Ok(Store::of(groups.into_iter().map(|group| group.entry).collect(), order))
}

/// A layer's tensors, with their places in the file.
type Tensors = Vec<(String, Tensor)>;

/// A layer's group.
pub(super) struct Saved {
    /// `conv1d_1`
    pub(super) group: String,
    pub(super) entry: Entry,
    /// Whether it is a layer of the model itself, not of a model or a list in it.
    pub(super) of_the_model: bool,
}

/// The layers with weights, those of each class in the model's order.
pub(super) fn groups(bytes: &[u8]) -> Result<Vec<Saved>, Message> {
    // The library has been found to panic at bytes that no HDF5 library writes.
    let found = catch_unwind(AssertUnwindSafe(|| file(bytes)));
    found.unwrap_or_else(|_| Err("not an HDF5 file that can be read".into()))
}

fn broken(error: impl std::fmt::Display) -> Message {
    format!("not an HDF5 file that can be read: {error}").into()
}

fn file(bytes: &[u8]) -> Result<Vec<Saved>, Message> {
    let file = File::from_bytes(bytes.to_vec()).map_err(broken)?;
    if file.superblock().eof_address > bytes.len() as u64 {
        return Err(broken("the file is cut off"));
    }
    let root = file.root();
    let names = root.groups().map_err(broken)?;
    let attributes = root.attrs().map_err(broken)?;
    if names.iter().any(|name| name == "model_weights") || attributes.contains_key("layer_names") {
        let help = "load it with Keras 3, and write `model.save_weights(\"net.weights.h5\")`: see docs/from_keras.md";
        return Err(Message::new("an HDF5 file in the format of Keras 2 is not read").help(help));
    }
    let mut found = Vec::new();
    let mut left = MOST_GROUPS;
    walk(&root, &[], None, &mut left, &mut found)?;
    found.sort_by_cached_key(|saved| {
        let (class, number) = class_and_number(&saved.group);
        (class.to_owned(), number)
    });
    Ok(found)
}

/// `conv1d` and 1 of `conv1d_1`; the first of a class has no number.
fn class_and_number(group: &str) -> (&str, usize) {
    let split =
        group.rsplit_once('_').and_then(|(class, number)| Some((class, number.parse().ok()?)));
    split.unwrap_or((group, 0))
}

/// Adds the layers of a group's groups, but for what is the layer's own.
fn walk(
    group: &Group<'_>,
    path: &[String],
    own: Option<&str>,
    left: &mut usize,
    found: &mut Vec<Saved>,
) -> Result<(), Message> {
    if path.len() == MOST_DEEP {
        return Err(format!("groups nest more than {MOST_DEEP} deep").into());
    }
    // Of a model, or else what an object of Python has as attributes.
    let are_layers = path.last().is_some_and(|name| LAYERS.contains(&name.as_str()));
    for name in group.groups().map_err(broken)? {
        if PASSED_OVER.contains(&name.as_str()) || own == Some(&name) {
            continue;
        }
        if name == "backward_layer" {
            let why = "which reads future frames: a stream does not have them";
            return Err(format!("`{}` is a bidirectional layer, {why}", path.join("/")).into());
        }
        *left = left.checked_sub(1).ok_or_else(|| format!("more than {MOST_GROUPS} groups"))?;
        let inner = group.group(&name).map_err(broken)?;
        let path = [path, std::slice::from_ref(&name)].concat();
        let (tensors, own) = layer(&inner, &path)?;
        if !tensors.is_empty() {
            if found.len() == MOST_LAYERS {
                return Err(format!("more than {MOST_LAYERS} layers").into());
            }
            let given = if are_layers { given_name(&inner)? } else { None };
            let (class, _) = class_and_number(&name);
            let entry = Entry {
                name: Some(given.unwrap_or_else(|| path.join("."))),
                class: Some(class.to_owned()),
                tensors,
                by_place: true,
            };
            found.push(Saved { group: name, entry, of_the_model: are_layers && path.len() == 2 });
        }
        walk(&inner, &path, own, left, found)?;
    }
    Ok(())
}

/// The tensors of a layer, and the group that has them where it is not the layer's: a recurrent layer has a cell, and a
/// wrapper a layer.
fn layer(group: &Group<'_>, path: &[String]) -> Result<(Tensors, Option<&'static str>), Message> {
    let own = tensors(group, &path.join("/"))?;
    let names = group.groups().map_err(broken)?;
    match INNER.into_iter().find(|inner| names.iter().any(|name| name == inner)) {
        Some(inner) if own.is_empty() => {
            let shown = format!("{}/{inner}", path.join("/"));
            let tensors = tensors(&group.group(inner).map_err(broken)?, &shown)?;
            let own = (!tensors.is_empty()).then_some(inner);
            Ok((tensors, own))
        }
        _ => Ok((own, None)),
    }
}

/// The group's own tensors: those in its group `vars`, by their numbers.
fn tensors(group: &Group<'_>, path: &str) -> Result<Tensors, Message> {
    let Some(vars) = vars(group)? else { return Ok(Vec::new()) };
    let mut numbers = Vec::new();
    for name in vars.datasets().map_err(broken)? {
        let number: usize = name.parse().map_err(|_| broken(format!("`{path}/vars/{name}`")))?;
        numbers.push((number, name));
    }
    numbers.sort();
    if numbers.len() > MOST_TENSORS {
        return Err(format!("`{path}` has more than {MOST_TENSORS} tensors").into());
    }
    let mut tensors = Vec::new();
    for (_, name) in numbers {
        let dataset = vars.dataset(&name).map_err(broken)?;
        let name = format!("{path}/vars/{name}");
        tensors.extend(read_tensor(&name, &dataset)?.map(|tensor| (name, tensor)));
    }
    Ok(tensors)
}

/// A dataset's numbers; `None` where they are whole ones, which are counters and the like.
fn read_tensor(name: &str, dataset: &Dataset<'_>) -> Result<Option<Tensor>, Message> {
    match dataset.dtype().map_err(broken)? {
        DType::F32 | DType::F64 => {}
        DType::Other(kind) => {
            let help = "save it as float32";
            return Err(Message::new(format!("`{name}` has numbers of the type {kind}")).help(help));
        }
        _ => return Ok(None),
    }
    let shape = dataset.shape().map_err(broken)?;
    let shape: Option<Vec<_>> =
        shape.into_iter().map(|length| usize::try_from(length).ok()).collect();
    let length = shape.as_ref().and_then(|shape| {
        shape.iter().try_fold(4, |product: usize, length| product.checked_mul(*length))
    });
    let fits = length.is_some_and(|length| length as u64 <= FILE_BYTES);
    let Some(shape) = shape.filter(|_| fits) else {
        return Err(format!("`{name}` has more than {FILE_BYTES} bytes").into());
    };
    let numbers = dataset.read_f64().map_err(broken)?;
    if numbers.len() != shape.iter().product::<usize>() {
        return Err(
            format!("`{name}` is {}, but has {} numbers", shown(&shape), numbers.len()).into()
        );
    }
    finite(name, shape, numbers.into_iter()).map(Some)
}

fn vars<'a>(group: &Group<'a>) -> Result<Option<Group<'a>>, Message> {
    let there = group.groups().map_err(broken)?.iter().any(|name| name == "vars");
    there.then(|| group.group("vars").map_err(broken)).transpose()
}

/// What the layer is called in Keras.
fn given_name(group: &Group<'_>) -> Result<Option<String>, Message> {
    let Some(vars) = vars(group)? else { return Ok(None) };
    Ok(match vars.attrs().map_err(broken)?.remove("name") {
        Some(AttrValue::String(name)) => Some(name),
        _ => None,
    })
}
