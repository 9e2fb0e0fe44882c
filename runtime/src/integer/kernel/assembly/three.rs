//! Residual blocks of three channels: a convolution whose sums take a condition of one channel, a leaky relu, a sum of skips and
//! a 1x1 convolution, two frames at once. Nothing between them goes to memory.

mod code;

use self::code::run;
use super::Word;
use crate::integer::residual::{End, Factor, Frames, Residual, SkipSums};

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
    skips: Skips,
    skips_end: Skips,
    end_words: *const Word,
    end_shifts: [u8; 4],
    sums: *mut i32,
    outputs: *mut i16,
    /// What the outputs are multiplied by before they are added to fine sums of skips, in parts of 2^16; 0 where these are whole.
    factor: i32,
    unused: usize,
}

/// Where the sums of skips lie: fine ones where there is a factor.
#[derive(Clone, Copy)]
#[repr(C)]
union Skips {
    whole: *mut i16,
    fine: *mut i32,
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
    let Frames { numbers, condition, skips, end, outputs } = frames;
    let (numbers, words) = (numbers.len(), 3 * (1 + (3 * taps + 1).div_ceil(2)));
    let is_aligned = |address: usize| address.is_multiple_of(4);
    let (skips, skips_end, factor) = match skips {
        SkipSums::Whole(sums) => {
            let Some(sums) = sums.get_mut(..numbers) else { return false };
            if !is_aligned(sums.as_ptr().addr()) {
                return false;
            }
            let ends = sums.as_mut_ptr_range();
            (Skips { whole: ends.start }, Skips { whole: ends.end }, 0)
        }
        SkipSums::Fine(factor, sums) => {
            let (Some(factor), Some(sums)) = (of_halves(factor), sums.get_mut(..numbers)) else {
                return false;
            };
            let ends = sums.as_mut_ptr_range();
            (Skips { fine: ends.start }, Skips { fine: ends.end }, factor)
        }
    };
    let is_end = |end: &End<'_>| end.words.len() == 9 && end.sums.len() >= numbers;
    let fits = numbers > 0
        && numbers.is_multiple_of(6)
        && (1..=MOST_TAPS).contains(&taps)
        && layer.words.len() == words
        && condition.len() >= numbers / 3
        && outputs.len() >= numbers
        && is_aligned(outputs.as_ptr().addr())
        && end.as_ref().is_none_or(is_end);
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
    let (end_words, end_shifts, sums) = match end {
        Some(End { words, shifts, sums }) => (words.as_ptr(), shifts, sums.as_mut_ptr()),
        None => (core::ptr::null(), [0; 3], core::ptr::null_mut()),
    };
    let call = Call {
        taps: pairs,
        odd,
        words: layer.words.as_ptr(),
        pairs: taps / 2,
        condition: condition.as_ptr(),
        shifts: of_four(layer.shifts),
        slope: i32::from(layer.slope) << 17,
        skips,
        skips_end,
        end_words,
        end_shifts: of_four(end_shifts),
        sums,
        outputs: outputs.as_mut_ptr(),
        factor,
        unused: 0,
    };
    // SAFETY: for each two of the frames the function reads two frames under each tap, and of the condition, and reads and writes two
    // of the skips, of 32 bits where there is a factor, of the end's sums and of the outputs; it ends where the skips do. All of
    // these are as long, as was just compared. It reads three words and three for each pair of the window, which is how many
    // there are, and nine of the end's. Words and sums of 32 bits are aligned by their type, and whole skips and outputs were
    // found to be. It writes nothing else but its stack, and saves the registers that a callee may not change.
    unsafe { run(&raw const call) };
    true
}

/// A factor in parts of 2^16, where it is the same for all channels, and nothing is added to its products.
fn of_halves(factor: Factor<'_>) -> Option<i32> {
    let ([bias, weight, others @ ..], [shift, shifts @ ..]) = (factor.words, factor.shifts) else {
        return None;
    };
    let is_one = others.as_chunks().0.iter().all(|other| *other == [*bias, *weight])
        && shifts.iter().all(|other| *other == shift);
    let ([weight, _], left) = (weight.pair(), 16_u32.checked_sub(u32::from(shift))?);
    // What is shifted out of the product is the same, and what is left of it with a fine sum has 32 bits.
    let is_small = weight > 0 && weight.leading_zeros() > left;
    (is_one && bias.whole() == 0 && is_small).then(|| weight << left)
}
