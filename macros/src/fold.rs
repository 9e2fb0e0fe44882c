//! The numbers of layers that are part of another become numbers of that: in f64, rounded once.

use crate::errors::Errors;
use crate::layer::{Affine, Side};
use crate::model::{Fate, NamedLayer, Net};
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
        // What does not fit from the first has been reported.
        let did_fit = fits(folded);
        *folded = other.layer.with(std::mem::take(folded), side, &affine);
        if did_fit && !(fits(folded) && affine.fits()) {
            report(layer, &affine, errors);
        }
    }
    for (place, layer) in net.layers.iter().enumerate() {
        let Some(product) = layer.through else { continue };
        let [product, mixed] =
            [product, place + 1].map(|place| tensors.get(place).cloned().unwrap_or_default());
        let Some(own) = tensors.get_mut(place) else { continue };
        let did_fit = [own.as_slice(), &product, &mixed].into_iter().all(fits);
        *own = layer.layer.with_condition(std::mem::take(own), &product, &mixed);
        if did_fit && !fits(own) {
            let name = layer.name.as_ref().unwrap_or(&layer.ast.kind);
            let message = format!(
                "the product of the weights of `{name}` and of the layer before it does not fit in f32"
            );
            errors.report(&layer.ast.kind, message);
        }
    }
    for (layer, tensors) in net.layers.iter().zip(tensors) {
        let affine = layer.layer.affine(tensors).filter(|_| layer.fate == Fate::Line);
        if let Some(affine) = affine.filter(|affine| !affine.fits()) {
            report(layer, &affine, errors);
        }
    }
}

fn report(layer: &NamedLayer<'_>, affine: &Affine, errors: &mut Errors) {
    let name = layer.name.as_ref().unwrap_or(&layer.ast.kind);
    // Of numbers of the file, none but a division by zero or the root of less gives such a scale in f64.
    let message = if affine.scale.iter().all(|scale| scale.is_finite()) {
        format!("the scale and bias that `{name}` amounts to do not fit in f32")
    } else {
        format!("a variance of `{name}` plus `epsilon` is not above 0")
    };
    errors.report(&layer.ast.kind, message);
}

impl Affine {
    fn fits(&self) -> bool {
        self.scale.iter().chain(&self.shift).all(|number| rounded(*number).is_finite())
    }
}

fn fits(tensors: &[Tensor]) -> bool {
    let mut numbers = tensors.iter().flat_map(|tensor| &tensor.numbers);
    numbers.all(|number| rounded(*number).is_finite())
}
