//! A network of integers in its steady state is one that has been given silence for long.

use streaming_net_tests_integers::drawn::RESTING;

/// Longer than any of the networks looks back.
const LONG: usize = 600;

#[test]
fn what_starts_at_rest_is_what_has_heard_silence() {
    let mut random = fastrand::Rng::with_seed(23);
    let mut compared = 0;
    for case in RESTING {
        let silence = vec![0; case.inputs];
        let mut cold = (case.cold)();
        // One at rest has an output at the first push.
        let due = (0..2 * LONG).filter(|_| cold.push(&silence).is_some()).last();
        let pushes = due.unwrap_or_else(|| panic!("{} has no output", case.name));
        assert!(pushes > LONG, "{}", case.name);
        let (mut warm, mut resting) = ((case.cold)(), (case.resting)());
        (0..pushes).for_each(|_| {
            warm.push(&silence);
        });
        let (first, second) = (warm.push(&silence), resting.push(&silence));
        assert_eq!(first.as_deref(), Some(case.output), "{}", case.name);
        assert_eq!(first, second, "{}", case.name);
        for again in 0..2 {
            for push in 0..300 {
                let frame: Vec<i16> = (0..case.inputs).map(|_| random.i16(..)).collect();
                let expected = warm.push(&frame);
                assert_eq!(resting.push(&frame), expected, "{}, push {push}", case.name);
                compared += usize::from(expected.is_some());
            }
            if again == 0 {
                resting.reset();
                warm.reset();
                (0..pushes).for_each(|_| {
                    warm.push(&silence);
                });
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}
