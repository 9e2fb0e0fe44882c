//! Several frames at once, in tiles of a few outputs whose sums stay in registers, so that a weight is loaded once for all
//! frames. One function for all layers of a shape.
//!
//! What the weights are is hidden from the compiler at every turn of a loop: it would else load all of them before the
//! loop, and put away on the stack what does not fit into registers. That is good for a few.

use core::hint::black_box;

use super::blocks::Fours;
use crate::accumulator::Sink;
use crate::accumulator::{AccumulatorInit, SkipSum};
use crate::combine::add;
use crate::conv::{Bias, Conv};
use crate::kernel::gemm::{add_rows, columns};
use crate::kernel::{FRAMES, add_four};
use crate::ring::Ring;

/// Weights of a convolution that stay in registers, with those of a 1x1 convolution behind it.
const MOST_IN_REGISTERS: usize = 16;

/// What [`conv`](super::conv) outputs for each of the due frames, stored in or added to `outputs`.
#[inline(never)]
pub(crate) fn conv_frames<
    const TAPS: usize,
    const PAST: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
    B: Bias<OUTPUTS>,
    I: AccumulatorInit<OUTPUTS>,
    S: Sink,
>(
    conv: &Conv<TAPS, INPUTS, OUTPUTS, B>,
    mut ring: Ring<'_, INPUTS>,
    (frames, scratch): (&[[f32; INPUTS]], &mut [f32]),
    mut init: I,
    mut outputs: &mut [[f32; OUTPUTS]],
    activation: impl Fn(&mut [f32]),
) {
    ring.blocks::<PAST>(frames, scratch, |windows, newest| {
        let weights = (conv, init.weights());
        let block = (newest.len() * FRAMES).min(outputs.len());
        let block = outputs.split_off_mut(..block).unwrap_or_default();
        let block = newest.iter().zip(block.as_chunks_mut().0).zip(init.next(newest.len()));
        for (place, ((newest, outputs), init)) in block.enumerate() {
            let (conv, mixed) = if TAPS * INPUTS * OUTPUTS <= MOST_IN_REGISTERS {
                weights
            } else {
                *black_box(&weights)
            };
            // Few are all in registers: none is stored before its sum is complete.
            if OUTPUTS <= 4 || S::ACCUMULATES {
                let mut four = [[0.0; OUTPUTS]; FRAMES];
                I::init(mixed, conv.bias.first_sums(), init, &mut four);
                sums(&conv.kernel, &windows, place, newest, &mut four, &activation);
                S::write(outputs, four);
            } else {
                I::init(mixed, conv.bias.first_sums(), init, outputs);
                sums(&conv.kernel, &windows, place, newest, outputs, &activation);
            }
        }
    });
}

/// The residual block of such a convolution and a 1x1 convolution behind it, whose sums start from the block's input.
#[inline(never)]
pub(crate) fn residual_frames<
    const TAPS: usize,
    const PAST: usize,
    const CHANNELS: usize,
    const INNER: usize,
    B: Bias<INNER>,
    E: Bias<CHANNELS>,
    I: AccumulatorInit<INNER>,
    K: SkipSum<INNER>,
>(
    (conv, end): (&Conv<TAPS, CHANNELS, INNER, B>, &Conv<1, INNER, CHANNELS, E>),
    mut ring: Ring<'_, CHANNELS>,
    (frames, scratch): (&[[f32; CHANNELS]], &mut [f32]),
    (mut init, mut skip_sum): (I, K),
    mut outputs: &mut [[f32; CHANNELS]],
    activation: impl Fn(&mut [f32]),
) {
    ring.blocks::<PAST>(frames, scratch, |windows, newest| {
        let weights = (conv, init.weights(), end);
        let block = (newest.len() * FRAMES).min(outputs.len());
        let block = outputs.split_off_mut(..block).unwrap_or_default();
        let block = newest.iter().zip(block.as_chunks_mut().0);
        let block = block.zip(init.next(newest.len())).zip(skip_sum.next(newest.len()));
        for (place, (((newest, outputs), init), skips)) in block.enumerate() {
            let (conv, mixed, end) = if TAPS * CHANNELS * INNER <= MOST_IN_REGISTERS {
                weights
            } else {
                *black_box(&weights)
            };
            let mut inner = [[0.0; INNER]; FRAMES];
            I::init(mixed, conv.bias.first_sums(), init, &mut inner);
            sums(&conv.kernel, &windows, place, newest, &mut inner, &activation);
            K::add(skips, &inner);
            let [kernel] = &end.kernel;
            let bias = end.bias.first_sums();
            // Loaded anew: there are no registers to keep it in.
            for (output, frame) in outputs.iter_mut().zip(newest) {
                *output = add(*frame, bias);
            }
            add_four(outputs, &inner, kernel);
        }
    });
}

/// Adds the products of all taps to the first sums that `outputs` holds.
#[inline(always)]
fn sums<const TAPS: usize, const PAST: usize, const INPUTS: usize, const OUTPUTS: usize>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    windows: &[Fours<'_, INPUTS>; PAST],
    place: usize,
    newest: &[[f32; INPUTS]; FRAMES],
    outputs: &mut [[f32; OUTPUTS]; FRAMES],
    activation: &impl Fn(&mut [f32]),
) {
    let mut column = 0;
    while column + 4 <= OUTPUTS {
        tile::<4, TAPS, PAST, INPUTS, OUTPUTS>(
            kernel, windows, place, newest, outputs, column, activation,
        );
        column += 4;
    }
    if column + 3 == OUTPUTS {
        tile::<3, TAPS, PAST, INPUTS, OUTPUTS>(
            kernel, windows, place, newest, outputs, column, activation,
        );
    } else if column + 2 == OUTPUTS {
        tile::<2, TAPS, PAST, INPUTS, OUTPUTS>(
            kernel, windows, place, newest, outputs, column, activation,
        );
    } else if column + 1 == OUTPUTS {
        tile::<1, TAPS, PAST, INPUTS, OUTPUTS>(
            kernel, windows, place, newest, outputs, column, activation,
        );
    }
    if OUTPUTS <= 4 {
        activation(outputs.as_flattened_mut());
    }
}

/// The same for the outputs from `column` on.
#[inline(always)]
fn tile<
    const COLUMNS: usize,
    const TAPS: usize,
    const PAST: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    windows: &[Fours<'_, INPUTS>; PAST],
    place: usize,
    newest: &[[f32; INPUTS]; FRAMES],
    outputs: &mut [[f32; OUTPUTS]; FRAMES],
    column: usize,
    activation: &impl Fn(&mut [f32]),
) {
    let Some((newest_kernel, past_kernel)) = kernel.split_last() else { return };
    let mut tile: [[f32; COLUMNS]; FRAMES] =
        outputs.each_ref().map(|output| columns(output, column));
    add_rows(&mut tile, newest.each_ref().map(<[f32; INPUTS]>::as_slice), newest_kernel, column);
    // Two at a time: the compiler leaves a loop over as much as that as it is.
    let (pairs, last) = windows.as_chunks::<2>();
    let (pairs_kernel, last_kernel) = past_kernel.as_chunks::<2>();
    for ([older, newer], [older_kernel, newer_kernel]) in pairs.iter().zip(pairs_kernel) {
        add_window(&mut tile, older, place, older_kernel, column);
        add_window(&mut tile, newer, place, newer_kernel, column);
    }
    for (window, kernel) in last.iter().zip(last_kernel) {
        add_window(&mut tile, window, place, kernel, column);
    }
    for (output, sums) in outputs.iter_mut().zip(tile) {
        if let Some(output) = output.get_mut(column..column + COLUMNS) {
            output.copy_from_slice(&sums);
            // Where these are not all, now: they are still in registers.
            if OUTPUTS > 4 {
                activation(output);
            }
        }
    }
}

/// Adds the products of one tap.
#[inline(always)]
fn add_window<const COLUMNS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    tile: &mut [[f32; COLUMNS]; FRAMES],
    window: Fours<'_, INPUTS>,
    place: usize,
    kernel: &[[f32; OUTPUTS]; INPUTS],
    column: usize,
) {
    // It is always there.
    let Some(frames) = window.get(place) else { return };
    add_rows(tile, frames.each_ref().map(<[f32; INPUTS]>::as_slice), kernel, column);
}
