//! Several rows of inputs at once, so that a weight is loaded once for all of them.

use super::FRAMES;

/// Inputs that a turn of the loop takes.
const UNROLLED: usize = 4;

/// Adds to the sums of each row of inputs its products with the columns of `weights` from `column` on, which are all there.
/// The rows are as long as `weights`.
#[inline(always)]
pub(super) fn add_rows<const COLUMNS: usize, const ROWS: usize, const OUTPUTS: usize>(
    sums: &mut [[f32; COLUMNS]; ROWS],
    rows: [&[f32]; ROWS],
    weights: &[[f32; OUTPUTS]],
    column: usize,
) {
    let (quads, rest) = weights.as_chunks::<UNROLLED>();
    let rows = rows.map(|row| row.as_chunks::<UNROLLED>());
    for (quad, weights) in quads.iter().enumerate() {
        let inputs = rows.map(|(quads, _)| quads.get(quad).unwrap_or(&[0.0; UNROLLED]));
        let [weights0, weights1, weights2, weights3] = weights;
        add_inputs(sums, inputs.map(|[x, _, _, _]| *x), weights0, column);
        add_inputs(sums, inputs.map(|[_, x, _, _]| *x), weights1, column);
        add_inputs(sums, inputs.map(|[_, _, x, _]| *x), weights2, column);
        add_inputs(sums, inputs.map(|[_, _, _, x]| *x), weights3, column);
    }
    for (i, weights) in rest.iter().enumerate() {
        let inputs = rows.map(|(_, rest)| rest.get(i).copied().unwrap_or_default());
        add_inputs(sums, inputs, weights, column);
    }
}

/// The same for one input of each row.
#[inline(always)]
fn add_inputs<const COLUMNS: usize, const ROWS: usize, const OUTPUTS: usize>(
    sums: &mut [[f32; COLUMNS]; ROWS],
    inputs: [f32; ROWS],
    weights: &[f32; OUTPUTS],
    column: usize,
) {
    let weights: [f32; COLUMNS] = columns(weights, column);
    for (sums, x) in sums.iter_mut().zip(inputs) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += x * weight;
        }
    }
}

/// Adds to the sums of four frames their products with `weights`, in tiles whose sums stay in registers.
#[inline(always)]
pub(crate) fn add_four<const INPUTS: usize, const OUTPUTS: usize>(
    sums: &mut [[f32; OUTPUTS]; FRAMES],
    frames: &[[f32; INPUTS]; FRAMES],
    weights: &[[f32; OUTPUTS]; INPUTS],
) {
    let mut column = 0;
    while column + 4 <= OUTPUTS {
        add_tile::<4, INPUTS, OUTPUTS>(sums, frames, weights, column);
        column += 4;
    }
    if column + 3 == OUTPUTS {
        add_tile::<3, INPUTS, OUTPUTS>(sums, frames, weights, column);
    } else if column + 2 == OUTPUTS {
        add_tile::<2, INPUTS, OUTPUTS>(sums, frames, weights, column);
    } else if column + 1 == OUTPUTS {
        add_tile::<1, INPUTS, OUTPUTS>(sums, frames, weights, column);
    }
}

/// The same for the columns from `column` on.
#[inline(always)]
fn add_tile<const COLUMNS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    sums: &mut [[f32; OUTPUTS]; FRAMES],
    frames: &[[f32; INPUTS]; FRAMES],
    weights: &[[f32; OUTPUTS]; INPUTS],
    column: usize,
) {
    let mut tile: [[f32; COLUMNS]; FRAMES] = sums.each_ref().map(|sums| columns(sums, column));
    add_rows(&mut tile, frames.each_ref().map(<[f32; INPUTS]>::as_slice), weights, column);
    for (sums, tile) in sums.iter_mut().zip(tile) {
        if let Some(sums) = sums.get_mut(column..column + COLUMNS) {
            sums.copy_from_slice(&tile);
        }
    }
}

/// The columns of a row from `column` on, which are all there.
#[inline(always)]
pub(super) fn columns<const COLUMNS: usize>(row: &[f32], column: usize) -> [f32; COLUMNS] {
    row.get(column..).and_then(|row| row.first_chunk()).copied().unwrap_or([0.0; COLUMNS])
}
