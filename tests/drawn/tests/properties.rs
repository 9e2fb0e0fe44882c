//! Networks drawn at random: pushed frame by frame, they give what the whole-sequence reference gives.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use streaming_net_tests::reference::{Reference, difference};
use streaming_net_tests::{Case, Frames};
use streaming_net_tests_drawn::{drawn, kinds};

/// Sequences of up to so many frames.
fn frames(case: &Case, most: usize) -> impl Strategy<Value = Frames> + use<> {
    vec(vec(-1.0..1.0_f32, case.inputs), 0..=most)
}

/// Runs a property on every drawn network, with a few inputs each, the same at every run.
fn for_every_net<S: Strategy>(
    input: impl Fn(&Case) -> S,
    property: impl Fn(&Case, S::Value) -> Result<(), TestCaseError>,
) {
    for case in drawn() {
        let config = Config { cases: 4, failure_persistence: None, ..Config::default() };
        let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let run = TestRunner::new_with_rng(config, random)
            .run(&input(case), |input| property(case, input));
        match run {
            Ok(()) => {}
            Err(TestError::Fail(why, input)) => {
                panic!("{} < {} >: {why}\nfor {input:?}", case.name, case.net)
            }
            Err(TestError::Abort(why)) => panic!("{}: {why}", case.name),
        }
    }
}

#[test]
fn pushes_output_as_the_whole_sequence_does() {
    for_every_net(
        |case| frames(case, 2 * case.field() + 24),
        |case, input| {
            let outputs = (case.cold)().replay(&input);
            let difference = difference(&outputs, &Reference::of(case).outputs(&input));
            prop_assert!(difference.is_none(), "{}", difference.unwrap_or_default());
            Ok(())
        },
    );
}

#[test]
fn every_net_outputs_within_the_frames_that_are_compared() {
    for case in drawn() {
        let silence = vec![vec![0.25; case.inputs]; 2 * case.field() + 24];
        let outputs = (case.cold)().replay(&silence);
        assert!(outputs.iter().flatten().count() > 0, "{} < {} >", case.name, case.net);
    }
}

/// The bits of frames, of -0 and 0 too.
fn bits(frames: &[Vec<f32>]) -> Vec<Vec<u32>> {
    frames.iter().map(|frame| frame.iter().map(|x| x.to_bits()).collect()).collect()
}

#[test]
fn blocks_output_as_their_frames_one_by_one() {
    for_every_net(
        |case| (frames(case, 2 * case.field() + 96), vec(0..=40_usize, 1..8)),
        |case, (input, lengths)| {
            let single: Frames = (case.cold)().replay(&input).into_iter().flatten().collect();
            let (mut net, mut blocks, mut rest) = ((case.cold)(), Frames::new(), input.as_slice());
            for length in lengths.into_iter().cycle() {
                // A block, and between two blocks a single push.
                let (block, later) = rest.split_at(length.min(rest.len()));
                blocks.extend(net.push_block(block, block.len()));
                let Some((frame, later)) = later.split_first() else { break };
                blocks.extend(net.push(frame));
                rest = later;
            }
            prop_assert_eq!(bits(&blocks), bits(&single));
            Ok(())
        },
    );
}

#[test]
fn a_block_without_room_loses_outputs_and_no_time() {
    for_every_net(
        |case| (frames(case, 2 * case.field() + 96), 0..=12_usize, frames(case, 24)),
        |case, (input, room, later)| {
            let (mut net, mut single) = ((case.cold)(), (case.cold)());
            let expected: Frames = single.replay(&input).into_iter().flatten().collect();
            let written = net.push_block(&input, room);
            prop_assert_eq!(bits(&written), bits(&expected[..room.min(expected.len())]));
            prop_assert_eq!(net.replay(&later), single.replay(&later));
            Ok(())
        },
    );
}

#[test]
fn reset_is_as_good_as_new() {
    for_every_net(
        |case| (frames(case, 40), frames(case, 40)),
        |case, (before, input)| {
            let mut net = (case.new)();
            net.replay(&before);
            net.reset();
            prop_assert_eq!(net.replay(&input), (case.new)().replay(&input));
            Ok(())
        },
    );
}

/// A time from which on the network is due as it is at rest: at an output after long silence.
fn long_silence(case: &Case, silence: &[f32]) -> usize {
    let forgotten = if case.receptive_field == usize::MAX { 1500 } else { case.receptive_field };
    let outputs = Reference::of(case).outputs(&vec![silence.to_vec(); forgotten + 300]);
    let later = outputs.iter().skip(forgotten).position(Option::is_some);
    forgotten + later.unwrap_or_else(|| panic!("{} < {} > never outputs", case.name, case.net))
}

#[test]
fn rest_is_what_long_silence_comes_to() {
    let at_rest = || drawn().filter_map(|case| Some((case, case.silence?)));
    assert!(at_rest().count() > 300);
    for (case, silence) in at_rest() {
        let what = format!("{} < {} >", case.name, case.net);
        let before = long_silence(case, silence);
        let mut random = fastrand::Rng::with_seed(7);
        let mut frame = || (0..case.inputs).map(|_| 2.0 * random.f32() - 1.0).collect();
        let input: Frames = (0..case.field() + 24).map(|_| frame()).collect();
        let whole = [vec![silence.to_vec(); before], input.clone()].concat();
        let expected = Reference::of(case).outputs(&whole).split_off(before);
        let difference = difference(&(case.new)().replay(&input), &expected);
        assert!(difference.is_none(), "{what}: {}", difference.unwrap_or_default());
    }
}

#[test]
fn silence_does_not_move_what_is_at_rest() {
    for case in drawn() {
        let Some(silence) = case.silence else { continue };
        let mut outputs = (case.new)().replay(&vec![silence.to_vec(); 2 * case.field() + 24]);
        let first = outputs[0].clone().unwrap_or_else(|| panic!("{}: no output", case.name));
        let first: Vec<_> = first.into_iter().map(f64::from).collect();
        outputs.retain(Option::is_some);
        let difference = difference(&outputs, &vec![Some(first); outputs.len()]);
        assert!(difference.is_none(), "{} < {} >: {difference:?}", case.name, case.net);
    }
}

#[test]
fn a_clone_goes_on_alone() {
    for_every_net(
        |case| (frames(case, 40), frames(case, 40), frames(case, 40)),
        |case, (before, one, other)| {
            let mut net = (case.cold)();
            net.replay(&before);
            let mut clone = net.boxed_clone();
            let mut alone = (case.cold)();
            alone.replay(&before);
            clone.replay(&other);
            prop_assert_eq!(net.replay(&one), alone.replay(&one));
            Ok(())
        },
    );
}

/// Which numbers of each output are NaN.
fn nans<X: Copy + Into<f64>>(outputs: &[Option<Vec<X>>]) -> Vec<Option<Vec<bool>>> {
    let of = |frame: &Vec<X>| frame.iter().map(|x| (*x).into().is_nan()).collect();
    outputs.iter().map(|output| output.as_ref().map(of)).collect()
}

#[test]
fn a_nan_is_where_the_whole_sequence_has_it() {
    for case in drawn() {
        let frames = 2 * case.field() + 24;
        for nan in [0, case.field() / 2, case.field()] {
            let mut input = vec![vec![0.5; case.inputs]; frames];
            input[nan].fill(f32::NAN);
            let outputs = (case.cold)().replay(&input);
            let expected = Reference::of(case).outputs(&input);
            assert_eq!(nans(&outputs), nans(&expected), "{} < {} >", case.name, case.net);
        }
    }
}

/// But for networks that never forget, such as one with a `gru`.
#[test]
fn a_nan_stays_for_the_receptive_field_and_no_longer() {
    for case in drawn().filter(|case| case.receptive_field < usize::MAX) {
        let what = format!("{} < {} >", case.name, case.net);
        let (frame, nan) = (vec![0.5; case.inputs], vec![f32::NAN; case.inputs]);
        let answered = (case.cold)().replay(&vec![frame.clone(); 4 * case.receptive_field + 64]);
        // The first output whose receptive field is full, and the oldest frame in that.
        let full = answered.iter().skip(case.receptive_field - 1).position(Option::is_some);
        let oldest = full.unwrap_or_else(|| panic!("{what} never outputs"));
        let output = oldest + case.receptive_field - 1;

        let mut input = vec![frame; answered.len()];
        input[oldest] = nan;
        let poisoned = (case.cold)().replay(&input);
        let last = poisoned[output].as_ref().unwrap_or_else(|| panic!("{what}: no output"));
        // Of channels side by side, some may look back less far; and a frame of zeros is a frame, but has no NaN.
        let has_nan = last.iter().any(|y| y.is_nan()) || Reference::of(case).has_gaps();
        assert!(has_nan, "{what}: {last:?} at frame {output}");
        assert_eq!(poisoned[output + 1..], answered[output + 1..], "{what}");
    }
}

#[test]
fn constants_are_those_of_the_topology() {
    for case in drawn() {
        let what = format!("{} < {} >", case.name, case.net);
        let facts = Reference::of(case).facts(case, 2 * case.field() + 24);
        assert_eq!(case.receptive_field, facts.receptive_field, "{what}");
        assert_eq!(case.macs, facts.macs, "{what}: multiply-accumulates");
        assert_eq!(case.weight_bytes, 4 * facts.weights, "{what}: bytes of weights");
        let bookkeeping = case.state_bytes.checked_sub(4 * facts.floats);
        let fits = bookkeeping.is_some_and(|bytes| bytes <= 8 * facts.stateful);
        assert!(fits, "{what}: {} bytes of state, {facts:?}", case.state_bytes);
    }
}

/// The kinds that came later than the others.
const LATER: &[&str] = &[
    "max_pool2d",
    "avg_pool2d",
    "global_max",
    "reduce_mean",
    "reduce_sum",
    "reduce_max",
    "reduce_min",
    "expand",
    "permute",
    "slice",
    "difference",
    "quotient",
    "minimum",
    "maximum",
    "group_norm",
    "conv_transpose2d",
    "rnn",
    "split",
    "pixel_shuffle",
];

#[test]
fn every_kind_is_drawn_often() {
    let kinds = [
        "conv",
        "depthwise",
        "dense",
        "conv2d",
        "depthwise2d",
        "conv_transpose",
        "upsample",
        "gru",
        "lstm",
        "max_pool",
        "avg_pool",
        "global_avg",
        "flatten",
        "delay",
        "batch_norm",
        "layer_norm",
        "scale",
        "bias",
        "prelu",
        "residual",
        "sum",
        "product",
        "concat",
        "gated",
        "blended",
        "conditioned",
        "mixin",
        "head",
        "skips",
        "skip",
        "wavenet",
    ];
    let flags = [
        "same",
        "causal",
        "valid",
        "pad=",
        "reset_before",
        "no_bias",
        "no_scale",
        "no_center",
        "shared",
        "project",
        "center",
        "groups=",
        "stride=",
        "dilation=",
        "feature_same",
        "feature_pad=",
        "feature_dilation=",
        "linear",
        "relu",
        "relu6",
        "leaky_relu",
        "elu",
        "selu",
        "silu",
        "softsign",
        "tanh",
        "sigmoid",
        "hard_tanh",
        "hard_sigmoid",
        "hard_swish",
        "softmax",
    ];
    for word in kinds.into_iter().chain(flags).chain(LATER.iter().copied()) {
        let has = |case: &&Case| {
            let is_start =
                |at: usize| !case.net[..at].ends_with(|c: char| c == '_' || c.is_alphanumeric());
            let is_end = |at: usize| {
                !case.net[at + word.len()..].starts_with(|c: char| c == '_' || c.is_alphanumeric())
            };
            case.net
                .match_indices(word)
                .any(|(at, _)| is_start(at) && (word.ends_with('=') || is_end(at)))
        };
        let count = kinds::NETS.iter().filter(has).count();
        assert!(count >= 6, "{word} is in {count} networks");
    }
}
