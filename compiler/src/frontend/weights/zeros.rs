//! `#[weights = zeros]`: a network that is not trained yet, to see what it costs.

use proc_macro2::Ident;

use super::source::FILE_BYTES;
use crate::errors::{Errors, Message};
use crate::frontend::ast::{self, Attributes, Choice};
use crate::frontend::kinds::is_weighted;
use crate::frontend::needs::Needs;
use crate::tensor::Tensor;

/// Tensors by which a layer multiplies or divides each channel. They are 1: a variance of 0 has no root to divide by.
const FACTORS: [&str; 3] = ["gamma", "moving_variance", "scale"];

/// Reports what stands beside `#[weights = zeros]` and needs a file: `self_test`, `submodel`, `slim`, and a list of
/// layers that is left out. `word` is `zeros` as it is written.
pub(crate) fn check(net: &ast::Net, word: &Ident, errors: &mut Errors) {
    let Attributes { submodel, slim, self_test, .. } = &net.attributes;
    let of_a_file = |word: &Ident| format!("remove `{word}`, or name a weights file");
    for Choice { word, .. } in submodel.iter().chain(slim) {
        let message = "`#[weights = zeros]` reads no file that has several models or sizes";
        errors.report(word, Message::new(message).help(of_a_file(word)));
    }
    if let Some(word) = self_test {
        let message = "`#[weights = zeros]` has no recorded run to test against";
        errors.report(word, Message::new(message).help(of_a_file(word)));
    }
    if !net.are_written {
        let name = &net.name;
        let message = format!("`#[weights = zeros]` does not say which layers `{name}` has");
        let help = format!("write them: `struct {name} < layer; layer >`");
        errors.report(word, Message::new(message).help(help));
    }
}

/// The tensors of each layer: factors and variances are 1, all other weights 0. None where there are errors.
///
/// Reports a network that is larger than a file may be.
pub(crate) fn zeros(
    net: &ast::Net,
    layers: &[Option<&Needs<'_>>],
    word: &Ident,
    errors: &mut Errors,
) -> Vec<Vec<Tensor>> {
    let shapes: Vec<_> = net
        .walk()
        .into_iter()
        .zip(layers)
        .map(|(ast, layer)| {
            let layer = layer.filter(|_| is_weighted(ast))?;
            layer.conventions.first()
        })
        .collect();
    let tensors = || shapes.iter().flatten().flat_map(|convention| &convention.tensors);
    let count = tensors().map(|shape| {
        let lengths = shape.dimensions.iter().map(|dimension| dimension.length);
        lengths.fold(size_of::<f32>(), usize::saturating_mul)
    });
    let bytes = count.fold(0, usize::saturating_add);
    if u64::try_from(bytes).is_ok_and(|bytes| bytes > FILE_BYTES) {
        let name = &net.name;
        let message = format!("the weights of `{name}` would have {bytes} bytes");
        errors.report(word, format!("{message}, but the limit is {FILE_BYTES}"));
    }
    if errors.len() > 0 {
        return Vec::new();
    }
    let tensors = shapes.iter().map(|convention| {
        let Some(convention) = convention else { return Vec::new() };
        let tensors = convention.tensors.iter().map(|need| {
            let shape: Vec<_> = need.dimensions.iter().map(|dimension| dimension.length).collect();
            let value = if FACTORS.contains(&need.name) { 1.0 } else { 0.0 };
            let numbers = vec![value; shape.iter().product()];
            Tensor { shape, numbers }
        });
        (convention.canonical)(tensors.collect())
    });
    tensors.collect()
}
