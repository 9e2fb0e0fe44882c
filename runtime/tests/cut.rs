//! Every f32 through the activations that are choices between two numbers; one in 257 without optimisation.
//! Both forms of those that have two, whichever the processor takes.

#![allow(clippy::float_cmp, reason = "the outputs are to the bit, but for the sign of a zero")]

#[path = "../src/activation/cut.rs"]
#[allow(dead_code, reason = "those with one form are tested as frames see them")]
mod cut;

use streaming_net::__private::{Prelu, activate, hard_tanh, leaky_relu, relu, relu6};

/// Slopes below 0, at 0 on both sides, up to 1, and above.
const SLOPES: [f32; 10] = [-2.0, -0.5, -0.0, 0.0, 1e-40, 0.01, 0.3, 1.0, 1.5, 1e30];

/// Calls it with every f32, or with some.
fn every(check: impl Fn(f32)) {
    let step = if cfg!(debug_assertions) { 257 } else { 1 };
    for bits in (0..=u32::MAX).step_by(step) {
        check(f32::from_bits(bits));
    }
    let ends = [f32::INFINITY, f32::MAX, f32::MIN_POSITIVE, f32::from_bits(1), 0.0];
    ends.iter().flat_map(|&x| [x, -x]).for_each(check);
}

/// The same number, or NaN by both. No sign of a zero is promised.
fn same(x: f32, output: f32, expected: f32) {
    let is_same = if expected.is_nan() { output.is_nan() } else { output == expected };
    assert!(is_same, "{x:?}: {output:?}, not {expected:?}");
}

#[test]
fn relu_takes_all_that_is_not_above_0_for_0() {
    every(|x| {
        let [output] = activate([x], relu);
        same(x, output, if x > 0.0 || x.is_nan() { x } else { 0.0 });
        assert!(!output.is_sign_negative() || x.is_nan(), "{x:?}: {output:?}");
        for output in [cut::rectified::<false>(x), cut::rectified::<true>(x)] {
            let expected = if x > 0.0 || x.is_nan() { x } else { 0.0 };
            assert_eq!(output.to_bits(), expected.to_bits(), "{x:?}: {output:?}");
        }
    });
}

#[test]
fn leaky_relu_and_prelu_take_the_slope_for_all_that_is_not_above_0() {
    every(|x| {
        let slope = SLOPES[x.to_bits() as usize / 257 % SLOPES.len()];
        let expected = if x > 0.0 { x } else { slope * x };
        let [output] = activate([x], leaky_relu(slope));
        same(x, output, expected);
        same(x, cut::leaky::<false>(x, slope), expected);
        same(x, cut::leaky::<true>(x, slope), expected);
        let [output] = Prelu { alpha: [slope] }.apply([x]);
        same(x, output, expected);
    });
}

#[test]
fn what_is_cut_off_is_cut_off() {
    every(|x| {
        for (low, high, cut) in [(0.0, 6.0, relu6 as fn(&mut [f32])), (-1.0, 1.0, hard_tanh)] {
            let expected = match x {
                _ if x <= low => low,
                _ if x >= high => high,
                _ => x,
            };
            let [output] = activate([x], cut);
            same(x, output, expected);
            same(x, cut::between::<false>(x, low, high), expected);
            same(x, cut::between::<true>(x, low, high), expected);
        }
    });
}

#[test]
fn a_sign_is_the_same_whether_chosen_or_put_together() {
    every(|x| {
        for magnitude in [0.0, f32::from_bits(1), 0.999, 1.0] {
            let put_together = cut::signed::<false>(magnitude, x);
            let chosen = cut::signed::<true>(magnitude, x);
            assert_eq!(chosen.to_bits(), put_together.to_bits(), "{x:?}: {magnitude:?}");
            assert_eq!(chosen.abs().to_bits(), magnitude.to_bits(), "{x:?}");
            assert_eq!(chosen.is_sign_negative(), x.is_sign_negative(), "{x:?}");
        }
    });
}
