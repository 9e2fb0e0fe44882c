//! Blocks of captures give what their frames give one by one.

use streaming_net_tests_integers::captures::CAPTURES;

#[test]
fn captures_give_in_blocks_what_they_give_one_by_one() {
    let mut random = fastrand::Rng::with_seed(11);
    for (number, new) in CAPTURES.iter().enumerate() {
        let (mut one, mut other) = (new(), new());
        let mut sum = 0_i64;
        for block in 0..60 {
            let frames: Vec<Vec<i16>> = (0..random.usize(1..=100))
                .map(|_| vec![if random.bool() { random.i16(..) } else { i16::MIN }])
                .collect();
            let expected: Vec<_> = frames.iter().filter_map(|frame| one.push(frame)).collect();
            // What lies in a history is where pushes and blocks of any length leave it.
            let found = other.push_block(&frames);
            assert_eq!(found, expected, "capture {number}, block {block}");
            sum += expected.iter().flatten().map(|y| i64::from(*y).abs()).sum::<i64>();
        }
        assert!(sum > 0, "capture {number} gives zeros");
    }
}
