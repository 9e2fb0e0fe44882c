//! Every f32 through the activations with `eˣ`, `ln(x)` and the normal distribution, against f64, as `activations.rs` does.

#![allow(clippy::float_cmp, reason = "limits are to the bit")]

#[path = "activations/stated.rs"]
mod stated;

use stated::Stated;
use std::f32::consts::LN_2;
use std::f64::consts::FRAC_1_SQRT_2;
use streaming_net::__private::{
    activate, erf, exp, fast_gelu_tanh, gelu, gelu_tanh, log, log_sigmoid, log_softmax, mish,
    power, softplus, sqrt,
};

/// Checks a function for one number in 4099, and for every number of some ranges, each with its largest errors.
fn check(stated: &Stated, ranges: &[([f32; 2], [f64; 2])]) {
    stated.check_each(4099);
    for (domain, errors) in ranges {
        Stated { domain: *domain, errors: *errors, ..*stated }.check();
    }
}

const INFINITY: f32 = f32::INFINITY;

#[test]
fn exp_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, exp),
            reference: f64::exp,
            domain: [-87.3, 88.72],
            limits: [0.0, f32::MAX],
            monotonic: false,
            mirrored: None,
            errors: [1e-6, 1e-6],
        },
        &[([-87.3, -1e-3], [4.83e-8, 8.12e-8]), ([1e-3, 88.72], [8.15e-8, 8.15e-8])],
    );
    assert_eq!(
        activate([-INFINITY, -200.0, -0.0, 89.0, INFINITY], exp),
        [0.0, 0.0, 1.0, INFINITY, INFINITY]
    );
    // Below the normal numbers, it goes on to the last of them.
    assert_eq!(activate([-103.0], exp), [f32::from_bits(1)]);
}

#[test]
fn log_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, log),
            reference: f64::ln,
            domain: [f32::from_bits(1), f32::MAX],
            limits: [-103.28, 88.73],
            monotonic: false,
            mirrored: None,
            errors: [1e-6, 1e-6],
        },
        &[([0.25, 4.0], [1.05e-7, 1.76e-7]), ([1e-38, 1e-36], [4.66e-8, 4.66e-8])],
    );
    assert_eq!(activate([-0.0, 0.0, 1.0, INFINITY], log), [-INFINITY, -INFINITY, 0.0, INFINITY]);
    assert!(activate([-1e-45, -INFINITY], log).iter().all(|y| y.is_nan()));
}

fn log_1p_exp(x: f64) -> f64 {
    (-x.abs()).exp().ln_1p()
}

#[test]
fn softplus_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, softplus),
            reference: |x| x.max(0.0) + log_1p_exp(x),
            domain: [f32::MIN, f32::MAX],
            limits: [0.0, f32::MAX],
            monotonic: false,
            mirrored: None,
            errors: [1e-6, 1e-6],
        },
        &[([-87.3, -1e-3], [1.14e-7, 2.27e-7]), ([1e-3, 20.0], [1.44e-7, 1.97e-7])],
    );
    assert_eq!(activate([-INFINITY, INFINITY], softplus), [0.0, INFINITY]);
}

#[test]
fn log_sigmoid_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, log_sigmoid),
            reference: |x| x.min(0.0) - log_1p_exp(x),
            domain: [f32::MIN, f32::MAX],
            limits: [f32::MIN, 0.0],
            monotonic: false,
            mirrored: None,
            errors: [1e-6, 1e-6],
        },
        &[([-20.0, -1e-3], [1.44e-7, 1.97e-7]), ([1e-3, 87.3], [1.14e-7, 2.27e-7])],
    );
    assert_eq!(activate([-INFINITY, INFINITY], log_sigmoid), [-INFINITY, 0.0]);
}

#[test]
fn mish_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, mish),
            reference: |x| x * (x.max(0.0) + log_1p_exp(x)).tanh(),
            domain: [f32::MIN, f32::MAX],
            limits: [-0.308_844, f32::MAX],
            monotonic: false,
            mirrored: None,
            errors: [1e-6, 1e-6],
        },
        &[([-91.5, -1e-3], [8.12e-8, 2.97e-7]), ([1e-3, 20.0], [2.15e-7, 2.58e-7])],
    );
    assert_eq!(activate([-1e30, -0.0, INFINITY], mish), [0.0, 0.0, INFINITY]);
}

#[test]
fn gelu_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, gelu),
            reference: |x| 0.5 * x * libm::erfc(-x * FRAC_1_SQRT_2),
            domain: [f32::MIN, f32::MAX],
            limits: [-0.169_98, f32::MAX],
            monotonic: false,
            mirrored: None,
            errors: [1e-6, 1e-6],
        },
        &[([-13.1, -1e-3], [7.31e-8, 4.59e-7]), ([1e-3, 10.0], [1.05e-7, 4.38e-7])],
    );
    assert_eq!(activate([-1e30, -0.0, INFINITY], gelu), [0.0, 0.0, INFINITY]);
}

/// [`gelu`] by the hyperbolic tangent.
fn by_tanh(x: f64) -> f64 {
    let argument = (8.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x.powi(3));
    x / (1.0 + (-argument).exp())
}

#[test]
fn gelu_tanh_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, gelu_tanh),
            reference: by_tanh,
            domain: [f32::MIN, f32::MAX],
            limits: [-0.170_05, f32::MAX],
            monotonic: false,
            mirrored: None,
            errors: [1e-6, 1e-6],
        },
        &[([-10.2, -1e-3], [3.33e-8, 2.22e-7]), ([1e-3, 10.0], [8.1e-8, 1.79e-7])],
    );
    assert_eq!(activate([-1e30, -0.0, INFINITY], gelu_tanh), [0.0, 0.0, INFINITY]);
}

#[test]
fn fast_gelu_tanh_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, fast_gelu_tanh),
            reference: by_tanh,
            domain: [-1e12, 1e12],
            limits: [-0.171, 1e12],
            monotonic: false,
            mirrored: None,
            errors: [1.3e-4, f64::INFINITY],
        },
        &[([-10.0, -1e-3], [1.2e-4, 28.6]), ([1e-3, 10.0], [4.4e-5, 6.6e-5])],
    );
    assert_eq!(activate([-0.0, INFINITY], fast_gelu_tanh), [0.0, INFINITY]);
}

#[test]
fn erf_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, erf),
            reference: libm::erf,
            domain: [0.0, INFINITY],
            limits: [0.0, 1.0],
            monotonic: false,
            mirrored: Some(|y| -y),
            errors: [1e-6, 1e-6],
        },
        &[([1e-3, 5.0], [1.52e-7, 1.85e-7])],
    );
    assert_eq!(activate([-INFINITY, -0.0, INFINITY], erf), [-1.0, 0.0, 1.0]);
}

#[test]
fn sqrt_is_as_stated() {
    check(
        &Stated {
            function: |frame| activate(frame, sqrt),
            reference: f64::sqrt,
            domain: [0.0, f32::MAX],
            limits: [0.0, 1.9e19],
            monotonic: true,
            mirrored: None,
            errors: [1e-7, 1e-7],
        },
        &[([1.0, 4.0], [5.97e-8, 5.97e-8]), ([1e-44, 1e-37], [1.3e-26, 5.97e-8])],
    );
    assert_eq!(activate([-0.0, INFINITY], sqrt), [0.0, INFINITY]);
    assert!(activate([-1e-45, -INFINITY], sqrt).iter().all(|y| y.is_nan()));
}

/// The powers that no arithmetic computes, for each exponent by itself.
#[test]
fn power_is_as_stated() {
    macro_rules! check {
        ($($exponent:literal: [$first:expr, $last:expr], $errors:expr;)+) => {$(
            Stated {
                function: |frame| activate(frame, power($exponent)),
                reference: |x| x.powf(f64::from($exponent as f32)),
                domain: [$first, $last],
                limits: [f32::MIN, f32::MAX],
                monotonic: false,
                mirrored: None,
                errors: $errors,
            }
            .check();
        )+};
    }
    check! {
        -1.0: [2.0, 4.0], [1.5e-8, 5.97e-8];
        -0.5: [1e-44, 1e-36], [8.95e-8, 8.95e-8];
        2.0: [1.0, 2.0], [5.96e-8, 5.96e-8];
        3.0: [-2.0, -1.0], [1.18e-7, 1.18e-7];
        0.333_333_34: [1e-44, 1e-30], [6.83e-18, 8.22e-8];
        1.5: [1e-4, 1e4], [8.12e-8, 8.12e-8];
        5.0: [-5e7, -1e-7], [8.84e-8, 8.84e-8];
        16.0: [0.004, 250.0], [9.5e-8, 9.5e-8];
        -7.25: [5e-6, 1e5], [8.62e-8, 8.62e-8];
    }
}

#[test]
fn powers_of_zeros_infinities_and_negative_numbers() {
    let ends = [-INFINITY, -1.0, -0.0, 0.0, 1.0, INFINITY];
    assert_eq!(activate(ends, power(4.0)), [INFINITY, 1.0, 0.0, 0.0, 1.0, INFINITY]);
    assert_eq!(activate(ends, power(5.0)), [-INFINITY, -1.0, 0.0, 0.0, 1.0, INFINITY]);
    assert_eq!(activate(ends, power(-3.0)), [0.0, -1.0, -INFINITY, INFINITY, 1.0, 0.0]);
    assert_eq!(activate(ends, power(-4.0)), [0.0, 1.0, INFINITY, INFINITY, 1.0, 0.0]);
    assert_eq!(activate(ends, power(0.0)), [1.0; 6]);
    assert_eq!(activate(ends, power(1.0)), ends);
    let [minus_infinity, minus_one, others @ ..] = activate(ends, power(1.25));
    assert!(minus_infinity.is_nan() && minus_one.is_nan());
    assert_eq!(others, [0.0, 0.0, 1.0, INFINITY]);
    assert_eq!(activate([2.0], power(3e38)), [INFINITY]);
    assert_eq!(activate([2.0, 0.5], power(-3e38)), [0.0, INFINITY]);
}

#[test]
fn an_infinity_that_the_frameworks_output_with_nan() {
    for y in [
        activate([-INFINITY], gelu),
        activate([-INFINITY], gelu_tanh),
        activate([-INFINITY], fast_gelu_tanh),
        activate([-INFINITY], mish),
    ] {
        assert!(y[0].is_nan());
    }
}

#[test]
fn log_softmax_is_the_logarithm_of_softmax() {
    let frame = [1.5, -3.25, 0.125, 2.0];
    let sum: f64 = frame.iter().map(|x: &f32| f64::from(*x).exp()).sum();
    for (x, y) in frame.iter().zip(activate(frame, log_softmax)) {
        let expected = f64::from(*x) - sum.ln();
        assert!((f64::from(y) - expected).abs() < 4e-7, "{y}, not {expected}");
    }
    assert_eq!(activate([f32::MIN, f32::MAX, f32::MAX], log_softmax), [-INFINITY, -LN_2, -LN_2]);
    assert_eq!(activate([-INFINITY, 3.0], log_softmax), [-INFINITY, 0.0]);
    assert!(activate([0.0, f32::NAN], log_softmax).iter().all(|y| y.is_nan()));
    assert!(activate([0.0, INFINITY], log_softmax)[1].is_nan());
}

#[test]
fn nan_passes() {
    let step = if cfg!(debug_assertions) { 257 } else { 1 };
    for bits in (INFINITY.to_bits() + 1..=u32::MAX >> 1).step_by(step) {
        let x = f32::from_bits(bits);
        let frame = [x, -x];
        for y in [
            activate(frame, exp),
            activate(frame, log),
            activate(frame, softplus),
            activate(frame, log_sigmoid),
            activate(frame, mish),
            activate(frame, gelu),
            activate(frame, gelu_tanh),
            activate(frame, fast_gelu_tanh),
            activate(frame, erf),
            activate(frame, sqrt),
            activate(frame, power(1.7)),
            activate(frame, power(3.0)),
            activate(frame, log_softmax),
        ] {
            assert!(y.iter().all(|y| y.is_nan()), "{bits:x}: {y:?}");
        }
    }
}
