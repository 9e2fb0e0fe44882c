//! Pools, reductions, norms and convolutions of frames with features, beside the convolutions of `planes`.

use serde_json::json;

use super::conv::{Time, Wanted, bias};
use super::net::{Draw, Layer, Place};
use super::operations::{Frames, can_stand, gathered};
use super::pick;
use super::tensor::Tensor;
use super::timing::Timing;

/// The features of a frame, and the channels of each.
fn features(draw: &mut Draw<'_>, place: &Place) -> (usize, usize) {
    let divisors = (1..=place.inputs).filter(|features| place.inputs.is_multiple_of(*features));
    let divisors: Vec<_> = divisors.collect();
    let features = draw.random.choice(divisors).unwrap_or(1);
    (features, place.inputs / features)
}

pub(super) fn max_pool2d(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    pool2d(draw, place, "max")
}

pub(super) fn avg_pool2d(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    pool2d(draw, place, "mean")
}

fn pool2d(draw: &mut Draw<'_>, place: &Place, how: &str) -> Option<Layer> {
    let (features, channels) = features(draw, place);
    let Frames { mut arguments, window, timing } = Frames::draw(draw, place, "k", 1);
    let size = draw.random.usize(1..=features.min(4));
    let stride = draw.random.usize(1..=size);
    if !can_stand(place, timing) || timing.past == 0 && timing.stride == 1 && size == 1 {
        return None;
    }
    arguments.extend([format!("features={features}"), format!("feature_k={size}")]);
    arguments.extend((stride != size).then(|| format!("feature_stride={stride}")));
    let (zeros, positions) = match draw.random.u8(0..3) {
        0 => {
            arguments.push("feature_same".to_owned());
            let positions = features.div_ceil(stride);
            (((positions - 1) * stride + size).saturating_sub(features) / 2, positions)
        }
        1 if size > 1 => {
            let zeros = draw.random.usize(1..size);
            arguments.push(format!("feature_pad={zeros}"));
            (zeros, (features + 2 * zeros - size) / stride + 1)
        }
        _ => (0, (features - size) / stride + 1),
    };
    let counts = how == "mean" && draw.one_in(2);
    arguments.extend(counts.then(|| "count_include_pad".to_owned()));
    // Every window has a feature.
    if (positions - 1) * stride >= features + zeros {
        return None;
    }
    let kind = if how == "max" { "max_pool2d" } else { "avg_pool2d" };
    let topology = json!({
        "kind": "pool2d", "how": how, "window": window, "features": features, "size": size,
        "stride": stride, "zeros": zeros, "positions": positions, "counts": counts,
    });
    let text = draw.text(kind, place, arguments);
    Some(Layer { text, outputs: positions * channels, topology: vec![topology], timing })
}

pub(super) fn reduce(draw: &mut Draw<'_>, place: &Place, how: &str) -> Option<Layer> {
    let (features, channels) = features(draw, place);
    let over = pick(draw.random, ["features", "channels", "all"]);
    let (numbers, outputs) = match over {
        "features" => (features, channels),
        "channels" => (channels, features),
        _ => (place.inputs, 1),
    };
    if numbers == 1 {
        return None;
    }
    let mut arguments = Vec::new();
    if over != "all" {
        arguments.push(format!("features={features}"));
    }
    match over {
        "channels" => arguments.push("over_channels".to_owned()),
        "features" if draw.one_in(2) => arguments.push("over_features".to_owned()),
        _ => {}
    }
    let topology =
        vec![json!({ "kind": "reduce", "how": how, "over": over, "features": features })];
    let text = draw.text(&format!("reduce_{how}"), place, arguments);
    Some(Layer { text, outputs, topology, timing: Timing::AT_ONCE })
}

pub(super) fn expand(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let (inputs, times) = (place.inputs, draw.random.usize(1..=4));
    if inputs * times > 24 {
        return None;
    }
    let is_of_channels = draw.one_in(2);
    let key = if is_of_channels { "channels" } else { "features" };
    let index = |place: usize| if is_of_channels { place / times } else { place % inputs };
    let indices: Vec<_> = (0..inputs * times).map(index).collect();
    Some(gathered(draw, place, "expand", vec![format!("{key}={times}")], &indices))
}

pub(super) fn permute(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let (features, channels) = features(draw, place);
    let index = |place: usize| place % features * channels + place / features;
    let indices: Vec<_> = (0..place.inputs).map(index).collect();
    gathered(draw, place, "permute", vec![format!("features={features}")], &indices)
}

pub(super) fn layer_norm(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let (features, channels) = features(draw, place);
    norm(
        draw,
        place,
        "layer_norm",
        vec![format!("features={features}")],
        [features, 1, channels, 1],
    )
}

pub(super) fn group_norm(draw: &mut Draw<'_>, place: &Place) -> Layer {
    let (features, channels) = features(draw, place);
    let divisors = (1..=channels).filter(|groups| channels.is_multiple_of(*groups));
    let groups = draw.random.choice(divisors.collect::<Vec<_>>()).unwrap_or(1);
    let mut arguments = Vec::new();
    arguments.extend((features > 1).then(|| format!("features={features}")));
    arguments.extend((groups > 1).then(|| format!("groups={groups}")));
    norm(draw, place, "group_norm", arguments, [1, features, channels, groups])
}

fn norm(
    draw: &mut Draw<'_>,
    place: &Place,
    kind: &str,
    mut arguments: Vec<String>,
    shape: [usize; 4],
) -> Layer {
    // A variance that is nearly 0 would be compared at the last bits of its numbers.
    let epsilon = pick(draw.random, [0.1_f32, 0.5]);
    arguments.push(format!("epsilon={epsilon:?}"));
    let [_, _, channels, _] = shape;
    let gamma = Tensor::draw(draw.random, &[channels], 1.5);
    let beta = Tensor::draw(draw.random, &[channels], 0.5);
    let names = if draw.one_in(2) { ["gamma", "beta"] } else { ["weight", "bias"] };
    let mut entry = json!({});
    (entry[names[0]], entry[names[1]]) = (gamma.json(), beta.json());
    let text = draw.text(kind, place, arguments);
    let text = draw.weighted(text, entry);
    let topology = vec![json!({
        "kind": "group_norm", "shape": shape, "gamma": gamma.json(), "beta": beta.json(),
        "epsilon": f64::from(epsilon),
    })];
    Layer { text, outputs: place.inputs, topology, timing: Timing::AT_ONCE }
}

pub(super) fn conv2d(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let (features, channels) = features(draw, place);
    let divisors = (1..=channels).filter(|groups| channels.is_multiple_of(*groups));
    let groups = draw.random.choice(divisors.collect::<Vec<_>>()).unwrap_or(1);
    let outputs = groups * draw.random.usize(1..=2);
    plane(draw, place, "conv2d", [features, channels, outputs, groups])
}

pub(super) fn depthwise2d(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let (features, channels) = features(draw, place);
    let outputs = channels * draw.random.usize(1..=3);
    plane(draw, place, "depthwise2d", [features, channels, outputs, channels])
}

fn plane(
    draw: &mut Draw<'_>,
    place: &Place,
    kind: &str,
    [features, channels, outputs, groups]: [usize; 4],
) -> Option<Layer> {
    let width = draw.random.usize(1..=features.min(4));
    let (stride, dilation) = (draw.random.usize(1..=2), draw.random.usize(1..=2));
    let span = (width - 1) * dilation + 1;
    let zeros = draw.random.usize(0..span);
    let positions = (features + 2 * zeros).checked_sub(span)? / stride + 1;
    let Time { taps, mut arguments, window, timing } = Time::draw(draw, place, &Wanted::default());
    arguments.extend([format!("features={features}"), format!("feature_k={width}")]);
    arguments.extend((stride > 1).then(|| format!("feature_stride={stride}")));
    arguments.extend((dilation > 1).then(|| format!("feature_dilation={dilation}")));
    arguments.extend((zeros > 0).then(|| format!("feature_pad={zeros}")));
    let is_depthwise = kind == "depthwise2d";
    let is_said = !is_depthwise || outputs != channels || draw.one_in(2);
    arguments.extend(is_said.then(|| format!("out={outputs}")));
    arguments.extend((!is_depthwise && groups > 1).then(|| format!("groups={groups}")));
    let bias = bias(draw, outputs, &mut arguments);
    let (flag, activation) = draw.activation(true);
    arguments.extend(flag);
    let of_group = channels / groups;
    let kernel =
        Tensor::kernel(draw.random, &[taps, width, of_group, outputs], taps * width * of_group);
    let mut entry = match (draw.one_in(2), is_depthwise) {
        (true, true) => {
            json!({ "kernel": kernel.shaped(&[taps, width, channels, outputs / channels]).json() })
        }
        (true, false) => json!({ "kernel": kernel.json() }),
        (false, _) => json!({ "weight": kernel.transposed(&[3, 2, 0, 1]).json() }),
    };
    if let Some(bias) = &bias {
        entry["bias"] = bias.json();
    }
    let text = draw.text(kind, place, arguments);
    let text = draw.weighted(text, entry);
    let conv = json!({
        "kind": "plane", "kernel": kernel.json(), "bias": bias.as_ref().map(Tensor::json),
        "window": window, "features": features, "stride": stride, "dilation": dilation,
        "zeros": zeros, "positions": positions, "groups": groups, "transposed": false,
    });
    let topology = [Some(conv), activation].into_iter().flatten().collect();
    Some(Layer { text, outputs: positions * outputs, topology, timing })
}

pub(super) fn conv_transpose2d(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let (features, channels) = features(draw, place);
    let divisors = (1..=channels).filter(|groups| channels.is_multiple_of(*groups));
    let groups = draw.random.choice(divisors.collect::<Vec<_>>()).unwrap_or(1);
    let outputs = groups * draw.random.usize(1..=2);
    let (width, dilation) = (draw.random.usize(1..=4), if draw.one_in(3) { 2 } else { 1 });
    let span = (width - 1) * dilation + 1;
    // Without gaps, so that something of the input is in the output.
    let stride = draw.random.usize(1..=span.min(3));
    let mut arguments = vec![
        format!("features={features}"),
        format!("feature_k={width}"),
        format!("out={outputs}"),
    ];
    arguments.extend((stride > 1).then(|| format!("feature_stride={stride}")));
    arguments.extend((dilation > 1).then(|| format!("feature_dilation={dilation}")));
    arguments.extend((groups > 1).then(|| format!("groups={groups}")));
    let (cut, positions) = if draw.one_in(2) {
        arguments.push("feature_same".to_owned());
        (span.saturating_sub(stride) / 2, features * stride)
    } else {
        let (cut, kept) = (draw.random.usize(0..=2), draw.random.usize(0..stride));
        arguments.extend((cut > 0).then(|| format!("feature_pad={cut}")));
        arguments.extend((kept > 0).then(|| format!("feature_output_pad={kept}")));
        (cut, ((features - 1) * stride + span + kept).checked_sub(2 * cut).filter(|n| *n > 0)?)
    };
    let bias = bias(draw, outputs, &mut arguments);
    let of_group = channels / groups;
    let kernel = Tensor::kernel(draw.random, &[1, width, of_group, outputs], width * of_group);
    let mut entry = if groups == 1 && draw.one_in(2) {
        json!({ "kernel": kernel.transposed(&[0, 1, 3, 2]).json() })
    } else {
        // PyTorch's (in, out / groups, 1, width), the inputs of a group side by side.
        let apart = kernel.shaped(&[1, width, of_group, groups, outputs / groups]);
        let weight = apart.transposed(&[3, 2, 4, 0, 1]);
        json!({ "weight": weight.shaped(&[channels, outputs / groups, 1, width]).json() })
    };
    if let Some(bias) = &bias {
        entry["bias"] = bias.json();
    }
    let text = draw.text("conv_transpose2d", place, arguments);
    let text = draw.weighted(text, entry);
    let window = json!({ "taps": 1, "dilation": 1, "stride": 1, "padding": "valid" });
    let topology = vec![json!({
        "kind": "plane", "kernel": kernel.json(), "bias": bias.as_ref().map(Tensor::json),
        "window": window, "features": features, "stride": stride, "dilation": dilation,
        "zeros": cut, "positions": positions, "groups": groups, "transposed": true,
    })];
    Some(Layer { text, outputs: positions * outputs, topology, timing: Timing::AT_ONCE })
}
