//! Kernels for processors with vectors, Helium.
#![allow(unsafe_code, reason = "assembly is called; each call has its proof")]

use core::arch::naked_asm;
use core::marker::PhantomData;
use core::ops::Range;
use core::ptr::{null, null_mut};

use super::{BYTES, Run};
use crate::kernel::runs::{Product, Taps};
use crate::kernel::{FEW, FRAMES, Results, Walk};
use crate::pointwise::FewActivation;

/// What `frames_of_product` takes.
#[repr(C)]
struct Arguments<'a> {
    outputs: *mut f32,
    columns: usize,
    row_bytes: usize,
    first: *const f32,
    bias: *const f32,
    frames: usize,
    runs: *const Run<'a>,
    count: usize,
    activation: u32,
    slope: f32,
    sums: *mut f32,
    end_weights: *const f32,
    end_bias: *const f32,
    end_first: *const f32,
    end_outputs: *mut f32,
    end_columns: usize,
    ring_end: *const f32,
    ring_bytes: usize,
}

impl<'a> Arguments<'a> {
    /// Those for so many frames, a multiple of four, if first sums and places of results are there for them. Only layers of at most [`FEW`]
    /// columns have a 1x1 convolution behind them, and then no outputs.
    #[inline(always)]
    fn new(
        frames: usize,
        bias: &'a [f32],
        first: Option<&'a [f32]>,
        results: &'a mut Results<'_>,
        runs: &'a [Run<'_>],
    ) -> Option<Self> {
        let columns = bias.len();
        let numbers = frames * columns;
        let fits = numbers > 0
            && frames.is_multiple_of(FRAMES)
            && !runs.is_empty()
            && first.is_none_or(|first| first.len() >= numbers)
            && results.fit(frames, columns)
            && results.end.as_ref().is_none_or(|end| {
                columns <= FEW && !end.bias.is_empty() && results.outputs.is_none()
            })
            && (results.outputs.is_some() || results.sums.is_some() || results.end.is_some());
        debug_assert!(fits, "memory for a product of frames, and a place for its results");
        let end = results.end.as_mut().filter(|_| fits);
        let (end_weights, end_bias, end_first, end_outputs, end_columns) = match end {
            Some(end) => (
                end.weights.as_ptr(),
                end.bias.as_ptr(),
                end.first.as_ptr(),
                end.outputs.as_mut_ptr(),
                end.bias.len(),
            ),
            None => (null(), null(), null(), null_mut(), 0),
        };
        let (activation, slope) = results.activation.code();
        fits.then(|| Self {
            outputs: results.outputs.as_mut().map_or(null_mut(), |to| to.as_mut_ptr()),
            columns,
            row_bytes: columns * BYTES,
            first: first.map_or(null(), <[f32]>::as_ptr),
            bias: bias.as_ptr(),
            frames,
            runs: runs.as_ptr().cast(),
            count: runs.len(),
            activation,
            slope,
            sums: results.sums.as_mut().map_or(null_mut(), |to| to.as_mut_ptr()),
            end_weights,
            end_bias,
            end_first,
            end_outputs,
            end_columns,
            ring_end: null(),
            ring_bytes: 0,
        })
    }
}

/// The results of several frames, a multiple of four. Only layers of at most [`FEW`] columns have a 1x1 convolution behind them, and
/// then no outputs.
#[inline(never)]
pub(crate) fn frames(product: &mut Product<'_>) {
    let Product { frames: count, bias, first, .. } = *product;
    let (results, runs) = product.parts();
    for run in &mut *runs {
        run.join();
    }
    let Some(arguments) = Arguments::new(count, bias, first, results, runs) else { return };
    // SAFETY: bias, first sums and places of results are there for all frames, and there are frames, in fours, columns and runs, five at most, and at
    // most four columns before a 1x1 convolution. Each run was made for at least as many frames and for these columns, and has the
    // inputs and weights for them; joined, it reads the same. The function writes the places of results alone, which are borrowed here
    // and nowhere else, and keeps no pointer.
    unsafe { frames_of_product(&raw const arguments) };
}

/// All frames that are left, if the kernel can take the past ones where they are in the ring, and replace them, or if there are none.
#[inline(never)]
pub(in crate::kernel) fn frames_at_once(walk: &mut Walk<'_>) -> bool {
    let Walk { layer, ring, inputs, first, results, left, .. } = walk;
    let (count, columns, channels) = (*left, layer.bias.len(), ring.shape.channels);
    let past = layer.taps.saturating_sub(1);
    let (step, oldest) = (ring.shape.dilation * channels, ring.first());
    // Four frames replace four that no tap but the oldest of them reads.
    let is_in_ring = ring.shape.dilation >= FRAMES
        && columns <= FEW
        && ring.numbers.len() == past * step
        && ring.shape.frames * channels == past * step;
    let fits = ring.shape.stride == 1 && (past == 0 || is_in_ring);
    if !fits {
        return false;
    }
    let weights = layer.kernel.get(past * channels * columns..).unwrap_or_default();
    let taps = |rows| Taps { frame: rows, rows, count: 1, step: 0 };
    let newest = Run::new(inputs, weights, taps(channels), count, columns);
    let condition = first.condition.map(|(frames, channels, weights)| {
        Run::new(frames, weights, taps(channels), count, columns)
    });
    let (Some(newest), Some(condition)) = (newest, condition.unwrap_or(Some(Run::NONE))) else {
        return false;
    };
    let Range { start, end } = ring.numbers.as_mut_ptr_range();
    let in_ring = Run {
        inputs: start.wrapping_add(oldest * channels),
        frame_bytes: channels * BYTES,
        taps: past,
        step_bytes: step * BYTES,
        weights: layer.kernel.as_ptr(),
        rows: channels,
        memory: PhantomData,
    };
    let runs = [condition, newest, in_ring];
    let (from, to) = (usize::from(first.condition.is_none()), 2 + usize::from(past > 0));
    let runs = runs.get(from..to).unwrap_or_default();
    let arguments = Arguments::new(count, layer.bias, first.frames, results, runs);
    let Some(mut arguments) = arguments else { return false };
    if past > 0 {
        arguments.ring_end = end;
        arguments.ring_bytes = ring.numbers.len() * BYTES;
    }
    // SAFETY: as in `frames`. If there are past taps, the last run has all of the ring, which is as long as its taps' steps, and the weights in front of those of
    // the newest tap; the newest frames are the run before, of as many inputs. The function writes the ring, which is borrowed here
    // and nowhere else.
    unsafe { frames_of_product(&raw const arguments) };
    let next = (oldest + count).checked_rem(ring.shape.frames).unwrap_or_default();
    *ring.oldest = u32::try_from(next).unwrap_or_default();
    true
}

/// The same for layers of few channels, and activations of which nothing is left.
#[inline(always)]
pub(crate) fn few<const INPUTS: usize, const OUTPUTS: usize, A: FewActivation>(
    product: &mut Product<'_>,
) {
    debug_assert!(!A::HAS_REST, "an activation that the kernel has");
    frames(product);
}

/// Computes `columns` sums for each of the frames, four frames at a time: their bias, added to the first sums if there are any, and then
/// the products of each run, whose rows of weights are `row_bytes` apart. Applies the activation: 0 none, 1 ReLU, 2 leaky ReLU.
/// Adds the results to `sums`, and writes them to `outputs`, or `end_columns` outputs of a 1x1 convolution of them to `end_outputs`;
/// each where it is not null.
///
/// If `ring_end` is not null, the past taps of the last run are in a ring of `ring_bytes`, which ends there; the first is under the first
/// frame. The inputs of the run before replace the oldest frames in the ring, behind which the next tap is at least four frames away.
///
/// # Safety
///
/// All that the arguments name is there; there is a run, a frame, and a place for the results. There are at most five runs, and at most four
/// columns before a 1x1 convolution.
#[unsafe(naked)]
unsafe extern "C" fn frames_of_product(arguments: *const Arguments<'_>) {
    naked_asm!(
        concat!(include_str!("helium_tile.s"), include_str!("helium_frames.s")),
        options(raw)
    )
}

/// What `depthwise_of_taps` takes of the past.
#[repr(C)]
struct PastTaps {
    taps: usize,
    end: *const f32,
    step_bytes: usize,
    ring_bytes: usize,
    oldest: *const f32,
}

/// Adds the products of the newest frame and of past ones to `sums`, channel by channel, as
/// [`depthwise_conv`](crate::kernel::depthwise_conv).
pub(in crate::kernel) fn add_depthwise_conv(
    sums: &mut [f32],
    newest: &[f32],
    kernel: &[f32],
    (ring, oldest, dilation): (&[f32], usize, usize),
) {
    let channels = sums.len();
    let past = kernel.len().saturating_sub(channels);
    let taps = past.checked_div(channels).unwrap_or_default();
    let start = oldest * channels;
    let fits = newest.len() >= channels
        && taps * channels == past
        && ring.len() == past * dilation
        && (taps == 0 || start + channels <= ring.len());
    debug_assert!(fits, "memory for the shape of a convolution");
    if fits && kernel.len() >= channels {
        let Range { start: first, end } = ring.as_ptr_range();
        let past = PastTaps {
            taps,
            end,
            step_bytes: dilation * channels * BYTES,
            ring_bytes: ring.len() * BYTES,
            oldest: first.wrapping_add(start),
        };
        let [newest, kernel] = [newest, kernel].map(<[f32]>::as_ptr);
        // SAFETY: `newest` has the channels, and `kernel` those of all taps. The oldest frame is in the ring, at a multiple of the
        // channels. The ring is as long as `taps` steps: one step on, less its length where that is at or behind its end, is the
        // place of a frame in it again. The function writes `sums` alone, which is borrowed here and nowhere else, and keeps
        // no pointer.
        unsafe { depthwise_of_taps(sums.as_mut_ptr(), newest, kernel, channels, &raw const past) };
    }
}

/// Adds products channel by channel to `sums`: rows of as many `frames`, side by side, and of `weights`.
pub(in crate::kernel) fn add_depthwise(sums: &mut [f32], frames: &[f32], weights: &[f32]) {
    let channels = sums.len();
    let rows = frames.len().min(weights.len()).checked_div(channels).unwrap_or_default();
    let row = channels * BYTES;
    let Range { start: oldest, end } = frames.as_ptr_range();
    let past = PastTaps { taps: rows, end, step_bytes: row, ring_bytes: 0, oldest };
    let weights = weights.as_ptr();
    // SAFETY: so many rows of channels are in `frames` and `weights`, one after the other. The function writes `sums` alone, which is
    // borrowed here and nowhere else, and keeps no pointer.
    unsafe {
        depthwise_of_taps(sums.as_mut_ptr(), null(), weights, channels, &raw const past);
    };
}

/// Adds to each of `channels` sums the product of the newest frame, unless its pointer is null, and those of the past taps, the first
/// of which is `oldest`; the others are `step_bytes` apart, less `ring_bytes` where that is at or behind `end`. The weights are those of
/// the past taps, and then of the newest one.
///
/// # Safety
///
/// All of it is there.
#[unsafe(naked)]
unsafe extern "C" fn depthwise_of_taps(
    sums: *mut f32,
    newest: *const f32,
    weights: *const f32,
    channels: usize,
    past: *const PastTaps,
) {
    naked_asm!(include_str!("helium_depthwise.s"), options(raw))
}
