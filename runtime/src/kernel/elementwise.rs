//! Arithmetic number by number, on slices: functions that are not generic, so that a build for size or for debugging does not make
//! calls of iterators of them.

#[cfg(all(assembly, not(helium)))]
use super::cortex_m::elementwise as outlined;
#[cfg(not(all(assembly, not(helium))))]
use super::portable_elementwise as outlined;
use crate::activation::{COMPARES_BITS, rectified};

/// Whether loops are written out where they are called. Their length is known there.
const WRITES_OUT: bool = cfg!(writes_out);

/// Adds each number of `by` to the one of `to` beside it.
#[inline(always)]
pub(crate) fn add(to: &mut [f32], by: &[f32]) {
    if WRITES_OUT { zip(to, by, |a, b| a + b) } else { outlined::add(to, by) }
}

/// Multiplies each number of `to` by the one of `by` beside it.
#[inline(always)]
pub(crate) fn multiply(to: &mut [f32], by: &[f32]) {
    if WRITES_OUT { zip(to, by, |a, b| a * b) } else { outlined::multiply(to, by) }
}

/// Multiplies each number of `to` by one of `by`, and adds one of `addends`.
#[inline(always)]
pub(crate) fn multiply_add(to: &mut [f32], by: &[f32], addends: &[f32]) {
    if WRITES_OUT {
        zip_three(to, by, addends, |a, b, c| a * b + c);
    } else {
        outlined::multiply(to, by);
        outlined::add(to, addends);
    }
}

/// `share * active + (1 - share) * plain` in place of each number of `plain`.
#[inline(always)]
pub(crate) fn blend(plain: &mut [f32], active: &[f32], share: &[f32]) {
    let blend = |x, active, share| share * active + (1.0 - share) * x;
    zip_three(plain, active, share, blend);
}

/// Zero in place of each number that is not above it. NaN passes.
#[inline(always)]
pub(crate) fn relu(frame: &mut [f32]) {
    if WRITES_OUT {
        each(frame, rectified::<COMPARES_BITS>);
    } else {
        outlined::relu(frame);
    }
}

/// The same of the numbers of a block: one function, whose speed does not depend on what the compiler makes of loops.
#[inline(always)]
pub(crate) fn relu_block(numbers: &mut [f32]) {
    outlined::relu(numbers);
}

/// Adds each number of a block to the one of `to` beside it, by such a function.
#[inline(always)]
pub(crate) fn add_block(to: &mut [f32], by: &[f32]) {
    outlined::add(to, by);
}

/// Writes the sums of the numbers of `a` and those of `b` to as many of `to`, by such a function.
#[inline(always)]
pub(crate) fn sum_block(to: &mut [f32], a: &[f32], b: &[f32]) {
    outlined::sum_to(to, a, b);
}

/// Multiplies each number that is not above 0 by `slope`. NaN passes.
#[inline(always)]
pub(crate) fn leaky_relu(frame: &mut [f32], slope: f32) {
    outlined::leaky_relu(frame, slope);
}

/// The sums of the numbers of `a` and those of `b`.
#[inline(always)]
pub(crate) fn sum<const NUMBERS: usize>(a: &[f32; NUMBERS], b: &[f32; NUMBERS]) -> [f32; NUMBERS] {
    if WRITES_OUT { zipped(a, b, |a, b| a + b) } else { outlined::sum(a, b) }
}

/// The products of the numbers of `a` and those of `b`.
#[inline(always)]
pub(crate) fn product<const NUMBERS: usize>(
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
) -> [f32; NUMBERS] {
    if WRITES_OUT { zipped(a, b, |a, b| a * b) } else { outlined::product(a, b) }
}

/// The differences of the numbers of `a` and those of `b`.
#[inline(always)]
pub(crate) fn difference<const NUMBERS: usize>(
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
) -> [f32; NUMBERS] {
    if WRITES_OUT { zipped(a, b, |a, b| a - b) } else { outlined::difference(a, b) }
}

/// The sums of the numbers of `a` and those of `b`, times a factor.
#[inline(always)]
pub(crate) fn scaled_sum<const NUMBERS: usize>(
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
    factor: f32,
) -> [f32; NUMBERS] {
    outlined::scaled_sum(a, b, factor)
}

/// The frame, to return it: what was borrowed to be changed is copied where it is returned. The compiler calls `memcpy` for a long one,
/// which takes longer than a function that knows its alignment.
#[inline(always)]
pub(crate) fn copied<const NUMBERS: usize>(frame: &[f32; NUMBERS]) -> [f32; NUMBERS] {
    if is_short(NUMBERS) { *frame } else { outlined::copied(frame) }
}

/// Replaces a frame, in the same way.
#[inline(always)]
pub(crate) fn replace<const NUMBERS: usize>(place: &mut [f32; NUMBERS], frame: &[f32; NUMBERS]) {
    if is_short(NUMBERS) {
        *place = *frame;
    } else {
        copy(place, frame);
    }
}

/// Whether a copy of so many numbers is no call: one load and one store, or some of them in a build for speed.
const fn is_short(numbers: usize) -> bool {
    numbers <= if WRITES_OUT { 16 } else { 6 }
}

/// The `combination` of the numbers that lie side by side.
#[inline(always)]
fn zipped<const NUMBERS: usize>(
    a: &[f32; NUMBERS],
    b: &[f32; NUMBERS],
    combination: impl Fn(f32, f32) -> f32,
) -> [f32; NUMBERS] {
    let mut result = *a;
    zip(&mut result, b, combination);
    result
}

/// Copies as many numbers as both have.
#[inline(always)]
pub(crate) fn copy(to: &mut [f32], from: &[f32]) {
    #[cfg(all(assembly, helium))]
    super::cortex_m::helium_copy::copy(to, from);
    #[cfg(not(all(assembly, helium)))]
    outlined::copy(to, from);
}

/// The `combination` of the numbers that lie side by side, in place of those of `to`.
#[inline(always)]
pub(crate) fn zip(mut to: &mut [f32], mut by: &[f32], combination: impl Fn(f32, f32) -> f32) {
    if WRITES_OUT {
        for (a, b) in to.iter_mut().zip(by) {
            *a = combination(*a, *b);
        }
        return;
    }
    // Without a call of an iterator.
    while let ([a, others @ ..], [b, by_others @ ..]) = (to, by) {
        *a = combination(*a, *b);
        (to, by) = (others, by_others);
    }
}

/// The `combination` of three numbers that lie side by side, in place of those of `to`.
#[inline(always)]
pub(super) fn zip_three(
    mut to: &mut [f32],
    mut second: &[f32],
    mut third: &[f32],
    combination: impl Fn(f32, f32, f32) -> f32,
) {
    if WRITES_OUT {
        for (a, (b, c)) in to.iter_mut().zip(second.iter().zip(third)) {
            *a = combination(*a, *b, *c);
        }
        return;
    }
    while let ([a, to_others @ ..], [b, second_others @ ..], [c, third_others @ ..]) =
        (to, second, third)
    {
        *a = combination(*a, *b, *c);
        (to, second, third) = (to_others, second_others, third_others);
    }
}

/// `activation` of every number, in its place.
#[inline(always)]
pub(crate) fn each(mut frame: &mut [f32], activation: impl Fn(f32) -> f32) {
    if WRITES_OUT {
        for x in frame {
            *x = activation(*x);
        }
        return;
    }
    // Without a call of an iterator.
    while let [x, others @ ..] = frame {
        *x = activation(*x);
        frame = others;
    }
}
