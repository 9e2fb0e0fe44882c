//! The pass that makes integers of a graph: on the text form, and on what the integers give.

use expect_test::{Expect, expect};

use super::graphs::{messages, read, weigh};
use crate::errors::Errors;
use crate::eval;
use crate::eval::integer::{Machine, nearest};
use crate::graph::{Graph, Value};
use crate::integers::Integers;
use crate::passes::quantise::{check as check_served, quantise, separate, split_norms};
use crate::tensor::Tensor;

/// Frames from -1 to 1.
pub(super) fn frames(channels: usize) -> Tensor {
    let count = 64 * channels;
    let numbers = (0..count).map(|place| (f64::from(u32::try_from(place).unwrap()) * 0.7).sin());
    Tensor { shape: vec![64, channels], numbers: numbers.collect() }
}

fn quantised(text: &str, input: Option<f64>) -> (Graph, Integers) {
    quantised_of(text, input, &frames(read(text).inputs()))
}

pub(super) fn quantised_of(text: &str, input: Option<f64>, frames: &Tensor) -> (Graph, Integers) {
    let mut graph = read(text);
    weigh(&mut graph, 1);
    graph.is_integer = true;
    split_norms(&mut graph);
    separate(&mut graph, input.is_some());
    let mut errors = Errors::default();
    let integers = quantise(&mut graph, frames, input, &mut errors);
    assert_eq!(messages(errors), [""; 0]);
    (graph, integers.unwrap())
}

pub(super) fn check(text: &str, input: Option<f64>, expected: &Expect) {
    let (graph, integers) = quantised(text, input);
    expected.assert_eq(&integers.text(&graph));
}

#[test]
fn values_that_are_added_have_one_scale() {
    check(
        "%0 = input 2
        %1 = conv %0 k=1 in=2 out=2 bias
        %2 = conv %1 k=1 in=2 out=2 seed=%1
        %3 = add %1 %2
        output %3",
        None,
        &expect![[r"
            %0 = input 2 scale=3.8146838e-5
            %1 = conv %0 k=1 in=2 out=2 bias scale=0.00011682373 [-836, 20104] + 153941329 >> 8 [-15569, 5162] + 431693121 >> 8 fine
            %2 = round %1 scale=0.00011682373
            %3 = conv %2 k=1 in=2 out=2 seed=%1 scale=0.00011682373 [5440, 19232] + 0 >> 7 [-5952, 18304] + 0 >> 8 fine
            %4 = round %3 scale=0.00011682373
            %5 = add %2 %4 scale=0.00011682373
            output %5
        "]],
    );
}

#[test]
fn functions_have_tables_and_powers_of_two() {
    check(
        "%0 = input 2
        %1 = conv %0 k=1 in=2 out=2 epilogue=relu
        %2 = map %1 tanh
        %3 = multiply %1 %2
        %4 = map %3 leaky_relu=0.25
        output %4",
        None,
        &expect![[r"
            %0 = input 2 scale=3.8146838e-5
            %1 = conv %0 k=1 in=2 out=2 epilogue=relu scale=6.1035156e-5 [-800, 19240] + 16384 >> 15 [-29800, 9880] + 32768 >> 16 low=0
            %2 = map %1 tanh scale=3.0517578e-5 table=0
            %3 = multiply %1 %2 scale=2.5028517e-5 * 19977 >> 28
            %4 = map %3 leaky_relu=0.25 scale=2.5028517e-5 slope=8192
            output %4
        "]],
    );
}

/// Each frame of a push has rows for the taps that reach it; what is upsampled keeps its scale.
#[test]
fn several_frames_are_rows_of_one_window() {
    check(
        "%0 = input 1
        %1 = conv_transpose %0 k=3 stride=2 in=1 out=1 bias epilogue=relu
        %2 = upsample %1 n=2
        %3 = conv %2 k=2 zeros=1 in=1 out=1
        output %3",
        None,
        &expect![[r"
            %0 = input 1 scale=3.8053797e-5
            %1 = conv_transpose %0 k=3 stride=2 in=1 out=1 bias epilogue=relu scale=4.374725e-5 [26778, -1113] + 180690591 >> 15 [0, -20737] + 180690591 >> 15 low=0
            %2 = upsample %1 n=2 scale=4.374725e-5
            %3 = conv %2 k=2 zeros=1 in=1 out=1 scale=4.5669738e-5 [8613, 24155] + 16384 >> 15
            output %3
        "]],
    );
}

/// All positions have the rows of one; groups have parts of the channels.
#[test]
fn positions_share_their_rows() {
    check(
        "%0 = input 4
        %1 = conv2d %0 k=2 zeros=1 features=2 feature_k=2 feature_stride=1 feature_zeros=1 kernel=[2, 2, 1, 2] groups=2 positions=3 bias epilogue=relu
        output %1",
        None,
        &expect![[r"
            %0 = input 4 scale=3.8146838e-5
            %1 = conv2d %0 k=2 zeros=1 features=2 feature_k=2 feature_stride=1 feature_zeros=1 kernel=[2, 2, 1, 2] positions=3 groups=2 bias epilogue=relu scale=6.720649e-5 [-727, 17473, 5104, 3088] + 286179213 >> 15 [-13532, 4486, 14313, -1689] + 136193703 >> 15 low=0
            output %1
        "]],
    );
}

#[test]
fn an_input_of_a_stated_scale_gets_another_one_before_it_is_added() {
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = add %0 %1
        output %2",
        Some(1.0),
        &expect![[r"
            %0 = input 1 scale=3.0517578e-5
            %2 = conv %0 k=1 in=1 out=1 scale=3.656732e-5 [-17092, 0] + 0 >> 11 fine
            %3 = affine %0 seed=%2 scale=3.656732e-5 [27347, 0] + 0 >> 7 fine
            %4 = round %3 scale=3.656732e-5
            output %4
        "]],
    );
}

#[test]
fn integers_are_near_what_the_graph_gives() {
    let (graph, integers) = quantised(
        "%0 = input 3
        %1 = conv %0 k=3 zeros=2 in=3 out=6
        %2 = map %1 tanh
        %3 = conv %2 k=1 in=6 out=6 bias
        %4 = add %2 %3
        %5 = conv %4 k=2 zeros=1 in=6 out=2 groups=2
        output %5",
        None,
    );
    assert!(integers.quality.snr > 65.0, "{}", integers.quality.snr);
    assert_eq!(integers.quality.frames, 64);
    // The worst sample is within what the noise allows, and no number of a frame is out of its range.
    let mut machine = Machine::new(&graph, &integers);
    for frame in frames(3).numbers.chunks(3) {
        let output = machine.push(&nearest(frame, integers.scale(Value::INPUT))).unwrap();
        assert!(output.iter().all(|y| (-32768..=32767).contains(y)));
    }
}

/// The bound of the test is that of the recorded run, whatever the scales come from.
#[test]
fn a_run_beyond_the_calibration_has_its_own_bound() {
    let bound = |calibrate: &str| -> u16 {
        let text = format!("#[weights = \"weights/expansions/integers.json\"] #[numbers = \"i16\"] {calibrate} struct Net <
            conv(k=2, in=1, out=2, causal, tanh); residual < conv(k=1, out=2) >; dense(out=1, relu) >");
        let expansion = super::expand(&text, &super::folders("tests"));
        let (_, of_run) = expansion.split_once("bound: ").unwrap();
        of_run.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
    };
    assert!(bound("") < 10);
    // The input of the run saturates.
    assert!(bound("#[calibrate = \"weights/integers/quiet.json\"]") > 1000);
}

/// The documentation of `self_test` says the bound of its run.
#[test]
fn self_test_says_the_bound_of_integers() {
    let text = "#[weights = \"weights/expansions/integers.json\"] #[numbers(i16, input = 1.0)] #[self_test] struct Net <
        conv(k=2, in=1, out=2, causal, tanh); residual < conv(k=1, out=2) >; dense(out=1, relu) >";
    let expansion = super::expand(text, &super::folders("tests"));
    let (_, of_run) = expansion.split_once("bound: ").unwrap();
    let bound: String = of_run.chars().take_while(char::is_ascii_digit).collect();
    let (_, error) = expansion.split_once("The first number that differs").unwrap();
    let of_bound = format!(
        " from the recorded one by more than {bound} steps of `OUTPUT_SCALE`: one more than the largest difference \
         measured while compiling."
    );
    assert_eq!((bound.as_str(), error.lines().next()), ("3", Some(of_bound.as_str())));
}

#[test]
fn probabilities_are_parts_of_one() {
    check(
        "%0 = input 2
        %1 = conv %0 k=1 in=2 out=2
        %2 = softmax %1
        %3 = add %1 %2
        output %3",
        None,
        &expect![[r"
            %0 = input 2 scale=3.8146838e-5
            %1 = conv %0 k=1 in=2 out=2 scale=6.4228094e-5 [-760, 18283] + 0 >> 7 [-28318, 9389] + 0 >> 8 fine
            %2 = round %1 scale=6.4228094e-5
            %3 = softmax %2 scale=3.0517578e-5 * 49747 >> 29
            %5 = affine %3 seed=%1 scale=6.4228094e-5 [31139, 0] + 0 >> 8 [31139, 0] + 0 >> 8 fine
            %6 = round %5 scale=6.4228094e-5
            output %6
        "]],
    );
}

/// Gamma and beta are an affine operation, which folds into a convolution.
#[test]
fn normalised_numbers_have_a_range_of_their_own() {
    check(
        "%0 = input 4
        %1 = layer_norm %0 epsilon=0.001
        %2 = map %1 tanh
        output %2",
        None,
        &expect![[r"
            %0 = input 4 scale=3.8146838e-5
            %1 = layer_norm %0 epsilon=0.001 scale=6.274259e-5 variance+10995194 * 4178086961 >> 18
            %2 = affine %1 bias scale=6.1035156e-5 [-10526, 0] + 1178730496 >> 18 [-24507, 0] + 413155328 >> 15 [31645, 0] + 89145344 >> 15 [32500, 0] + -194969600 >> 17
            %3 = map %2 tanh scale=3.0517578e-5 table=0
            output %3
        "]],
    );
}

/// What integers come to in silence is near what the network in floating point does.
#[test]
fn a_steady_state_of_integers_is_near_that_of_floats() {
    for cell in ["Lstm", "GruResetAfter", "GruResetBefore", "Tanh"] {
        let text = format!(
            "%0 = input 1
            %1 = conv %0 k=2 in=1 out=2 bias
            %2 = recurrent %1 {cell} in=2 units=3 bias=true initial=false fast=false
            %3 = conv %2 k=3 zeros=2 in=3 out=2
            output %3"
        );
        let (graph, integers) = quantised(&text, Some(1.0));
        let steady = eval::integer::steady(&graph, &integers, &[0.5]).unwrap();
        let floats = eval::steady_or_none(&graph, &[0.5]).unwrap();
        let scale = integers.scale(graph.output);
        for (integer, float) in steady.output.iter().zip(&floats.output) {
            assert!((integer * scale - float).abs() < 6.0 * scale, "{cell}: {integer}, {float}");
        }
    }
}

#[test]
fn means_have_a_factor_for_each_count() {
    check(
        "%0 = input 6
        %1 = pool %0 Mean size=3 missing=2
        %2 = pool_features %1 Mean features=3 channels=2 size=2 stride=1 missing=1 positions=4
        %3 = pool_features %2 Sum features=4 channels=2 size=4 stride=4 positions=1
        output %3",
        None,
        &expect![[r"
            %0 = input 6 scale=3.8146838e-5
            %1 = pool %0 Mean size=3 stride=1 missing=2 scale=3.8146838e-5 * 32768 >> 16 * 21845 >> 16
            %2 = pool_features %1 Mean features=3 channels=2 size=2 stride=1 positions=4 missing=1 scale=3.8146838e-5 * 32768 >> 16
            %3 = pool_features %2 Sum features=4 channels=2 size=4 stride=4 positions=1 scale=7.6293676e-5 * 32768 >> 16
            output %3
        "]],
    );
}

#[test]
fn what_integers_cannot_compute_is_named() {
    let refused = |text: &str, frames: &Tensor| -> String {
        let mut graph = read(text);
        weigh(&mut graph, 1);
        let mut errors = Errors::default();
        if check_served(&graph, &mut errors) {
            split_norms(&mut graph);
            assert!(quantise(&mut graph, frames, None, &mut errors).is_none());
        }
        messages(errors).join("\n")
    };
    let loud = Tensor { shape: vec![4, 1], numbers: vec![1e9, -1e9, 3e8, 0.0] };
    let same =
        Tensor { shape: vec![4, 2], numbers: vec![1e-6, 2e-6, 3e-6, 4e-6, 0.0, 0.0, 0.0, 0.0] };
    for (text, frames, expected) in [
        ("log_softmax %0", &loud, "is the logarithm of a softmax"),
        ("softmax %0", &loud, "has inputs from a range that is too large"),
        ("pool %0 Mean size=300 missing=299", &loud, "is a mean of windows of more than 256 sizes"),
        ("pool %0 Mean size=70000", &loud, "is a mean of more than 65,535 frames"),
        ("layer_norm %0 epsilon=0.5", &same, "normalises numbers that hardly differ"),
    ] {
        let channels = frames.shape[1];
        let text = format!("%0 = input {channels}\n%1 = {text}\noutput %1");
        let message = refused(&text, frames);
        assert!(
            message.contains(&format!("cannot be computed in `i16`: it {expected}")),
            "{message}"
        );
    }
}
