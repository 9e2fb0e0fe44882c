//! Safe Rust for every processor.
#![cfg_attr(all(assembly, not(helium)), allow(dead_code, reason = "the twin of assembly"))]

use super::elementwise::{each, zip, zip_three};
use crate::activation::{COMPARES_BITS, is_not_above_0, rectified};

#[inline(never)]
pub(super) fn add(to: &mut [f32], by: &[f32]) {
    zip(to, by, |a, b| a + b);
}

#[inline(never)]
pub(super) fn sum_to(to: &mut [f32], a: &[f32], b: &[f32]) {
    zip_three(to, a, b, |_, a, b| a + b);
}

#[inline(never)]
pub(super) fn multiply(to: &mut [f32], by: &[f32]) {
    zip(to, by, |a, b| a * b);
}

#[inline(never)]
pub(super) fn subtract(to: &mut [f32], by: &[f32]) {
    zip(to, by, |a, b| a - b);
}

#[inline(never)]
pub(super) fn relu(frame: &mut [f32]) {
    each(frame, rectified::<COMPARES_BITS>);
}

#[inline(never)]
pub(super) fn leaky_relu(frame: &mut [f32], slope: f32) {
    each(frame, |x| if is_not_above_0(x) || x.is_sign_negative() { slope * x } else { x });
}

#[inline(always)]
pub(super) fn sum<const NUMBERS: usize>(a: &[f32; NUMBERS], b: &[f32; NUMBERS]) -> [f32; NUMBERS] {
    let mut result = *a;
    add(&mut result, b);
    result
}

#[inline(always)]
pub(super) fn product<const NUMBERS: usize>(
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
) -> [f32; NUMBERS] {
    let mut result = *a;
    multiply(&mut result, b);
    result
}

#[inline(always)]
pub(super) fn difference<const NUMBERS: usize>(
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
) -> [f32; NUMBERS] {
    let mut result = *a;
    subtract(&mut result, b);
    result
}

#[inline(always)]
pub(super) fn scaled_sum<const NUMBERS: usize>(
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
    factor: f32,
) -> [f32; NUMBERS] {
    let mut result = *a;
    add_scaled(&mut result, b, factor);
    result
}

#[inline(never)]
fn add_scaled(to: &mut [f32], by: &[f32], factor: f32) {
    zip(to, by, |a, b| a + factor * b);
}

#[inline(always)]
pub(super) const fn copied<const NUMBERS: usize>(frame: &[f32; NUMBERS]) -> [f32; NUMBERS] {
    *frame
}

#[cfg_attr(all(assembly, helium), allow(dead_code, reason = "the twin of assembly"))]
#[inline(never)]
pub(super) fn copy(to: &mut [f32], from: &[f32]) {
    zip(to, from, |_, from| from);
}
