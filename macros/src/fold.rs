//! The numbers of layers that are part of another become numbers of that: in f64, rounded once.

use crate::errors::Errors;
use crate::layer::Affine;
use crate::model::{Fate, Net, Side};
use crate::numbers::rounded;
use crate::tensor::Tensor;

/// Changes the tensors of layers that others are part of.
pub(crate) fn fold(net: &Net<'_>, tensors: &mut [Vec<Tensor>], errors: &mut Errors) {
    let behind = (0..net.layers.len()).map(|place| (place, Side::Behind));
    // Of those before a layer, the nearest is the first.
    let before = (0..net.layers.len()).rev().map(|place| (place, Side::Before));
    for (place, side) in behind.chain(before) {
        let Some(layer) = net.layers.get(place) else { continue };
        let Fate::Part { of, .. } = layer.fate else { continue };
        if layer.fate != (Fate::Part { of, side }) {
            continue;
        }
        let Some(affine) = tensors.get(place).and_then(|own| layer.layer.affine(own)) else {
            continue;
        };
        let (Some(other), Some(folded)) = (net.layers.get(of), tensors.get_mut(of)) else {
            continue;
        };
        *folded = other.layer.with(std::mem::take(folded), side, &affine);
        if !fits(&affine, folded) {
            let name = layer.name.as_ref().unwrap_or(&layer.ast.kind);
            errors.report(
                &layer.ast.kind,
                format!("the numbers of `{name}` give others that do not fit in f32"),
            );
        }
    }
    for (layer, tensors) in net.layers.iter().zip(tensors) {
        let affine = layer.layer.affine(tensors).filter(|_| layer.fate == Fate::Line);
        if affine.is_some_and(|affine| !fits(&affine, &[])) {
            let name = layer.name.as_ref().unwrap_or(&layer.ast.kind);
            errors.report(
                &layer.ast.kind,
                format!("the numbers of `{name}` give others that do not fit in f32"),
            );
        }
    }
}

fn fits(affine: &Affine, tensors: &[Tensor]) -> bool {
    let numbers = tensors.iter().flat_map(|tensor| &tensor.numbers);
    numbers.chain(&affine.scale).chain(&affine.shift).all(|number| rounded(*number).is_finite())
}
