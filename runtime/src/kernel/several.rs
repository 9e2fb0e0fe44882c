//! Several rows of inputs at once, so that a weight is loaded once for all of them.

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

/// The columns of a row from `column` on, which are all there.
#[inline(always)]
pub(super) fn columns<const COLUMNS: usize>(row: &[f32], column: usize) -> [f32; COLUMNS] {
    row.get(column..).and_then(|row| row.first_chunk()).copied().unwrap_or([0.0; COLUMNS])
}
