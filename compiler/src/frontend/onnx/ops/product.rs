//! Products with a matrix of weights: dense layers.

use super::super::array::{Array, Rearrangement, broadcast};
use super::super::call::Call;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse_with};
use super::super::stream::{Stream, Time, shown};
use super::binary::with_constant;
use super::time::all_frames;
use crate::graph::{Conv, Conv2d, Op, Window};
use crate::tensor::Tensor;

pub(super) fn product(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    if call.constant(1).is_none() && call.constant(0).is_none() {
        return refuse_with(
            "it multiplies two matrices that are both computed from frames, as attention does",
            "leave out attention over time: a convolution or a recurrent layer sees the past",
        );
    }
    if call.node.op == "Gemm" { gemm(reader, call) } else { matmul(reader, call) }
}

fn gemm(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let node = call.node;
    if node.is_set("transA") {
        return refuse_with("it transposes its frames (`transA`)", "transpose before it");
    }
    let number = |name: &str| f64::from(node.float(name).unwrap_or(1.0));
    let mut weights = call.weights(1, "matrix")?;
    if weights.shape.len() != 2 {
        return invalid("its weights are no matrix");
    }
    if node.is_set("transB") {
        weights = Rearrangement::Transpose(vec![1, 0]).of(&weights);
    }
    weights.items.iter_mut().for_each(|weight| *weight *= number("alpha"));
    let outputs = weights.shape.get(1).copied().unwrap_or_default();
    let stream = call.unpadded(0)?.clone();
    if call.input(2).is_none() {
        return dense(reader, &stream, &weights, None).map(Known::Stream);
    }
    let mut bias = call.weights(2, "bias")?;
    bias.items.iter_mut().for_each(|bias| *bias *= number("beta"));
    let row = vec![1, outputs];
    if broadcast(&row, &bias.shape).as_ref() == Some(&row) {
        let bias = Rearrangement::Broadcast(row).of(&bias).items;
        return dense(reader, &stream, &weights, Some(bias)).map(Known::Stream);
    }
    // One bias for each row.
    let product = dense(reader, &stream, &weights, None)?;
    with_constant(reader, "Add", &product, &bias, false).map(Known::Stream)
}

fn matmul(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let is_first = call.constant(1).is_none();
    let (mut weights, stream) = if is_first {
        (call.weights(0, "matrix")?, call.unpadded(1)?.clone())
    } else {
        (call.weights(1, "matrix")?, call.unpadded(0)?.clone())
    };
    // A vector is a matrix of one row or column, which the result does not have.
    let is_vector = weights.shape.len() == 1;
    if is_vector {
        weights.shape.push(1);
    } else if is_first {
        weights = turned(&weights);
    }
    let rank = stream.rank();
    if rank == 0 || is_first && rank < 2 {
        return invalid(format!("its input {} is no matrix", shown(&stream.shape())));
    }
    // A matrix that stands first is of the last axis but one.
    let input = if is_first { swapped(&stream) } else { stream };
    let product = products(reader, &input, weights)?;
    let product = if is_vector {
        let last = product.rank().saturating_sub(1);
        let shape = product.places.shape.get(..last).unwrap_or_default().to_vec();
        product.reshaped(shape, product.time)
    } else if is_first {
        swapped(&product)
    } else {
        product
    };
    Ok(Known::Stream(product))
}

/// With its last two axes in the other order.
fn turned(weights: &Array<f64>) -> Array<f64> {
    Rearrangement::Transpose(swap_last(weights.shape.len())).of(weights)
}

fn swap_last(rank: usize) -> Vec<usize> {
    let mut order: Vec<_> = (0..rank).collect();
    if let [.., a, b] = order.as_mut_slice() {
        std::mem::swap(a, b);
    }
    order
}

/// The same with its last two axes in the other order.
fn swapped(stream: &Stream) -> Stream {
    let order = swap_last(stream.rank());
    let axis = |axis: usize| order.iter().position(|old| *old == axis).unwrap_or(axis);
    let time = stream.time.map(|time| Time { axis: axis(time.axis), ..time });
    let places = Rearrangement::Transpose(order.clone()).of(&stream.places);
    Stream { places, time, ..stream.clone() }
}

/// The last axis times one matrix, or a matrix for each place of axes before.
pub(super) fn products(
    reader: &mut Reader<'_>,
    stream: &Stream,
    weights: Array<f64>,
) -> Result<Stream> {
    let own = weights.shape.len();
    let mut stream = stream.clone();
    let last = stream.rank().saturating_sub(1);
    let several = weights.shape.get(..own.saturating_sub(2)).unwrap_or_default().to_vec();
    let [inputs, outputs] =
        [2, 1].map(|back| weights.shape.get(own - back).copied().unwrap_or_default());
    if several.iter().all(|length| *length == 1) {
        let weights = Array { shape: vec![inputs, outputs], items: weights.items };
        // Axes of one matrix are axes of the result.
        let added = (own).saturating_sub(stream.rank());
        let product = dense(reader, &stream, &weights, None)?;
        return Ok(with_axes(&product, added));
    }
    if stream.is_time(last) {
        stream = all_frames(reader, &stream)?;
    }
    let stream = with_axes(&stream, own.saturating_sub(stream.rank()));
    if stream.length(stream.rank() - 1) != inputs {
        return no_fit(inputs, &stream);
    }
    batched(reader, &stream, &several, weights.items, outputs)
}

/// The same with so many axes of length 1 before the first.
fn with_axes(stream: &Stream, added: usize) -> Stream {
    let shape = [vec![1; added], stream.places.shape.clone()].concat();
    stream.reshaped(shape, stream.time.map(|time| Time { axis: time.axis + added, ..time }))
}

/// A matrix for each place of some axes, which lie side by side as groups.
fn batched(
    reader: &mut Reader<'_>,
    stream: &Stream,
    several: &[usize],
    weights: Vec<f64>,
    outputs: usize,
) -> Result<Stream> {
    let rank = stream.rank();
    let first = (rank - 2).saturating_sub(several.len());
    let mut shape = stream.places.shape.clone();
    let mut own = Vec::new();
    // Whether every matrix sees the same numbers.
    let mut is_same = true;
    for (axis, length) in (first..).zip(several).filter(|(_, length)| **length != 1) {
        if stream.is_time(axis) {
            return refuse_with(
                "it has a matrix for each frame of the sequence",
                "a stream has no first frame to count from: use the same matrix for every frame",
            );
        }
        match shape.get_mut(axis) {
            Some(old) if *old == 1 || old == length => {
                is_same &= *old == 1;
                *old = *length;
            }
            _ => {
                return invalid(format!(
                    "{} matrices do not fit an input {}",
                    crate::tensor::shape(several),
                    shown(&stream.shape())
                ));
            }
        }
        own.push(axis);
    }
    reader.charge(&shape)?;
    let matrices: usize = several.iter().product();
    let groups = if is_same { 1 } else { matrices };
    let inputs = shape.last().copied().unwrap_or_default();
    reader.charge(&[weights.len()])?;
    // (other axes, matrices, inputs)
    let others: Vec<_> = (0..rank - 1).filter(|axis| !own.contains(axis)).collect();
    let order: Vec<_> = others.iter().chain(&own).copied().chain([rank - 1]).collect();
    let wide = if is_same {
        stream.places.clone()
    } else {
        Rearrangement::Broadcast(shape.clone()).of(&stream.places)
    };
    let ordered = Rearrangement::Transpose(order.clone()).of(&wide);
    let rows = ordered.items.len() / (groups * inputs).max(1);
    let input = reader.pick(stream.value, &ordered.items)?;
    // (matrices, inputs, outputs) to (inputs, matrices, outputs)
    let weights = Array { shape: vec![matrices, inputs, outputs], items: weights };
    let kernel = Rearrangement::Transpose(vec![1, 0, 2]).of(&weights).items;
    let all = matrices * outputs;
    let (op, shape_of_kernel) = if rows == 1 {
        let conv = Conv { window: Window::NEWEST, inputs: groups * inputs, outputs: all, groups };
        (Op::Conv(conv), vec![1, inputs, all])
    } else {
        let conv = Conv2d { groups, ..each_row(rows, groups * inputs, all) };
        (Op::Conv2d(conv), conv.kernel().to_vec())
    };
    let tensors = vec![Tensor { shape: shape_of_kernel, numbers: kernel }];
    let value = reader.push_weighted(op, input, rows * all, tensors, false)?;
    if let Some(length) = shape.last_mut() {
        *length = outputs;
    }
    let stored = order.iter().filter_map(|axis| shape.get(*axis).copied()).collect();
    let back = (0..rank).filter_map(|axis| order.iter().position(|at| *at == axis)).collect();
    let plain = Stream::plain(value, stored, None);
    let places = Rearrangement::Transpose(back).of(&plain.places);
    Ok(Stream { places, time: stream.time, ..plain }.with_marks_of(stream))
}

/// A matrix for each of several rows of a frame.
fn each_row(rows: usize, inputs: usize, outputs: usize) -> Conv2d {
    Conv2d {
        window: Window::NEWEST,
        features: rows,
        feature_taps: 1,
        feature_stride: 1,
        feature_dilation: 1,
        positions: rows,
        feature_zeros: 0,
        channels: inputs,
        outputs,
        groups: 1,
        is_transposed: false,
    }
}

fn no_fit<T>(inputs: usize, stream: &Stream) -> Result<T> {
    invalid(format!(
        "a matrix of {inputs} rows does not fit the last axis of an input {}",
        shown(&stream.shape())
    ))
}

/// The last axis times a matrix (inputs, outputs).
fn dense(
    reader: &mut Reader<'_>,
    stream: &Stream,
    weights: &Array<f64>,
    bias: Option<Vec<f64>>,
) -> Result<Stream> {
    let [inputs, outputs] = *weights.shape.as_slice() else {
        return invalid("its weights are no matrix");
    };
    let last = stream.rank().saturating_sub(1);
    let mut stream = stream.clone();
    if stream.is_time(last) {
        stream = all_frames(reader, &stream)?;
    }
    if stream.length(last) != inputs {
        return no_fit(inputs, &stream);
    }
    let mut shape = stream.places.shape.clone();
    if let Some(length) = shape.get_mut(last) {
        *length = outputs;
    }
    let rows: usize = shape.get(..last).unwrap_or_default().iter().product();
    let has_bias = bias.is_some();
    let bias = bias.map(|numbers| Tensor { shape: vec![outputs], numbers });
    reader.charge(&[inputs, outputs])?;
    if rows == 1 {
        let compact = reader.compact(&stream)?;
        let kernel = Tensor {
            shape: vec![1, inputs, outputs],
            numbers: rows_in_place(weights, &compact.places.items),
        };
        let conv = Conv { window: Window::NEWEST, inputs, outputs, groups: 1 };
        let tensors = [kernel].into_iter().chain(bias).collect();
        let value =
            reader.push_weighted(Op::Conv(conv), compact.value, outputs, tensors, has_bias)?;
        return Ok(Stream::plain(value, shape, stream.time).with_marks_of(&stream));
    }
    let input = reader.in_rows(&stream)?;
    let conv = each_row(rows, inputs, outputs);
    let kernel = Tensor { shape: conv.kernel().to_vec(), numbers: weights.items.clone() };
    let tensors = [kernel].into_iter().chain(bias).collect();
    let value = reader.push_weighted(Op::Conv2d(conv), input, rows * outputs, tensors, has_bias)?;
    Ok(Stream::plain(value, shape, stream.time).with_marks_of(&stream))
}

/// The rows of a matrix in the order in which the numbers that they belong to lie.
pub(super) fn rows_in_place(weights: &Array<f64>, places: &[usize]) -> Vec<f64> {
    let columns = weights.items.len() / places.len().max(1);
    let mut rows = vec![0.0; weights.items.len()];
    for (row, place) in weights.items.chunks(columns.max(1)).zip(places) {
        if let Some(to) = rows.get_mut(place * columns..(place + 1) * columns) {
            to.copy_from_slice(row);
        }
    }
    rows
}
