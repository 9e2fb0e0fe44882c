//! Residual blocks of three channels, as captures of amplifiers have them: `x + end(y)` where `y = leaky(conv(x))`, of which a sum
//! takes `y` too.

#[cfg(dsp)]
use super::kernel;
use super::kernel::Word;
use super::ring::Ring;

/// What a block multiplies by.
#[derive(Clone, Copy)]
#[cfg_attr(not(dsp), allow(dead_code, reason = "for the kernel in assembly"))]
pub(super) struct Residual<'a> {
    /// Those of the convolution, with a condition of one channel.
    pub(super) words: &'a [Word],
    pub(super) shifts: [u8; 3],
    /// Less than 2^14.
    pub(super) slope: i16,
}

/// A product for each channel.
#[derive(Clone, Copy)]
#[cfg_attr(not(dsp), allow(dead_code, reason = "for the kernel in assembly"))]
pub(super) struct Factor<'a> {
    pub(super) words: &'a [Word],
    pub(super) shifts: [u8; 3],
}

/// What the outputs are added to, or their products.
#[cfg_attr(not(dsp), allow(dead_code, reason = "for the kernel in assembly"))]
pub(super) enum SkipSums<'a> {
    Whole(&'a mut [i16]),
    Fine(Factor<'a>, &'a mut [i32]),
}

/// The 1x1 convolution.
#[cfg_attr(not(dsp), allow(dead_code, reason = "for the kernel in assembly"))]
pub(super) struct End<'a> {
    pub(super) words: &'a [Word],
    pub(super) shifts: [u8; 3],
    /// What its outputs are added to.
    pub(super) sums: &'a mut [i32],
}

/// The frames of a block, what is beside each of them, and where their outputs go.
#[cfg_attr(not(dsp), allow(dead_code, reason = "for the kernel in assembly"))]
pub(super) struct Frames<'a> {
    pub(super) numbers: &'a [i16],
    pub(super) condition: &'a [i16],
    pub(super) skips: SkipSums<'a>,
    pub(super) end: Option<End<'a>>,
    /// The rounded sums of the end.
    pub(super) outputs: &'a mut [i16],
}

/// Computes a block by the kernel in assembly, if there is one and it can: an even number of frames. Returns whether it has.
#[cfg(dsp)]
#[inline(never)]
pub(super) fn at_once(
    layer: &Residual<'_>,
    ring: &mut Ring<'_>,
    frames: Frames<'_>,
    scratch: &mut [i16],
) -> bool {
    let numbers = frames.numbers;
    if ring.shape.channels != 3 {
        return false;
    }
    let past = ring.numbers.len();
    let is_computed = if past + numbers.len() <= scratch.len() {
        ring.in_line(numbers, scratch);
        let line = &*scratch;
        let step = ring.shape.dilation * 3;
        let under = |tap: usize| line.get(tap * step..).unwrap_or_default();
        kernel::residual(layer, ring.shape.taps + 1, under, frames)
    } else {
        in_runs(layer, ring, frames, scratch)
    };
    if is_computed {
        ring.store(numbers);
    }
    is_computed
}

/// There is none.
#[cfg(not(dsp))]
#[allow(clippy::needless_pass_by_value, reason = "as the kernel takes it")]
#[inline(always)]
pub(super) fn at_once(_: &Residual<'_>, _: &mut Ring<'_>, _: Frames<'_>, _: &mut [i16]) -> bool {
    false
}

/// Computes a block in runs of frames, under each tap of which the frames lie side by side. Two frames that do not lie so are copied.
#[cfg(dsp)]
fn in_runs(
    layer: &Residual<'_>,
    ring: &Ring<'_>,
    mut frames: Frames<'_>,
    copies: &mut [i16],
) -> bool {
    let (numbers, mut frame) = (frames.numbers, 0);
    while !frames.numbers.is_empty() {
        let run = ring.run(frame, frames.numbers.len() / 3) & !1;
        let count = run.max(2);
        let Some((first, rest)) = frames.split(count) else { return false };
        if run == 0 {
            let (copies, _) = copies.as_chunks_mut::<6>();
            for (tap, copy) in copies.iter_mut().take(ring.shape.taps + 1).enumerate() {
                ring.two(numbers, frame + tap * ring.shape.dilation, copy);
            }
        }
        let (copies, _) = copies.as_chunks::<6>();
        let under = |tap: usize| match copies.get(tap) {
            Some(copy) if run == 0 => copy,
            _ => ring.from(numbers, frame + tap * ring.shape.dilation),
        };
        if !kernel::residual(layer, ring.shape.taps + 1, under, first) {
            return false;
        }
        (frames, frame) = (rest, frame + count);
    }
    true
}

#[cfg(dsp)]
impl<'a> Frames<'a> {
    /// The first frames, so many, and the others.
    fn split(self, count: usize) -> Option<(Self, Self)> {
        let (numbers, later) = self.numbers.split_at_checked(3 * count)?;
        let (condition, later_condition) = self.condition.split_at_checked(count)?;
        let (outputs, later_outputs) = self.outputs.split_at_mut_checked(3 * count)?;
        let (skips, later_skips) = match self.skips {
            SkipSums::Whole(sums) => {
                let (own, later) = sums.split_at_mut_checked(3 * count)?;
                (SkipSums::Whole(own), SkipSums::Whole(later))
            }
            SkipSums::Fine(factor, sums) => {
                let (own, later) = sums.split_at_mut_checked(3 * count)?;
                (SkipSums::Fine(factor, own), SkipSums::Fine(factor, later))
            }
        };
        let (end, later_end) = match self.end {
            None => (None, None),
            Some(End { words, shifts, sums }) => {
                let (own, later) = sums.split_at_mut_checked(3 * count)?;
                let of = |sums: &'a mut [i32]| Some(End { words, shifts, sums });
                (of(own), of(later))
            }
        };
        Some((
            Self { numbers, condition, skips, end, outputs },
            Self {
                numbers: later,
                condition: later_condition,
                skips: later_skips,
                end: later_end,
                outputs: later_outputs,
            },
        ))
    }
}
