//! Several frames at once, in tiles of a few outputs whose sums stay in registers, so that a weight is loaded once for all
//! frames. One function for all layers of a shape.

use crate::Windows;
use crate::history::moves;
use crate::kernel::FRAMES;
use crate::kernel::several::{add_rows, columns};

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
    add_rows(&mut sums, newest.each_ref().map(<[f32; INPUTS]>::as_slice), newest_kernel, column);
    for (tap, weights) in past_kernel.iter().enumerate() {
        let place = if moves(PAST, INPUTS) {
            tap
        } else if oldest + tap < PAST {
            oldest + tap
        } else {
            oldest + tap - PAST
        };
        let frames =
            past.each_ref().map(|past| past.get(place).unwrap_or(&[0.0; INPUTS]).as_slice());
        add_rows(&mut sums, frames, weights, column);
    }
    for (answer, sums) in answers.iter_mut().zip(sums) {
        if let Some(answer) = answer.get_mut(column..column + COLUMNS) {
            answer.copy_from_slice(&sums);
            activation(answer);
        }
    }
}
