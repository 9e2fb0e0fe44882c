//! What Keras 3 saves, `.weights.h5`: for each layer a group of its class, numbered among those of its class, and in it
//! the layer's tensors, numbered too.

mod objects;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use rustyhdf5_format::datatype::Datatype;

use self::objects::{File, Group};
use super::numbers::finite;
use super::{Entry, MOST_TENSORS, Order, Store};
use crate::errors::Message;
use crate::frontend::build::limits::MOST_LAYERS;
use crate::tensor::{Tensor, shape as shape_of};

/// Groups that are no layers of the network.
const PASSED_OVER: [&str; 3] = ["vars", "optimizer", "seed_generator"];
/// Groups of a model's layers.
const LAYERS: [&str; 2] = ["layers", "_layer_checkpoint_dependencies"];
/// What has the tensors of the layer around it.
const INNER: [&str; 2] = ["cell", "layer"];

/// How deep groups nest at most, and how many there are of layers: links may go in circles.
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
    // Sizes first: a file that asks for too much is refused before any of it is decompressed.
    let found =
        catch_unwind(AssertUnwindSafe(|| file(bytes, false).and_then(|_| file(bytes, true))));
    found.unwrap_or_else(|_| Err("not an HDF5 file that can be read".into()))
}

fn broken(error: impl std::fmt::Display) -> String {
    format!("not an HDF5 file that can be read: {error}")
}

fn file(bytes: &[u8], reads: bool) -> Result<Vec<Saved>, Message> {
    let file = File::open(bytes, reads)?;
    let root = file.root()?;
    if root.groups().any(|name| name == "model_weights")
        || file.has_attribute(&root, "layer_names")?
    {
        let help = "load it with Keras 3, and write `model.save_weights(\"net.weights.h5\")`: see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/from_keras.md";
        return Err(Message::new("an HDF5 file in the format of Keras 2 is not read").help(help));
    }
    let mut found = Vec::new();
    let mut left = MOST_GROUPS;
    walk(&file, &root, &[], None, &mut left, &mut found)?;
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
    file: &File<'_>,
    group: &Group,
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
    // All of them are counted before one is opened.
    *left = left
        .checked_sub(group.groups().count())
        .ok_or_else(|| format!("more than {MOST_GROUPS} groups"))?;
    for name in group.groups() {
        if PASSED_OVER.contains(&name) || own == Some(name) {
            continue;
        }
        if name == "backward_layer" {
            let why = "which reads future frames: a stream does not have them";
            return Err(format!("`{}` is a bidirectional layer, {why}", path.join("/")).into());
        }
        let Some(inner) = file.group(group, name)? else { continue };
        let path = [path, &[name.to_owned()]].concat();
        let (tensors, own) = layer(file, &inner, &path)?;
        if !tensors.is_empty() {
            if found.len() == MOST_LAYERS {
                return Err(format!("more than {MOST_LAYERS} layers").into());
            }
            let given = if are_layers { given_name(file, &inner)? } else { None };
            let (class, _) = class_and_number(name);
            let entry = Entry {
                name: Some(given.unwrap_or_else(|| path.join("."))),
                class: Some(class.to_owned()),
                tensors,
                by_place: true,
            };
            found.push(Saved {
                group: name.to_owned(),
                entry,
                of_the_model: are_layers && path.len() == 2,
            });
        }
        walk(file, &inner, &path, own, left, found)?;
    }
    Ok(())
}

/// The tensors of a layer, and the group that has them where it is not the layer's: a recurrent layer has a cell, and a
/// wrapper a layer.
fn layer(
    file: &File<'_>,
    group: &Group,
    path: &[String],
) -> Result<(Tensors, Option<&'static str>), Message> {
    let own = tensors(file, group, &path.join("/"))?;
    for inner in INNER.into_iter().filter(|_| own.is_empty()) {
        if let Some(group) = file.group(group, inner)? {
            let tensors = tensors(file, &group, &format!("{}/{inner}", path.join("/")))?;
            let own = (!tensors.is_empty()).then_some(inner);
            return Ok((tensors, own));
        }
    }
    Ok((own, None))
}

/// The group's own tensors: those in its group `vars`, by their numbers.
fn tensors(file: &File<'_>, group: &Group, path: &str) -> Result<Tensors, Message> {
    let Some(vars) = file.group(group, "vars")? else { return Ok(Vec::new()) };
    let mut numbers = Vec::new();
    for name in vars.datasets() {
        let number: usize = name.parse().map_err(|_| broken(format!("`{path}/vars/{name}`")))?;
        numbers.push((number, name));
    }
    numbers.sort_unstable();
    if numbers.len() > MOST_TENSORS {
        return Err(format!("`{path}` has more than {MOST_TENSORS} tensors").into());
    }
    let mut tensors = Vec::new();
    for (_, name) in numbers {
        let shown = format!("{path}/vars/{name}");
        tensors.extend(read_tensor(file, &vars, name, &shown)?.map(|tensor| (shown, tensor)));
    }
    Ok(tensors)
}

/// A dataset's numbers; `None` where they are whole ones, which are counters and the like.
fn read_tensor(
    file: &File<'_>,
    vars: &Group,
    name: &str,
    shown: &str,
) -> Result<Option<Tensor>, Message> {
    let dataset = file.dataset(vars, name)?;
    match &dataset.datatype {
        Datatype::FloatingPoint { size: 4 | 8, .. } => {}
        Datatype::FixedPoint { .. } | Datatype::Enumeration { .. } => return Ok(None),
        Datatype::FloatingPoint { size, .. } => {
            let kind = format!("float{}", size * 8);
            let text = format!("`{shown}` has numbers of the type {kind}");
            return Err(Message::new(text).help("save it as float32"));
        }
        Datatype::String { .. } | Datatype::VariableLength { is_string: true, .. } => {
            return Err(format!("`{shown}` contains strings, not numbers").into());
        }
        _ => return Err(format!("`{shown}` does not contain numbers").into()),
    }
    let numbers = file.numbers(shown, &dataset)?;
    let shape = dataset.shape;
    let Some(numbers) = numbers else { return Ok(Some(Tensor { shape, numbers: Vec::new() })) };
    if numbers.len() != shape.iter().product::<usize>() {
        let dimensions = shape_of(&shape);
        return Err(format!("`{shown}` is {dimensions}, but has {} numbers", numbers.len()).into());
    }
    finite(shown, shape, numbers.into_iter()).map(Some)
}

/// What the layer is called in Keras.
fn given_name(file: &File<'_>, group: &Group) -> Result<Option<String>, Message> {
    match file.group(group, "vars")? {
        Some(vars) => Ok(file.text(&vars, "name")?),
        None => Ok(None),
    }
}
