//! What an operation makes of the frames under its taps, in the order of additions of the runtime's kernels.

use super::number::{Number, at};
use super::{Frames, features};
use crate::graph::activation::softmax;
use crate::graph::{Activation, Binary, Conv, ConvTranspose, Node, Op, Reduction, Window};

/// The tensors of a node, in the numbers that it is computed in.
pub(super) type Tensors<T> = Vec<Vec<T>>;

/// The frames that an operation looks at: an operation without taps, at the newest alone.
pub(crate) fn window(op: &Op) -> Window {
    let full = |taps: usize| Window { taps, ..Window::NEWEST };
    match op {
        Op::Conv(conv) => conv.window,
        Op::Conv2d(conv) => conv.window,
        Op::ConvTranspose(conv) => conv.window(),
        Op::Pool(pool) => pool.window,
        Op::Mean { frames } | Op::Newest { frames } => full(*frames),
        Op::Crop { stride, .. } => Window { stride: *stride, ..Window::NEWEST },
        Op::Delay(delay) => Window { dilation: delay.frames, ..full(2) },
        Op::Input
        | Op::Unknown
        | Op::Round
        | Op::Extend
        | Op::Recurrent(_)
        | Op::Upsample { .. }
        | Op::Split { .. }
        | Op::PoolFeatures(_)
        | Op::GroupNorm(_)
        | Op::Affine { .. }
        | Op::LayerNorm { .. }
        | Op::Prelu
        | Op::Map(_)
        | Op::Softmax { .. }
        | Op::Add { .. }
        | Op::Multiply
        | Op::Binary(_)
        | Op::Blend
        | Op::Concat
        | Op::Slice { .. }
        | Op::Gather { .. } => Window::NEWEST,
    }
}

/// The frames that a node gives for those under its taps, the oldest first, or for the newest of each of its inputs, where it
/// has several. `seed` is what its sums start from. Recurrent cells are elsewhere.
pub(super) fn output<T: Number>(
    node: &Node,
    tensors: &Tensors<T>,
    taps: &[&[T]],
    seed: Option<&[T]>,
) -> Frames<T> {
    let newest = taps.last().copied().unwrap_or_default();
    let each = |of: &dyn Fn(usize, T) -> T| -> Frames<T> {
        vec![newest.iter().enumerate().map(|(channel, x)| of(channel, *x)).collect()]
    };
    let both = |of: fn(T, T) -> T| -> Frames<T> {
        let first = taps.first().copied().unwrap_or_default();
        vec![first.iter().zip(newest).map(|(a, b)| of(*a, *b)).collect()]
    };
    let tensor = |place: usize| tensors.get(place).map(Vec::as_slice).unwrap_or_default();
    let mut frames = match &node.op {
        Op::Conv(conv) => vec![convolution(conv, tensors, taps, seed)],
        Op::Conv2d(conv) => vec![features::convolution(conv, tensors, taps)],
        Op::ConvTranspose(conv) => transposed(conv, tensors, taps),
        Op::Pool(pool) => vec![pooled(pool.reduction, taps)],
        Op::PoolFeatures(pool) => vec![features::pooled(pool, newest)],
        Op::Mean { .. } => vec![pooled(Reduction::Mean, taps)],
        Op::Newest { .. } | Op::Concat => vec![taps.concat()],
        Op::Delay(_) => vec![taps.first().map(|oldest| oldest.to_vec()).unwrap_or_default()],
        Op::Upsample { times } => vec![newest.to_vec(); *times],
        Op::Split { .. } => newest.chunks(node.channels.max(1)).map(<[T]>::to_vec).collect(),
        Op::Affine { .. } => each(&|channel, x| {
            let [center, scale, shift] = [0, 1, 2].map(|place| at(tensor(place), channel));
            let product = (x - center) * scale + shift;
            seed.map_or(product, |seed| at(seed, channel) + product)
        }),
        Op::LayerNorm { epsilon } => vec![normalised(newest, *epsilon, tensor(0), tensor(1))],
        Op::GroupNorm(norm) => vec![features::normalised(norm, tensors, newest)],
        Op::Prelu => each(&|channel, x| if x < T::ZERO { x * at(tensor(0), channel) } else { x }),
        Op::Map(activation) => each(&|_, x| apply(*activation, x)),
        Op::Softmax { is_log } => {
            let mut frame: Vec<f64> = newest.iter().map(|x| x.wide()).collect();
            softmax(&mut frame, *is_log);
            vec![frame.into_iter().map(T::of).collect()]
        }
        Op::Add { .. } => both(|a, b| a + b),
        Op::Multiply => both(|a, b| a * b),
        Op::Binary(Binary::Subtract) => both(|a, b| a - b),
        Op::Binary(Binary::Divide) => both(|a, b| a / b),
        Op::Binary(Binary::Minimum) => both(|a, b| if b < a { b } else { a }),
        Op::Binary(Binary::Maximum) => both(|a, b| if b > a { b } else { a }),
        Op::Blend => match taps {
            [plain, active, share] => {
                let blended = plain.iter().zip(active.iter().zip(*share));
                let blend = |(x, (active, share)): (&T, (&T, &T))| {
                    *share * *active + (T::ONE - *share) * *x
                };
                vec![blended.map(blend).collect()]
            }
            _ => Vec::new(),
        },
        Op::Slice { start } => {
            vec![newest.iter().skip(*start).take(node.channels).copied().collect()]
        }
        Op::Gather { indices } => vec![indices.iter().map(|place| at(newest, *place)).collect()],
        Op::Input | Op::Unknown | Op::Recurrent(_) | Op::Crop { .. } | Op::Round | Op::Extend => {
            vec![newest.to_vec()]
        }
    };
    if let Some(epilogue) = node.epilogue {
        for x in frames.iter_mut().flatten() {
            *x = apply(epilogue, *x);
        }
    }
    frames
}

fn apply<T: Number>(activation: Activation, x: T) -> T {
    T::of(activation.apply(x.wide()))
}

/// What sums start from: the bias and the seed.
pub(super) fn start<T: Number>(tensors: &Tensors<T>, outputs: usize, seed: Option<&[T]>) -> Vec<T> {
    let bias = tensors.get(1).cloned().unwrap_or_else(|| vec![T::ZERO; outputs]);
    match seed {
        Some(seed) => bias.iter().zip(seed).map(|(bias, seed)| *seed + *bias).collect(),
        None => bias,
    }
}

fn convolution<T: Number>(
    conv: &Conv,
    tensors: &Tensors<T>,
    taps: &[&[T]],
    seed: Option<&[T]>,
) -> Vec<T> {
    let Conv { inputs, outputs, groups, .. } = *conv;
    let (group_inputs, group_outputs) = (inputs / groups, outputs / groups);
    let mut sums = start(tensors, outputs, seed);
    let rows = tensors.first().into_iter().flat_map(|kernel| kernel.chunks(outputs));
    for (row, weights) in rows.enumerate() {
        let frame = taps.get(row / group_inputs).copied().unwrap_or_default();
        for (output, (sum, weight)) in sums.iter_mut().zip(weights).enumerate() {
            let input = output / group_outputs * group_inputs + row % group_inputs;
            *sum = *sum + at(frame, input) * *weight;
        }
    }
    sums
}

fn transposed<T: Number>(conv: &ConvTranspose, tensors: &Tensors<T>, taps: &[&[T]]) -> Frames<T> {
    let mut frames = vec![start(tensors, conv.outputs, None); conv.stride];
    let rows = tensors.first().into_iter().flat_map(|kernel| kernel.chunks(conv.outputs));
    for (row, weights) in rows.enumerate() {
        let (tap, input) = (row / conv.inputs + conv.late, row % conv.inputs);
        // The first `stride` taps are those of the newest frame, as if there were `late` taps before them.
        let frame = taps.iter().rev().nth(tap / conv.stride).copied().unwrap_or_default();
        let sums = frames.get_mut(tap % conv.stride).into_iter().flatten();
        for (sum, weight) in sums.zip(weights) {
            *sum = *sum + *weight * at(frame, input);
        }
    }
    frames
}

/// An empty frame is one that is not there.
fn pooled<T: Number>(reduction: Reduction, taps: &[&[T]]) -> Vec<T> {
    let taps: Vec<_> = taps.iter().filter(|frame| !frame.is_empty()).collect();
    let Some((first, others)) = taps.split_first() else { return Vec::new() };
    let mut kept = first.to_vec();
    for frame in others {
        for (kept, x) in kept.iter_mut().zip(**frame) {
            *kept = match reduction {
                Reduction::Max if *x > *kept => *x,
                Reduction::Max => *kept,
                Reduction::Mean => *kept + *x,
            };
        }
    }
    if reduction == Reduction::Mean {
        let count = T::count(taps.len());
        for sum in &mut kept {
            *sum = *sum / count;
        }
    }
    kept
}

fn normalised<T: Number>(frame: &[T], epsilon: f32, gamma: &[T], beta: &[T]) -> Vec<T> {
    let count: f64 = frame.iter().map(|_| 1.0).sum();
    let sum = |numbers: &mut dyn Iterator<Item = T>| numbers.fold(T::ZERO, |sum, x| sum + x);
    let mean = sum(&mut frame.iter().copied()) / T::of(count);
    let squares = sum(&mut frame.iter().map(|x| (*x - mean) * (*x - mean)));
    let deviation = T::of(((squares / T::of(count)).wide() + f64::from(epsilon)).sqrt());
    let channels = frame.iter().enumerate();
    channels
        .map(|(channel, x)| at(gamma, channel) * ((*x - mean) / deviation) + at(beta, channel))
        .collect()
}
