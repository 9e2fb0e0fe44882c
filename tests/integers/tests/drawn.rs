//! Networks of 16-bit integers give what an independent reference gives, to the last bit.

use streaming_net_tests_integers::drawn::NETS;
use streaming_net_tests_integers::{IntegerCase, Reference};

/// Numbers at both ends of the range, zeros, and others.
fn extreme(random: &mut fastrand::Rng) -> i16 {
    match random.u8(0..4) {
        0 => i16::MIN,
        1 => i16::MAX,
        2 => 0,
        _ => random.i16(..),
    }
}

#[track_caller]
fn check(case: &IntegerCase, reference: &Reference, input: &[Vec<i16>]) -> usize {
    let expected = reference.replay(input);
    let mut net = (case.new)();
    for (push, (frame, expected)) in input.iter().zip(&expected).enumerate() {
        let found = net.push(frame);
        assert_eq!(&found, expected, "{} < {} >, push {push}", case.name, case.net);
    }
    net.reset();
    // Blocks of one frame to more than a kernel takes, an even number of frames or not.
    let (mut found, mut left, mut size) = (Vec::new(), input, 1);
    while !left.is_empty() {
        let (frames, later) = left.split_at(size.min(left.len()));
        found.extend(net.push_block(frames));
        (left, size) = (later, (size * 7 + 3) % 101);
    }
    let expected: Vec<_> = expected.into_iter().flatten().collect();
    assert_eq!(found, expected, "{} < {} > in blocks", case.name, case.net);
    expected.len()
}

#[test]
fn drawn_networks_give_what_the_reference_gives() {
    let mut random = fastrand::Rng::with_seed(7);
    let (mut outputs, mut long_sums) = (0, 0);
    for case in NETS {
        let reference = case.reference();
        long_sums += reference.long_sums();
        assert_eq!(
            case.scales.map(|scale| f64::from(scale).to_bits()),
            reference.scales().map(f64::to_bits),
            "{} < {} >",
            case.name,
            case.net
        );
        let input = reference.rounded_input();
        outputs += check(case, &reference, &input);
        let channels = input[0].len();
        let frames: Vec<Vec<i16>> =
            (0..300).map(|_| (0..channels).map(|_| extreme(&mut random)).collect()).collect();
        outputs += check(case, &reference, &frames);
    }
    assert!(outputs > 224 * 200, "{outputs} outputs");
    assert!(long_sums > 40, "{long_sums} sums keep a fraction");
}
