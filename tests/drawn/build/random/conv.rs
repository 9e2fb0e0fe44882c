//! Convolutions over time.

use serde_json::{Value, json};

use super::net::{Draw, Layer, Place};
use super::tensor::Tensor;
use super::timing::Timing;
use super::{pick, recurrent};

/// What is fixed of a convolution.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) out: Option<usize>,
    pub(super) padding: Option<&'static str>,
    pub(super) stride: Option<usize>,
}

pub(super) fn same(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let padding = Some("same");
    let fits = !place.outputs_all && place.padding.is_none();
    fits.then(|| conv(draw, place, &Wanted { padding, ..Wanted::default() }))
}

pub(super) fn pad(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let padding = Some("pad");
    let fits = !place.outputs_all && place.padding.is_none();
    fits.then(|| conv(draw, place, &Wanted { padding, ..Wanted::default() }))
}

pub(super) fn any(draw: &mut Draw<'_>, place: &Place) -> Layer {
    conv(draw, place, &Wanted::default())
}

pub(super) fn depthwise(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let multiplier = if place.inputs > 8 { 1 } else { draw.random.usize(1..=2) };
    let time = Time::draw(draw, place, &Wanted::default());
    let outputs = multiplier * place.inputs;
    let given = (multiplier > 1).then(|| format!("out={outputs}"));
    grouped(draw, place, "depthwise", time, (outputs, place.inputs), given)
}

pub(super) fn dense(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let out = draw.random.usize(1..=6);
    mixer(draw, place, out)
}

/// A convolution of one tap.
pub(super) fn mixer(draw: &mut Draw<'_>, place: &Place, out: usize) -> Layer {
    grouped(draw, place, "dense", Time::ONE, (out, 1), Some(format!("out={out}")))
}

pub(super) fn conv(draw: &mut Draw<'_>, place: &Place, wanted: &Wanted) -> Layer {
    let time = Time::draw(draw, place, wanted);
    let outputs = wanted.out.unwrap_or_else(|| draw.random.usize(1..=6));
    let divides =
        |groups: &usize| place.inputs.is_multiple_of(*groups) && outputs.is_multiple_of(*groups);
    let divisors: Vec<_> = (1..=outputs).filter(divides).collect();
    let groups = if draw.one_in(3) { draw.random.choice(divisors).unwrap_or(1) } else { 1 };
    let given = format!("out={outputs}");
    let given = if groups > 1 { format!("{given}, groups={groups}") } else { given };
    grouped(draw, place, "conv", time, (outputs, groups), Some(given))
}

/// The taps, and how they are written.
pub(super) struct Time {
    pub(super) taps: usize,
    pub(super) arguments: Vec<String>,
    pub(super) window: Value,
    pub(super) timing: Timing,
}

impl Time {
    const ONE: Self =
        Self { taps: 1, arguments: Vec::new(), window: Value::Null, timing: Timing::AT_ONCE };

    pub(super) fn draw(draw: &mut Draw<'_>, place: &Place, wanted: &Wanted) -> Self {
        let forced = if place.outputs_all { Some("causal") } else { place.padding };
        let padding = wanted.padding.filter(|_| forced.is_none()).or(forced);
        let padding = padding.unwrap_or_else(|| {
            pick(draw.random, ["valid", "valid", "causal", "causal", "same", "pad"])
        });
        let taps = draw.random.usize(if padding == "pad" { 2..=5 } else { 1..=5 });
        let dilation = pick(draw.random, [1, 1, 1, 2, 3]);
        let may_stride = place.strides && !place.outputs_all && padding != "same";
        let stride = if may_stride { pick(draw.random, [1, 1, 1, 2, 3]) } else { 1 };
        let stride = wanted.stride.filter(|_| padding != "same").unwrap_or(stride);
        let past = (taps - 1) * dilation;
        let zeros = match padding {
            "causal" => past,
            "same" => past / 2,
            "pad" => draw.random.usize(1..=past),
            _ => 0,
        };
        let late = past - zeros;
        let mut arguments = vec![format!("k={taps}")];
        arguments.extend((dilation > 1).then(|| format!("dilation={dilation}")));
        arguments.extend((stride > 1).then(|| format!("stride={stride}")));
        arguments.extend((padding == "pad").then(|| format!("pad={zeros}")));
        let is_said = padding != "pad" && (padding != "valid" || draw.one_in(2));
        arguments.extend(is_said.then(|| padding.to_owned()));
        let shown = if padding == "pad" { json!({ "zeros": zeros }) } else { json!(padding) };
        let lag = if padding == "valid" { 0 } else { late };
        Self {
            taps,
            arguments,
            window: json!({ "taps": taps, "dilation": dilation, "stride": stride, "padding": shown }),
            timing: Timing { past, first: late, stride, lag, frames: 1 },
        }
    }
}

fn grouped(
    draw: &mut Draw<'_>,
    place: &Place,
    kind: &str,
    time: Time,
    (outputs, groups): (usize, usize),
    given: Option<String>,
) -> Layer {
    let Time { taps, mut arguments, window, timing } = time;
    let inputs = place.inputs / groups;
    arguments.extend(given);
    let bias = bias(draw, outputs, &mut arguments);
    let (flag, activation) = draw.activation(false);
    arguments.extend(flag);
    let kernel = Tensor::kernel(draw.random, &[taps, inputs, outputs], taps * inputs);
    let text = draw.text(kind, place, arguments);
    let mut entry = match (kind, draw.one_in(2)) {
        ("depthwise", true) if draw.one_in(2) => {
            json!({ "kernel": kernel.shaped(&[taps, groups, outputs / groups]).json() })
        }
        (_, keras) => weights(draw, &kernel, keras, kind == "dense"),
    };
    if let Some(bias) = &bias {
        entry["bias"] = bias.json();
    }
    let window = match window {
        Value::Null => json!({ "taps": 1, "dilation": 1, "stride": 1, "padding": "valid" }),
        window => window,
    };
    let conv = json!({
        "kind": "conv", "kernel": kernel.json(), "bias": bias.as_ref().map(Tensor::json),
        "groups": groups, "window": window,
    });
    let text = draw.weighted(text, entry);
    let topology = [Some(conv), activation].into_iter().flatten().collect();
    Layer { text, outputs, topology, timing }
}

/// A bias, or `no_bias` among the arguments.
pub(super) fn bias(
    draw: &mut Draw<'_>,
    outputs: usize,
    arguments: &mut Vec<String>,
) -> Option<Tensor> {
    if draw.one_in(4) {
        arguments.push("no_bias".to_owned());
        return None;
    }
    Some(Tensor::draw(draw.random, &[outputs], 0.5))
}

/// A kernel (k, in, out) in one framework's order or the other's. A layer that is `dense` is likely to have a matrix.
pub(super) fn weights(draw: &mut Draw<'_>, kernel: &Tensor, keras: bool, dense: bool) -> Value {
    let matrix = dense && !draw.one_in(3);
    let order = if keras { kernel.clone() } else { kernel.transposed(&[2, 1, 0]) };
    let mut numbers = order.json();
    if matrix {
        numbers = if keras {
            numbers[0].clone()
        } else {
            let rows = numbers.as_array().into_iter().flatten();
            rows.map(|row| row.as_array().into_iter().flatten().map(|x| x[0].clone()).collect())
                .collect::<Vec<Value>>()
                .into()
        };
    }
    if keras { json!({ "kernel": numbers }) } else { json!({ "weight": numbers }) }
}

/// A trained 1x1 convolution that another layer has: its tensors go into the file.
pub(super) fn projection(
    draw: &mut Draw<'_>,
    text: String,
    inputs: usize,
    out: usize,
) -> (String, Value) {
    let kernel = Tensor::kernel(draw.random, &[1, inputs, out], inputs);
    let bias = Tensor::draw(draw.random, &[out], 0.5);
    let keras = draw.one_in(2);
    let mut entry = weights(draw, &kernel, keras, true);
    entry["bias"] = bias.json();
    let window = json!({ "taps": 1, "dilation": 1, "stride": 1, "padding": "valid" });
    let topology =
        json!({ "kernel": kernel.json(), "bias": bias.json(), "groups": 1, "window": window });
    (draw.weighted(text, entry), topology)
}

pub(super) fn transposed(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.depth > 0 {
        return None;
    }
    let (taps, out) = (draw.random.usize(1..=5), draw.random.usize(1..=4));
    let stride = draw.random.usize(1..=3);
    let mut arguments = vec![format!("k={taps}"), format!("out={out}"), format!("stride={stride}")];
    let bias = bias(draw, out, &mut arguments);
    let (flag, activation) = draw.activation(false);
    arguments.extend(flag);
    let shape = [taps, place.inputs, out];
    let kernel = Tensor::kernel(draw.random, &shape, taps.div_ceil(stride) * place.inputs);
    let mut entry = if draw.one_in(2) {
        json!({ "kernel": kernel.transposed(&[0, 2, 1]).json() })
    } else {
        json!({ "weight": kernel.transposed(&[1, 2, 0]).json() })
    };
    if let Some(bias) = &bias {
        entry["bias"] = bias.json();
    }
    let text = draw.text("conv_transpose", place, arguments);
    let text = draw.weighted(text, entry);
    let conv = json!({
        "kind": "conv_transpose", "kernel": kernel.json(), "bias": bias.as_ref().map(Tensor::json),
        "stride": stride,
    });
    let past = (taps.div_ceil(stride)) - 1;
    let timing = Timing { past, frames: stride, ..Timing::AT_ONCE };
    let topology = [Some(conv), activation].into_iter().flatten().collect();
    Some(Layer { text, outputs: out, topology, timing })
}

/// One that gives several frames, and layers that keep some of those.
pub(super) fn upsampled(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    draw.until(|draw| {
        draw.chain(place, 3, |draw, place, at| match at {
            0 => transposed(draw, place).filter(|layer| layer.timing.frames > 1),
            2 if draw.one_in(3) => Some(recurrent::gru(draw, place)),
            _ => Some(conv(draw, place, &Wanted::default())),
        })
    })
}
