//! Several frames at once, in tiles of a few outputs whose sums stay in registers, so that a weight is loaded once for all
//! frames. One function for all layers of a shape.

use crate::Windows;
use crate::history::moves;
use crate::kernel::FRAMES;

/// Inputs that a turn of the loop takes.
const UNROLLED: usize = 4;

/// What [`conv`](super::conv) answers for each of [`FRAMES`] frames, the `newest` of as many windows.
#[inline(never)]
pub(crate) fn conv_frames<
    const TAPS: usize,
    const PAST: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    windows: Windows<'_, INPUTS, PAST>,
    newest: &[[f32; INPUTS]; FRAMES],
    answers: &mut [[f32; OUTPUTS]; FRAMES],
    activation: impl Fn(&mut [f32]),
) {
    let mut column = 0;
    while column + 4 <= OUTPUTS {
        tile::<4, TAPS, PAST, INPUTS, OUTPUTS>(
            kernel,
            windows,
            newest,
            answers,
            column,
            &activation,
        );
        column += 4;
    }
    if column + 2 <= OUTPUTS {
        tile::<2, TAPS, PAST, INPUTS, OUTPUTS>(
            kernel,
            windows,
            newest,
            answers,
            column,
            &activation,
        );
        column += 2;
    }
    if column < OUTPUTS {
        tile::<1, TAPS, PAST, INPUTS, OUTPUTS>(
            kernel,
            windows,
            newest,
            answers,
            column,
            &activation,
        );
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
    Windows { past, oldest }: Windows<'_, INPUTS, PAST>,
    newest: &[[f32; INPUTS]; FRAMES],
    answers: &mut [[f32; OUTPUTS]; FRAMES],
    column: usize,
    activation: &impl Fn(&mut [f32]),
) {
    let Some((newest_kernel, past_kernel)) = kernel.split_last() else { return };
    let mut sums: [[f32; COLUMNS]; FRAMES] =
        answers.each_ref().map(|answer| columns(answer, column));
    add_tap(&mut sums, newest.each_ref(), newest_kernel, column);
    for (tap, weights) in past_kernel.iter().enumerate() {
        let place = if moves(PAST, INPUTS) {
            tap
        } else if oldest + tap < PAST {
            oldest + tap
        } else {
            oldest + tap - PAST
        };
        let frames = past.each_ref().map(|past| past.get(place).unwrap_or(&[0.0; INPUTS]));
        add_tap(&mut sums, frames, weights, column);
    }
    for (answer, sums) in answers.iter_mut().zip(sums) {
        if let Some(answer) = answer.get_mut(column..column + COLUMNS) {
            answer.copy_from_slice(&sums);
            activation(answer);
        }
    }
}

/// Adds to the sums of each frame the products of one tap.
#[inline(always)]
fn add_tap<const COLUMNS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    sums: &mut [[f32; COLUMNS]; FRAMES],
    frames: [&[f32; INPUTS]; FRAMES],
    weights: &[[f32; OUTPUTS]; INPUTS],
    column: usize,
) {
    let (quads, rest) = weights.as_chunks::<UNROLLED>();
    let frames = frames.map(|frame| frame.as_chunks::<UNROLLED>());
    for (quad, rows) in quads.iter().enumerate() {
        let inputs = frames.map(|(quads, _)| quads.get(quad).unwrap_or(&[0.0; UNROLLED]));
        let [row0, row1, row2, row3] = rows;
        add_row(sums, inputs.map(|[x, _, _, _]| *x), row0, column);
        add_row(sums, inputs.map(|[_, x, _, _]| *x), row1, column);
        add_row(sums, inputs.map(|[_, _, x, _]| *x), row2, column);
        add_row(sums, inputs.map(|[_, _, _, x]| *x), row3, column);
    }
    for (i, row) in rest.iter().enumerate() {
        add_row(
            sums,
            frames.map(|(_, rest)| rest.get(i).copied().unwrap_or_default()),
            row,
            column,
        );
    }
}

/// Adds to the sums of each frame the products of one of its inputs.
#[inline(always)]
fn add_row<const COLUMNS: usize, const OUTPUTS: usize>(
    sums: &mut [[f32; COLUMNS]; FRAMES],
    inputs: [f32; FRAMES],
    row: &[f32; OUTPUTS],
    column: usize,
) {
    let row: [f32; COLUMNS] = columns(row, column);
    for (sums, x) in sums.iter_mut().zip(inputs) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += x * weight;
        }
    }
}

/// The columns of a row from `column` on, which are all there.
#[inline(always)]
fn columns<const COLUMNS: usize>(row: &[f32], column: usize) -> [f32; COLUMNS] {
    row.get(column..).and_then(|row| row.first_chunk()).copied().unwrap_or([0.0; COLUMNS])
}
