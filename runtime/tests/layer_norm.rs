//! The reciprocal square root of every normal f32 above 0, against f64: without optimisation, one in 4099. And layer
//! normalization, against f64 and what Keras outputs.

use std::array;

#[path = "../src/layer_norm/reciprocal_root.rs"]
mod exact;

use streaming_net::__private::LayerNorm;

/// The largest error that is documented, in proportion to the root.
const STATED: f64 = 9.8e-8;

#[test]
fn reciprocal_root_is_as_stated() {
    let step = if cfg!(debug_assertions) { 4099 } else { 1 };
    let mut worst = 0.0_f64;
    for bits in (f32::MIN_POSITIVE.to_bits()..=f32::MAX.to_bits()).step_by(step) {
        let x = f32::from_bits(bits);
        let product = f64::from(exact::reciprocal_root(x)) * f64::from(x).sqrt();
        worst = worst.max((product - 1.0).abs());
    }
    assert!(worst <= STATED, "off by {worst:e}, stated are {STATED:e}");
    assert!(step > 1 || worst > 0.98 * STATED, "off by {worst:e}, stated are {STATED:e}");
    assert!(exact::reciprocal_root(f32::NAN).is_nan());
}

#[test]
fn layer_norm_outputs_as_keras_does() {
    let norm =
        LayerNorm { gamma: [1.0, 0.5, -2.0, 3.0], beta: [0.0, 0.25, 0.5, -1.0], epsilon: 1e-3 };
    let output = norm.apply([1.0, 2.5, -3.0, 10.0]);
    let expected = [-0.345_097_96, 0.236_727, 2.889_139_7, 3.698_641_8];
    for (y, expected) in output.into_iter().zip(expected) {
        assert!((y - expected).abs() < 1e-6, "{output:?}");
    }
}

/// Channels around `mean`, from a fixed seed.
fn is_close<const CHANNELS: usize>(mean: f32, spread: f32) {
    let mut random = 1_u32;
    let mut sample = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [high, low, ..] = random.to_be_bytes();
        f32::from(i16::from_be_bytes([high, low])) / 32768.0
    };
    let norm = LayerNorm::<CHANNELS> {
        gamma: array::from_fn(|_| 2.0 * sample()),
        beta: array::from_fn(|_| sample()),
        epsilon: 1e-5,
    };
    for _ in 0..100 {
        let frame: [f32; CHANNELS] = array::from_fn(|_| mean + spread * sample());
        let x = frame.map(f64::from);
        let count = f64::from(u32::try_from(CHANNELS).unwrap());
        let mean = x.iter().sum::<f64>() / count;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
        let root = (variance + f64::from(norm.epsilon)).sqrt();
        for (c, y) in norm.apply(frame).into_iter().enumerate() {
            let scaled = f64::from(norm.gamma[c]) * (x[c] - mean) / root;
            let reference = scaled + f64::from(norm.beta[c]);
            let off = (f64::from(y) - reference).abs();
            assert!(
                off <= 1e-5 * reference.abs().max(1.0),
                "{CHANNELS} channels around {mean}: {y}, not {reference}"
            );
        }
    }
}

#[test]
fn layer_norm_is_close_to_the_reference() {
    for (mean, spread) in
        [(0.0, 1.0), (0.0, 1e-3), (0.5, 2.0), (-1e4, 1.0), (1e6, 10.0), (0.0, 1e12)]
    {
        is_close::<1>(mean, spread);
        is_close::<2>(mean, spread);
        is_close::<7>(mean, spread);
        is_close::<16>(mean, spread);
        is_close::<300>(mean, spread);
    }
}

#[test]
fn a_nan_is_in_every_channel() {
    let norm = LayerNorm { gamma: [1.0; 3], beta: [0.0; 3], epsilon: 1e-3 };
    assert!(norm.apply([1.0, f32::NAN, 2.0]).iter().all(|y| y.is_nan()));
}
