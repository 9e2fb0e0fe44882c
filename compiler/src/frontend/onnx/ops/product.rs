//! Products with a matrix of weights: dense layers.

use super::super::array::{Array, Rearrangement, broadcast};
use super::super::call::Call;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, invalid, refuse, refuse_with};
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
    let flat = |weights: Array<f64>| {
        // Leading axes of length 1 say nothing.
        let shape: Vec<_> =
            weights.shape.iter().copied().skip_while(|length| *length == 1).collect();
        let shape = if weights.shape.len() > 2 && shape.len() <= 2 {
            weights.shape.iter().rev().take(2).rev().copied().collect()
        } else {
            weights.shape.clone()
        };
        Array { shape, items: weights.items }
    };
    if call.constant(1).is_some() {
        let weights = flat(call.weights(1, "matrix")?);
        if weights.shape.len() != 2 {
            return refuse("a product with more than one matrix is not served");
        }
        let stream = call.unpadded(0)?.clone();
        return dense(reader, &stream, &weights, None).map(Known::Stream);
    }
    // The matrix stands first: it is of the last axis but one.
    let weights = flat(call.weights(0, "matrix")?);
    let stream = call.unpadded(1)?.clone();
    let rank = stream.rank();
    if weights.shape.len() != 2 || rank < 2 {
        return refuse("a product with more than one matrix is not served");
    }
    let mut order: Vec<_> = (0..rank).collect();
    order.swap(rank - 1, rank - 2);
    let turn = |stream: &Stream| {
        let axis = |axis: usize| order.iter().position(|old| *old == axis).unwrap_or(axis);
        let time = stream.time.map(|time| Time { axis: axis(time.axis), ..time });
        let places = Rearrangement::Transpose(order.clone()).of(&stream.places);
        Stream { places, time, ..stream.clone() }
    };
    let weights = Rearrangement::Transpose(vec![1, 0]).of(&weights);
    let product = dense(reader, &turn(&stream), &weights, None)?;
    Ok(Known::Stream(turn(&product)))
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
        return invalid(format!(
            "a matrix of {inputs} rows does not fit the last axis of an input {}",
            shown(&stream.shape())
        ));
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
    let conv = Conv2d {
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
    };
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
