//! Networks that are directed graphs, compiled: pushes and blocks give what whole sequences give, and so does a network that
//! starts in its steady state.

use streaming_net_tests::{Case, Frames};
use streaming_net_tests_drawn::graphs::{self, whole};

const FRAMES: usize = 160;

fn seed(case: &Case) -> u64 {
    case.name.strip_prefix("graph_").expect("its name").parse().expect("a seed")
}

/// Drawn frames, which f64 and f32 have exactly.
fn frames(case: &Case, count: usize) -> Frames {
    let mut random = fastrand::Rng::with_seed(seed(case));
    (0..count)
        .map(|_| {
            (0..case.inputs)
                .map(|_| random.i16(-1024..=1024))
                .map(|x| f32::from(x) / 1024.0)
                .collect()
        })
        .collect()
}

fn wide(frames: &[Vec<f32>]) -> Vec<Vec<f64>> {
    frames.iter().map(|frame| frame.iter().map(|x| f64::from(*x)).collect()).collect()
}

/// The pushes with an output, and the outputs.
fn outputs(pushed: Vec<Option<Vec<f32>>>) -> (Vec<usize>, Frames) {
    pushed.into_iter().enumerate().filter_map(|(push, output)| Some((push, output?))).unzip()
}

#[track_caller]
fn assert_near(found: &[Vec<f32>], expected: &[Vec<f64>], case: &Case) {
    for (number, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found.len(), expected.len(), "{} < {} >", case.name, case.net);
        for (y, reference) in found.iter().zip(expected) {
            let off = (f64::from(*y) - reference).abs();
            let is_near = off <= 1e-5 * reference.abs().max(1.0);
            assert!(
                is_near,
                "output {number}: {found:?}, not {expected:?}: {} < {} >",
                case.name, case.net
            );
        }
    }
}

#[test]
fn pushes_give_what_whole_sequences_give() {
    assert_eq!(graphs::NETS.len(), 64);
    for case in graphs::NETS {
        let input = frames(case, FRAMES);
        let expected = whole(seed(case), &wide(&input));
        assert_eq!(expected.text, case.net);
        let (pushes, outputs) = outputs((case.cold)().replay(&input));
        let what = format!("{} < {} >", case.name, case.net);
        let first = *pushes.first().unwrap_or_else(|| panic!("no output: {what}"));
        let due: Vec<_> = (first..FRAMES).step_by(expected.stride).collect();
        assert_eq!(pushes, due, "{what}");
        // Those whose zeros behind the last frame are not waited for are there at once in a framework.
        let late = (first - expected.origin).div_ceil(expected.stride);
        let counts = [outputs.len(), expected.frames.len()];
        assert!((counts[0]..=counts[0] + late).contains(&counts[1]), "{counts:?}: {what}");
        assert_near(&outputs, &expected.frames, case);
    }
}

#[test]
fn blocks_give_what_pushes_give() {
    let bits = |frames: &[Vec<f32>]| -> Vec<Vec<u32>> {
        frames.iter().map(|frame| frame.iter().map(|y| y.to_bits()).collect()).collect()
    };
    for case in graphs::NETS {
        let input = frames(case, FRAMES);
        let (_, single) = outputs((case.cold)().replay(&input));
        for length in [1, 4, 7, 64, FRAMES] {
            let mut net = (case.cold)();
            let blocks = input.chunks(length).flat_map(|block| net.push_block(block, block.len()));
            let blocks: Frames = blocks.collect();
            assert_eq!(
                bits(&blocks),
                bits(&single),
                "{length} frames: {} < {} >",
                case.name,
                case.net
            );
        }
    }
}

#[test]
fn the_steady_state_is_what_a_constant_input_comes_to() {
    let mut count = 0;
    for case in graphs::NETS {
        let Some(silence) = case.silence else { continue };
        count += 1;
        let (cold, _) = outputs((case.cold)().replay(&frames(case, FRAMES)));
        let input = frames(case, FRAMES);
        let stride = whole(seed(case), &wide(&input)).stride;
        // An output is due at the first push.
        let (pushes, _) = outputs((case.cold)().replay(&input));
        let before = pushes[0] + case.receptive_field.next_multiple_of(stride) + stride;
        let sequence = [vec![silence.to_vec(); before], input.clone()].concat();
        let (pushes, rested) = outputs((case.new)().replay(&input));
        assert_eq!(
            (pushes[0], rested.len() >= cold.len()),
            (0, true),
            "{} < {} >",
            case.name,
            case.net
        );
        let expected = whole(seed(case), &wide(&sequence));
        let passed = outputs((case.cold)().replay(&sequence))
            .0
            .iter()
            .filter(|push| **push < before)
            .count();
        assert_near(&rested, &expected.frames[passed..], case);
    }
    assert!(count > 30, "{count}");
}
