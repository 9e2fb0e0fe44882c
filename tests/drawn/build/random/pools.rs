//! Pools and what else keeps frames, or makes several of one.

use serde_json::{Value, json};

use super::net::{Draw, Layer, Place};
use super::timing::Timing;

/// A layer that has no output at some pushes can stand where that is allowed.
fn scheduled(
    draw: &mut Draw<'_>,
    place: &Place,
    kind: &str,
    arguments: Vec<String>,
    (topology, timing): (Value, Timing),
) -> Option<Layer> {
    if place.outputs_all || timing.stride > 1 && !place.strides {
        return None;
    }
    let text = draw.text(kind, place, arguments);
    Some(Layer { text, outputs: place.inputs, topology: vec![topology], timing })
}

pub(super) fn max_pool(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let size = draw.random.usize(1..=6);
    pool(draw, place, "max", size)
}

pub(super) fn avg_pool(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let size = draw.random.usize(1..=6);
    pool(draw, place, "mean", size)
}

/// Means of more than 128 frames are another type.
pub(super) fn long_avg_pool(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.depth > 0 {
        return None;
    }
    let size = draw.random.usize(129..=160);
    pool(draw, place, "mean", size)
}

fn pool(draw: &mut Draw<'_>, place: &Place, how: &str, size: usize) -> Option<Layer> {
    let mut arguments = vec![format!("size={size}")];
    let stride = match draw.random.u8(0..4) {
        _ if !place.strides => 1,
        0 => size,
        1 => size + draw.random.usize(1..=2),
        _ if size > 6 => draw.random.usize(1..=5),
        _ => draw.random.usize(1..=size),
    };
    if size == 1 && stride == 1 {
        return None;
    }
    if stride != size || draw.one_in(2) {
        arguments.push(format!("stride={stride}"));
    }
    let kind = if how == "max" { "max_pool" } else { "avg_pool" };
    let topology = json!({ "kind": "pool", "how": how, "size": size, "stride": stride });
    scheduled(draw, place, kind, arguments, (topology, Timing::valid(size - 1, stride)))
}

pub(super) fn global_avg(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let frames = draw.random.usize(2..=40);
    let topology = json!({ "kind": "pool", "how": "sliding_mean", "size": frames, "stride": 1 });
    let timing = Timing::valid(frames - 1, 1);
    scheduled(draw, place, "global_avg", vec![format!("frames={frames}")], (topology, timing))
}

pub(super) fn flatten(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let frames = draw.random.usize(2..=4);
    let topology = json!({ "kind": "flatten", "frames": frames });
    let timing = Timing::valid(frames - 1, 1);
    let arguments = vec![format!("frames={frames}")];
    let layer = scheduled(draw, place, "flatten", arguments, (topology, timing))?;
    Some(Layer { outputs: frames * layer.outputs, ..layer })
}

pub(super) fn delay(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    let frames = draw.random.usize(1..=7);
    let topology = json!({ "kind": "delay", "frames": frames });
    let timing = Timing::valid(frames, 1);
    scheduled(draw, place, "delay", vec![format!("frames={frames}")], (topology, timing))
}

pub(super) fn upsample(draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
    if place.depth > 0 {
        return None;
    }
    let times = draw.random.usize(2..=3);
    let text = draw.text("upsample", place, vec![format!("n={times}")]);
    let topology = vec![json!({ "kind": "upsample", "times": times })];
    let timing = Timing { frames: times, ..Timing::AT_ONCE };
    Some(Layer { text, outputs: place.inputs, topology, timing })
}
