//! Functions of each number.

use super::super::call::Call;
use super::super::reader::{Known, Reader};
use super::super::refusal::{Result, refuse, refuse_with};
use super::super::stream::Stream;
use crate::graph::Op;
use crate::graph::activation::{Activation, MOST_PARAMETERS, named};

/// What an activation gives; `None` where the operation is none.
pub(super) fn activation(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Option<Known>> {
    let node = call.node;
    let parameter = |name: &str, otherwise: f32| node.float(name).unwrap_or(otherwise);
    let (function, parameters): (&str, Vec<f32>) = match node.op {
        "Relu" => ("relu", vec![]),
        "LeakyRelu" => ("leaky_relu", vec![parameter("alpha", 0.01)]),
        "Elu" => ("elu", vec![parameter("alpha", 1.0)]),
        "Celu" if parameter("alpha", 1.0) == 1.0 => ("elu", vec![1.0]),
        "Celu" => {
            // `alpha * elu(x / alpha)`
            let (stream, alpha) = (call.unpadded(0)?.clone(), f64::from(parameter("alpha", 1.0)));
            let scaled = reader.affine(&stream, &[1.0 / alpha], &[0.0])?;
            let elu = reader.map(&scaled, "elu", &[1.0])?;
            return reader.affine(&elu, &[alpha], &[0.0]).map(|stream| Some(Known::Stream(stream)));
        }
        "Selu"
            if is_near(parameter("alpha", 1.673_263_2), 1.673_263_2)
                && is_near(parameter("gamma", 1.050_701), 1.050_701) =>
        {
            ("selu", vec![])
        }
        "Selu" => {
            let stream = call.unpadded(0)?.clone();
            let elu = reader.map(&stream, "elu", &[parameter("alpha", 1.673_263_2)])?;
            let gamma = f64::from(parameter("gamma", 1.050_701));
            return reader.affine(&elu, &[gamma], &[0.0]).map(|stream| Some(Known::Stream(stream)));
        }
        "Tanh" => ("tanh", vec![]),
        "Sigmoid" => ("sigmoid", vec![]),
        "Softplus" => ("softplus", vec![]),
        "Softsign" => ("softsign", vec![]),
        "HardSwish" => ("hard_swish", vec![]),
        "Mish" => ("mish", vec![]),
        "Swish" if parameter("alpha", 1.0) == 1.0 => ("silu", vec![]),
        "Gelu" if node.text("approximate") == Some("tanh") => ("gelu_tanh", vec![]),
        "Gelu" => ("gelu", vec![]),
        "Exp" => ("exp", vec![]),
        "Log" => ("log", vec![]),
        "Sqrt" => ("sqrt", vec![]),
        "Abs" => ("abs", vec![]),
        "Erf" => ("erf", vec![]),
        "Reciprocal" => ("reciprocal", vec![]),
        "ThresholdedRelu" => ("thresholded_relu", vec![parameter("alpha", 1.0)]),
        "HardSigmoid" => return hard_sigmoid(reader, call).map(Some),
        "Clip" => return clip(reader, call).map(Some),
        "Neg" => {
            let stream = call.unpadded(0)?.clone();
            return reader
                .affine(&stream, &[-1.0], &[0.0])
                .map(|stream| Some(Known::Stream(stream)));
        }
        _ => return Ok(None),
    };
    let stream = call.stream(0)?.clone();
    reader.map(&stream, function, &parameters).map(|stream| Some(Known::Stream(stream)))
}

/// Whether a parameter is the usual one, but for how it was rounded.
fn is_near(own: f32, usual: f32) -> bool {
    (own - usual).abs() < 1e-5
}

/// `max(0, min(1, alpha * x + beta))`: the runtime's own has a slope of a sixth.
fn hard_sigmoid(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let parameter =
        |name: &str, otherwise: f32| f64::from(call.node.float(name).unwrap_or(otherwise));
    let (alpha, beta) = (parameter("alpha", 0.2), parameter("beta", 0.5));
    let stream = call.unpadded(0)?.clone();
    let is_own = (alpha - 1.0 / 6.0).abs() < 1e-6 && beta == 0.5;
    let result = if is_own {
        reader.map(&stream, "hard_sigmoid", &[])?
    } else {
        let scaled = reader.affine(&stream, &[alpha], &[beta])?;
        reader.map(&scaled, "clip", &[0.0, 1.0])?
    };
    Ok(Known::Stream(result))
}

fn clip(reader: &mut Reader<'_>, call: &Call<'_, '_>) -> Result<Known> {
    let bound = |name: &str, place: usize, otherwise: f64| -> Result<f64> {
        match (call.node.float(name), call.input(place)) {
            (Some(bound), _) => Ok(f64::from(bound)),
            (None, None) => Ok(otherwise),
            (None, Some(_)) => match call.wanted(place, name)?.number() {
                Some(bound) => Ok(bound),
                None => refuse_with(
                    format!("its `{name}` is not one number"),
                    "use the operations `Min` and `Max`",
                ),
            },
        }
    };
    let low = bound("min", 1, f64::NEG_INFINITY)?;
    let high = bound("max", 2, f64::INFINITY)?;
    let stream = call.stream(0)?.clone();
    reader.clipped(&stream, low, high).map(Known::Stream)
}

impl Reader<'_> {
    /// A function of each number, by the runtime's name for it.
    pub(super) fn map(
        &mut self,
        stream: &Stream,
        function: &str,
        parameters: &[f32],
    ) -> Result<Stream> {
        let Some(function) = named(function) else {
            return refuse(format!("the function `{function}` is not served"));
        };
        let mut all = [0.0; MOST_PARAMETERS];
        all.iter_mut().zip(parameters).for_each(|(all, own)| *all = *own);
        let activation = Activation { function, parameters: all };
        // Zeros that wait before the first frame have to stay zeros.
        if stream.padding != [0, 0] && activation.apply(0.0) != 0.0 {
            return refuse_with(
                "it turns the zeros that the convolution behind it pads with into other numbers",
                "pad right before the convolution",
            );
        }
        let stream = self.compact(stream)?;
        let channels = self.graph[stream.value].channels;
        let value = self.push(Op::Map(activation), vec![stream.value], channels)?;
        Ok(Stream { value, ..stream })
    }

    pub(super) fn clipped(&mut self, stream: &Stream, low: f64, high: f64) -> Result<Stream> {
        match (low, high) {
            (f64::NEG_INFINITY, f64::INFINITY) => Ok(stream.clone()),
            (0.0, 6.0) => self.map(stream, "relu6", &[]),
            (0.0, f64::INFINITY) => self.map(stream, "relu", &[]),
            (-1.0, 1.0) => self.map(stream, "hard_tanh", &[]),
            _ => {
                let [low, high] = [low, high].map(crate::numbers::rounded);
                self.map(stream, "clip", &[low, high])
            }
        }
    }

    /// `x * scale + shift`, where both are one number, or one for each of the file's shape.
    pub(super) fn affine(
        &mut self,
        stream: &Stream,
        scale: &[f64],
        shift: &[f64],
    ) -> Result<Stream> {
        if stream.padding != [0, 0] && shift.iter().any(|shift| *shift != 0.0) {
            return refuse_with(
                "it adds to the zeros that the convolution behind it pads with",
                "pad right before the convolution",
            );
        }
        let stream = self.compact(stream)?;
        let channels = self.graph[stream.value].channels;
        let has_bias = shift.iter().any(|shift| *shift != 0.0);
        let tensors = vec![stream.placed(&[0.0]), stream.placed(scale), stream.placed(shift)];
        let op = Op::Affine { is_centred: false };
        let value = self.push_weighted(op, stream.value, channels, tensors, has_bias)?;
        Ok(Stream { value, ..stream })
    }
}
