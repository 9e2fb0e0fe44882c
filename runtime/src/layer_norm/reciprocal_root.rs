/// `1 / sqrt(x)` for normal `x` above 0, off by at most 9.8e-8 of itself, by f32's `+`, `-`, `*` and its bits alone:
/// the same bits on every machine, and neither a branch nor a loop. NaN passes.
///
/// Half the bits, negated, are those of a first guess that is off by at most 3.5 % of itself: C. Lomont, "Fast inverse
/// square root". Each step of Newton's takes an error `d` to `1.5 * d²`: three of them leave what rounding does.
/// `tests/layer_norm.rs` tries every such number.
#[inline(always)]
pub(crate) fn reciprocal_root(x: f32) -> f32 {
    let guess = f32::from_bits(0x5f37_59df_u32.wrapping_sub(x.to_bits() >> 1));
    // In this order neither product is below the normal numbers.
    let step = |root: f32| root + root * (0.5 - (x * root) * (0.5 * root));
    step(step(step(guess)))
}
