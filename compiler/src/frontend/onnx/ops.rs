//! The operations of the standard, each as operations of the graph.

mod along;
mod binary;
mod conv;
mod conv_transpose;
mod einsum;
mod fold;
mod layout;
mod norm;
mod phases;
mod pool;
mod product;
mod recurrent;
mod recurrent_loop;
mod reduce;
mod regroup;
mod repeat;
mod reshape;
mod resize;
mod select;
mod time;
mod unary;

pub(super) use self::time::{crop, joined};
use super::array::Rearrangement;
use super::call::Call;
use super::constant::Constant;
use super::reader::{Known, Reader};
use super::refusal::{Result, condition, invalid, refuse_with};
use super::tensor;

/// The word of the layer kind that an operation is, for the table of layers.
pub(super) fn kind(op: &str) -> String {
    let word = match op {
        "Gemm" | "MatMul" | "Einsum" => "dense",
        "LSTM" => "lstm",
        "GRU" => "gru",
        "RNN" => "rnn",
        "PRelu" => "prelu",
        "BatchNormalization" => "batch_norm",
        "LayerNormalization" => "layer_norm",
        "GroupNormalization" => "group_norm",
        "MaxPool" => "max_pool",
        "AveragePool" => "avg_pool",
        "GlobalAveragePool" => "global_avg",
        "GlobalMaxPool" => "global_max",
        "ConvTranspose" => "conv_transpose",
        _ => {
            let mut word = String::new();
            for letter in op.chars() {
                if letter.is_ascii_uppercase() && !word.is_empty() {
                    word.push('_');
                }
                word.push(letter.to_ascii_lowercase());
            }
            return word;
        }
    };
    word.to_owned()
}

/// What a node gives.
pub(super) fn outputs<'b>(reader: &mut Reader<'b>, call: &Call<'_, 'b>) -> Result<Vec<Known>> {
    let node = call.node;
    if !matches!(node.domain, "" | "ai.onnx") {
        return refuse_with(
            format!(
                "it is an operation of the domain `{}`, which is not part of the ONNX standard",
                node.domain
            ),
            "export the model again, without the optimizations of a runtime",
        );
    }
    if let Some(condition) = recurrent_loop::of_lengths(call) {
        return Ok(vec![condition]);
    }
    if let Some(constants) = fold::constants(reader, call)? {
        return Ok(constants);
    }
    let one = |known: Result<Known>| known.map(|known| vec![known]);
    match node.op {
        "Identity" => fold::same(call),
        "Dropout" => dropout(call),
        "Cast" | "CastLike" => cast(call),
        "Shape" | "Size" => one(fold::shape(call)),
        "If" => branch(reader, call),
        "Transpose" | "Squeeze" | "Unsqueeze" | "Flatten" | "Reshape" | "Expand" | "Tile" => {
            one(reshape::known(reader, call))
        }
        "DepthToSpace" => one(regroup::depth_to_space(call)),
        "Slice" | "Gather" => one(select::known(reader, call)),
        "Split" => select::split(reader, call),
        "Concat" => one(layout::concat(reader, call)),
        "Pad" => one(layout::pad(reader, call)),
        "Resize" | "Upsample" => one(resize::resize(reader, call)),
        "Add" | "Sub" | "Mul" | "Div" | "Pow" | "Min" | "Max" | "Sum" | "Mean" => {
            one(binary::several(reader, call))
        }
        "PRelu" => one(binary::prelu(reader, call)),
        "Softmax" | "LogSoftmax" => one(reduce::softmax(reader, call)),
        "Gemm" | "MatMul" => one(product::product(reader, call)),
        "Einsum" => one(einsum::einsum(reader, call)),
        "Conv" => one(conv::conv(reader, call)),
        "ConvTranspose" => one(conv_transpose::conv_transpose(reader, call)),
        "MaxPool" | "AveragePool" => pool::pool(reader, call),
        "GlobalAveragePool" | "GlobalMaxPool" => one(reduce::global(reader, call)),
        "ReduceL1" | "ReduceLogSum" | "ReduceLogSumExp" | "ReduceMean" | "ReduceSum"
        | "ReduceMax" | "ReduceMin" | "ReduceL2" | "ReduceSumSquare" => {
            one(reduce::reduce(reader, call))
        }
        "BatchNormalization" => one(norm::batch_norm(reader, call)),
        "LayerNormalization" => one(norm::layer_norm(reader, call)),
        "GroupNormalization" | "InstanceNormalization" => one(norm::group_norm(reader, call)),
        "LSTM" | "GRU" | "RNN" => recurrent::recurrent(reader, call),
        "Loop" => recurrent_loop::recurrent_loop(reader, call),
        op => match unary::activation(reader, call)? {
            Some(known) => Ok(vec![known]),
            None => refuse_operation(op),
        },
    }
}

/// Nothing, outside of training.
fn dropout(call: &Call<'_, '_>) -> Result<Vec<Known>> {
    let trains = match call.input(2) {
        Some(_) => call.wanted(2, "training mode")?.number() != Some(0.0),
        None => false,
    };
    let drops = call.constant(1).and_then(Constant::number) != Some(0.0);
    if trains && drops {
        return refuse_with(
            "it drops numbers at random, as in training",
            "export the model for inference: `model.eval()` in PyTorch",
        );
    }
    fold::same(call)
}

/// Nothing between real types: a network computes in f32.
fn cast(call: &Call<'_, '_>) -> Result<Vec<Known>> {
    let is_frames = matches!(call.input(0), Some(Known::Stream(_)));
    let to = call.node.int("to").unwrap_or(1);
    if is_frames && call.node.op == "Cast" && tensor::is_float(to) != Some(true) {
        return refuse_with(
            "it turns the numbers of frames into whole numbers or truth values",
            "keep the frames in float32",
        );
    }
    if is_frames && matches!(call.constant(1), Some(Constant::Ints(_))) {
        return refuse_with(
            "it turns the numbers of frames into whole numbers or truth values",
            "keep the frames in float32",
        );
    }
    fold::same(call)
}

/// Says why an operation is none of a stream, or that it is not served.
fn refuse_operation(op: &str) -> Result<Vec<Known>> {
    match op {
        "Scan" => refuse_with(
            "it computes a loop over frames, of which only those of LSTM, GRU and RNN layers are served",
            "use the framework's own LSTM, GRU or RNN layer",
        ),
        "Where" | "Equal" | "Greater" | "Less" | "GreaterOrEqual" | "LessOrEqual" | "Not"
        | "And" | "Or" | "NonZero" | "ArgMax" | "ArgMin" | "TopK" | "OneHot" | "Compress"
        | "Unique" => refuse_with(
            "it chooses by the values of frames, where a network here computes the same for every frame",
            "choose in your own code, before or behind the network; in Keras, train without `Masking` and `mask_zero`",
        ),
        "CumSum" => refuse_with(
            "it sums all frames from the first on, without an end",
            "sum in your own code, or take the mean over a window",
        ),
        "ReverseSequence" => {
            refuse_with("it reverses the sequence, and so sees future frames", recurrent::FUTURE)
        }
        "QuantizeLinear"
        | "QLinearConv"
        | "QLinearMatMul"
        | "ConvInteger"
        | "MatMulInteger"
        | "DynamicQuantizeLinear" => refuse_with(
            "it is an operation of a quantised model",
            "export the model before quantisation, in float32",
        ),
        op => refuse_with(
            format!("the operation `{op}` is not served"),
            "leave it out of the model and compute it in your own code, or write it with operations that are served: see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/onnx_operations.md",
        ),
    }
}

/// The branch of an `If` whose condition is known.
fn branch<'b>(reader: &mut Reader<'b>, call: &Call<'_, 'b>) -> Result<Vec<Known>> {
    let Some(condition) = call.constant(0).and_then(Constant::number) else {
        return refuse_with(
            "which of its branches is right depends on frames",
            "if an input of the model decides, such as a sample rate, state its value: `#[input(sr = 16000)]`",
        );
    };
    let name = if condition == 0.0 { "else_branch" } else { "then_branch" };
    let Some(graph) = call.node.graph(name) else { return invalid(format!("it has no `{name}`")) };
    reader.graph(graph)?;
    let outputs = graph.outputs.iter().map(|output| match reader.known.get(output.name) {
        Some(known) => Ok(known.as_ref().clone()),
        None => invalid(format!("no node of its `{name}` gives `{}`", output.name)),
    });
    outputs.collect()
}

/// A change of places alone, of whatever is known.
pub(super) fn rearranged(
    reader: &mut Reader<'_>,
    known: &Known,
    change: &Rearrangement,
) -> Result<Known> {
    let shape = match known {
        Known::Constant(constant) => constant.shape(),
        Known::Stream(stream) => &stream.places.shape,
        Known::State(state) => &state.shape,
        Known::Condition(_) => return condition(),
    };
    reader.charge(&change.shape(shape))?;
    Ok(match known {
        Known::Constant(constant) => Known::Constant(constant.rearranged(change)),
        Known::State(state) => Known::State(change.of(state)),
        Known::Condition(_) => known.clone(),
        Known::Stream(stream) => {
            let mut stream = stream.clone();
            stream.places = change.of(&stream.places);
            if let (Rearrangement::Transpose(axes), Some(time)) = (change, &mut stream.time) {
                time.axis = axes.iter().position(|axis| *axis == time.axis).unwrap_or_default();
            }
            Known::Stream(stream)
        }
    })
}
