//! Folds products and sums of every channel into the convolution beside them: in f64, rounded once when it is printed.

use crate::errors::Errors;
use crate::graph::{Conv, Graph, Node, Op, Table, Value};
use crate::numbers::rounded;
use crate::tensor::Tensor;

pub(crate) fn fold(graph: &mut Graph, errors: &mut Errors) {
    check(graph, errors);
    let uses = graph.uses();
    for value in graph.lines() {
        behind(graph, value, &uses, errors);
    }
    for value in graph.lines() {
        while before(graph, value, &uses, errors) {}
    }
}

/// `affine(conv(x))`, where nothing else reads the convolution's sums. The kernel of a convolution over features is the same
/// at every position, and so has to be what each position is multiplied by.
fn behind(graph: &mut Graph, affine: Value, uses: &Table<usize>, errors: &mut Errors) {
    let (Op::Affine { .. }, Some(conv)) = (&graph[affine].op, graph[affine].input()) else {
        return;
    };
    let outputs = match &graph[conv].op {
        Op::Conv(conv) => conv.outputs,
        Op::Conv2d(conv) => conv.outputs,
        Op::ConvTranspose(conv) => conv.outputs,
        _ => return,
    };
    let factors = Factors::of(&graph[affine]);
    if uses[conv] != 1 || factors.as_ref().is_some_and(|factors| !factors.repeat(outputs)) {
        return;
    }
    let mut folded = graph[conv].clone();
    folded.has_bias |= graph[affine].has_bias;
    if let Some(mut factors) = factors {
        factors.scale.truncate(outputs);
        factors.shift.truncate(outputs);
        let did_fit = fits(&folded);
        factors.apply_behind(&mut folded);
        report(graph, affine, did_fit && factors.fit() && !fits(&folded), errors);
    }
    graph.merge(conv, affine, folded);
}

/// `conv(affine(x))`, where nothing else reads what the convolution takes. Zeros under the taps are zeros behind the affine
/// operation, whatever that adds.
fn before(graph: &mut Graph, conv: Value, uses: &Table<usize>, errors: &mut Errors) -> bool {
    let (Op::Conv(Conv { window, .. }), Some(affine)) = (&graph[conv].op, graph[conv].input())
    else {
        return false;
    };
    let is_shifted_padding = window.is_padded() && graph[affine].has_bias;
    if !matches!(graph[affine].op, Op::Affine { .. }) || uses[affine] != 1 || is_shifted_padding {
        return false;
    }
    let mut folded = graph[conv].clone();
    folded.has_bias |= graph[affine].has_bias;
    folded.inputs.clone_from(&graph[affine].inputs);
    if let Some(factors) = Factors::of(&graph[affine]) {
        let did_fit = fits(&folded);
        factors.apply_before(&mut folded);
        report(graph, affine, did_fit && factors.fit() && !fits(&folded), errors);
    }
    graph.redirect(affine, conv);
    graph[conv] = folded;
    true
}

/// What every channel is multiplied by, and what is added.
struct Factors {
    scale: Vec<f64>,
    shift: Vec<f64>,
}

impl Factors {
    fn of(affine: &Node) -> Option<Self> {
        let [center, scale, shift] = affine.tensors.as_slice() else { return None };
        let (scale, shift) = (&scale.numbers, &shift.numbers);
        let center = center.numbers.iter().zip(scale);
        let shift = shift.iter().zip(center).map(|(shift, (center, scale))| shift - center * scale);
        Some(Self { scale: scale.clone(), shift: shift.collect() })
    }

    /// Whether they are the same for each position of so many outputs.
    fn repeat(&self, outputs: usize) -> bool {
        [&self.scale, &self.shift].iter().all(|factors| {
            let first = factors.get(..outputs);
            factors.chunks(outputs.max(1)).all(|others| Some(others) == first)
        })
    }

    fn fit(&self) -> bool {
        self.scale.iter().chain(&self.shift).all(|number| rounded(*number).is_finite())
    }

    fn apply_behind(&self, node: &mut Node) {
        let Some((kernel, mut bias)) = parts(node, self.scale.len()) else { return };
        for row in kernel.chunks_mut(self.scale.len().max(1)) {
            row.iter_mut().zip(&self.scale).for_each(|(weight, scale)| *weight *= scale);
        }
        for (bias, (scale, shift)) in bias.iter_mut().zip(self.scale.iter().zip(&self.shift)) {
            *bias = *bias * scale + shift;
        }
        set_bias(node, bias);
    }

    fn apply_before(&self, node: &mut Node) {
        let Some(Conv { inputs, outputs, groups, .. }) = node.conv().copied() else { return };
        let Some((kernel, mut bias)) = parts(node, outputs) else { return };
        let (group_inputs, group_outputs) = (inputs / groups, outputs / groups);
        for (row, weights) in kernel.chunks_mut(outputs).enumerate() {
            for (output, (weight, bias)) in weights.iter_mut().zip(&mut bias).enumerate() {
                let channel = output / group_outputs * group_inputs + row % group_inputs;
                let at = |numbers: &[f64]| numbers.get(channel).copied().unwrap_or_default();
                *bias += *weight * at(&self.shift);
                *weight *= at(&self.scale);
            }
        }
        set_bias(node, bias);
    }
}

/// The kernel of a convolution, and what its sums start from.
fn parts(node: &mut Node, outputs: usize) -> Option<(&mut Vec<f64>, Vec<f64>)> {
    let (kernel, bias) = node.tensors.split_first_mut()?;
    let bias = bias.first().map_or_else(|| vec![0.0; outputs], |bias| bias.numbers.clone());
    Some((&mut kernel.numbers, bias))
}

fn set_bias(node: &mut Node, bias: Vec<f64>) {
    node.tensors.truncate(1);
    if node.has_bias {
        node.tensors.push(Tensor { shape: vec![bias.len()], numbers: bias });
    }
}

/// Whether the numbers of a node fit in f32.
pub(super) fn fits(node: &Node) -> bool {
    let mut numbers = node.tensors.iter().flat_map(|tensor| &tensor.numbers);
    numbers.all(|number| rounded(*number).is_finite())
}

/// Reports the factors that do not fit, whatever becomes of them.
fn check(graph: &Graph, errors: &mut Errors) {
    for value in graph.lines() {
        let Some(factors) =
            Factors::of(&graph[value]).filter(|_| matches!(graph[value].op, Op::Affine { .. }))
        else {
            continue;
        };
        let Some(layer) = graph.layer(value) else { continue };
        // Of numbers of a file, none but a division by zero or the root of less gives such a scale in f64.
        if !factors.scale.iter().all(|scale| scale.is_finite()) {
            let message =
                format!("a variance of `{}` plus `epsilon` is not above 0", layer.shown());
            errors.report(&layer.origin, message);
        } else if !factors.fit() {
            report(graph, value, true, errors);
        }
    }
}

fn report(graph: &Graph, affine: Value, is_wrong: bool, errors: &mut Errors) {
    if let Some(layer) = graph.layer(affine).filter(|_| is_wrong) {
        let message =
            format!("the scale and bias that `{}` amounts to do not fit in f32", layer.shown());
        errors.report(&layer.origin, message);
    }
}
