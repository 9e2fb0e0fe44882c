//! The printed expansions are Rust that compiles by itself, under the lints that people turn on, and computes.

#![forbid(unsafe_code)]

/// A module for each file of `expansions/`.
#[deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    unused_results,
    clippy::all,
    clippy::pedantic
)]
#[allow(
    clippy::unreadable_literal,
    clippy::too_many_lines,
    reason = "as a file; in the output of a macro they are silent"
)]
#[no_implicit_prelude]
#[rustfmt::skip]
#[path = "../expansions"]
pub mod expansions {
    /// Layers without weights.
    pub mod activations;
    /// Valid padding.
    pub mod block;
    /// Branches that wait for each other.
    pub mod branches;
    /// Blocks of frames through branches.
    pub mod capture;
    /// Causal padding.
    pub mod causal;
    /// Probabilities in integers.
    pub mod classifier;
    /// A condition.
    pub mod conditioned;
    /// Approximations.
    pub mod fast;
    /// Frames with features.
    pub mod features;
    /// Functions of one number.
    pub mod functions;
    /// Groups, depthwise, dense.
    pub mod grouped;
    /// Integers of features.
    pub mod integer_features;
    /// Integers, of which a push gives several frames.
    pub mod integer_frames;
    /// Integers.
    pub mod integers;
    /// Labels.
    pub mod labelled;
    /// A model in ONNX.
    pub mod model;
    /// Layers that become part of others.
    pub mod normed;
    /// Windows.
    pub mod pooled;
    /// A layer that forgets nothing.
    pub mod recurrent;
    /// A block and a projection of its input.
    pub mod residual;
    /// A network that begins as after silence.
    pub mod resting;
    /// Several weights files.
    pub mod several;
    /// Several weights files, in integers.
    pub mod several_integers;
    /// Residual blocks of one shape.
    pub mod stacked;
    /// Strides.
    pub mod strided;
    /// Several frames for one.
    pub mod upsampled;
    /// Taps.
    pub mod wavenet;
    /// A layer large enough for blocks.
    pub mod wide;
    /// No weights file.
    pub mod zeros;
}

#[path = "expansions/of_integers.rs"]
mod of_integers;
#[path = "expansions/of_stacks.rs"]
mod of_stacks;

use expansions::{
    activations, block, branches, capture, causal, conditioned, fast, features, functions, grouped,
    labelled, model, normed, pooled, recurrent, residual, resting, several, strided, upsampled,
    wavenet, wide, zeros,
};
use streaming_net_tests::Case;
use streaming_net_tests::recorded::Run;
use streaming_net_tests::reference::difference;

#[test]
fn block_computes_what_keras_does() {
    static CASE: Case = Case::of::<block::Block>(
        "block",
        "conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu)",
        include_str!("../weights/notebook_v4.json"),
    );
    let run = Run::of(&CASE);
    assert_eq!(difference(&(CASE.new)().replay(&run.input), &run.expected()), None);
}

#[test]
fn causal_sees_zeros_before_the_first_frame() {
    let mut net = causal::Causal::new();
    // An impulse: the first convolution sees it at frames 0 and 1, the second again 8 frames later.
    let hidden =
        |old: f64, new: f64| [(0.125 + 0.5 * old + new).tanh(), (-0.25 * old + 0.75 * new).tanh()];
    let mut input = [0.0_f32; 12];
    input[0] = 1.0;
    for (t, x) in input.into_iter().enumerate() {
        let at = |t: usize| match t {
            0 => hidden(0.0, 1.0),
            1 => hidden(1.0, 0.0),
            _ => hidden(0.0, 0.0),
        };
        let [old0, old1] = if t < 8 { [0.0, 0.0] } else { at(t - 8) };
        let [new0, _] = at(t);
        let sum = -0.5 + 0.5 * old0 - 1.5 * old1 + std::f64::consts::PI * new0;
        let expected = if sum < 0.0 { 0.1 * sum } else { sum };
        let Some([y]) = net.push([x]) else { panic!("frame {t} has no output") };
        assert!((f64::from(y) - expected).abs() < 1e-6, "frame {t}: {y}, expected {expected}");
    }
}

#[test]
fn strided_outputs_where_both_strides_meet() {
    let mut net = strided::Strided::new();
    let outputs = [1, 2, 3, 4, 5, 6, 7, 8].map(|x: i8| net.push([f32::from(x)]));
    let (first, second) = (Some([4.0]), Some([19.0]));
    assert_eq!(outputs, [None, first, None, None, None, None, None, second]);
}

#[test]
fn grouped_keeps_its_groups_apart() {
    let mut net = grouped::Grouped::new();
    assert_eq!(net.push([1.0, 2.0, 3.0, 4.0]), None);
    let Some([y]) = net.push([5.0, 6.0, 7.0, 8.0]) else {
        panic!("the second frame has an output")
    };
    // The groups give 3 and 5.5, the depthwise layer 3, 6, elu(-5.5) and 2.75.
    let elu = 1.5 * (-5.5_f64).exp_m1();
    let sum = 0.5 + 3.0 + 0.5 * 6.0 - 0.5 * elu + 0.25 * 2.75;
    let expected = 1.0 / (1.0 + (-sum).exp());
    assert!((f64::from(y) - expected).abs() < 1e-7, "{y}, expected {expected}");
}

#[test]
fn model_says_where_its_outputs_are() {
    use model::Model;
    assert_eq!((Model::OUTPUT_PITCH, Model::OUTPUT_VAD), (0..2, 2..3));
    let run: serde_json::Value =
        serde_json::from_str(include_str!("../weights/onnx/two_outputs.json")).unwrap();
    let numbers = |frame: &serde_json::Value| -> Vec<f64> {
        frame.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    };
    let mut net = Model::new();
    for (frame, expected) in
        run["input"].as_array().unwrap().iter().zip(run["output"].as_array().unwrap())
    {
        #[allow(clippy::cast_possible_truncation, reason = "the file has f32")]
        let frame: Vec<f32> = numbers(frame).into_iter().map(|x| x as f32).collect();
        let y = net.push(frame.try_into().unwrap()).unwrap();
        let is_near = |(y, expected): (f32, f64)| (f64::from(y) - expected).abs() < 1e-5;
        assert!(y.into_iter().zip(numbers(expected)).all(is_near), "{y:?}, expected {expected}");
    }
}

#[test]
fn labelled_finds_its_weights_by_name() {
    let mut net = labelled::Labelled::new();
    let outputs = [1.0, 2.0, -8.0].map(|x| net.push([x]));
    assert_eq!(outputs, [Some([0.0]), Some([0.0]), Some([6.0])]);
    assert!(net != labelled::Labelled::default(), "it remembers -8 and 6");
    assert_eq!(net.push([0.0]), Some([3.0]));
    net.push([1.0]);
    net.reset();
    assert!(net == labelled::Labelled::default());
}

#[test]
fn functions_take_their_parameters() {
    // Of 2.9964 and 0.8412, after 2 as the most: 0.7071 and 1.0903.
    let [first, second] = functions::Functions::new().push([3.0, 1.0]).expect("every push");
    assert!((first - -0.9030).abs() < 3e-4, "{first}");
    assert!((second - -0.5198).abs() < 3e-4, "{second}");
}

#[test]
fn activations_need_neither_weights_nor_state() {
    assert_eq!(activations::Activations::new().push([-1.0, 0.0]), Some([0.5, 0.5]));
    assert_eq!(activations::Activations::STATE_BYTES, 0);
}

#[test]
fn wide_takes_blocks() {
    let frames: [[f32; 4]; 101] = std::array::from_fn(|t| {
        std::array::from_fn(|channel| f32::from(i8::try_from((5 * t + 3 * channel) % 11).unwrap()))
    });
    let mut net = wide::Wide::new();
    let single: Vec<[f32; 2]> = frames.iter().filter_map(|frame| net.push(*frame)).collect();
    // The first 64 pushes have no output.
    assert_eq!(single.len(), 37);
    assert!(single.iter().all(|[a, b]| (a + b - 1.0).abs() < 1e-6 && a.min(*b) >= 0.0));
    net.reset();
    let mut outputs = [[0.0; 2]; 101];
    assert_eq!(net.push_block(&frames, &mut outputs), 37);
    assert_eq!(outputs[..37], single);
}

#[test]
fn residual_adds_the_frame_in_the_middle() {
    let mut net = residual::Residual::new();
    let outputs = [3.0, 1.0, 2.0, -4.0].map(|x| net.push([x]));
    // relu(3 - 2) + 2 * 1 + 0.5, and relu(1 + 1.5 + 1 + 4) - 1; in the second, a channel is below zero.
    assert_eq!(outputs, [None, None, Some([3.5, 6.5]), Some([9.5, -2.0])]);
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn branches_of_the_same_frame_meet() {
    let mut net = branches::Branches::new();
    assert_eq!(net.push([0.5, -1.0]), None);
    // The convolution gives 0.5 + 3 * 0.5 - 0.5 for the first frame, and 0.5 - 1.5 + 0.75 - 1 for the second.
    let outputs = [net.push([0.25, 0.5]), net.push([0.0, 1.0])];
    for (output, (conv, [a, b])) in
        outputs.into_iter().zip([(1.5, [0.5, -1.0]), (-1.25, [0.25, 0.5])])
    {
        let [a, b]: [f64; 2] = [a, b];
        let conv: f64 = conv;
        let expected =
            [conv.tanh() * sigmoid(b + b.tanh()), (a + a.tanh()).tanh() * sigmoid(a + b)];
        let output = output.unwrap().map(f64::from);
        let differences = [output[0] - expected[0], output[1] - expected[1]];
        assert!(
            differences.iter().all(|difference| difference.abs() < 1e-6),
            "{output:?}, expected {expected:?}"
        );
    }
}

#[test]
fn wavenet_adds_what_its_layers_give() {
    let mut net = wavenet::Wavenet::new();
    let input = [1.0_f64, 0.0, 0.25, -0.5, 2.0];
    let at =
        |frames: &[f64], t: usize, before: usize| t.checked_sub(before).map_or(0.0, |t| frames[t]);
    let first: Vec<f64> = (0..input.len())
        .map(|t| (at(&input, t, 1) + 2.0 * input[t]).tanh() * sigmoid(input[t]))
        .collect();
    let between: Vec<f64> = input.iter().zip(&first).map(|(x, gated)| x + 3.0 * gated).collect();
    for (t, x) in [1.0_f32, 0.0, 0.25, -0.5, 2.0].into_iter().enumerate() {
        let old = at(&between, t, 2);
        let second = old.tanh() * sigmoid(old + 2.0 * between[t]);
        let expected = 1.0 + 2.0 * first[t] - second;
        let Some([y]) = net.push([x]) else { panic!("frame {t} has no output") };
        assert!((f64::from(y) - expected).abs() < 1e-6, "frame {t}: {y}, expected {expected}");
    }
}

#[test]
fn conditioned_sees_its_input_in_both_stacks() {
    let mut net = conditioned::Conditioned::new();
    let (mut v1, mut sum, mut v2) = ([0.0_f64; 2], [0.0; 2], [0.0; 3]);
    for x in [1.0_f32, -0.5, 0.0, 2.0, 0.75] {
        let input = f64::from(x);
        let newest = [input, -input];
        let plain = [v1[0] + newest[0] + input, v1[1] + 2.0 * newest[1] + 0.5];
        let gates =
            [0.5 * v1[0] + newest[1] + 0.5 * input, 0.5 * v1[1] + newest[0] + 1.0 - 0.5 * input];
        let blend = |x: f64, gate: f64| sigmoid(gate) * x.tanh() + (1.0 - sigmoid(gate)) * x;
        let blended = [blend(plain[0], gates[0]), blend(plain[1], gates[1])];
        let head = sum[0] + 0.5 * sum[1] + 2.0 * blended[0] + blended[1];
        let frame = newest[0] + blended[0] + newest[1] + blended[1] + 0.25;
        let tap = (0.5 * v2[1] - 0.5 * frame + 0.125 + 2.0 * input).tanh();
        (v1, sum, v2) = (newest, blended, [frame, v2[0], 0.0]);
        let expected = 0.5 * (head + tap) - 1.0;
        let Some([y]) = net.push([x]) else { panic!("every frame has an output") };
        assert!((f64::from(y) - expected).abs() < 1e-6, "{y}, expected {expected}");
    }
}

#[test]
fn capture_takes_blocks_as_it_takes_frames() {
    let frames: Vec<_> = (0_u8..101).map(|time| [f32::from(time % 7) - 2.5]).collect();
    let (mut net, mut single) = (capture::Capture::new(), capture::Capture::new());
    let mut outputs = [[0.0]; 101];
    // Lengths that are fours, that are not, and more than are taken at once.
    let (mut taken, mut room) = (frames.as_slice(), outputs.as_mut_slice());
    for length in [4, 7, 1, 12, 77] {
        let (block, later) = taken.split_at(length);
        let written = net.push_block(block, room);
        assert_eq!(written, length);
        (taken, room) = (later, &mut room[written..]);
    }
    for (frame, output) in frames.iter().zip(outputs) {
        assert_eq!(single.push(*frame).map(|[y]| y.to_bits()), Some(output[0].to_bits()));
    }
}

#[test]
fn recurrent_has_the_gates_in_their_places() {
    let mut net = recurrent::Recurrent::new();
    let mut kept = 0.0_f64;
    for x in [1.0_f32, -0.5, 0.0, 2.0] {
        let input = f64::from(x);
        let reset = sigmoid(input + 0.5 * kept + 0.5);
        let update = sigmoid(2.0 * input - kept + 0.25);
        let candidate = (0.5 * input + 0.125 + reset * (kept - 0.25)).tanh();
        kept = (1.0 - update) * candidate + update * kept;
        let Some([y]) = net.push([x]) else { panic!("every frame has an output") };
        let expected = 2.0 * kept - 1.0;
        assert!((f64::from(y) - expected).abs() < 1e-6, "{y}, expected {expected}");
    }
}

#[test]
fn fast_is_near_the_exact_functions_and_is_none_of_them() {
    let mut net = fast::Fast::new();
    let (mut kept, mut cell) = (0.0_f64, 0.0_f64);
    let mut worst = 0.0_f64;
    for x in [1.0_f32, -0.5, 0.25, 2.0] {
        let silu = |x: f64| x * sigmoid(x);
        let x = f64::from(x);
        let gated = silu(x + 0.5).tanh() * sigmoid(silu(1.0 - 2.0 * x));
        let input = sigmoid(gated + 0.5 * kept + 0.5);
        let forget = sigmoid(2.0 * gated - kept + 0.25);
        let candidate = (0.5 * gated + kept - 0.125).tanh();
        let output = sigmoid(0.25 * kept - gated + 1.0);
        cell = forget * cell + input * candidate;
        kept = output * cell.tanh();
        #[allow(clippy::cast_possible_truncation, reason = "it was an f32")]
        let Some([y]) = net.push([x as f32]) else { panic!("every frame has an output") };
        worst = worst.max((f64::from(y) - kept.tanh().max(0.0)).abs());
    }
    assert!((1e-6..5e-4).contains(&worst), "{worst:e}");
}

#[test]
fn normed_is_as_if_nothing_were_part_of_another_layer() {
    let mut net = normed::Normed::new();
    let outputs = [1.0, 2.0, -1.0, -4.0].map(|x| net.push([x]));
    // The first normalisation gives 12 and 4.5, then less than zero; the second 13 and 2.5, then 1 and -2.
    assert_eq!(outputs, [None, None, Some([16.0]), Some([-1.25])]);
}

#[test]
fn pooled_waits_for_every_window() {
    let mut net = pooled::Pooled::new();
    let outputs = [1.0, 5.0, 2.0, -1.0, 0.0, 3.0, 9.0, 4.0].map(|x| net.push([x]));
    // The pool gives 5, 2, 3, 9.
    assert_eq!(outputs[..5], [None; 5]);
    assert_eq!(outputs[5..], [Some([3.5, 2.5]), None, Some([2.5, 6.0])]);
}

#[test]
fn features_are_pooled_and_frames_cut_off() {
    let mut net = features::Features::new();
    // The pool gives (3, 4) and (7, 8); less their maximum, every other one of what the layer behind makes of them is -5 and -1.
    assert_eq!(net.push([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]), None);
    // The maximum is that of both frames. Uncut, the outputs would be -5, -1, -6 - 5, -1, -6.
    assert_eq!(net.push([0.0; 8]), Some([[-1.0], [-11.0]]));
    assert_eq!(net.push([0.0; 8]), Some([[-1.0], [-6.0]]));
    assert_eq!(net.push([0.0; 8]), Some([[0.0], [0.0]]));
}

#[test]
fn upsampled_outputs_four_frames() {
    let mut net = upsampled::Upsampled::new();
    // The transposed convolution gives 2 and 5, then 6 and, below zero, 0.
    assert_eq!(net.push([1.0, 2.0]), Some([[-2.0], [0.0], [-3.0], [0.0]]));
    assert_eq!(net.push([-3.0, 1.0]), Some([[-1.0], [0.0], [6.0], [0.0]]));
}

#[test]
fn resting_begins_with_what_silence_comes_to() {
    static NET: resting::Resting = resting::Resting::new();
    let mut net = NET.clone();
    assert_eq!([0.0; 3].map(|x| net.push([x])), [Some([0.75]), None, Some([0.75])]);
    net.reset();
    // Of the first convolution 0 and 0; of the second, which sees what it was two frames before, 1.25.
    assert_eq!(net.push([1.0]), Some([1.0]));
    assert_eq!(net.self_test(), Ok(()));
    assert_eq!(net.push([1.0]), Some([1.0]));
    let mut cold = resting::Resting::cold();
    assert_eq!([0.0; 4].map(|x| cold.push([x])), [None, None, None, Some([-0.25])]);
}

#[test]
fn zeros_gives_zeros_when_a_trained_network_gives_an_output() {
    let mut net = zeros::Zeros::new();
    let outputs = [1.0, -2.0, 3.0].map(|x| net.push([x]));
    assert_eq!(outputs, [None, Some([0.0]), Some([0.0])]);
}

#[test]
fn several_files_have_one_network() {
    use several::Several;

    assert_eq!(Several::WEIGHTS, [Several::SEVERAL_CLEAN, Several::LEAD]);
    assert_eq!(
        format!("{:?}", Several::LEAD),
        r#"SeveralWeights("weights/expansions/several_lead.json")"#
    );
    assert_eq!(Several::SEVERAL_CLEAN.metadata().name, Some("Clean"));
    assert_eq!(Several::LEAD.metadata().in_gain_db, Some(6.0));
    let mut net = Several::new();
    assert_eq!(net.loaded(), Several::SEVERAL_CLEAN);
    assert_eq!([1.0, -1.0].map(|x| net.push([x])), [Some([2.0]), Some([-0.5])]);
    net.load(Several::LEAD);
    // The frame before is still there.
    assert_eq!(net.push([2.0]), Some([3.125]));
    net.reset();
    assert_eq!(net.push([0.0]), Some([0.125]));
    net.reset();
    assert_eq!(net.push([0.0]), Some(Several::LEAD.output_at_rest()));
    assert_eq!(Several::cold().loaded(), Several::SEVERAL_CLEAN);
}
