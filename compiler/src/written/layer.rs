//! The layer for an operation of one input.

use super::{NamedTensor, affine, features, gather};
use crate::frontend::build::activation::{Form, Of};
use crate::frontend::keys::{self, kind};
use crate::frontend::kinds::KINDS;
use crate::graph::{
    Activation, Cell, Conv, ConvTranspose, Node, Op, Pool, Recurrent, Reduction, Window,
};
use crate::tensor::Tensor;

/// A layer without branches.
pub(super) struct Layer {
    pub(super) kind: &'static str,
    /// Its keys and flags.
    pub(super) arguments: Vec<String>,
    pub(super) tensors: Vec<NamedTensor>,
}

impl Layer {
    pub(super) fn new(kind: &'static str, arguments: Vec<String>) -> Self {
        Self { kind, arguments, tensors: Vec::new() }
    }

    pub(super) fn with(self, tensors: Vec<NamedTensor>) -> Self {
        Self { tensors, ..self }
    }
}

/// The layer of a node that takes frames of so many channels.
pub(super) fn of(node: &Node, inputs: usize) -> Result<Layer, String> {
    let channels = node.channels;
    let frames = |kind, frames| Layer::new(kind, vec![said(keys::FRAMES, frames)]);
    Ok(match &node.op {
        Op::Conv(of) => conv(of, node)?,
        Op::Conv2d(conv) => features::conv2d(conv, node)?,
        Op::ConvTranspose(conv) => conv_transpose(conv, node),
        Op::Recurrent(cell) => recurrent(cell, node)?,
        Op::Pool(of) => pool(of)?,
        Op::PoolFeatures(pool) => features::pool(pool)?,
        Op::Mean { frames: count } => frames(kind::GLOBAL_AVG, *count),
        Op::Newest { frames: count } => frames(kind::FLATTEN, *count),
        Op::Delay(delay) => frames(kind::DELAY, delay.frames),
        Op::Crop { stride: 1, skipped } => newest(*skipped, channels),
        Op::Crop { stride, .. } => {
            Layer::new(kind::MAX_POOL, vec![said(keys::SIZE, 1), said(keys::STRIDE, *stride)])
        }
        Op::Upsample { times } => Layer::new(kind::UPSAMPLE, vec![said(keys::N, *times)]),
        Op::Split { times } => Layer::new(kind::SPLIT, vec![said(keys::N, *times)]),
        Op::Affine { .. } => affine::affine(node)?,
        Op::LayerNorm { epsilon } => affine::norm(kind::LAYER_NORM, Vec::new(), *epsilon, node)?,
        Op::GroupNorm(norm) => affine::group_norm(norm, node)?,
        Op::Prelu => {
            Layer::new(kind::PRELU, Vec::new()).with(named(&[("alpha", &[channels])], node)?)
        }
        Op::Map(activation) => {
            let (form, parameters) = form(*activation)?;
            let pairs = form.keys.iter().zip(parameters);
            Layer::new(form.word, pairs.map(|(key, number)| format!("{key}={number:?}")).collect())
        }
        Op::Softmax { is_log: false } => Layer::new("softmax", Vec::new()),
        Op::Softmax { is_log: true } => Layer::new("log_softmax", Vec::new()),
        Op::Slice { start } => {
            Layer::new(kind::SLICE, vec![said(keys::START, *start), said(keys::OUT, channels)])
        }
        Op::Gather { indices } => gather::gather(indices, inputs)?,
        Op::Input
        | Op::Unknown
        | Op::Add { .. }
        | Op::Multiply
        | Op::Binary(_)
        | Op::Blend
        | Op::Concat
        | Op::Round
        | Op::Extend => return Err(format!("no layer for `{}`", node.op)),
    })
}

/// The layers before that of a node. No layer leaves out frames at the start: `flatten` of them and one more does, and `slice`
/// takes that one.
pub(super) fn before(node: &Node) -> Vec<Layer> {
    let Op::Crop { skipped, stride } = node.op else { return Vec::new() };
    if skipped == 0 {
        return Vec::new();
    }
    let frames = Layer::new(kind::FLATTEN, vec![said(keys::FRAMES, skipped + 1)]);
    let newest = (stride > 1).then(|| newest(skipped, node.channels));
    [frames].into_iter().chain(newest).collect()
}

/// The newest of some frames that are one.
fn newest(before: usize, channels: usize) -> Layer {
    let start = before.saturating_mul(channels);
    Layer::new(kind::SLICE, vec![said(keys::START, start), said(keys::OUT, channels)])
}

/// `key=count`.
pub(super) fn said(key: &str, count: usize) -> String {
    format!("{key}={count}")
}

/// The same, where it is not what counts without it.
pub(super) fn unless(key: &str, count: usize, usual: usize) -> Option<String> {
    (count != usual).then(|| said(key, count))
}

/// The tensors of a node by name, each with the shape that a weights file has.
pub(super) fn named(
    tensors: &[(&'static str, &[usize])],
    node: &Node,
) -> Result<Vec<NamedTensor>, String> {
    let pairs = tensors.iter().zip(&node.tensors);
    let named: Vec<_> =
        pairs.map(|((name, shape), tensor)| NamedTensor::new(name, shape, tensor)).collect();
    let is_whole =
        |named: &NamedTensor| named.shape.iter().product::<usize>() == named.numbers.len();
    if named.len() == tensors.len() && named.iter().all(is_whole) {
        return Ok(named);
    }
    Err(format!("the tensors of `{}` are not those of a weights file", node.op))
}

/// The keys and flags of a window over time, the first of which says its taps.
pub(super) fn taps(key: &str, window: Window) -> Result<Vec<String>, String> {
    let Window { taps, dilation, stride, zeros, skipped } = window;
    if skipped > 0 {
        return Err(format!("no layer leaves out its first {skipped} outputs"));
    }
    let mut arguments = vec![said(key, taps)];
    arguments.extend(unless(keys::DILATION, dilation, 1));
    arguments.extend(unless(keys::STRIDE, stride, 1));
    arguments.extend(match zeros {
        Some(zeros) if taps > 1 && zeros == window.past() => Some(keys::CAUSAL.to_owned()),
        Some(zeros) if taps > 1 && stride == 1 && zeros == window.past() / 2 => {
            Some(keys::SAME.to_owned())
        }
        Some(zeros) if taps > 1 => Some(said(keys::PAD, zeros)),
        _ => None,
    });
    Ok(arguments)
}

pub(super) fn no_bias(node: &Node) -> Option<String> {
    (!node.has_bias).then(|| keys::NO_BIAS.to_owned())
}

fn conv(conv: &Conv, node: &Node) -> Result<Layer, String> {
    let Conv { window, inputs, outputs, groups } = *conv;
    let of_group = inputs / groups.max(1);
    let (kind, mut arguments) = if window.is_newest() && groups == 1 && window.skipped == 0 {
        (kind::DENSE, Vec::new())
    } else {
        (kind::CONV, taps(keys::K, window)?)
    };
    arguments.insert(usize::from(kind == kind::CONV), said(keys::OUT, outputs));
    arguments.extend(unless(keys::GROUPS, groups, 1));
    arguments.extend(no_bias(node));
    let tensors = kernel(&[window.taps, of_group, outputs], outputs, node)?;
    Ok(Layer::new(kind, arguments).with(tensors))
}

/// A kernel of this shape, and a bias of so many numbers where the node has one.
pub(super) fn kernel(
    shape: &[usize],
    outputs: usize,
    node: &Node,
) -> Result<Vec<NamedTensor>, String> {
    let all: [(&str, &[usize]); 2] = [("kernel", shape), ("bias", &[outputs])];
    named(all.get(..1 + usize::from(node.has_bias)).unwrap_or_default(), node)
}

fn conv_transpose(conv: &ConvTranspose, node: &Node) -> Layer {
    let ConvTranspose { taps, inputs, outputs, stride, skipped, late } = *conv;
    let mut arguments =
        vec![said(keys::K, taps), said(keys::OUT, outputs), said(keys::STRIDE, stride)];
    arguments.extend(unless(keys::PAD, (skipped * stride).saturating_sub(late), 0));
    arguments.extend(no_bias(node));
    let tensors = node.tensors.iter().zip(["kernel", "bias"]).map(|(tensor, name)| {
        if name == "bias" {
            return NamedTensor::new(name, &[outputs], tensor);
        }
        let kernel = Tensor { shape: vec![taps, inputs, outputs], numbers: tensor.numbers.clone() };
        let kernel = kernel.permuted(&[0, 2, 1]);
        NamedTensor::new(name, &kernel.shape, &kernel)
    });
    Layer::new(kind::CONV_TRANSPOSE, arguments).with(tensors.collect())
}

fn recurrent(cell: &Recurrent, node: &Node) -> Result<Layer, String> {
    let Recurrent { inputs, units, has_bias, has_initial, is_fast, .. } = *cell;
    if is_fast {
        return Err("it is compiled with `#[math = \"fast\"]`: convert it without".to_owned());
    }
    let kind = match cell.cell {
        Cell::GruResetAfter | Cell::GruResetBefore => kind::GRU,
        Cell::Lstm => kind::LSTM,
        Cell::Tanh | Cell::Relu => kind::RNN,
    };
    let mut arguments = vec![said(keys::UNITS, units)];
    arguments.extend((cell.cell == Cell::GruResetBefore).then(|| keys::RESET_BEFORE.to_owned()));
    arguments.extend((cell.cell == Cell::Relu).then(|| "relu".to_owned()));
    arguments.extend(has_initial.then(|| keys::INITIAL.to_owned()));
    arguments.extend((!has_bias).then(|| keys::NO_BIAS.to_owned()));
    let all = cell.gates().len() * units;
    let (kernel, recurrent, start) = ([inputs, all], [units, all], [units]);
    let both = if cell.cell == Cell::GruResetAfter { vec![2, all] } else { vec![all] };
    let mut tensors: Vec<(&str, &[usize])> =
        vec![("kernel", &kernel), ("recurrent_kernel", &recurrent)];
    if has_bias {
        tensors.push(("bias", &both));
    }
    if has_initial {
        tensors.extend([("initial_h", start.as_slice()), ("initial_c", &start)]);
    }
    Ok(Layer::new(kind, arguments).with(named(&tensors, node)?))
}

fn pool(pool: &Pool) -> Result<Layer, String> {
    let Pool { reduction, window, counts_padding } = *pool;
    let kind = match reduction {
        Reduction::Max => kind::MAX_POOL,
        Reduction::Mean => kind::AVG_POOL,
    };
    let mut arguments = taps(keys::SIZE, window)?;
    // Without it, it is the size.
    if window.stride == 1 {
        arguments.insert(1, said(keys::STRIDE, 1));
    }
    arguments.extend(counts_padding.then(|| keys::COUNT_INCLUDE_PAD.to_owned()));
    Ok(Layer::new(kind, arguments))
}

/// The word for a function, and its parameters.
pub(super) fn form(activation: Activation) -> Result<(&'static Form, Vec<f32>), String> {
    let is_its = |form: &&'static Form| match form.of {
        Of::Number(function) => std::ptr::eq(function, activation.function),
        Of::Nothing | Of::Frame { .. } => false,
    };
    let form = KINDS.iter().filter_map(|kind| kind.activation).find(is_its);
    let form = form.ok_or_else(|| format!("no layer for the function `{activation}`"))?;
    Ok((form, activation.parameters().to_vec()))
}

/// The activation as a flag.
pub(super) fn flag(activation: Activation) -> Result<String, String> {
    let (form, parameters) = form(activation)?;
    Ok(match parameters.as_slice() {
        [] => form.word.to_owned(),
        [parameter] => format!("{}={parameter:?}", form.word),
        parameters => format!("{}={parameters:?}", form.word),
    })
}
