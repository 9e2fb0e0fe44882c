use core::fmt::Debug;

/// How the frames of a window become one, channel by channel.
pub trait Reduction {
    /// What is known of the frames so far.
    type Kept: Copy + Debug + PartialEq;

    /// All zero bits: nothing is known.
    const NOTHING: Self::Kept;

    /// The longest window whose answer is exact enough.
    const LONGEST: usize;

    /// What is known with the first frame of a window.
    fn first(x: f32) -> Self::Kept;

    /// What is known with one frame more.
    fn next(kept: Self::Kept, x: f32) -> Self::Kept;

    /// What a window of `size` frames comes to.
    fn answer(kept: Self::Kept, size: usize) -> f32;
}

/// The largest. NaN is larger than any number, and stays until the window ends.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Max;

impl Reduction for Max {
    type Kept = f32;

    const NOTHING: f32 = 0.0;
    const LONGEST: usize = usize::MAX;

    #[inline(always)]
    fn first(x: f32) -> f32 {
        x
    }

    #[inline(always)]
    fn next(kept: f32, x: f32) -> f32 {
        if kept >= x || kept.is_nan() { kept } else { x }
    }

    #[inline(always)]
    fn answer(kept: f32, _: usize) -> f32 {
        kept
    }
}

/// The mean, of a plain sum.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Mean;

impl Reduction for Mean {
    type Kept = f32;

    const NOTHING: f32 = 0.0;
    /// An addition rounds by at most 2⁻²⁴ of its sum, so all of them by `127 * 2⁻²⁴ < 0.76e-5` of the mean magnitude.
    const LONGEST: usize = 128;

    #[inline(always)]
    fn first(x: f32) -> f32 {
        x
    }

    #[inline(always)]
    fn next(kept: f32, x: f32) -> f32 {
        kept + x
    }

    #[inline(always)]
    fn answer(kept: f32, size: usize) -> f32 {
        kept * share(size)
    }
}

/// The mean, of a sum and of what its last addition has rounded off, which the next one makes up for: W. Kahan's summation.
/// D. E. Knuth's `TwoSum` finds it ("The Art of Computer Programming", volume 2, 4.2.2).
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct LongMean;

impl Reduction for LongMean {
    type Kept = [f32; 2];

    const NOTHING: [f32; 2] = [0.0; 2];
    const LONGEST: usize = usize::MAX;

    #[inline(always)]
    fn first(x: f32) -> [f32; 2] {
        [x, 0.0]
    }

    #[inline(always)]
    fn next([sum, lost]: [f32; 2], x: f32) -> [f32; 2] {
        let x = x + lost;
        let next = sum + x;
        let added = next - sum;
        let lost = (sum - (next - added)) + (x - added);
        // Of an infinite sum nothing is lost.
        [next, if lost.is_finite() { lost } else { 0.0 }]
    }

    #[inline(always)]
    fn answer([sum, _]: [f32; 2], size: usize) -> f32 {
        sum * share(size)
    }
}

/// The weight of one frame in the mean of so many.
#[inline(always)]
pub(crate) const fn share(frames: usize) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "of the 24 bits that a weight has")]
    {
        1.0 / frames as f32
    }
}
