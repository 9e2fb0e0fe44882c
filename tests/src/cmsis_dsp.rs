//! The two functions of CMSIS-DSP for Miri, which runs no C: each reads and writes through its pointers exactly what the C
//! function does, so that Miri sees a call of the runtime's that gives away too little.

#![allow(unsafe_code, reason = "the other side of a foreign function")]
#![allow(non_snake_case, reason = "C's names")]

use std::ffi::c_int;

/// `arm_matrix_instance_f32`
#[repr(C)]
struct Matrix {
    numRows: u16,
    numCols: u16,
    pData: *mut f32,
}

// SAFETY: nothing else is of this name, as nothing is linked.
#[unsafe(no_mangle)]
unsafe extern "C" fn arm_mat_mult_f32(
    a: *const Matrix,
    b: *const Matrix,
    product: *mut Matrix,
) -> c_int {
    // SAFETY: the caller's promise; Miri checks it.
    unsafe {
        let (a, b, product) = (&*a, &*b, &*product);
        assert_eq!(
            (a.numCols, a.numRows, b.numCols),
            (b.numRows, product.numRows, product.numCols)
        );
        let (rows, inner, columns) =
            (usize::from(a.numRows), usize::from(a.numCols), usize::from(b.numCols));
        for row in 0..rows {
            for column in 0..columns {
                let terms = (0..inner)
                    .map(|i| *a.pData.add(row * inner + i) * *b.pData.add(i * columns + column));
                *product.pData.add(row * columns + column) = terms.sum();
            }
        }
    }
    0
}

// SAFETY: as above.
#[unsafe(no_mangle)]
unsafe extern "C" fn arm_mult_f32(a: *const f32, b: *const f32, product: *mut f32, count: u32) {
    for i in 0..usize::try_from(count).unwrap() {
        // SAFETY: the caller's promise; Miri checks it.
        unsafe { *product.add(i) = *a.add(i) * *b.add(i) };
    }
}
