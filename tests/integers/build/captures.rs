//! Captures of amplifiers: stacks of residual blocks that see the input, and skip to a head.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fastrand::Rng;
use serde_json::{Value, json};

/// Channels, an activation, and taps and dilation of each block.
type Stack = (usize, &'static str, &'static [(usize, usize)]);

const A2: &[(usize, usize)] =
    &[(6, 1), (6, 3), (6, 7), (6, 17), (6, 41), (6, 60), (15, 1), (15, 13), (2, 5)];

/// Three channels as one kernel takes them, and what it does not take.
const STACKS: &[Stack] = &[
    (3, "leaky_relu(slope=0.01)", A2),
    (3, "leaky_relu(slope=0.4)", &[(3, 9), (4, 50), (7, 2)]),
    (3, "leaky_relu(slope=0.7)", &[(3, 2), (16, 1)]),
    (3, "tanh()", &[(3, 2), (5, 11)]),
    (2, "leaky_relu(slope=0.01)", &[(6, 3), (3, 40)]),
    (4, "relu()", &[(6, 3), (3, 40)]),
    (8, "leaky_relu(slope=0.01)", &[(6, 3), (3, 41), (3, 40)]),
];

pub(crate) fn write(out: &Path) {
    let mut random = Rng::with_seed(0xA2);
    let mut text = String::new();
    let mut list = String::new();
    for (number, stack) in STACKS.iter().enumerate() {
        let (layers, weights) = layers(&mut random, stack);
        let input: Vec<[f32; 1]> = (0..200).map(|_| [2.0 * random.f32() - 1.0]).collect();
        for (ending, json) in
            [("json", json!({ "layers": weights })), ("frames.json", json!({ "input": input }))]
        {
            fs::write(out.join(format!("capture_{number}.{ending}")), json.to_string())
                .expect("OUT_DIR takes files");
        }
        let path =
            |ending: &str| format!(r#"concat!(env!("OUT_DIR"), "/capture_{number}.{ending}")"#);
        writeln!(
            text,
            "mod capture_{number} {{ streaming_net::streaming_net! {{
                #[weights = {}] #[numbers(i16, input = 1.0)] #[calibrate = {}] #[block = \"fast\"]
                pub struct Net < {layers} >
            }} }}",
            path("json"),
            path("frames.json"),
        )
        .expect("a string takes it");
        writeln!(list, "|| Box::new(capture_{number}::Net::new()),").expect("a string takes it");
    }
    let list = format!(
        "/// Makes each of them.\npub static CAPTURES: &[fn() -> Box<dyn AnyIntegerNet>] = &[\n{list}];\n"
    );
    fs::write(out.join("captures.rs"), text + &list).expect("OUT_DIR takes files");
}

fn layers(random: &mut Rng, (channels, activation, blocks): &Stack) -> (String, Vec<Value>) {
    let mut tensor = |shape: [usize; 3]| {
        let [taps, inputs, outputs] = shape;
        #[allow(clippy::cast_precision_loss, reason = "layers are small")]
        let most = 1.5 / ((taps * inputs) as f32).sqrt();
        let mut row =
            || (0..outputs).map(|_| most * (2.0 * random.f32() - 1.0)).collect::<Vec<_>>();
        let kernel: Vec<Vec<_>> = (0..taps).map(|_| (0..inputs).map(|_| row()).collect()).collect();
        (json!(kernel), json!(row()))
    };
    let all = *channels;
    let mut weights = vec![json!({ "kernel": tensor([1, 1, all]).0 })];
    let mut text = format!("dense(in=1, out={all}, no_bias)");
    for (taps, dilation) in *blocks {
        write!(
            text,
            "; residual < conv(k={taps}, in={all}, out={all}, dilation={dilation}, causal); mixin(); {activation}; skip(); conv(k=1, in={all}, out={all}) >"
        )
        .expect("a string takes it");
        for (shape, has_bias) in
            [([*taps, all, all], true), ([1, 1, all], false), ([1, all, all], true)]
        {
            let (kernel, bias) = tensor(shape);
            weights.push(if has_bias {
                json!({ "kernel": kernel, "bias": bias })
            } else {
                json!({ "kernel": kernel })
            });
        }
    }
    let (kernel, bias) = tensor([4, all, 1]);
    weights.push(json!({ "kernel": kernel, "bias": bias }));
    (format!("conditioned < skips < {text} > >; conv(k=4, in={all}, out=1, causal)"), weights)
}
