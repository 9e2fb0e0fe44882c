//! Which tensor of the file belongs to which layer.

use proc_macro2::Ident;

use super::names::{convention, first_of_a_stack, flag_without, is_of_a_later_layer};
use super::{Entry, Source, Store, assign};
use crate::errors::Errors;
use crate::frontend::ast;
use crate::frontend::kinds::{Shape, is_weighted};
use crate::frontend::lower::Needs;
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
    let walked = net.walk();
    let tensors = walked.into_iter().zip(layers).map(|(ast, layer)| {
        let entry = if is_weighted(ast) { entries.next().flatten() } else { None };
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
            self.errors.report(&layer.ast.kind, message);
            return Vec::new();
        }
        let before = self.errors.len();
        let mut tensors = Vec::new();
        let mut wrong_keys = Vec::new();
        for need in needs {
            let Some(place) = entry.tensors.iter().position(|(name, _)| name == need.name) else {
                let mut message = format!("the weights file has no `{}` for `{name}`", need.name);
                let is_known = |other: &str| needs.iter().any(|need| need.name == other);
                let renamed = entry.tensors.iter().position(|(other, _)| !is_known(other));
                let flag = flag_without(layer, need.name);
                if let Some(place) = renamed.filter(|_| flag.is_none()) {
                    let (other, _) = entry.tensors.swap_remove(place);
                    message += &format!("\nhelp: rename `{other}` in the file to `{}`", need.name);
                } else if let Some(flag) = flag {
                    message += &format!(
                        "\nhelp: write `{flag}` if the layer was trained without `{}`",
                        need.name
                    );
                }
                self.errors.report(&layer.ast.kind, message);
                continue;
            };
            let (_, tensor) = entry.tensors.swap_remove(place);
            self.check_shape(layer, name, need, &tensor, &mut wrong_keys);
            tensors.push(tensor);
        }
        self.inputs_are_wrong = wrong_keys.contains(&"out");
        for (left, _) in &entry.tensors {
            let help = if let Some(flag) = flag_without(layer, left) {
                Some(format!("help: remove `{flag}`, or remove `{left}` from the file"))
            } else if is_of_a_later_layer(left) {
                Some(format!("help: write one `{}` for each layer", layer.ast.kind))
            } else {
                suggestion(left, needs.iter().map(|need| need.name))
            };
            let help = help.map(|help| format!("\n{help}")).unwrap_or_default();
            let message = format!("the weights file has a `{left}` that `{name}` does not use");
            self.errors.report(&layer.ast.kind, format!("{message}{help}"));
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
        let wanted: Vec<_> = need.dimensions.iter().map(|dimension| dimension.length).collect();
        if tensor.shape == wanted || need.also.as_ref() == Some(&tensor.shape) {
            return;
        }
        let differing = need.dimensions.iter().zip(&tensor.shape);
        let differing = differing.filter(|(dimension, found)| dimension.length != **found);
        let keys: Vec<_> = if tensor.shape.len() == wanted.len() {
            differing.map(|(dimension, _)| dimension.key).collect()
        } else {
            Vec::new()
        };
        let is_known = |key: &&str| match *key {
            "in" if self.inputs_are_wrong => true,
            key => wrong_keys.contains(&key),
        };
        let known = !keys.is_empty() && keys.iter().all(is_known);
        wrong_keys.extend(&keys);
        if known {
            return;
        }
        let order: Vec<_> = need.dimensions.iter().map(|dimension| dimension.name).collect();
        let mut message = format!(
            "`{name}` needs {} `{}` of shape {}, but the file has {}\nnote: the dimensions are ({})",
            if need.name.starts_with('a') { "an" } else { "a" },
            need.name,
            shape(&wanted),
            if tensor.shape.is_empty() {
                "a single number".to_owned()
            } else {
                shape(&tensor.shape)
            },
            order.join(", "),
        );
        if let Some((_, help)) = need.otherwise.as_ref().filter(|(other, _)| *other == tensor.shape)
        {
            message += &format!("\nhelp: {help}");
        }
        let names = |name: &str| layer.conventions.iter().any(|one| one.names(name));
        // PyTorch has the last dimension first, in convolutions and in linear layers.
        let reversed = |shape: &[usize]| tensor.shape.iter().rev().eq(shape);
        let is_reversed = reversed(&wanted) || need.also.as_deref().is_some_and(reversed);
        let other = [("kernel", "PyTorch's", "weight"), ("weight", "Keras'", "kernel")];
        let other = other
            .into_iter()
            .find(|(name, _, other)| *name == need.name && is_reversed && names(other));
        if let Some((_, framework, name)) = other {
            message += &format!(
                "\nhelp: the file has the order of dimensions of {framework} `{name}`: rename the tensor to `{name}`, or transpose it"
            );
        }
        // Of these, the gates are in another order as well.
        let recurrent = [
            ("kernel", "weight_ih", "PyTorch's"),
            ("recurrent_kernel", "weight_hh", "PyTorch's"),
            ("weight_ih", "kernel", "Keras'"),
            ("weight_hh", "recurrent_kernel", "Keras'"),
        ];
        let other =
            recurrent.into_iter().find(|(name, other, _)| *name == need.name && names(other));
        if let Some((_, name, framework)) = other.filter(|_| is_reversed) {
            message += &format!(
                "\nhelp: the file has the order of dimensions of {framework} `{name}`: give all tensors of the layer {framework} names"
            );
        }
        // The one number that is wrong, if there is one and it is written; else the layer.
        let number = match keys.as_slice() {
            [key] => layer.ast.number(key),
            _ => None,
        };
        match number {
            Some(number) => self.errors.report(&number.tokens, message),
            None => self.errors.report(&layer.ast.kind, message),
        }
    }
}
