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
    /// What the outputs are multiplied by before they are added to the skips.
    pub(super) factor: Option<Factor<'a>>,
    pub(super) end: Option<End<'a>>,
}

/// A product for each channel.
#[derive(Clone, Copy)]
#[cfg_attr(not(dsp), allow(dead_code, reason = "for the kernel in assembly"))]
pub(super) struct Factor<'a> {
    pub(super) words: &'a [Word],
    pub(super) shifts: [u8; 3],
}

/// The 1x1 convolution.
#[derive(Clone, Copy)]
#[cfg_attr(not(dsp), allow(dead_code, reason = "for the kernel in assembly"))]
pub(super) struct End<'a> {
    pub(super) words: &'a [Word],
    pub(super) shifts: [u8; 3],
}

/// The frames of a block, what is beside each of them, and where their outputs go.
#[cfg_attr(not(dsp), allow(dead_code, reason = "for the kernel in assembly"))]
pub(super) struct Frames<'a> {
    pub(super) numbers: &'a [i16],
    pub(super) condition: &'a [i16],
    /// What the sums of the end start from.
    pub(super) seed: &'a [i16],
    pub(super) skips: &'a mut [i16],
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
    let Frames { numbers, condition, seed, skips, outputs } = frames;
    if ring.shape.channels != 3 {
        return false;
    }
    let past = ring.numbers.len();
    let is_computed = if past + numbers.len() <= scratch.len() {
        ring.in_line(numbers, scratch);
        let line = &*scratch;
        let step = ring.shape.dilation * 3;
        let under = |tap: usize| line.get(tap * step..).unwrap_or_default();
        let frames = Frames { numbers, condition, seed, skips, outputs };
        kernel::residual(layer, ring.shape.taps + 1, under, frames)
    } else {
        in_runs(layer, ring, Frames { numbers, condition, seed, skips, outputs }, scratch)
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
fn in_runs(layer: &Residual<'_>, ring: &Ring<'_>, frames: Frames<'_>, copies: &mut [i16]) -> bool {
    let Frames { numbers, mut condition, mut seed, mut skips, mut outputs } = frames;
    let (mut left, mut frame) = (numbers, 0);
    while !left.is_empty() {
        let run = ring.run(frame, left.len() / 3) & !1;
        let count = run.max(2);
        let Some((own, behind)) = left.split_at_checked(count * 3) else { return false };
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
        let frames =
            Frames { numbers: own, condition, seed, skips: &mut *skips, outputs: &mut *outputs };
        if !kernel::residual(layer, ring.shape.taps + 1, under, frames) {
            return false;
        }
        condition = condition.get(count..).unwrap_or_default();
        seed = seed.get(count * 3..).unwrap_or_default();
        skips = skips.get_mut(count * 3..).unwrap_or_default();
        outputs = outputs.get_mut(count * 3..).unwrap_or_default();
        (left, frame) = (behind, frame + count);
    }
    true
}
