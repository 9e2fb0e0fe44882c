use crate::sealed::Sealed;
use core::fmt::Debug;

/// How a pool reduces the frames of a window to one, channel by channel.
pub trait Reduction: Sealed {
    /// The state of a channel after some frames of the window.
    type Kept: Copy + Debug + PartialEq;

    /// The state before the first frame: all bits zero.
    const NOTHING: Self::Kept;

    /// The longest window whose result is accurate enough.
    const LONGEST: usize;

    /// The state after the first frame of a window.
    fn first(x: f32) -> Self::Kept;

    /// The state after one more frame.
    fn next(kept: Self::Kept, x: f32) -> Self::Kept;

    /// The result for a window of `size` frames.
    fn output(kept: Self::Kept, size: usize) -> f32;
}

/// The maximum. NaN counts as larger than any number, until the window ends.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Max;

impl Sealed for Max {}

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
    fn output(kept: f32, _: usize) -> f32 {
        kept
    }
}

/// The minimum. NaN counts as smaller than any number, until the window ends.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Min;

impl Sealed for Min {}

impl Reduction for Min {
    type Kept = f32;

    const NOTHING: f32 = 0.0;
    const LONGEST: usize = usize::MAX;

    #[inline(always)]
    fn first(x: f32) -> f32 {
        x
    }

    #[inline(always)]
    fn next(kept: f32, x: f32) -> f32 {
        if kept <= x || kept.is_nan() { kept } else { x }
    }

    #[inline(always)]
    fn output(kept: f32, _: usize) -> f32 {
        kept
    }
}

/// The mean, computed from a plain sum.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Mean;

impl Sealed for Mean {}

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
    fn output(kept: f32, size: usize) -> f32 {
        kept * share(size)
    }
}

/// The mean, computed by compensated summation (W. Kahan): the state is the sum and the rounding error of the last
/// addition. D. E. Knuth's `TwoSum` finds it ("The Art of Computer Programming", volume 2, 4.2.2).
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct LongMean;

impl Sealed for LongMean {}

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
    fn output([sum, _]: [f32; 2], size: usize) -> f32 {
        sum * share(size)
    }
}

/// The sum, computed as such. It has the limit of [`Mean`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Sum;

impl Sealed for Sum {}

impl Reduction for Sum {
    type Kept = f32;

    const NOTHING: f32 = 0.0;
    const LONGEST: usize = Mean::LONGEST;

    #[inline(always)]
    fn first(x: f32) -> f32 {
        x
    }

    #[inline(always)]
    fn next(kept: f32, x: f32) -> f32 {
        kept + x
    }

    #[inline(always)]
    fn output(kept: f32, _: usize) -> f32 {
        kept
    }
}

/// The sum, computed as that of [`LongMean`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct LongSum;

impl Sealed for LongSum {}

impl Reduction for LongSum {
    type Kept = [f32; 2];

    const NOTHING: [f32; 2] = [0.0; 2];
    const LONGEST: usize = usize::MAX;

    #[inline(always)]
    fn first(x: f32) -> [f32; 2] {
        LongMean::first(x)
    }

    #[inline(always)]
    fn next(kept: [f32; 2], x: f32) -> [f32; 2] {
        LongMean::next(kept, x)
    }

    #[inline(always)]
    fn output([sum, _]: [f32; 2], _: usize) -> f32 {
        sum
    }
}

/// The weight of one frame in the mean.
#[inline(always)]
pub(crate) const fn share(frames: usize) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "of the 24 bits that a weight has")]
    {
        1.0 / frames as f32
    }
}
