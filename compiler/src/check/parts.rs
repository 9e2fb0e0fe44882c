//! Layers that become part of the one beside them, or nothing.

use crate::layer::Side;
use crate::model::{Fate, NamedLayer};

/// Finds them in a chain, whose layers have these `places`.
pub(super) fn find(layers: &mut [Option<NamedLayer<'_>>], places: &[usize]) {
    let mut before = None;
    for &place in places {
        match before.filter(|&before| joins(layers, place, before, Side::Behind)) {
            Some(of) => part(layers, place, of, Side::Behind),
            None => before = Some(place),
        }
    }
    let mut behind = None;
    for &place in places.iter().rev() {
        match behind.filter(|&behind| joins(layers, place, behind, Side::Before)) {
            Some(of) => part(layers, place, of, Side::Before),
            None if is_line(layers, place) => behind = Some(place),
            None => {}
        }
    }
}

/// Makes the taps at `places` wait for each other. On what is behind the last of them, nothing depends.
pub(super) fn tapped(layers: &mut [Option<NamedLayer<'_>>], places: &[usize], delays: &[usize]) {
    for (place, delay) in places.iter().zip(delays) {
        if let Some(Some(tap)) = layers.get_mut(*place) {
            tap.layer.wait(*delay);
        }
    }
    let behind = places.last().map_or(layers.len(), |last| last + 1);
    layers.iter_mut().skip(behind).flatten().for_each(|layer| layer.fate = Fate::Dead);
}

/// Makes the layer at `place`, which is on that `side` of the one at `of`, part of it. Whether that can be.
fn joins(layers: &mut [Option<NamedLayer<'_>>], place: usize, of: usize, side: Side) -> bool {
    let Some(Some(layer)) = layers.get(place).filter(|_| is_line(layers, place)) else {
        return false;
    };
    let (activation, shifts) = (layer.layer.activation(), layer.layer.shifts());
    let is_activation = layer.is_activation();
    let Some(Some(other)) = layers.get_mut(of) else { return false };
    match (activation, shifts, side) {
        (Some(activation), None, Side::Behind) => is_activation && other.layer.end_with(activation),
        (None, Some(shifts), side) => other.layer.absorb(side, shifts),
        (Some(activation), Some(shifts), Side::Behind) => {
            other.layer.absorb(side, shifts) && other.layer.end_with(activation)
        }
        _ => false,
    }
}

fn is_line(layers: &[Option<NamedLayer<'_>>], place: usize) -> bool {
    matches!(layers.get(place), Some(Some(NamedLayer { fate: Fate::Line, .. })))
}

fn part(layers: &mut [Option<NamedLayer<'_>>], place: usize, of: usize, side: Side) {
    if let Some(Some(layer)) = layers.get_mut(place) {
        layer.fate = Fate::Part { of, side };
    }
}
