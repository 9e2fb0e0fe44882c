//! The operations of the standard, each as operations of the graph.

mod binary;
mod conv;
mod conv_transpose;
mod fold;
mod layout;
mod norm;
mod pool;
mod product;
mod recurrent;
mod reduce;
mod reshape;
mod select;
mod time;
mod unary;

pub(super) use self::time::{crop, joined};
use super::array::Rearrangement;
use super::constant::Constant;
use super::reader::{Call, Known, Reader, Result, refuse, refuse_with};

/// The word of the layer kind that an operation is, for the table of layers.
pub(super) fn kind(op: &str) -> String {
    let word = match op {
        "Gemm" | "MatMul" => "dense",
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
            format!("the standard has no operation of the domain `{}`", node.domain),
            "export without the optimizations of a runtime",
        );
    }
    if let Some(constants) = fold::constants(reader, call)? {
        return Ok(constants);
    }
    let one = |known: Result<Known>| known.map(|known| vec![known]);
    match node.op {
        "Identity" | "Dropout" | "Cast" | "CastLike" => fold::same(call),
        "Shape" | "Size" => one(fold::shape(call)),
        "If" => branch(reader, call),
        "Transpose" | "Squeeze" | "Unsqueeze" | "Flatten" | "Reshape" | "Expand" | "Tile" => {
            one(reshape::known(reader, call))
        }
        "DepthToSpace" => one(reshape::depth_to_space(call)),
        "Slice" | "Gather" => one(select::known(reader, call)),
        "Split" => select::split(reader, call),
        "Concat" => one(layout::concat(reader, call)),
        "Pad" => one(layout::pad(reader, call)),
        "Resize" | "Upsample" => one(time::resize(reader, call)),
        "Add" | "Sub" | "Mul" | "Div" | "Pow" | "Min" | "Max" | "Sum" | "Mean" => {
            one(binary::several(reader, call))
        }
        "PRelu" => one(binary::prelu(reader, call)),
        "Softmax" | "LogSoftmax" => one(reduce::softmax(reader, call)),
        "Gemm" | "MatMul" => one(product::product(reader, call)),
        "Conv" => one(conv::conv(reader, call)),
        "ConvTranspose" => one(conv_transpose::conv_transpose(reader, call)),
        "MaxPool" | "AveragePool" => pool::pool(reader, call),
        "GlobalAveragePool" | "GlobalMaxPool" => one(reduce::global(reader, call)),
        "ReduceMean" | "ReduceSum" | "ReduceMax" | "ReduceMin" | "ReduceL2" | "ReduceSumSquare" => {
            one(reduce::reduce(reader, call))
        }
        "BatchNormalization" => one(norm::batch_norm(reader, call)),
        "LayerNormalization" => one(norm::layer_norm(reader, call)),
        "GroupNormalization" | "InstanceNormalization" => one(norm::group_norm(reader, call)),
        "LSTM" | "GRU" | "RNN" => recurrent::recurrent(reader, call),
        op => match unary::activation(reader, call)? {
            Some(known) => Ok(vec![known]),
            None => refuse_operation(op),
        },
    }
}

/// Says why an operation is none of a stream, or that it is not served.
fn refuse_operation(op: &str) -> Result<Vec<Known>> {
    match op {
        "Loop" | "Scan" => refuse_with(
            "it loops over frames in a way of its own",
            "use the framework's LSTM or GRU, with the exporter's own operation for it (of Keras: export by its PyTorch backend)",
        ),
        "Where" | "Equal" | "Greater" | "Less" | "GreaterOrEqual" | "LessOrEqual" | "Not"
        | "And" | "Or" | "NonZero" | "ArgMax" | "ArgMin" | "TopK" | "OneHot" | "Compress"
        | "Unique" => refuse("it chooses by the values of frames, which a network here does not"),
        "CumSum" | "ReverseSequence" => refuse("it needs every frame of the sequence at once"),
        "QuantizeLinear"
        | "QLinearConv"
        | "QLinearMatMul"
        | "ConvInteger"
        | "MatMulInteger"
        | "DynamicQuantizeLinear" => refuse_with(
            "it is an operation of a quantised model",
            "export the model before it is quantised",
        ),
        op => refuse(format!("the operation `{op}` is not served")),
    }
}

/// The branch of an `If` whose condition is known.
fn branch<'b>(reader: &mut Reader<'b>, call: &Call<'_, 'b>) -> Result<Vec<Known>> {
    let Some(condition) = call.constant(0).and_then(Constant::number) else {
        return refuse_with(
            "its condition depends on the input",
            "where it is an input of the model, such as a sample rate, say its value: `#[input(sr = 16000)]`",
        );
    };
    let name = if condition == 0.0 { "else_branch" } else { "then_branch" };
    let Some(graph) = call.node.graph(name) else { return refuse(format!("it has no `{name}`")) };
    reader.graph(graph)?;
    let outputs = graph.outputs.iter().map(|output| match reader.known.get(output.name) {
        Some(known) => Ok(known.as_ref().clone()),
        None => refuse(format!("its branch does not give `{}`", output.name)),
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
    };
    reader.charge(&change.shape(shape))?;
    Ok(match known {
        Known::Constant(constant) => Known::Constant(constant.rearranged(change)),
        Known::State(state) => Known::State(change.of(state)),
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
