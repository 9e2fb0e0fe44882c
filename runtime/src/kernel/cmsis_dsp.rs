//! CMSIS-DSP, by the functions of its version 1.8 that `cmsis-dsp-sys` binds. This file has all the `unsafe` that it takes.
//!
//! A layer is one product, of the frames under its taps side by side, a row, and its kernel, a matrix. That takes fewer
//! instructions than a product for each tap, and than one for the past frames, which lie side by side already, and one for
//! the newest.
#![allow(unsafe_code, reason = "C functions are called; each call has its proof")]

use cmsis_dsp_sys::{arm_mat_mult_f32, arm_matrix_instance_f32};

use super::LayerShape;
use crate::delay_line::Past;

/// The `first` sums, and the products of all taps added to them; then the activation.
#[inline(always)]
pub(crate) fn conv_of_past<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    first: &[f32; OUTPUTS],
    newest: &[f32; INPUTS],
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    _: &LayerShape<TAPS, INPUTS, OUTPUTS>,
    past: Past<'_, INPUTS>,
    activation: impl Fn(&mut [f32]),
) -> [f32; OUTPUTS] {
    let mut sums = *first;
    if TAPS * INPUTS <= MOST_GATHERED {
        let mut window = [[0.0; INPUTS]; TAPS];
        for (place, frame) in window.iter_mut().zip(past.iter().chain([newest])) {
            *place = *frame;
        }
        add_products(&mut sums, window.as_flattened(), kernel.as_flattened());
    } else {
        for (frame, weights) in past.iter().chain([newest]).zip(kernel) {
            add_products(&mut sums, frame, weights);
        }
    }
    activation(&mut sums);
    sums
}

/// Numbers that are gathered on the stack: 1 KiB.
const MOST_GATHERED: usize = 256;

/// Rows of a matrix that one call multiplies: CMSIS-DSP counts them in 16 bits.
const MOST_ROWS: usize = u16::MAX as usize;

/// Adds `vector * matrix`, a row times a matrix of as many rows, to `sums`.
#[inline(always)]
fn add_products<const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    vector: &[f32],
    matrix: &[[f32; OUTPUTS]],
) {
    let (vectors, vector) = vector.as_chunks::<MOST_ROWS>();
    let (matrices, matrix) = matrix.as_chunks::<MOST_ROWS>();
    for (vector, matrix) in vectors.iter().zip(matrices) {
        add(sums, &product(vector, matrix));
    }
    add(sums, &product(vector, matrix));
}

/// `vector * matrix`; zeros where the vector is not as long as the matrix has rows, from 1 to [`MOST_ROWS`].
#[inline(always)]
fn product<const OUTPUTS: usize>(vector: &[f32], matrix: &[[f32; OUTPUTS]]) -> [f32; OUTPUTS] {
    const {
        assert!(OUTPUTS >= 1, "CMSIS-DSP writes one column before it counts");
        assert!(OUTPUTS <= u16::MAX as usize, "CMSIS-DSP counts columns in 16 bits");
    }
    let mut product = [0.0; OUTPUTS];
    if matrix.is_empty() || matrix.len() > MOST_ROWS || vector.len() != matrix.len() {
        return product;
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "at most MOST_ROWS, as asserted or just seen"
    )]
    let (rows, columns) = (matrix.len() as u16, OUTPUTS as u16);
    let instance = |rows, columns, data| arm_matrix_instance_f32 {
        numRows: rows,
        numCols: columns,
        pData: data,
    };
    let a = instance(1, rows, vector.as_ptr().cast_mut());
    let b = instance(rows, columns, matrix.as_ptr().cast::<f32>().cast_mut());
    let mut c = instance(1, columns, product.as_mut_ptr());
    // SAFETY: rows and columns of all three are at least 1, which the function's loops take for granted. `a` names `rows`
    // floats, which is the length of `vector`; `b` names `rows * columns`, which the arrays of `matrix` are, side by side;
    // `c` names `columns`, all of `product`. The function reads `a` and `b` and writes `c` within these sizes, whose inner
    // dimensions agree; it keeps no pointer. `product` is not borrowed elsewhere, and nothing is written through the
    // pointers that were cast to `mut`.
    unsafe { arm_mat_mult_f32(&raw const a, &raw const b, &raw mut c) };
    product
}

/// Adds `addends` to `sums`.
#[inline(always)]
fn add<const OUTPUTS: usize>(sums: &mut [f32; OUTPUTS], addends: &[f32; OUTPUTS]) {
    for (sum, addend) in sums.iter_mut().zip(addends) {
        *sum += addend;
    }
}
