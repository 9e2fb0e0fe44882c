//! The network where it has been given the same frame forever: what it begins with, where it starts at rest.

use crate::ast;
use crate::errors::Errors;
use crate::layer::{Branches, Frames, Given, Rest, kind};
use crate::model::{Fate, NamedLayer, Net};
use crate::numbers::rounded;
use crate::tensor::Tensor;

/// For each layer, what its states are filled with, if anything. `None` where the network starts cold.
pub(crate) fn rest(
    net: &Net<'_>,
    tensors: &[Vec<Tensor>],
    errors: &mut Errors,
) -> Option<Vec<Vec<Option<Tensor>>>> {
    let silence = net.silence.clone()?;
    let layers = net.layers.iter().zip(tensors);
    let (taps, conditions, states) = (Vec::new(), Vec::new(), Vec::new());
    let mut walk = Walk { layers, taps, conditions, states, errors };
    walk.chain(&net.ast.layers, vec![silence]);
    Some(walk.states)
}

struct Walk<'a, L> {
    /// The layers that are still to come, with their tensors.
    layers: L,
    /// The sum of the taps so far of each layer around the one at hand that takes some.
    taps: Vec<Frames>,
    /// What each layer around it conditions it by, that does.
    conditions: Vec<Frames>,
    states: Vec<Vec<Option<Tensor>>>,
    errors: &'a mut Errors,
}

impl<'n, L: Iterator<Item = (&'n NamedLayer<'n>, &'n Vec<Tensor>)>> Walk<'_, L> {
    /// What layers answer that are given these frames at every push.
    fn chain(&mut self, layers: &[ast::Layer], mut frames: Frames) -> Frames {
        for layer in layers {
            let mut branches = self.branches(layer, &frames);
            let Some((layer, tensors)) = self.layers.next() else { continue };
            let takes = kind(&layer.ast.kind).map(|kind| kind.branches);
            match takes {
                Some(Branches::Tapped) => branches = self.taps.pop().into_iter().collect(),
                Some(Branches::Conditioned) => drop(self.conditions.pop()),
                _ => {}
            }
            if layer.fate != Fate::Line {
                self.states.push(Vec::new());
                continue;
            }
            let gathers = layer.layer.gathered().is_some();
            let none = Vec::new();
            let sum = self.taps.last().unwrap_or(&none);
            let condition = self.conditions.last().unwrap_or(&none);
            let frames_of_layer = match layer.through {
                Some(_) => condition,
                None if gathers => sum,
                None => &frames,
            };
            let given = Given { tensors, frames: frames_of_layer, branches: &branches, condition };
            let mut rest = layer.layer.rest(&given);
            if let Some(activation) = layer.layer.activation() {
                rest.activate(activation);
            }
            self.check(layer, &rest);
            self.states.push(rest.states);
            match self.taps.last_mut() {
                Some(sum) if gathers => *sum = rest.frames,
                Some(sum) if layer.layer.tap().is_some() => add(sum, rest.frames),
                _ => frames = rest.frames,
            }
        }
        frames
    }

    /// What the branches of a layer answer, of which the last sees its condition.
    fn branches(&mut self, layer: &ast::Layer, frames: &Frames) -> Vec<Frames> {
        let takes = kind(&layer.kind).map(|kind| kind.branches);
        if takes == Some(Branches::Tapped) {
            self.taps.push(Vec::new());
        }
        let mut answers: Vec<Frames> = Vec::new();
        for (place, branch) in layer.branches.iter().enumerate() {
            if takes == Some(Branches::Conditioned) && place + 1 == layer.branches.len() {
                self.conditions.push(answers.last().unwrap_or(frames).clone());
            }
            let answer = self.chain(branch, frames.clone());
            answers.push(answer);
        }
        answers
    }

    /// Reports the first layer that has no rest.
    fn check(&mut self, layer: &NamedLayer<'_>, rest: &Rest) {
        let name = layer.name.as_ref().unwrap_or(&layer.ast.kind);
        let mut numbers = rest.states.iter().flatten().flat_map(|state| &state.numbers);
        let message = if rest.spread > 0.0 {
            let message = format!(
                "`{name}` has no steady state: under constant input, its state still changes by"
            );
            let help = "help: remove `#[start = \"rest\"]`, or state another constant input: `#[start(rest = […])]`";
            match rest.spread {
                spread if spread < 0.005 => format!("{message} {spread:.0e}\n{help}"),
                spread => format!("{message} {spread:.2}\n{help}"),
            }
        } else if !numbers.all(|number| rounded(*number).is_finite()) {
            format!("in the steady state, `{name}` would hold numbers that do not fit in f32")
        } else {
            return;
        };
        if self.errors.len() == 0 {
            self.errors.report(&layer.ast.kind, message);
        }
    }
}

/// Adds frames to a sum, or begins one.
fn add(sum: &mut Frames, frames: Frames) {
    if sum.is_empty() {
        *sum = frames;
        return;
    }
    for (sum, x) in sum.iter_mut().flatten().zip(frames.iter().flatten()) {
        *sum += x;
    }
}
