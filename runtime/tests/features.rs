//! What random networks are too small for: long sums inside a frame, padded pools of many frames, places of a table.

#![allow(clippy::float_cmp, reason = "numbers that are moved, and no more, stay as they are")]

mod common;

use std::array;

use common::{assert_close, frames};
use fastrand::Rng;
use streaming_net::__private::{
    GroupNorm, History, PaddedHistory, ScheduledPaddedHistory, avg_pool, avg_pool_with_zeros,
    divide, feature_max, feature_mean, feature_min, feature_sum, gather, max_pool, maximum,
    minimum, strided,
};

/// Additions that all round the same way: in a plain sum they add up.
#[test]
fn long_sums_are_exact() {
    let frame = [0.7_f32; 4_000];
    let mean = feature_mean::<1, 4_000, 4_000, 0, 4_000, 1>(frame);
    assert_close(&mean, &[f64::from(0.7_f32)]);
    let sum = feature_sum::<1, 4_000, 4_000, 0, 4_000, 1>(frame);
    assert_close(&sum, &[4_000.0 * f64::from(0.7_f32)]);
    let plain: f32 = frame.iter().sum();
    assert!((plain - sum[0]).abs() > 0.01, "a plain sum would do: {plain}, {sum:?}");
}

#[test]
fn windows_of_features_that_stick_out_at_both_ends() {
    let mut rng = Rng::with_seed(7);
    for frame in frames::<15>(&mut rng, 20) {
        // Five features of three channels, windows of four, one place before the first.
        let window = |position: usize, channel: usize| {
            let places = (position * 2..position * 2 + 4).filter_map(|place| place.checked_sub(1));
            places.filter(|place| *place < 5).map(move |place| frame[place * 3 + channel])
        };
        let each = |of: &dyn Fn(usize, usize) -> f32| -> [f32; 9] {
            array::from_fn(|place| of(place / 3, place % 3))
        };
        let max = each(&|position, channel| window(position, channel).fold(f32::MIN, f32::max));
        let min = each(&|position, channel| window(position, channel).fold(f32::MAX, f32::min));
        assert_eq!(feature_max::<3, 4, 2, 1, 15, 9>(frame), max);
        assert_eq!(feature_min::<3, 4, 2, 1, 15, 9>(frame), min);
    }
}

/// Of negative numbers, zeros that stood for padding would be the maximum.
#[test]
fn padding_is_no_maximum_at_any_dilation() {
    let mut history = ScheduledPaddedHistory::<1, 2, 3, 2, 2>::new();
    let outputs: Vec<_> =
        (0_i8..12).map(|t| max_pool(&mut history, [-1.0 - f32::from(t)])).collect();
    for (t, output) in outputs.into_iter().enumerate() {
        let is_due = t >= 2 && t % 2 == 0;
        let oldest = if t >= 6 { t - 6 } else { t % 3 };
        let expected = -1.0 - f32::from(u8::try_from(oldest).unwrap());
        assert_eq!(output, is_due.then_some([expected]), "push {t}");
    }
}

#[test]
fn long_padded_means_are_exact() {
    let mut present = PaddedHistory::<1, 999, 1>::new();
    let mut zeros = History::<1, 999, 1>::new();
    for push in 1..=1200_u16 {
        assert_close(&avg_pool(&mut present, [0.7]), &[f64::from(0.7_f32)]);
        let share = f64::from(push.min(1000)) / 1000.0;
        assert_close(&avg_pool_with_zeros(&mut zeros, [0.7]), &[share * f64::from(0.7_f32)]);
    }
}

#[test]
fn a_padded_pool_that_is_filled_has_seen_all_frames() {
    let mut filled = ScheduledPaddedHistory::<2, 3, 2, 3, 1>::new();
    filled.fill(&[[1.0, -2.0]]);
    assert!(filled.is_due());
    assert_eq!(max_pool(&mut filled, [-4.0, -4.0]), Some([1.0, -2.0]));
    filled.reset();
    assert_eq!(filled, ScheduledPaddedHistory::new());
    assert!(!filled.is_due());
}

#[test]
fn numbers_by_their_places() {
    let frame: [f32; 6] = array::from_fn(|place| f32::from(u8::try_from(place).unwrap()));
    assert_eq!(gather(frame, &[5, 0, 0, 3, 1]), [5.0, 0.0, 0.0, 3.0, 1.0]);
    // Backwards, in four loops.
    let all: [f32; 8] = strided(frame, 5, [(2, -3), (2, -1), (2, 0), (1, 0)]);
    assert_eq!(all, [5.0, 5.0, 4.0, 4.0, 2.0, 2.0, 1.0, 1.0]);
}

#[test]
fn what_is_no_number_stays() {
    let (nan, one) = ([f32::NAN, 1.0, f32::NAN], [1.0, f32::NAN, f32::NAN]);
    for function in [minimum::<3>, maximum::<3>, divide::<3>] {
        assert!(function(nan, one).iter().all(|y| y.is_nan()));
    }
    let [max] = feature_max::<1, 3, 3, 0, 3, 1>([1.0, f32::NAN, 2.0]);
    let [min] = feature_min::<1, 3, 3, 0, 3, 1>([1.0, f32::NAN, 2.0]);
    assert!(max.is_nan() && min.is_nan());
}

/// A mean that is large beside the differences costs no accuracy.
#[test]
fn groups_far_from_zero_are_normalized() {
    const NORM: GroupNorm<50, 4, 2> =
        GroupNorm { gamma: [1.0, -2.0, 0.5, 1.0], beta: [0.0, 0.5, 0.0, -1.0], epsilon: 1e-5 };
    let mut rng = Rng::with_seed(3);
    for frame in frames::<400>(&mut rng, 4) {
        let frame = frame.map(|x| 1000.0 + x);
        let output = NORM.apply(frame);
        let mut expected = [0.0; 400];
        for (block, expected) in frame.chunks(200).zip(expected.chunks_mut(200)) {
            for group in 0..2 {
                let own = || (0..200).filter(move |place| place % 4 / 2 == group);
                let mean = own().map(|place| f64::from(block[place])).sum::<f64>() / 100.0;
                let off = |place: usize| f64::from(block[place]) - mean;
                let variance = own().map(|place| off(place).powi(2)).sum::<f64>() / 100.0;
                for place in own() {
                    let (gamma, beta) = (NORM.gamma[place % 4], NORM.beta[place % 4]);
                    let y = off(place) / (variance + 1e-5).sqrt();
                    expected[place] = f64::from(gamma) * y + f64::from(beta);
                }
            }
        }
        assert_close(&output, &expected);
    }
}
