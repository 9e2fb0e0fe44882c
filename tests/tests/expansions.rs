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
    reason = "as a file; in the output of a macro it is silent"
)]
#[no_implicit_prelude]
#[rustfmt::skip]
#[path = "../expansions"]
pub mod expansions {
    /// Layers without weights.
    pub mod activations;
    /// Valid padding.
    pub mod block;
    /// Causal padding.
    pub mod causal;
    /// Groups, depthwise, dense.
    pub mod grouped;
    /// Labels.
    pub mod labelled;
    /// Strides.
    pub mod strided;
    /// A layer large enough for blocks.
    pub mod wide;
}

use expansions::{activations, block, causal, grouped, labelled, strided, wide};
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
        let Some([y]) = net.push([x]) else { panic!("frame {t} is not answered") };
        assert!((f64::from(y) - expected).abs() < 1e-6, "frame {t}: {y}, expected {expected}");
    }
}

#[test]
fn strided_answers_where_both_strides_meet() {
    let mut net = strided::Strided::new();
    let answers = [1, 2, 3, 4, 5, 6, 7, 8].map(|x: i8| net.push([f32::from(x)]));
    let (first, second) = (Some([4.0]), Some([19.0]));
    assert_eq!(answers, [None, first, None, None, None, None, None, second]);
}

#[test]
fn grouped_keeps_its_groups_apart() {
    let mut net = grouped::Grouped::new();
    assert_eq!(net.push([1.0, 2.0, 3.0, 4.0]), None);
    let Some([y]) = net.push([5.0, 6.0, 7.0, 8.0]) else { panic!("the second frame is answered") };
    // The groups give 3 and 5.5, the depthwise layer 3, 6, elu(-5.5) and 2.75.
    let elu = 1.5 * (-5.5_f64).exp_m1();
    let sum = 0.5 + 3.0 + 0.5 * 6.0 - 0.5 * elu + 0.25 * 2.75;
    let expected = 1.0 / (1.0 + (-sum).exp());
    assert!((f64::from(y) - expected).abs() < 1e-7, "{y}, expected {expected}");
}

#[test]
fn labelled_finds_its_weights_by_name() {
    let mut net = labelled::Labelled::new();
    let answers = [1.0, 2.0, -8.0].map(|x| net.push([x]));
    assert_eq!(answers, [Some([0.0]), Some([0.0]), Some([6.0])]);
    assert!(net != labelled::Labelled::default(), "it remembers -8 and 6");
    assert_eq!(net.push([0.0]), Some([3.0]));
    net.push([1.0]);
    net.reset();
    assert!(net == labelled::Labelled::default());
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
    // The first 64 pushes are not answered.
    assert_eq!(single.len(), 37);
    assert!(single.iter().all(|[a, b]| (a + b - 1.0).abs() < 1e-6 && a.min(*b) >= 0.0));
    net.reset();
    let mut answers = [[0.0; 2]; 101];
    assert_eq!(net.push_block(&frames, &mut answers), 37);
    assert_eq!(answers[..37], single);
}
