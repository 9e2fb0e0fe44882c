//! CMSIS-DSP, by the functions of its version 1.8 that `cmsis-dsp-sys` binds. This file has all the `unsafe` there is.
//!
//! A layer is one product, of the frames under its taps side by side, a row vector, and its kernel, a matrix with as many
//! rows. That takes fewer instructions than a product for each tap, and than one for the past frames, which lie side by
//! side already, and one for the newest.
#![allow(unsafe_code, reason = "C functions are called; each call has its proof")]

use cmsis_dsp_sys::{arm_mat_mult_f32, arm_matrix_instance_f32, arm_mult_f32};

use super::add;

/// `first` and the products of all taps: the `past` frames, oldest first, and the `newest`.
#[inline(always)]
pub(crate) fn conv<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    first: [f32; OUTPUTS],
    past: &[[f32; INPUTS]],
    newest: &[f32; INPUTS],
) -> [f32; OUTPUTS] {
    let mut sums = first;
    if TAPS * INPUTS <= MOST_GATHERED {
        let mut window = [[0.0; INPUTS]; TAPS];
        for (place, frame) in window.iter_mut().zip(past.iter().chain([newest])) {
            *place = *frame;
        }
        add_product(&mut sums, window.as_flattened(), kernel.as_flattened());
    } else if let Some((newest_kernel, past_kernel)) = kernel.split_last() {
        add_product(&mut sums, past.as_flattened(), past_kernel.as_flattened());
        add_product(&mut sums, newest, newest_kernel);
    }
    sums
}

/// The same for a kernel in `GROUPS` groups.
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
    past: &[[f32; INPUTS]],
    newest: &[f32; INPUTS],
) -> [f32; OUTPUTS] {
    let mut sums = first;
    for (frame, weights) in past.iter().chain([newest]).zip(kernel) {
        for (i, row) in weights.iter().enumerate() {
            // The `i`-th input of each group, once for each output of the group.
            let mut inputs = [0.0; OUTPUTS];
            let groups = inputs.chunks_exact_mut(OUTPUTS / GROUPS);
            for (group, x) in groups.zip(frame.iter().skip(i).step_by(GROUP_INPUTS)) {
                group.fill(*x);
            }
            add(&mut sums, &products(&inputs, row));
        }
    }
    sums
}

/// Numbers that are gathered on the stack: 1 KiB.
const MOST_GATHERED: usize = 256;

/// Rows that one call multiplies: CMSIS-DSP counts them in 16 bits.
const MOST_ROWS: usize = u16::MAX as usize;

/// Adds `vector * matrix`, a row vector times a matrix of as many rows.
#[inline(always)]
fn add_product<const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    vector: &[f32],
    matrix: &[[f32; OUTPUTS]],
) {
    for (vector, matrix) in vector.chunks(MOST_ROWS).zip(matrix.chunks(MOST_ROWS)) {
        add(sums, &product(vector, matrix));
    }
}

/// `vector * matrix`, of as many rows, from 1 to [`MOST_ROWS`].
#[inline(always)]
fn product<const OUTPUTS: usize>(vector: &[f32], matrix: &[[f32; OUTPUTS]]) -> [f32; OUTPUTS] {
    const {
        assert!(OUTPUTS >= 1, "CMSIS-DSP writes one column before it counts");
        assert!(OUTPUTS <= u16::MAX as usize, "CMSIS-DSP counts columns in 16 bits");
    }
    #[allow(clippy::cast_possible_truncation, reason = "asserted above, and at most MOST_ROWS")]
    let (rows, columns) = (vector.len().min(matrix.len()).min(MOST_ROWS) as u16, OUTPUTS as u16);
    let mut product = [0.0; OUTPUTS];
    if rows == 0 {
        return product;
    }
    let instance = |rows, columns, data| arm_matrix_instance_f32 {
        numRows: rows,
        numCols: columns,
        pData: data,
    };
    let a = instance(1, rows, vector.as_ptr().cast_mut());
    let b = instance(rows, columns, matrix.as_ptr().cast::<f32>().cast_mut());
    let mut c = instance(1, columns, product.as_mut_ptr());
    // SAFETY: rows and columns are at least 1, which the function's loops take for granted. `a` names `rows` floats, of which `vector` has at least as many; `b` names `rows * columns`, which the
    // first `rows` arrays of `matrix` are, side by side; `c` names `columns`, all of `product`. The function reads `a`
    // and `b` and writes `c` within these sizes, whose inner dimensions agree; it keeps no pointer. `product` is not
    // borrowed elsewhere, and nothing is written through the pointers that were cast to `mut`.
    unsafe { arm_mat_mult_f32(&raw const a, &raw const b, &raw mut c) };
    product
}

/// The products of two frames, channel by channel.
#[inline(always)]
fn products<const CHANNELS: usize>(a: &[f32; CHANNELS], b: &[f32; CHANNELS]) -> [f32; CHANNELS] {
    const { assert!(CHANNELS <= u32::MAX as usize, "CMSIS-DSP counts channels in 32 bits") }
    #[allow(clippy::cast_possible_truncation, reason = "asserted above")]
    let channels = CHANNELS as u32;
    let mut products = [0.0; CHANNELS];
    // SAFETY: all three are arrays of `channels` floats, which is what the function reads of the first two and writes of
    // the third; that is not borrowed elsewhere, and the function keeps no pointer.
    unsafe { arm_mult_f32(a.as_ptr(), b.as_ptr(), products.as_mut_ptr(), channels) };
    products
}
