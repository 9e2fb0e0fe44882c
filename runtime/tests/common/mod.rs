//! Drawn numbers, and the bound that outputs keep.

use fastrand::Rng;

/// A number from -1 to 1.
fn draw(rng: &mut Rng) -> f32 {
    2.0 * rng.f32() - 1.0
}

/// So many drawn frames.
pub(crate) fn frames<const CHANNELS: usize>(rng: &mut Rng, count: usize) -> Vec<[f32; CHANNELS]> {
    (0..count).map(|_| [(); CHANNELS].map(|()| draw(rng))).collect()
}

/// Draws weights of sums with so many products, as small as training starts from.
#[allow(dead_code, reason = "not all layers have weights")]
pub(crate) fn draw_weights(rng: &mut Rng, weights: &mut [f32], products: f32) {
    weights.fill_with(|| draw(rng) * (3.0 / products).sqrt());
}

/// Fails unless each number is as near to its reference as is promised. NaN is near to NaN.
#[track_caller]
pub(crate) fn assert_close(y: &[f32], reference: &[f64]) {
    assert_eq!(y.len(), reference.len());
    for (y, reference) in y.iter().zip(reference) {
        let error = (f64::from(*y) - reference).abs();
        let is_close = error <= 1e-5 * reference.abs().max(1.0);
        assert!(is_close || y.is_nan() && reference.is_nan(), "{y} is not {reference}");
    }
}
