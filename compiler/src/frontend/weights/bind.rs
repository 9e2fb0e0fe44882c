//! Which tensor of the file belongs to which layer.

use proc_macro2::Ident;

use super::names::{convention, first_of_a_stack, flag_without, is_of_a_later_layer};
use super::{Entry, Source, Store, assign};
use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast;
use crate::frontend::build::Shape;
use crate::frontend::keys::{self, kind};
use crate::frontend::kinds::is_weighted;
use crate::frontend::needs::Needs;
use crate::suggest::{list, suggestion};
use crate::tensor::{Tensor, shape};

/// The tensors of each layer, in the order in which it needs them; none for a layer without weights, and for one that is
/// `None` because it is wrong itself.
pub(crate) fn bind(
    net: &ast::Net,
    layers: &[Option<&Needs<'_>>],
    store: Store,
    source: &Source,
    errors: &mut Errors,
) -> Vec<Vec<Tensor>> {
    let mut entries = assign::entries(net, layers, store, source, errors).into_iter();
    let mut binder = Binder { errors, inputs_are_wrong: false };
    let are_weighted: Vec<_> = if net.are_written {
        net.walk().into_iter().map(is_weighted).collect()
    } else {
        layers.iter().map(|layer| layer.is_some_and(Needs::has_tensors)).collect()
    };
    let tensors = are_weighted.into_iter().zip(layers).map(|(is_weighted, layer)| {
        let entry = if is_weighted { entries.next().flatten() } else { None };
        match (layer, entry) {
            (Some(layer), Some(entry)) => binder.tensors(layer, entry),
            (Some(_), None) => Vec::new(),
            (None, _) => {
                binder.inputs_are_wrong = true;
                Vec::new()
            }
        }
    });
    tensors.collect()
}

struct Binder<'a> {
    errors: &'a mut Errors,
    /// The outputs of the layer before are not those of the file, which has been reported: no wonder that the inputs of
    /// this one are not either.
    inputs_are_wrong: bool,
}

impl Binder<'_> {
    /// The tensors that one layer needs, out of its entry.
    fn tensors(&mut self, layer: &Needs<'_>, mut entry: Entry) -> Vec<Tensor> {
        let Some(name) = &layer.name else { return Vec::new() };
        first_of_a_stack(layer, &mut entry);
        let Some(convention) = convention(layer, &entry) else { return Vec::new() };
        if entry.by_place {
            let needs = convention.tensors.iter();
            for ((place, _), need) in entry.tensors.iter_mut().zip(needs) {
                need.name.clone_into(place);
            }
        }
        entry.tensors.retain(|(name, _)| !convention.ignored.contains(&name.as_str()));
        let needs = &convention.tensors;
        let has = |need: &Shape| entry.tensors.iter().any(|(name, _)| name == need.name);
        if entry.tensors.len() > 1 && needs.len() > 1 && !needs.iter().any(has) {
            let needed = list(needs.iter().map(|need| need.name));
            let found = list(entry.tensors.iter().map(|(name, _)| name.as_str()));
            let message =
                format!("`{name}` needs the tensors {needed}, but the weights file has {found}");
            self.errors.report(&layer.origin, message);
            return Vec::new();
        }
        let before = self.errors.len();
        let mut tensors = Vec::new();
        let mut wrong_keys = Vec::new();
        for need in needs {
            let Some(place) = entry.tensors.iter().position(|(name, _)| name == need.name) else {
                let text = format!("the weights file has no `{}` for `{name}`", need.name);
                let is_known = |other: &str| needs.iter().any(|need| need.name == other);
                let renamed = entry.tensors.iter().position(|(other, _)| !is_known(other));
                let flag = flag_without(layer, need.name);
                let help = match (flag, renamed) {
                    (Some(flag), _) => Some(Hint::help(format!(
                        "write `{flag}` if the layer was trained without `{}`",
                        need.name
                    ))),
                    (None, Some(place)) => {
                        let (other, _) = entry.tensors.swap_remove(place);
                        let help = format!("rename `{other}` in the file to `{}`", need.name);
                        Some(Hint::Help(help))
                    }
                    (None, None) => None,
                };
                self.errors.report(&layer.origin, Message::new(text).hint(help));
                continue;
            };
            let (_, tensor) = entry.tensors.swap_remove(place);
            self.check_shape(layer, name, need, &tensor, &mut wrong_keys);
            tensors.push(tensor);
        }
        self.inputs_are_wrong = wrong_keys.contains(&keys::OUT);
        for (left, _) in &entry.tensors {
            let help = if let Some(flag) = flag_without(layer, left) {
                Some(Hint::help(format!("remove `{flag}`, or remove `{left}` from the file")))
            } else if is_of_a_later_layer(left) {
                Some(Hint::help(format!("write one `{}` for each layer", layer.kind)))
            } else {
                suggestion(left, needs.iter().map(|need| need.name))
            };
            let text = format!("the weights file has a `{left}` that `{name}` does not use");
            self.errors.report(&layer.origin, Message::new(text).hint(help));
        }
        if self.errors.len() > before {
            return Vec::new();
        }
        (convention.canonical)(tensors)
    }

    /// Reports a tensor of another shape, unless what makes it so has been reported. `wrong_keys` are the keys that the
    /// file disagrees with.
    fn check_shape(
        &mut self,
        layer: &Needs<'_>,
        name: &Ident,
        need: &Shape,
        tensor: &Tensor,
        wrong_keys: &mut Vec<&'static str>,
    ) {
        let lengths = need.lengths();
        if tensor.shape == lengths || need.also.as_ref() == Some(&tensor.shape) {
            return;
        }
        let dimensions = need.without_taps(layer.kind == kind::DENSE, tensor.shape.len());
        let wanted: Vec<_> = dimensions.iter().map(|dimension| dimension.length).collect();
        let differing = dimensions.iter().zip(&tensor.shape);
        let differing = differing.filter(|(dimension, found)| dimension.length != **found);
        let keys: Vec<_> = if tensor.shape.len() == wanted.len() {
            differing.map(|(dimension, _)| dimension.key).collect()
        } else {
            Vec::new()
        };
        let is_known = |key: &&str| match *key {
            keys::IN if self.inputs_are_wrong => true,
            key => wrong_keys.contains(&key),
        };
        let known = !keys.is_empty() && keys.iter().all(is_known);
        wrong_keys.extend(&keys);
        if known {
            return;
        }
        let order: Vec<_> = dimensions.iter().map(|dimension| dimension.name).collect();
        let text = format!(
            "`{name}` needs {} `{}` of shape {}, but the file has {}",
            if need.name.starts_with('a') { "an" } else { "a" },
            need.name,
            shape(&wanted),
            if tensor.shape.is_empty() {
                "a single number".to_owned()
            } else {
                shape(&tensor.shape)
            },
        );
        let mut message =
            Message::new(text).note(format!("the dimensions are ({})", order.join(", ")));
        if let Some((_, help)) = need.otherwise.as_ref().filter(|(other, _)| *other == tensor.shape)
        {
            message = message.help(*help);
        }
        message = message.hint(other_framework(layer, need, tensor));
        // The one number that is wrong, if there is one and it is written; else the layer.
        let number = match keys.as_slice() {
            [key] => layer.ast.and_then(|ast| ast.number(key)),
            _ => None,
        };
        match number {
            Some(number) => self.errors.report(&number.tokens, message),
            None => self.errors.report(&layer.origin, message),
        }
    }
}

/// What to do about a tensor whose dimensions are in the order of another framework.
fn other_framework(layer: &Needs<'_>, need: &Shape, tensor: &Tensor) -> Option<Hint> {
    let reversed = |shape: &[usize]| tensor.shape.iter().rev().eq(shape);
    if !(reversed(&need.lengths()) || need.also.as_deref().is_some_and(reversed)) {
        return None;
    }
    // PyTorch has the last dimension first, in convolutions and in linear layers. Of recurrent layers, the gates are in
    // another order as well.
    let all = "give all tensors of the layer";
    let others = [
        ("kernel", "weight", "PyTorch's", None),
        ("weight", "kernel", "Keras'", None),
        ("kernel", "weight_ih", "PyTorch's", Some(format!("{all} PyTorch's names"))),
        ("recurrent_kernel", "weight_hh", "PyTorch's", Some(format!("{all} PyTorch's names"))),
        ("weight_ih", "kernel", "Keras'", Some(format!("{all} Keras' names"))),
        ("weight_hh", "recurrent_kernel", "Keras'", Some(format!("{all} Keras' names"))),
    ];
    let has = |name: &str| layer.conventions.iter().any(|one| one.names(name));
    let mut others = others.into_iter();
    let (_, other, framework, help) =
        others.find(|(name, other, ..)| *name == need.name && has(other))?;
    let help = help.unwrap_or_else(|| format!("rename the tensor to `{other}`, or transpose it"));
    let order = format!("the file has the order of dimensions of {framework} `{other}`");
    Some(Hint::Help(format!("{order}: {help}")))
}
