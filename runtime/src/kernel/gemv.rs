//! Layers too large to be written out at every place: one function for all layers with as many outputs. It goes through
//! the outputs in tiles whose sums stay in registers, so that a multiply-accumulate loads one weight and stores nothing.

/// Outputs of the widest tile: with what is multiplied, their sums fit into the 32 registers of a floating-point unit.
const WIDEST: usize = 16;

/// Inputs that a turn of the loop takes.
const UNROLLED: usize = 4;

/// Some inputs, and the rows of weights that they are multiplied by.
pub(super) type Part<'a, const OUTPUTS: usize> = (&'a [f32], &'a [[f32; OUTPUTS]]);

/// Adds the product of each part, a row vector times a matrix of as many rows, to `sums`.
#[inline(never)]
pub(super) fn add_products<const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    parts: &[Part<'_, OUTPUTS>],
    activation: impl Fn(&mut [f32]),
) {
    let mut column = 0;
    while column + WIDEST <= OUTPUTS {
        tile::<WIDEST, OUTPUTS>(sums, parts, column, &activation);
        column += WIDEST;
    }
    if column + 8 <= OUTPUTS {
        tile::<8, OUTPUTS>(sums, parts, column, &activation);
        column += 8;
    }
    if column + 4 <= OUTPUTS {
        tile::<4, OUTPUTS>(sums, parts, column, &activation);
        column += 4;
    }
    if column + 2 <= OUTPUTS {
        tile::<2, OUTPUTS>(sums, parts, column, &activation);
        column += 2;
    }
    if column < OUTPUTS {
        tile::<1, OUTPUTS>(sums, parts, column, &activation);
    }
}

/// The same for the columns from `column` on.
#[inline(always)]
fn tile<const COLUMNS: usize, const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    parts: &[Part<'_, OUTPUTS>],
    column: usize,
    activation: &impl Fn(&mut [f32]),
) {
    let Some(sums) = sums.get_mut(column..).and_then(|sums| sums.first_chunk_mut::<COLUMNS>())
    else {
        return;
    };
    let mut tile = *sums;
    for part in parts {
        add_to_tile(&mut tile, *part, column);
    }
    *sums = tile;
    activation(sums);
}

#[inline(always)]
fn add_to_tile<const COLUMNS: usize, const OUTPUTS: usize>(
    sums: &mut [f32; COLUMNS],
    (inputs, rows): Part<'_, OUTPUTS>,
    column: usize,
) {
    let (inputs, last_inputs) = inputs.as_chunks::<UNROLLED>();
    let (rows, last_rows) = rows.as_chunks::<UNROLLED>();
    for (inputs, rows) in inputs.iter().zip(rows) {
        for (x, row) in inputs.iter().zip(rows) {
            add_product(sums, *x, row, column);
        }
    }
    for (x, row) in last_inputs.iter().zip(last_rows) {
        add_product(sums, *x, row, column);
    }
}

/// Adds `x` times the columns of `row` from `column` on, which are all there.
#[inline(always)]
fn add_product<const COLUMNS: usize>(
    sums: &mut [f32; COLUMNS],
    x: f32,
    row: &[f32],
    column: usize,
) {
    let row = row.get(column..column + COLUMNS).unwrap_or_default();
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += x * weight;
    }
}
