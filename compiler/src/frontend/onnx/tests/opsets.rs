//! Forms of operations that changed from version to version of the standard: each gives what the others give.

mod cells;
mod products;

use proc_macro2::TokenStream;

use super::super::{Words, read};
use super::model::model;
use crate::errors::Errors;
use crate::eval::Machine;
use crate::graph::Op;
use crate::passes;

/// Frames that are pushed.
const FRAMES: usize = 12;

/// The outputs for frames of numbers between -2 and 2. Time is axis 0 where the first length is `T`.
fn outputs(text: &str) -> Vec<Vec<f64>> {
    let words = Words { time: text.contains("float[T").then_some(0), ..Words::default() };
    let network = read(&model(text), &words, None, &TokenStream::new());
    let mut graph = network.unwrap_or_else(|why| panic!("{text}\n{why}")).0;
    let mut errors = Errors::default();
    passes::align::align(&mut graph, &mut errors);
    assert!(errors.finish().is_none(), "{text}");
    let mut machine = Machine::<f64>::new(&graph);
    let frame = |push: usize| (0..graph.inputs()).map(|channel| number(push, channel)).collect();
    let frames: Vec<Vec<f64>> = (0..FRAMES).map(frame).collect();
    let outputs: Vec<Vec<f64>> =
        frames.iter().filter_map(|frame| machine.push(frame, |_, _| {})).flatten().collect();
    assert!(outputs.len() > FRAMES / 4, "{text}: {} outputs", outputs.len());
    outputs
}

/// A number of the input.
fn number(push: usize, channel: usize) -> f64 {
    f64::from(u8::try_from((push * 7 + channel * 11) % 33).unwrap()) / 8.0 - 2.0
}

#[track_caller]
fn near(found: &[Vec<f64>], expected: &[Vec<f64>], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found.len(), expected.len(), "{what}");
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-6, "{what}\n{found:?}\n{expected:?}");
        }
    }
}

/// Checks that models give the same.
#[track_caller]
fn same(forms: &[&str]) {
    let first = outputs(forms[0]);
    for form in &forms[1..] {
        near(&outputs(form), &first, form);
    }
}

/// Checks that a model, whose frame has `channels`, gives what `of` makes of each frame.
#[track_caller]
fn each(text: &str, channels: usize, of: impl Fn(&[f64]) -> Vec<f64>) {
    let frame = |push| of(&(0..channels).map(|channel| number(push, channel)).collect::<Vec<_>>());
    near(&outputs(text), &(0..FRAMES).map(frame).collect::<Vec<_>>(), text);
}

#[test]
fn axes_are_an_attribute_or_an_input() {
    let of = |opset, call: &str| {
        format!("opset {opset}\nx: float[1, 4, T]\nn: int64 = [1]\nm: int64 = [0]\n{call}\n-> y")
    };
    for (op, old, new) in [
        ("ReduceSum", 11, 13),
        ("ReduceMean", 13, 18),
        ("ReduceMax", 13, 18),
        ("ReduceMin", 13, 20),
        ("ReduceL2", 13, 18),
        ("ReduceSumSquare", 13, 18),
    ] {
        let old = of(old, &format!("y = {op}<axes=[1]>(x)"));
        let negative = of(new, &format!("k: int64 = [-2]\ny = {op}(x, k)"));
        same(&[&old, &of(new, &format!("y = {op}(x, n)")), &negative]);
        let old = of(11, &format!("y = {op}<axes=[1], keepdims=0>(x)"));
        same(&[&old, &of(new, &format!("y = {op}<keepdims=0>(x, n)"))]);
    }
    same(&[
        &of(11, "u = Unsqueeze<axes=[0, 2]>(x)\ny = Squeeze<axes=[0, 2]>(u)"),
        &of(13, "z: int64 = [0, 2]\nu = Unsqueeze(x, z)\ny = Squeeze(u, z)"),
        &of(13, "z: int64 = [-5, 2]\nu = Unsqueeze(x, z)\ny = Squeeze(u, z)"),
        &of(13, "z: int64 = [0]\nu = Unsqueeze(x, z)\ny = Squeeze(u, z)"),
    ]);
    // Without axes: all of them, or none.
    let all = "opset 13\nx: float[T, 4]\ny = ReduceSum<noop_with_empty_axes=1>(x)\n-> y";
    same(&[all, "x: float[T, 4]\ny = Identity(x)\n-> y"]);
}

#[test]
fn bounds_are_attributes_or_inputs() {
    same(&[
        "opset 6\nx: float[1, 4, T]\ny = Clip<min=-0.5, max=1.0>(x)\n-> y",
        "opset 11\nx: float[1, 4, T]\na: float = -0.5\nb: float = 1\ny = Clip(x, a, b)\n-> y",
        "opset 13\nx: float[1, 4, T]\na: float[1] = -0.5\nb: float[1] = 1\ny = Clip(x, a, b)\n-> y",
        "x: float[1, 4, T]\na: float = -0.5\nb: float = 1\nc = Max(x, a)\ny = Min(b, c)\n-> y",
    ]);
    same(&[
        "opset 11\nx: float[1, 4, T]\nb: float = 1\ny = Clip(x, , b)\n-> y",
        "opset 13\nx: float[1, 4, T]\nb: float = 1\ny = Min(x, b)\n-> y",
    ]);
    each("opset 11\nx: float[T, 3]\na: float = 0\ny = Clip(x, a)\n-> y", 3, |x| {
        x.iter().map(|x| x.max(0.0)).collect()
    });
}

#[test]
fn pads_and_slices() {
    let conv = "w: float[2, 4, 3] = ramp\ny = Conv(p, w)\n-> y";
    let of = |opset: u8, pad: &str| format!("opset {opset}\nx: float[1, 4, T]\n{pad}\n{conv}");
    same(&[
        &of(10, "p = Pad<pads=[0, 0, 2, 0, 0, 0]>(x)"),
        &of(11, "n: int64 = [0, 0, 2, 0, 0, 0]\np = Pad(x, n)"),
        &of(13, "n: int64 = [0, 0, 2, 0, 0, 0]\nz: float = 0\np = Pad<mode=\"constant\">(x, n, z)"),
        &of(18, "n: int64 = [2, 0]\na: int64 = [-1]\np = Pad(x, n, , a)"),
        &format!("x: float[1, 4, T]\n{}", conv.replace("Conv(p", "Conv<pads=[2, 0]>(x")),
    ]);
    let of = |opset: u8, slice: &str| format!("opset {opset}\nx: float[1, 6, T]\n{slice}\n-> y");
    same(&[
        &of(9, "y = Slice<starts=[1], ends=[-1], axes=[1]>(x)"),
        &of(10, "a: int64 = [1]\nb: int64 = [-1]\ni: int64 = [1]\ny = Slice(x, a, b, i)"),
        &of(
            13,
            "a: int32 = [1]\nb: int32 = [5]\ni: int32 = [-2]\ns: int32 = [1]\ny = Slice(x, a, b, i, s)",
        ),
        &of(13, "k: int64 = [1, 2, -3, 4]\ny = Gather<axis=1>(x, k)"),
    ]);
}

#[test]
fn what_only_training_has() {
    let norm = |opset: u8, call: &str| {
        format!(
            "opset {opset}\nx: float[1, 2, T]\ns: float[2] = [2, -1]\nb: float[2] = [0.5, 0]
m: float[2] = [0.25, 1]\nv: float[2] = [4, 0.25]\n{call}\n-> y"
        )
    };
    let forms = [
        norm(9, "y = BatchNormalization<epsilon=0.0, momentum=0.9>(x, s, b, m, v)"),
        norm(14, "y = BatchNormalization<epsilon=0.0, training_mode=0>(x, s, b, m, v)"),
        norm(15, "y = BatchNormalization<epsilon=0.0>(x, s, b, m, v)"),
    ];
    for form in &forms {
        each(form, 2, |x| vec![(x[0] - 0.25) / 2.0 * 2.0 + 0.5, -(x[1] - 1.0) / 0.5]);
    }
    same(&[
        "opset 7\nx: float[1, 2, T]\ny, m = Dropout<ratio=0.5>(x)\n-> y",
        "opset 12\nx: float[1, 2, T]\nr: float = 0.5\ny = Dropout(x, r)\n-> y",
        "opset 13\nx: float[1, 2, T]\nr: float = 0.5\nt: bool = 0\ny, m = Dropout(x, r, t)\n-> y",
        "x: float[1, 2, T]\ny = Identity(x)\n-> y",
    ]);
}

/// Before version 13, all axes from the given one on are one.
#[test]
fn softmax_over_one_axis_or_the_last_ones() {
    let softmax = |x: &[f64]| -> Vec<f64> {
        let sum: f64 = x.iter().map(|x| x.exp()).sum();
        x.iter().map(|x| x.exp() / sum).collect()
    };
    each("opset 11\nx: float[T, 2, 3]\ny = Softmax(x)\n-> y", 6, softmax);
    each("opset 12\nx: float[T, 2, 3]\ny = Softmax<axis=-2>(x)\n-> y", 6, softmax);
    let rows = |x: &[f64]| x.chunks(3).flat_map(softmax).collect();
    each("opset 11\nx: float[T, 2, 3]\ny = Softmax<axis=2>(x)\n-> y", 6, rows);
    each("opset 13\nx: float[T, 2, 3]\ny = Softmax(x)\n-> y", 6, rows);
    let columns = |x: &[f64]| {
        let column = |at: usize| softmax(&[x[at], x[at + 3]]);
        let [a, b, c] = [0, 1, 2].map(column);
        vec![a[0], b[0], c[0], a[1], b[1], c[1]]
    };
    each("opset 13\nx: float[T, 2, 3]\ny = Softmax<axis=1>(x)\n-> y", 6, columns);
    let logarithms = |x: &[f64]| softmax(x).into_iter().map(f64::ln).collect();
    each("opset 11\nx: float[T, 2, 3]\ny = LogSoftmax(x)\n-> y", 6, logarithms);
    let rows = |x: &[f64]| x.chunks(3).flat_map(softmax).map(f64::ln).collect();
    each("opset 13\nx: float[T, 2, 3]\ny = LogSoftmax(x)\n-> y", 6, rows);
}

#[test]
fn scales_of_a_resize() {
    let of = |opset: u8, resize: &str| {
        format!("opset {opset}\nx: float[1, 2, T]\ns: float[3] = [1, 1, 2]\n{resize}\n-> y")
    };
    let nearest =
        "mode=\"nearest\", nearest_mode=\"floor\", coordinate_transformation_mode=\"asymmetric\"";
    same(&[
        &of(7, "y = Upsample<scales=[1.0, 1.0, 2.0]>(x)"),
        &of(9, "y = Upsample(x, s)"),
        &of(10, "y = Resize(x, s)"),
        &of(11, &format!("r: float[0] = 0\ny = Resize<{nearest}>(x, r, s)")),
        &of(13, &format!("y = Resize<{nearest}>(x, , s)")),
        &of(13, "y = Resize(x, , s)"),
        &of(18, &format!("t: float[1] = 2\ny = Resize<{nearest}, axes=[2]>(x, , t)")),
        &of(19, &format!("t: float[1] = 2\ny = Resize<{nearest}, axes=[-1]>(x, , t)")),
    ]);
}

/// In versions 18 to 20, the scale and the bias are of groups.
#[test]
fn group_norm_has_a_scale_for_each_group_or_channel() {
    let of = |opset: u8, scale: &str, bias: &str| {
        format!(
            "opset {opset}\nx: float[T, 4, 1]\ns: float = {scale}\nb: float = {bias}
y = GroupNormalization<num_groups=2, epsilon=0.0>(x, s, b)\n-> y"
        )
        .replace("float = [", "float[N] = [")
    };
    let sized = |text: String, size: &str| text.replace("[N]", &format!("[{size}]"));
    let groups = sized(of(18, "[2, 3]", "[0.5, 1]"), "2");
    let channels = sized(of(21, "[2, 2, 3, 3]", "[0.5, 0.5, 1, 1]"), "4");
    let norm = |x: &[f64]| {
        let group = |x: &[f64], scale: f64, bias: f64| {
            let mean = f64::midpoint(x[0], x[1]);
            let deviation = (x[0] - mean).abs();
            [x[0], x[1]].map(|x| (x - mean) / deviation * scale + bias)
        };
        [group(&x[..2], 2.0, 0.5), group(&x[2..], 3.0, 1.0)].concat()
    };
    each(&groups, 4, norm);
    each(&channels, 4, norm);
}

#[test]
fn functions_and_their_parts() {
    let of = |opset: u8, parts: &str| format!("opset {opset}\nx: float[1, T, 4]\n{parts}\n-> y");
    same(&[
        &of(
            17,
            "g: float[4] = ramp\nb: float[4] = 0.5\ny = LayerNormalization<epsilon=0.001>(x, g, b)",
        ),
        &of(
            13,
            "g: float[4] = ramp\nb: float[4] = 0.5\ne: float = 0.001\ntwo: float = 2
m = ReduceMean<axes=[-1]>(x)\nd = Sub(x, m)\nq = Pow(d, two)\nv = ReduceMean<axes=[-1]>(q)
w = Add(v, e)\nr = Sqrt(w)\nn = Div(d, r)\nz = Mul(n, g)\ny = Add(z, b)",
        ),
    ]);
    same(&[
        &of(20, "y = Gelu(x)"),
        &of(
            13,
            "r: float = 1.4142135381698608\no: float = 1\nh: float = 0.5
a = Div(x, r)\nb = Erf(a)\nc = Add(b, o)\nd = Mul(x, c)\ny = Mul(d, h)",
        ),
    ]);
    same(&[
        &of(14, "y = HardSwish(x)"),
        &of(13, "h = HardSigmoid<alpha=0.16666667, beta=0.5>(x)\ny = Mul(x, h)"),
    ]);
    same(&[&of(18, "y = Mish(x)"), &of(13, "s = Softplus(x)\nt = Tanh(s)\ny = Mul(x, t)")]);
    same(&[
        &of(17, "n: int64 = [1, 3]\na, b = Split<axis=2>(x, n)\ny = Concat<axis=2>(b, a)"),
        &of(11, "a, b = Split<axis=-1, split=[1, 3]>(x)\ny = Concat<axis=2>(b, a)"),
    ]);
    let of = |opset: u8, parts: &str| format!("opset {opset}\nx: float[1, 5, T]\n{parts}\n-> y");
    same(&[
        &of(18, "a, b, c = Split<axis=1, num_outputs=3>(x)\ny = Concat<axis=1>(c, b, a)"),
        &of(13, "n: int64 = [2, 2, 1]\na, b, c = Split<axis=1>(x, n)\ny = Concat<axis=1>(c, b, a)"),
    ]);
    let of = |opset: u8, parts: &str| format!("opset {opset}\nx: float[1, T, 4]\n{parts}\n-> y");
    same(&[
        &of(11, "c = Constant<value_float=1.5>()\ny = Add(x, c)"),
        &of(12, "c = Constant<value_floats=[1.5, 1.5, 1.5, 1.5]>()\ny = Add(x, c)"),
        &of(13, "c: float = 1.5\ny = Add(x, c)"),
    ]);
}

#[test]
fn a_pool_of_one_frame_and_several_features_has_no_history() {
    let pool = "x: float[1, 2, T, 4]\ny = MaxPool<kernel_shape=[1, 2], strides=[1, 2]>(x)\n-> y";
    let (graph, _) =
        read(&model(pool), &Words::default(), None, &TokenStream::new()).expect("it is served");
    assert!(!graph.values().any(|value| matches!(graph[value].op, Op::Pool(_))), "{graph}");
    assert_eq!(graph.outputs(), 4);
}

#[test]
fn a_place_that_falls_as_the_sequence_grows_counts_from_its_end() {
    // `y[..., -frames:]` of `frames = length - 3`: the three first frames are dropped.
    let of = |places: &str| {
        format!(
            "x: float[1, 4, T]\na: int64[1] = [2]\nm: int64[1] = [-1]\nz: int64[1] = [3]\n\
             e: int64[1] = [9223372036854775807]\n{places}\n-> y"
        )
    };
    let falling = "s = Shape(x)\nlength = Slice(s, a, e)\nframes = Sub(length, z)\n\
                   start = Mul(frames, m)\ny = Slice(x, start, e, a)";
    same(&[&of("y = Slice(x, z, e, a)"), &of(falling)]);
}
