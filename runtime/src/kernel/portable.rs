//! Safe Rust for every target. All lengths are known when the firmware is compiled, so small layers become straight
//! lines of multiply-accumulates whose sums stay in registers.
//!
//! Every sum is one chain of additions: what it starts from, the products of the newest frame, then those of the past
//! frames, oldest first. The newest frame comes first because it is at hand, in registers, when the layer begins. One
//! order for all kernels makes a block the same, to the last bit, as its frames one by one.

mod blocks;
mod frames;

use core::slice;

pub(crate) use self::frames::{conv_frames, residual_frames};

use super::{MOST_INLINED, add_product, add_tap, depthwise, gemv};
use crate::delay_line::Past;

/// Multiply-accumulates of a layer that is written out at every place that it is called from.
const MOST_AT_PLACE: usize = 128;

/// Whether a layer of so many multiply-accumulates is written out, at every place that it is called from, or once.
pub(crate) const fn is_written_out(macs: usize) -> bool {
    macs <= MOST_INLINED
}

/// The `activation` of `first` and the products of all taps: the `PAST` frames before, and the `newest`.
#[inline(always)]
pub(crate) fn conv<
    const TAPS: usize,
    const PAST: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    first: [f32; OUTPUTS],
    past: Past<'_, INPUTS>,
    newest: &[f32; INPUTS],
    activation: impl Fn(&mut [f32]),
) -> [f32; OUTPUTS] {
    let macs = TAPS * INPUTS * OUTPUTS;
    if macs <= MOST_AT_PLACE {
        return small_conv(kernel, first, past.iter(), newest, activation);
    }
    if is_written_out(macs) {
        let mut frames = [newest; PAST];
        frames.iter_mut().zip(past.iter()).for_each(|(to, frame)| *to = frame);
        return shared_conv(kernel, &first, frames, newest, activation);
    }
    let mut sums = first;
    let Some((newest_kernel, past_kernel)) = kernel.split_last() else { return sums };
    let newest = (newest.as_slice(), newest_kernel.as_slice());
    if PAST == 0 {
        gemv::add_products(&mut sums, &[newest], activation);
    } else if past.dilation == 1 {
        let [older, newer] = past.parts();
        let (older_kernel, newer_kernel) = past_kernel.split_at(older.len().min(past_kernel.len()));
        let older = (older.as_flattened(), older_kernel.as_flattened());
        let newer = (newer.as_flattened(), newer_kernel.as_flattened());
        gemv::add_products(&mut sums, &[newest, older, newer], activation);
    } else {
        let mut parts = [newest; TAPS];
        for (part, (frame, weights)) in parts.iter_mut().skip(1).zip(past.iter().zip(past_kernel)) {
            *part = (frame.as_slice(), weights.as_slice());
        }
        gemv::add_products(&mut sums, &parts, activation);
    }
    sums
}

/// The same, written out.
///
/// Written out where it is called, weights become constants one by one. That is the fastest where they are loaded one by
/// one, and no good to the Cortex-M55's vectors (Helium), which load them in a row.
#[cfg_attr(helium, inline(never))]
#[cfg_attr(not(helium), inline(always))]
fn small_conv<'a, const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    first: [f32; OUTPUTS],
    past: impl Iterator<Item = &'a [f32; INPUTS]>,
    newest: &[f32; INPUTS],
    activation: impl Fn(&mut [f32]),
) -> [f32; OUTPUTS] {
    let mut sums = first;
    let Some((newest_kernel, past_kernel)) = kernel.split_last() else { return sums };
    add_tap(&mut sums, newest, newest_kernel);
    for (frame, weights) in past.zip(past_kernel) {
        add_tap(&mut sums, frame, weights);
    }
    activation(&mut sums);
    sums
}

/// The same, written out once for all layers of a shape.
#[inline(never)]
fn shared_conv<const TAPS: usize, const PAST: usize, const INPUTS: usize, const OUTPUTS: usize>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    first: &[f32; OUTPUTS],
    past: [&[f32; INPUTS]; PAST],
    newest: &[f32; INPUTS],
    activation: impl Fn(&mut [f32]),
) -> [f32; OUTPUTS] {
    small_conv(kernel, *first, past.into_iter(), newest, activation)
}

/// The same as [`conv`] for a kernel in `GROUPS` groups.
#[inline(always)]
pub(crate) fn grouped_conv<
    const TAPS: usize,
    const INPUTS: usize,
    const GROUP_INPUTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
>(
    kernel: &[[[f32; OUTPUTS]; GROUP_INPUTS]; TAPS],
    first: [f32; OUTPUTS],
    past: Past<'_, INPUTS>,
    newest: &[f32; INPUTS],
    activation: impl Fn(&mut [f32]),
) -> [f32; OUTPUTS] {
    let mut sums = first;
    let Some((newest_kernel, past_kernel)) = kernel.split_last() else { return sums };
    if GROUP_INPUTS == 1 && OUTPUTS == INPUTS && !is_written_out(TAPS * OUTPUTS) {
        let newest = (slice::from_ref(newest), newest_kernel.as_slice());
        if past.dilation == 1 {
            let [older, newer] = past.parts();
            let (older_kernel, newer_kernel) =
                past_kernel.split_at(older.len().min(past_kernel.len()));
            let older = (older, older_kernel.as_flattened());
            let newer = (newer, newer_kernel.as_flattened());
            depthwise::add_products(&mut sums, &[newest, older, newer], activation);
        } else {
            let mut parts = [newest; TAPS];
            for (part, (frame, weights)) in
                parts.iter_mut().skip(1).zip(past.iter().zip(past_kernel))
            {
                *part = (slice::from_ref(frame), weights.as_slice());
            }
            depthwise::add_products(&mut sums, &parts, activation);
        }
        return sums;
    }
    add_grouped_tap::<INPUTS, GROUP_INPUTS, OUTPUTS, GROUPS>(&mut sums, newest, newest_kernel);
    for (frame, weights) in past.iter().zip(past_kernel) {
        add_grouped_tap::<INPUTS, GROUP_INPUTS, OUTPUTS, GROUPS>(&mut sums, frame, weights);
    }
    activation(&mut sums);
    sums
}

/// Adds `frame * weights` for `GROUPS` matrices on a diagonal: group `g` of the outputs sees group `g` of the inputs
/// alone. `weights[i]` holds what the `i`-th input of each group gives to its outputs.
#[inline(always)]
fn add_grouped_tap<
    const INPUTS: usize,
    const GROUP_INPUTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
>(
    sums: &mut [f32; OUTPUTS],
    frame: &[f32; INPUTS],
    weights: &[[f32; OUTPUTS]; GROUP_INPUTS],
) {
    for (i, row) in weights.iter().enumerate() {
        let inputs = frame.iter().skip(i).step_by(GROUP_INPUTS);
        let outputs = sums.chunks_exact_mut(OUTPUTS / GROUPS);
        let rows = row.chunks_exact(OUTPUTS / GROUPS);
        for (x, (sums, row)) in inputs.zip(outputs.zip(rows)) {
            add_product(sums, *x, row);
        }
    }
}

impl<'a, const CHANNELS: usize> Past<'a, CHANNELS> {
    /// All frames in two parts, oldest first.
    #[inline(always)]
    fn parts(self) -> [&'a [[f32; CHANNELS]]; 2] {
        let (newer, older) = self.frames.split_at(self.oldest.min(self.frames.len()));
        [older, newer]
    }
}
