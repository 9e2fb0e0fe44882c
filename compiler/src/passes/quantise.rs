//! Makes integers of a graph: the scale of each value, and the weights, shifts and tables of each node.
//!
//! The range of a value is that of the frames that are given, times [`MARGIN`]. Values that are added to each other, joined or
//! only moved have one scale.

mod cell;
mod ends;
mod fine;
mod lookup;
mod matrix;
mod norm;
mod pool;
mod range;
mod scales;
mod served;
mod softmax;
mod text;

pub(crate) use self::norm::split as split_norms;
pub(crate) use self::range::Ranges;
pub(crate) use self::served::check;
use crate::errors::{Errors, Message};
use crate::eval::integer;
use crate::graph::{Binary, FeatureReduction, Graph, Node, Op, Table, Value};
use crate::integers::{Arithmetic, Integers, Quality, Scale, Scales};
use crate::tensor::Tensor;

/// How much larger a value may be than in the frames that are given.
pub(crate) const MARGIN: f64 = 1.25;

/// What is made of a graph, for frames that it takes. `input` is what full scale of the input means, where that is said.
#[cfg_attr(not(test), allow(dead_code, reason = "tests have one graph"))]
pub(crate) fn quantise(
    graph: &mut Graph,
    frames: &Tensor,
    input: Option<f64>,
    errors: &mut Errors,
) -> Option<Integers> {
    quantise_all(&mut [graph], &[frames], input, errors)?.pop()
}

/// The same of graphs that differ in nothing but their tensors, each with its frames. Their scales and tables are the same.
pub(crate) fn quantise_all(
    graphs: &mut [&mut Graph],
    frames: &[&Tensor],
    input: Option<f64>,
    errors: &mut Errors,
) -> Option<Vec<Integers>> {
    let watch = |graphs: &[&mut Graph]| -> Vec<Ranges> {
        graphs.iter().zip(frames).map(|(graph, frames)| Ranges::of(graph, frames)).collect()
    };
    let count = |graphs: &[&mut Graph]| graphs.first().map_or(0, |graph| graph.values().count());
    let (mut ranges, nodes) = (watch(graphs), count(graphs));
    let mut joint = Ranges::joint(&ranges)?;
    // From the last on: what is inserted moves those behind it.
    for value in coarse(graphs.first()?, &joint, input).into_iter().rev() {
        let are_separated = graphs.iter_mut().map(|graph| separate_one(graph, value));
        // All of them, or none: they differ in numbers alone.
        if are_separated.fold(false, |any, is_separated| any | is_separated) {
            joint.repeat(value);
        }
    }
    for steep in ends::steep(graphs.first()?, &joint, input).into_iter().rev() {
        for graph in graphs.iter_mut() {
            steep.separate(graph);
        }
    }
    for graph in graphs.iter_mut() {
        fine::separate(graph);
    }
    if count(graphs) > nodes {
        ranges = watch(graphs);
        joint = Ranges::joint(&ranges)?;
    }
    let scales = scales::of(graphs.first()?, &joint, input);
    let all = graphs.iter().zip(frames).zip(&ranges).map(|((graph, frames), own)| {
        let mut integers = integers(graph, &joint, &scales, errors)?;
        integers.quality = integer::quality(graph, &integers, frames, &own.outputs);
        integers.replayed = integers.quality;
        Some(integers)
    });
    all.collect()
}

/// The integers of a graph, by the ranges and scales of its values.
fn integers(
    graph: &Graph,
    ranges: &Ranges,
    scales: &Scales,
    errors: &mut Errors,
) -> Option<Integers> {
    let mut integers = Integers {
        arithmetic: graph.table(Arithmetic::Plain),
        scales: scales.clone(),
        lookups: Vec::new(),
        quality: Quality::default(),
        replayed: Quality::default(),
    };
    let before = errors.len();
    for value in graph.lines() {
        if is_mixed(graph, value) {
            continue;
        }
        match arithmetic(graph, value, ranges, &mut integers) {
            Ok(arithmetic) => integers.arithmetic[value] = arithmetic,
            Err(why) => served::report(graph, value, why, errors),
        }
    }
    (errors.len() == before).then_some(integers)
}

/// How far integers are from the recorded outputs, over as many frames as the scales would come from.
pub(crate) fn replay(
    graph: &Graph,
    integers: &Integers,
    input: &Tensor,
    outputs: &[Option<Tensor>],
) -> Quality {
    let outputs = outputs.iter().take(Ranges::most_frames(graph));
    let outputs: Vec<_> = outputs.map(|output| Some(output.as_ref()?.numbers.clone())).collect();
    integer::quality(graph, integers, input, &outputs)
}

/// Values that would have at most a quarter of the range of those that they are added to, and that something else reads too: a sum
/// of many has a scale of its own.
fn coarse(graph: &Graph, ranges: &Ranges, input: Option<f64>) -> Vec<Value> {
    let scales = scales::of(graph, ranges, input);
    let lines = graph.lines();
    let is_coarse = |value: &Value| {
        let own = ranges.largest[*value] * MARGIN;
        let has_room = scales[*value] * 32768.0 >= COARSE * own;
        let readers =
            lines.iter().filter(|line| graph[**line].operands().any(|operand| operand == *value));
        let is_read_otherwise =
            readers.into_iter().any(|line| !shares_scale(&graph[*line], *value));
        has_room && is_read_otherwise && !is_mixed(graph, *value)
    };
    lines.iter().copied().filter(is_coarse).collect()
}

/// Parts of a range that are too much to leave unused.
const COARSE: f64 = 4.0;

/// Whether a node wants `value`, which it reads, in the scale of its output.
fn shares_scale(node: &Node, value: Value) -> bool {
    let is_blended = matches!(node.op, Op::Blend);
    keeps_scale(node) || is_blended || node.seed == Some(value)
}

/// Whether a node is part of another one's sums.
pub(crate) fn is_mixed(graph: &Graph, value: Value) -> bool {
    graph[value].is_inline
}

fn arithmetic(
    graph: &Graph,
    value: Value,
    ranges: &Ranges,
    integers: &mut Integers,
) -> Result<Arithmetic, Message> {
    let node = &graph[value];
    let scales = integers.scales.clone();
    let of_input = |place: usize| node.inputs.get(place).map_or(1.0, |input| scales[*input]);
    Ok(match &node.op {
        Op::Conv(_) | Op::Conv2d(_) | Op::ConvTranspose(_) | Op::Affine { .. } => {
            Arithmetic::Matrix(matrix::of(graph, value, &scales)?)
        }
        Op::Recurrent(recurrent) => {
            let input = of_input(0);
            Arithmetic::Cell(cell::of(recurrent, node, value, input, ranges, integers)?)
        }
        Op::Map(activation) => match scales::limits(*activation, scales[value]) {
            Some(limits) => limits,
            None => {
                let lookup = lookup::of(*activation, of_input(0), scales[value])?;
                Arithmetic::Lookup(integers.keep(lookup))
            }
        },
        Op::Prelu => {
            let slopes = node.tensors.first().map_or(&[][..], |slopes| &slopes.numbers);
            let slopes: Option<Vec<i32>> = slopes.iter().copied().map(scales::slope).collect();
            Arithmetic::Slopes(slopes.ok_or("has slopes that are not from 0 to 1")?)
        }
        Op::Softmax { .. } => Arithmetic::Softmax(softmax::exponent(of_input(0))?),
        Op::LayerNorm { .. } | Op::GroupNorm(_) => {
            Arithmetic::Norm(norm::of(node, of_input(0), scales[value])?)
        }
        Op::Multiply => Arithmetic::Scale(scale(of_input(0) * of_input(1) / scales[value])?),
        Op::Blend => Arithmetic::Scale(scale(of_input(2))?),
        Op::Mean { frames } if *frames > 1 => Arithmetic::Scale(share(*frames)?),
        Op::Pool(pool) => pool::over_time(*pool)?,
        Op::PoolFeatures(pool) => pool::over_features(pool, of_input(0), scales[value])?,
        _ => Arithmetic::Plain,
    })
}

/// One part of so many.
fn share(count: usize) -> Result<Scale, Message> {
    scale(1.0 / crate::numbers::real(count))
}

/// The nearest factor of at most one half.
fn scale(factor: f64) -> Result<Scale, Message> {
    if factor > 0.5 {
        return Err(Message::new("has products that are larger than its range by far"));
    }
    let mut shift = 0;
    while shift < 30 && factor * f64::from(1_u32 << shift) * 65536.0 <= 16384.0 {
        shift += 1;
    }
    let multiplier = (factor * f64::from(1_u32 << shift) * 65536.0).round();
    #[allow(clippy::cast_possible_truncation, reason = "at most 2^15")]
    let multiplier = multiplier as i32;
    Ok(Scale { multiplier, shift })
}

/// Whether the scales of a node's inputs and of its output are one.
fn keeps_scale(node: &Node) -> bool {
    match &node.op {
        Op::Add { .. }
        | Op::Round
        | Op::Extend
        | Op::Binary(Binary::Subtract | Binary::Minimum | Binary::Maximum)
        | Op::Concat
        | Op::Delay(_)
        | Op::Newest { .. }
        | Op::Crop { .. }
        | Op::Upsample { .. }
        | Op::Split { .. }
        | Op::Slice { .. }
        | Op::Gather { .. }
        | Op::Pool(_)
        | Op::Mean { .. }
        | Op::Prelu => true,
        Op::PoolFeatures(pool) => pool.reduction != FeatureReduction::Sum,
        Op::Map(activation) => scales::is_limit(*activation),
        Op::Input
        | Op::Unknown
        | Op::Conv(_)
        | Op::Conv2d(_)
        | Op::ConvTranspose(_)
        | Op::Recurrent(_)
        | Op::Affine { .. }
        | Op::LayerNorm { .. }
        | Op::GroupNorm(_)
        | Op::Softmax { .. }
        | Op::Multiply
        | Op::Binary(Binary::Divide)
        | Op::Blend => false,
    }
}

/// Puts a node behind each value whose scale is fixed, that gives it another one, where the value is added to others or
/// moved: behind the output of a recurrent cell or of a softmax, which is a part of 1, and behind the input where what full scale of it means is
/// said.
pub(crate) fn separate(graph: &mut Graph, is_input_fixed: bool) {
    // From the last on: what is inserted moves those behind it.
    for value in graph.values().rev() {
        let is_fixed = match graph[value].op {
            Op::Recurrent(_) | Op::Softmax { .. } => true,
            Op::Input => is_input_fixed,
            _ => false,
        };
        if is_fixed {
            separate_one(graph, value);
        }
    }
}

/// Puts a product by 1 behind a value for those that want it in the scale of their output. Returns whether there are any.
fn separate_one(graph: &mut Graph, value: Value) -> bool {
    let shares = |node: &Node| shares_scale(node, value);
    let reads = |node: &Node| node.operands().any(|operand| operand == value);
    let lines = graph.lines();
    if !lines.iter().any(|line| reads(&graph[*line]) && shares(&graph[*line])) {
        return false;
    }
    let adds = |node: &Node| keeps_scale(node) || matches!(node.op, Op::Blend);
    insert_product(graph, value, |node, is_seed| !is_seed && !adds(node));
    true
}

/// Puts a product by 1 behind a value: those for which `keeps` is true go on to read the value.
fn insert_product(graph: &mut Graph, value: Value, keeps: impl Fn(&Node, bool) -> bool) {
    let Node { channels, clock, layer, .. } = graph[value];
    let of = |number: f64| Tensor { shape: vec![channels], numbers: vec![number; channels] };
    let affine = Op::Affine { is_centred: false };
    let tensors = vec![of(0.0), of(1.0), of(0.0)];
    let node = Node { clock, tensors, ..Node::new(affine, vec![value], channels, layer) };
    graph.insert(value, node, keeps);
}

/// A table of the largest number of each value.
type Largest = Table<f64>;
