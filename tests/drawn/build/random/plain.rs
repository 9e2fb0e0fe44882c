//! Networks of convolutions and activations.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{Declared, pick};

/// A layer that was drawn.
struct Layer {
    /// As it stands in the macro.
    text: String,
    outputs: usize,
    /// As the reference reads it.
    topology: Vec<Value>,
    /// As the weights file has it, if it has weights.
    weights: Option<Value>,
}

/// A network whose frames have up to `most` channels.
pub(crate) fn draw(random: &mut Rng, name: String, most: usize) -> Declared {
    let inputs = random.usize(1..=most * 3 / 4);
    let mut channels = inputs;
    let (mut texts, mut topology, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    let labelled = random.u8(0..4) == 0;
    for place in 0..random.usize(1..=5) {
        let mut layer = if place > 0 && random.u8(0..5) == 0 {
            activation_layer(random, channels)
        } else {
            conv(random, place == 0, channels, most)
        };
        if labelled && let Some(weights) = &mut layer.weights {
            weights["name"] = json!(format!("layer_{place}"));
            layer.text = format!("layer_{place}: {}", layer.text);
        }
        channels = layer.outputs;
        texts.push(layer.text);
        topology.extend(layer.topology);
        weights.extend(layer.weights);
    }
    if labelled {
        // By name, the order in the file is free.
        random.shuffle(&mut weights);
    }
    let file = json!({ "layers": weights, "topology": topology }).to_string();
    let silence = Some(vec![0.0; inputs]);
    Declared { name, net: texts.join("; "), file, weights: None, silence }
}

fn conv(random: &mut Rng, first: bool, inputs: usize, most: usize) -> Layer {
    let kind = pick(random, ["conv", "conv", "conv", "depthwise", "dense"]);
    let dense = kind == "dense";
    let taps = if dense { 1 } else { random.usize(1..=5) };
    let divisors: Vec<_> = (1..=inputs).filter(|groups| inputs.is_multiple_of(*groups)).collect();
    let groups = match kind {
        "conv" => random.choice(divisors).unwrap_or(1),
        "depthwise" => inputs,
        _ => 1,
    };
    let multiplier = random.usize(1..=(most / groups).max(1));
    let outputs = groups * multiplier;
    let dilation = if dense { 1 } else { pick(random, [1, 1, 2, 3, 7]) };
    let stride = if dense { 1 } else { pick(random, [1, 1, 1, 2, 3]) };
    let (causal, bias) = (!dense && random.bool(), random.u8(0..4) > 0);
    let activation = activation(random);

    let optional = |given: bool, argument: String| given.then_some(argument);
    let mut arguments: Vec<String> = [
        optional(!dense, format!("k={taps}")),
        optional(first || random.bool(), format!("in={inputs}")),
        optional(kind != "depthwise" || multiplier > 1, format!("out={outputs}")),
        optional(dilation > 1 || !dense && random.bool(), format!("dilation={dilation}")),
        optional(stride > 1, format!("stride={stride}")),
        optional(kind == "conv" && groups > 1, format!("groups={groups}")),
        optional(causal, "causal".to_owned()),
        optional(!dense && !causal && random.bool(), "valid".to_owned()),
        optional(!bias, "no_bias".to_owned()),
        activation.as_ref().map(|(name, parameter)| match parameter {
            Some(parameter) => format!("{name}={parameter:?}"),
            None => (*name).to_owned(),
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    random.shuffle(&mut arguments);

    let fan_in = u16::try_from(taps * inputs / groups).expect("layers are small");
    let scale = 2.0 / f32::from(fan_in).sqrt();
    let mut row =
        |length: usize| -> Vec<f32> { (0..length).map(|_| scale * (random.f32() - 0.5)).collect() };
    let kernel: Vec<Vec<_>> =
        (0..taps).map(|_| (0..inputs / groups).map(|_| row(outputs)).collect()).collect();
    let bias = bias.then(|| row(outputs));

    // Now and then the kernel's shape is that of the layer of its own that Keras has for this kind.
    let saved = match kind {
        "dense" if random.bool() => json!(kernel[0]),
        "depthwise" if random.bool() => {
            let taps = kernel.iter().map(|tap| tap[0].chunks(multiplier).collect::<Vec<_>>());
            json!(taps.collect::<Vec<_>>())
        }
        _ => json!(kernel),
    };
    let weights = match &bias {
        Some(bias) => json!({ "kernel": saved, "bias": bias }),
        None => json!({ "kernel": saved }),
    };
    let (name, parameter) = activation.unwrap_or(("linear", None));
    let padding = if causal { "causal" } else { "valid" };
    let window =
        json!({ "taps": taps, "dilation": dilation, "stride": stride, "padding": padding });
    let topology = vec![
        json!({ "kind": "conv", "kernel": kernel, "bias": bias, "groups": groups, "window": window }),
        json!({ "kind": "activation", "name": name, "parameter": parameter }),
    ];
    let text = format!("{kind}({})", arguments.join(", "));
    Layer { text, outputs, topology, weights: Some(weights) }
}

fn activation_layer(random: &mut Rng, channels: usize) -> Layer {
    let (name, parameter) = activation(random).unwrap_or(("relu", None));
    let text = match parameter {
        Some(alpha) if name == "elu" => format!("elu(alpha={alpha:?})"),
        Some(slope) => format!("{name}(slope={slope:?})"),
        None => format!("{name}()"),
    };
    let topology = vec![json!({ "kind": "activation", "name": name, "parameter": parameter })];
    Layer { text, outputs: channels, topology, weights: None }
}

fn activation(random: &mut Rng) -> Option<(&'static str, Option<f32>)> {
    let names = ["", "relu", "relu6", "leaky_relu", "elu", "tanh", "sigmoid", "softmax"];
    let name = pick(random, names);
    let parameter = matches!(name, "leaky_relu" | "elu").then(|| 0.125 + random.f32());
    (!name.is_empty()).then_some((name, parameter))
}
