//! Assembly for Cortex-M processors with a floating-point unit, so that neither the size nor the speed of a layer depends on the
//! optimisation level of a build. [`portable`](super::portable) computes the same, bit for bit.
//!
//! Products and sums are rounded one by one, and each sum is one chain of additions: what it starts from, the products of the
//! newest tap, then those of the past taps, oldest first.
#![allow(unsafe_code, reason = "assembly is called; each call has its proof")]

#[macro_use]
mod text;
#[cfg(not(helium))]
pub(crate) mod activations;
#[cfg(not(helium))]
pub(super) mod elementwise;
#[cfg(not(helium))]
mod few;
#[cfg(helium)]
mod helium;
#[cfg(helium)]
pub(super) mod helium_copy;
#[cfg(helium)]
mod helium_six;
mod runs;

use core::mem::MaybeUninit;
#[cfg(not(helium))]
use core::ptr;

#[cfg(not(helium))]
use self::few::conv_of_few;
#[cfg(not(helium))]
pub(crate) use self::few::few;
#[cfg(helium)]
pub(super) use self::helium::{add_depthwise, add_depthwise_conv, frames_at_once};
#[cfg(helium)]
pub(crate) use self::helium::{few, frames};
#[cfg(helium)]
pub(crate) use self::helium_six::six_at_once;
pub(crate) use self::runs::{Run, Runs};
#[cfg(not(helium))]
use super::runs::Product;
use super::shape::{BYTES, LayerShape, Shape};
use crate::delay_line::Past;
#[cfg(not(helium))]
use crate::kernel::FEW;

/// The first sums, and the products of a convolution added to them, as [`add_conv`].
#[inline(always)]
pub(crate) fn conv<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    first: &[f32; OUTPUTS],
    newest: &[f32; INPUTS],
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    shape: &LayerShape<TAPS, INPUTS, OUTPUTS>,
    Past { frames, oldest, .. }: Past<'_, INPUTS>,
) -> [f32; OUTPUTS] {
    let fits = shape.fits(frames.len(), oldest);
    debug_assert!(fits, "past frames for the shape of a convolution");
    if !fits {
        return *first;
    }
    let oldest = oldest * (INPUTS * BYTES);
    let (newest, kernel) = ((&raw const *newest).cast(), (&raw const *kernel).cast());
    let (shape, ring) = (shape.shape(), frames.as_ptr().cast());
    #[cfg(not(helium))]
    if INPUTS <= FEW && OUTPUTS <= FEW {
        let mut sums = MaybeUninit::<[f32; OUTPUTS]>::uninit();
        let (to, first) = (sums.as_mut_ptr().cast(), first.as_ptr());
        // SAFETY: as below. The function writes all of the sums, and keeps no pointer.
        unsafe {
            conv_of_few::<INPUTS, OUTPUTS>(to, newest, kernel, shape, ring, oldest, first);
            return sums.assume_init();
        }
    }
    // SAFETY: the frame, the kernel and the first sums have the sizes of the shape, and the sums as many columns. `fits` has just
    // said that the ring has its length, and that the oldest frame is in it.
    unsafe { sums(newest, kernel, shape, ring, oldest, first) }
}

/// The first sums of gates, and their products with the inputs and with the last outputs added to them.
#[inline(always)]
pub(crate) fn gates<const UNITS: usize, const GATES: usize>(
    first: &[[f32; UNITS]; GATES],
    inputs: &[f32],
    weights: &[f32],
    shape: &Shape,
    last: &[f32],
) -> [[f32; UNITS]; GATES] {
    let fits = shape.columns == UNITS * GATES
        && shape.fits(UNITS * GATES, inputs.len(), weights.len(), (last.len(), 0));
    debug_assert!(fits, "memory for the shape of gates");
    if !fits {
        return *first;
    }
    let (inputs, weights, last) = (inputs.as_ptr(), weights.as_ptr(), last.as_ptr());
    // SAFETY: `fits` has just said that all that the function reads and writes is there, and the shape has as many columns as there
    // are sums.
    unsafe { sums(inputs, weights, shape, last, 0, first) }
}

/// The result of a function that begins with the address of its sums: of more than four numbers, a function of Arm's calling
/// convention writes its result to the address that it has as its first argument.
type IntoSums<N> = unsafe extern "C" fn(
    newest: *const f32,
    kernel: *const f32,
    shape: *const Shape,
    ring: *const f32,
    oldest: usize,
    first: *const N,
) -> N;

/// The sums that [`conv_of_shape`] writes, without a copy of them.
///
/// # Safety
///
/// As that of `conv_of_shape`. `N` is as many f32 as the shape has columns, and as there are first sums.
#[inline(always)]
unsafe fn sums<N>(
    newest: *const f32,
    kernel: *const f32,
    shape: &Shape,
    ring: *const f32,
    oldest: usize,
    first: &N,
) -> N {
    if size_of::<N>() > 4 * BYTES {
        let function: *const () = conv_of_shape as *const ();
        // SAFETY: the function is assembly, which finds the address of its sums where the calling convention has that of such a
        // result, and the other arguments behind it. It writes all of the result.
        let function: IntoSums<N> = unsafe { core::mem::transmute(function) };
        // SAFETY: as the caller says.
        return unsafe { function(newest, kernel, shape, ring, oldest, first) };
    }
    let mut sums = MaybeUninit::<N>::uninit();
    // SAFETY: as the caller says. The function writes all of the sums, and keeps no pointer.
    unsafe {
        let (to, first) = (sums.as_mut_ptr().cast(), (&raw const *first).cast());
        conv_of_shape(to, newest, kernel, shape, ring, oldest, first);
        sums.assume_init()
    }
}

/// Adds the products of a convolution to `sums`, which hold what they start from. The past taps are in a ring, from the first
/// input on; `oldest` is the index of its oldest frame.
#[inline(always)]
pub(crate) fn add_conv(
    sums: &mut [f32],
    newest: &[f32],
    kernel: &[f32],
    shape: &Shape,
    (ring, oldest): (&[f32], usize),
) {
    let fits = shape.fits(sums.len(), newest.len(), kernel.len(), (ring.len(), oldest));
    debug_assert!(fits, "memory for the shape of a convolution");
    if fits {
        let oldest = oldest * shape.channels * BYTES;
        let (newest, kernel, ring) = (newest.as_ptr(), kernel.as_ptr(), ring.as_ptr());
        let sums = sums.as_mut_ptr();
        // SAFETY: `fits` has just said that all that the function reads and writes is there. It writes `sums` alone, which is
        // borrowed here and nowhere else, and reads each of them before it writes it; it keeps no pointer.
        unsafe { conv_of_shape(sums, newest, kernel, shape, ring, oldest, sums) };
    }
}

/// Reads `columns` first sums, `rows` inputs, and the weights of `past + 1` taps of as many rows, whose columns are `row_bytes` apart. Where there
/// are past taps, reads `rows` inputs of each: the first is `oldest` bytes into the ring, and from the end of its inputs it is
/// `step_bytes` to the next, less `ring_bytes` where that is at or behind the end. Where `step_bytes` is 0, reads the whole ring
/// instead, from `oldest` on, and a row of weights for each number of it. Writes the sums.
///
/// # Safety
///
/// All of it is there, and `oldest` is less than `ring_bytes`.
#[unsafe(naked)]
unsafe extern "C" fn conv_of_shape(
    sums: *mut f32,
    newest: *const f32,
    kernel: *const f32,
    shape: *const Shape,
    ring: *const f32,
    oldest: usize,
    first: *const f32,
) {
    kernel!("conv")
}

/// What `frames_of_product` takes.
#[cfg(not(helium))]
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
}

/// The outputs of several frames, a multiple of four.
#[cfg(not(helium))]
#[inline(never)]
pub(crate) fn frames(product: &mut Product<'_>) {
    if !product.fits() {
        debug_assert!(false, "memory for a product of frames");
        return;
    }
    let others = (product.results.sums.is_none(), product.results.end.is_none());
    debug_assert!(others == (true, true), "layers of few channels have these");
    let Some(outputs) = product.results.outputs.take() else {
        debug_assert!(false, "a place for the outputs");
        return;
    };
    let (columns, (activation, slope)) = (product.bias.len(), product.results.activation.code());
    let Product { frames: count, bias, first, .. } = *product;
    let (_, runs) = product.parts();
    for run in &mut *runs {
        run.join();
    }
    let arguments = Arguments {
        outputs: outputs.as_mut_ptr(),
        columns,
        row_bytes: columns * BYTES,
        first: first.map_or(ptr::null(), <[f32]>::as_ptr),
        bias: bias.as_ptr(),
        frames: count,
        runs: runs.as_ptr(),
        count: runs.len(),
        activation,
        slope,
    };
    // SAFETY: `fits` has said that outputs, bias and first sums are there for all frames, that there are frames, in fours, columns
    // and runs. Each run was made for at least as many frames and for these columns, and has the inputs and weights for them; joined, it
    // reads the same. The function writes `outputs` alone, which is borrowed here and nowhere else, and keeps no pointer.
    unsafe { frames_of_product(&raw const arguments) };
}

/// Writes `columns` outputs for each of the frames, `row_bytes` apart, four frames at a time: their bias, added to the first sums
/// if there are any, and then the products of each run, whose rows of weights are `row_bytes` apart as well. Applies the activation:
/// 0 none, 1 ReLU, 2 leaky ReLU.
///
/// # Safety
///
/// All that the arguments name is there; there is a run, and a frame.
#[cfg(not(helium))]
#[unsafe(naked)]
unsafe extern "C" fn frames_of_product(arguments: *const Arguments<'_>) {
    kernel!("frames")
}
