//! Residual blocks of three channels: a convolution whose sums take a condition of one channel, a leaky relu, a sum of skips and
//! a 1x1 convolution, two frames at once. Nothing between them goes to memory.

mod code;

use self::code::run;
use super::Word;
use crate::integer::residual::{End, Factor, Frames, Residual};

/// Taps of the convolution, at most.
const MOST_TAPS: usize = 15;

/// What the function has on its stack: 28 words.
#[repr(C)]
struct Call {
    /// Where the frames under pairs of taps lie, those that there are at the end.
    taps: [*const i16; MOST_TAPS - 1],
    /// The same of a tap that is left, or null.
    odd: *const i16,
    words: *const Word,
    pairs: usize,
    condition: *const i16,
    shifts: [u8; 4],
    /// In parts of 2^32.
    slope: i32,
    skips: *mut i16,
    skips_end: *mut i16,
    end_words: *const Word,
    end_shifts: [u8; 4],
    seed: *const i16,
    outputs: *mut i16,
    /// What the outputs are multiplied by before they are added to the skips, in parts of 2^32; 0 is by 1.
    factor: i32,
    unused: usize,
}

/// Computes the frames of a run, and returns whether it has: all is there for them, and aligned. What it does otherwise is done by its
/// twin, `Conv::one_by_one`.
///
/// Where the frames of a run lie under each of `taps`, `under` says.
#[inline(always)]
pub(in crate::integer) fn residual<'t>(
    layer: &Residual<'_>,
    taps: usize,
    under: impl Fn(usize) -> &'t [i16],
    frames: Frames<'_>,
) -> bool {
    let Frames { numbers, condition, seed, skips, outputs } = frames;
    let (numbers, words) = (numbers.len(), 3 * (1 + (3 * taps + 1).div_ceil(2)));
    let Some(factor) = layer.factor.map_or(Some(0), of_two_halves) else { return false };
    let is_aligned = |address: usize| address.is_multiple_of(4);
    let fits = numbers > 0
        && numbers.is_multiple_of(6)
        && (1..=MOST_TAPS).contains(&taps)
        && layer.words.len() == words
        && condition.len() >= numbers / 3
        && skips.len() >= numbers
        && outputs.len() >= numbers
        && is_aligned(skips.as_ptr().addr())
        && is_aligned(outputs.as_ptr().addr())
        && layer.end.is_none_or(|end| {
            end.words.len() == 9 && seed.len() >= numbers && is_aligned(seed.as_ptr().addr())
        });
    if !fits {
        return false;
    }
    // Those of pairs are at the end.
    let mut pointers = [core::ptr::null(); MOST_TAPS];
    let first = (MOST_TAPS - 1).saturating_sub(taps & !1);
    for (tap, pointer) in pointers.iter_mut().skip(first).take(taps).enumerate() {
        let numbers_under = under(tap);
        if numbers_under.len() < numbers {
            return false;
        }
        *pointer = numbers_under.as_ptr();
    }
    let [pairs @ .., odd] = pointers;
    let of_four = |[one, two, three]: [u8; 3]| [one, two, three, 0];
    let end = layer.end.unwrap_or(End { words: &[], shifts: [0; 3] });
    let skips = skips.get_mut(..numbers).unwrap_or_default().as_mut_ptr_range();
    let call = Call {
        taps: pairs,
        odd,
        words: layer.words.as_ptr(),
        pairs: taps / 2,
        condition: condition.as_ptr(),
        shifts: of_four(layer.shifts),
        slope: i32::from(layer.slope) << 17,
        skips: skips.start,
        skips_end: skips.end,
        end_words: if layer.end.is_some() { end.words.as_ptr() } else { core::ptr::null() },
        end_shifts: of_four(end.shifts),
        seed: seed.as_ptr(),
        outputs: outputs.as_mut_ptr(),
        factor,
        unused: 0,
    };
    // SAFETY: for each two of the frames the function reads two frames under each tap, and of the seed, the condition and the skips, and
    // writes two of the skips and of the outputs; it ends where the skips do. All of these are as long, as was just compared. It
    // reads three words and three for each pair of the window, which is how many there are, and nine of the end's. Words are
    // aligned by their type, and seed, skips and outputs were found to be. It writes nothing else but its stack, and saves
    // the registers that a callee may not change.
    unsafe { run(&raw const call) };
    true
}

/// A factor in parts of 2^32, where its product is rounded half up, the same for all channels, and never saturates.
fn of_two_halves(factor: Factor<'_>) -> Option<i32> {
    let ([bias, weight, others @ ..], [shift, shifts @ ..]) = (factor.words, factor.shifts) else {
        return None;
    };
    let is_one = others.as_chunks().0.iter().all(|other| *other == [*bias, *weight])
        && shifts.iter().all(|other| *other == shift);
    let ([weight, _], left) = (weight.pair(), 32_u32.checked_sub(u32::from(shift))?);
    let is_half = (2..=30).contains(&left) && bias.whole() == 1 << (31 - left);
    let is_small = weight > 0 && weight.leading_zeros() > left;
    (is_one && is_half && is_small).then(|| weight << left)
}
