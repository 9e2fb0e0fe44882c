//! Every f32 through the activations that are not exact, against f64: the errors that their documentation states, and
//! that they are within their limits, monotonic and symmetric, where they are stated to be. Without optimisation, one
//! number in 4099, and all that are near a seam: a multiple of `ln(2) / 2`, where a reduced range ends or starts.

#![allow(clippy::float_cmp, reason = "symmetry and limits are to the bit")]

#[path = "../src/activation/exact.rs"]
#[allow(dead_code, reason = "the other functions are tested as frames see them")]
mod exact;
#[path = "activations/stated.rs"]
mod stated;

use stated::Stated;
use streaming_net::__private::{
    activate, elu, fast_sigmoid, fast_silu, fast_tanh, hard_sigmoid, hard_swish, hard_tanh,
    leaky_hard_tanh, leaky_relu, rational_tanh, relu, relu6, selu, sigmoid, silu, softmax,
    softsign, tanh,
};

#[test]
fn tanh_is_as_stated() {
    Stated {
        function: |frame| activate(frame, tanh),
        reference: |x| {
            if x < 1e-3 { x - x.powi(3) / 3.0 + x.powi(5) / 7.5 } else { x.tanh() }
        },
        domain: [0.0, f32::INFINITY],
        limits: [0.0, 1.0],
        monotonic: true,
        mirrored: Some(|y| -y),
        errors: [1.05e-7, 6.1e-7],
    }
    .check();
    assert_eq!(
        activate([f32::NEG_INFINITY, -0.0, 0.0, f32::INFINITY], tanh),
        [-1.0, 0.0, 0.0, 1.0]
    );
    assert_eq!(activate([-0.0, 0.0], tanh).map(f32::is_sign_negative), [true, false]);
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn sigmoid_is_as_stated() {
    Stated {
        function: |frame| activate(frame, sigmoid),
        reference: logistic,
        domain: [f32::NEG_INFINITY, f32::INFINITY],
        limits: [0.0, 1.0],
        monotonic: true,
        mirrored: Some(|y| 1.0 - y),
        errors: [8.3e-8, 4.2e-6],
    }
    .check();
    assert_eq!(
        activate([f32::NEG_INFINITY, -0.0, 0.0, f32::INFINITY], sigmoid),
        [0.0, 0.5, 0.5, 1.0]
    );
}

#[test]
fn fast_tanh_is_as_stated() {
    Stated {
        function: |frame| activate(frame, fast_tanh),
        reference: f64::tanh,
        domain: [0.0, f32::INFINITY],
        limits: [0.0, 1.0],
        monotonic: true,
        mirrored: Some(|y| -y),
        errors: [8.51e-5, 1.28],
    }
    .check();
    assert_eq!(
        activate([f32::NEG_INFINITY, -0.0, 0.0, f32::INFINITY], fast_tanh),
        [-1.0, 0.0, 0.0, 1.0]
    );
    assert_eq!(activate([-0.0, 0.0], fast_tanh).map(f32::is_sign_negative), [true, false]);
}

#[test]
fn fast_sigmoid_is_as_stated() {
    Stated {
        function: |frame| activate(frame, fast_sigmoid),
        reference: logistic,
        domain: [f32::NEG_INFINITY, f32::INFINITY],
        limits: [0.0, 1.0],
        monotonic: true,
        mirrored: None,
        errors: [4.26e-5, 28.52],
    }
    .check();
    assert_eq!(
        activate([f32::NEG_INFINITY, -0.0, 0.0, f32::INFINITY], fast_sigmoid),
        [0.0, 0.5, 0.5, 1.0]
    );
}

#[test]
fn fast_silu_is_as_stated() {
    Stated {
        function: |frame| activate(frame, fast_silu),
        reference: |x| x * logistic(x),
        domain: [f32::MIN, f32::MAX],
        limits: [-0.278_6, f32::MAX],
        monotonic: false,
        mirrored: None,
        errors: [2.64e-4, 28.52],
    }
    .check();
    assert_eq!(activate([-0.0, f32::INFINITY], fast_silu), [0.0, f32::INFINITY]);
}

/// Of softmax, which divides by the sum.
#[test]
fn exp_is_as_stated() {
    Stated {
        function: |frame| frame.map(exact::exp),
        reference: f64::exp,
        domain: [f32::NEG_INFINITY, 0.0],
        limits: [0.0, 1.0],
        monotonic: true,
        mirrored: None,
        errors: [4.9e-8, 4.1e-6],
    }
    .check();
    assert_eq!(activate([f32::NEG_INFINITY, 3.0], softmax), [0.0, 1.0]);
    assert_eq!(activate([f32::MIN, f32::MAX, f32::MAX, 0.0], softmax), [0.0, 0.5, 0.5, 0.0]);
}

#[test]
fn elu_is_as_stated() {
    Stated {
        function: |frame| activate(frame, elu(1.0)),
        reference: |x| match x {
            0.0.. => x,
            -1e-3..0.0 => x + x.powi(2) / 2.0 + x.powi(3) / 6.0 + x.powi(4) / 24.0,
            _ => x.exp_m1(),
        },
        domain: [f32::NEG_INFINITY, f32::INFINITY],
        limits: [-1.0, f32::INFINITY],
        monotonic: true,
        mirrored: None,
        errors: [4.3e-8, 8.8e-8],
    }
    .check();
    assert_eq!(
        activate([f32::NEG_INFINITY, -0.0, f32::INFINITY], elu(0.5)),
        [-0.5, 0.0, f32::INFINITY]
    );
}

#[test]
fn silu_is_as_stated() {
    Stated {
        function: |frame| activate(frame, silu),
        reference: |x| x * logistic(x),
        domain: [f32::MIN, f32::MAX],
        limits: [-0.278_465, f32::MAX],
        monotonic: false,
        mirrored: None,
        errors: [1.33e-7, 1.0],
    }
    .check();
    assert_eq!(activate([-0.0, f32::INFINITY], silu), [0.0, f32::INFINITY]);
}

#[test]
fn selu_is_as_stated() {
    const ALPHA: f64 = 1.673_263_242_354_377_2;
    const SCALE: f64 = 1.050_700_987_355_480_5;
    Stated {
        function: |frame| activate(frame, selu),
        reference: |x| match x {
            0.0.. => SCALE * x,
            -1e-3..0.0 => {
                SCALE * ALPHA * (x + x.powi(2) / 2.0 + x.powi(3) / 6.0 + x.powi(4) / 24.0)
            }
            _ => SCALE * ALPHA * x.exp_m1(),
        },
        domain: [f32::NEG_INFINITY, 3.2e38],
        limits: [-1.758_099_4, f32::MAX],
        monotonic: true,
        mirrored: None,
        errors: [1.35e-7, 1.54e-7],
    }
    .check();
    assert_eq!(activate([-0.0, f32::INFINITY], selu), [0.0, f32::INFINITY]);
}

#[test]
fn softsign_is_as_stated() {
    Stated {
        function: |frame| activate(frame, softsign),
        reference: |x| x / (1.0 + x.abs()),
        domain: [0.0, f32::MAX],
        limits: [0.0, 1.0],
        monotonic: false,
        mirrored: Some(|y| -y),
        errors: [9e-8, 1.2e-7],
    }
    .check();
}

fn ramp(x: f64) -> f64 {
    (x + 3.0).clamp(0.0, 6.0) / 6.0
}

#[test]
fn hard_sigmoid_is_as_stated() {
    Stated {
        function: |frame| activate(frame, hard_sigmoid),
        reference: ramp,
        domain: [f32::NEG_INFINITY, f32::INFINITY],
        limits: [0.0, 1.0],
        monotonic: true,
        mirrored: None,
        errors: [8e-8, 1.2e-7],
    }
    .check();
}

#[test]
fn hard_swish_is_as_stated() {
    Stated {
        function: |frame| activate(frame, hard_swish),
        reference: |x| x * ramp(x),
        domain: [f32::MIN, f32::MAX],
        limits: [-0.375_000_06, f32::MAX],
        monotonic: false,
        mirrored: None,
        errors: [1.69e-7, 1.79e-7],
    }
    .check();
    assert_eq!(activate([f32::INFINITY], hard_swish), [f32::INFINITY]);
}

#[test]
fn rational_tanh_is_as_stated() {
    Stated {
        function: |frame| activate(frame, rational_tanh),
        reference: |x| {
            let x = x.clamp(-1e6, 1e6);
            let (size, square) = (x.abs(), x * x);
            let above = 2.455_507_507_029_56 * (1.0 + size)
                + (0.893_229_853_513_558 + 0.821_226_666_969_744 * size) * square;
            let inner = (x + 0.814_642_734_961_073 * x * size).abs();
            let below = 2.445_066_346_522_99 + (2.445_066_346_522_99 + square) * inner;
            x * above / below
        },
        domain: [0.0, f32::INFINITY],
        limits: [0.0, 1.0081],
        monotonic: false,
        mirrored: Some(|y| -y),
        errors: [5e-7, 5e-7],
    }
    .check();
    let far = (0..1000_u16).map(|x| f32::from(x) / 64.0).find(|x| {
        let [y] = activate([*x], rational_tanh);
        (y - x.tanh()).abs() > 0.0081
    });
    assert_eq!(far, None, "it is near the hyperbolic tangent");
}

#[test]
fn leaky_hard_tanh_bends_at_both_ends() {
    let bent = leaky_hard_tanh(-0.5, 2.0, 0.25, 0.5);
    assert_eq!(
        activate([f32::NEG_INFINITY, -1.5, -0.5, 1.0, 2.0, 4.0, f32::INFINITY], bent),
        [f32::NEG_INFINITY, -0.75, -0.5, 1.0, 2.0, 3.0, f32::INFINITY]
    );
}

#[test]
fn hard_tanh_is_cut_off() {
    assert_eq!(
        activate([f32::NEG_INFINITY, -1.0, -0.0, 1e-30, 1.0, f32::INFINITY], hard_tanh),
        [-1.0, -1.0, 0.0, 1e-30, 1.0, 1.0]
    );
}

#[test]
fn an_infinity_for_which_keras_gives_nan() {
    assert!(activate([f32::NEG_INFINITY], silu)[0].is_nan());
    assert!(activate([f32::NEG_INFINITY], fast_silu)[0].is_nan());
    assert!(activate([f32::NEG_INFINITY], hard_swish)[0].is_nan());
    assert!(activate([f32::NEG_INFINITY, f32::INFINITY], softsign).iter().all(|y| y.is_nan()));
}

#[test]
fn nan_passes() {
    let step = if cfg!(debug_assertions) { 257 } else { 1 };
    for bits in (f32::INFINITY.to_bits() + 1..=u32::MAX >> 1).step_by(step) {
        let x = f32::from_bits(bits);
        let frame = [x, -x];
        for y in [
            activate(frame, tanh),
            activate(frame, sigmoid),
            activate(frame, fast_tanh),
            activate(frame, fast_sigmoid),
            activate(frame, fast_silu),
            activate(frame, elu(1.0)),
            activate(frame, softmax),
            activate(frame, relu),
            activate(frame, relu6),
            activate(frame, leaky_relu(0.5)),
            activate(frame, silu),
            activate(frame, selu),
            activate(frame, softsign),
            activate(frame, hard_tanh),
            activate(frame, leaky_hard_tanh(-1.0, 1.0, 0.5, 0.5)),
            activate(frame, rational_tanh),
            activate(frame, hard_sigmoid),
            activate(frame, hard_swish),
        ] {
            assert!(y.iter().all(|y| y.is_nan()), "{bits:x}: {y:?}");
        }
    }
    assert!(activate([0.0, f32::NAN], softmax).iter().all(|y| y.is_nan()));
}
