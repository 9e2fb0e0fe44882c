//! A kernel for layers of few channels: what is done with the sums is done while they are in registers.
#![allow(unsafe_code, reason = "assembly is called; the call has its proof")]

use core::mem::MaybeUninit;
use core::ptr::{null, null_mut};

use super::activations::{Constants, fast_tanh_of_sums, tanh_of_sums};
use super::text::SELECTS;
use super::{BYTES, Product, Run};
use crate::kernel::{FEW, Shape};
use crate::pointwise::{FewActivation, Pointwise};

/// What `product_of_few` takes. It changes the pointers.
#[repr(C)]
struct Arguments<'a> {
    outputs: *mut f32,
    sums: *mut f32,
    first: *const f32,
    bias: *const f32,
    frames: usize,
    runs: *const Run<'a>,
    count: usize,
    activation: u32,
    slope: f32,
    end_weights: *const f32,
    end_bias: *const f32,
    end_first: *const f32,
    end_outputs: *mut f32,
    /// Runs of one tap, of any inputs, which come first.
    apart: *const Run<'a>,
    apart_count: usize,
    constants: *const Constants,
}

/// The results of several frames, a multiple of four.
#[inline(always)]
pub(crate) fn few<const INPUTS: usize, const OUTPUTS: usize, A: FewActivation>(
    product: &mut Product<'_>,
) {
    let mut place = MaybeUninit::uninit();
    let constants = const { A::OF_FOURS.1 };
    let Some(arguments) = arguments(&mut place, product, (INPUTS, OUTPUTS), constants) else {
        return;
    };
    // SAFETY: `arguments` has said that bias, first sums and places of results are there for all frames, that there are frames, in fours,
    // and runs. Each run was made for at least as many frames and for these columns, and has the inputs and weights for them. The
    // function writes the places of results alone, which are borrowed here and nowhere else, and keeps no pointer.
    unsafe { product_of_few::<INPUTS, OUTPUTS, A>(arguments) };
}

/// What `product_of_few` takes of a product, if all of it is there.
#[inline(never)]
fn arguments<'s, 'a>(
    place: &'s mut MaybeUninit<Arguments<'a>>,
    product: &'a mut Product<'_>,
    (inputs, outputs): (usize, usize),
    constants: &'static Constants,
) -> Option<&'s mut Arguments<'a>> {
    let end = product.results.end.as_ref();
    let fits = inputs <= FEW
        && outputs <= FEW
        && product.fits()
        && product.bias.len() == outputs
        && end.is_none_or(|end| end.bias.len() == inputs);
    if !fits {
        debug_assert!(false, "memory for a product of frames");
        return None;
    }
    let Product { frames: count, bias, first, .. } = *product;
    let (results, runs) = product.parts();
    let is_side_by_side = |run: &Run<'_>| run.rows == inputs && run.frame_bytes == inputs * BYTES;
    // A condition, and the newest frames where others are left out between them, come first.
    let apart = runs.iter().take_while(|run| !is_side_by_side(run)).count();
    let (apart, runs) = runs.split_at_checked(apart)?;
    if runs.iter().any(|run| !is_side_by_side(run)) || apart.iter().any(|run| run.taps != 1) {
        debug_assert!(false, "taps of frames that are side by side");
        return None;
    }
    let is_stored_alone =
        results.outputs.is_some() && results.sums.is_none() && results.end.is_none();
    let (activation, slope) = match results.activation {
        Pointwise::Relu if SELECTS != 0 && is_stored_alone => (3, 0.0),
        activation => activation.code(),
    };
    let [to, sums] = [results.outputs.take(), results.sums.take()]
        .map(|place| place.map_or(null_mut(), <[f32]>::as_mut_ptr));
    let (end_weights, end_bias, end_first, end_outputs) = match results.end.take() {
        Some(end) => {
            (end.weights.as_ptr(), end.bias.as_ptr(), end.first.as_ptr(), end.outputs.as_mut_ptr())
        }
        None => (null(), null(), null(), null_mut()),
    };
    Some(place.write(Arguments {
        outputs: to,
        sums,
        first: first.map_or(null(), <[f32]>::as_ptr),
        bias: bias.as_ptr(),
        frames: count,
        runs: runs.as_ptr(),
        count: runs.len(),
        activation,
        slope,
        end_weights,
        end_bias,
        end_first,
        end_outputs,
        apart: apart.as_ptr(),
        apart_count: apart.len(),
        constants,
    }))
}

/// Computes `OUTPUTS` sums for each of the frames, four frames at a time: their bias, added to the first sums if there are any, and
/// then the products of each run. Applies the activation: 0 none, 1 ReLU, 2 leaky ReLU, 3 ReLU of results that are only written. Writes the results to `outputs`, adds them to `sums`, and
/// writes `INPUTS` outputs of a 1x1 convolution of them to `end_outputs`, each where it is not null. Before that, calls the function of `A`
/// with the sums of four frames.
///
/// # Safety
///
/// All that the arguments name is there; there is a run, and a frame.
#[unsafe(naked)]
unsafe extern "C" fn product_of_few<const INPUTS: usize, const OUTPUTS: usize, A: FewActivation>(
    arguments: *mut Arguments<'_>,
) {
    kernel!(
        "few",
        rows = at_most_few(INPUTS),
        columns = at_most_few(OUTPUTS),
        function = A::OF_FOURS.0;
        tanh = tanh_of_sums,
        fast_tanh = fast_tanh_of_sums
    )
}

/// One output frame of such a layer, as [`conv_of_shape`](super::conv_of_shape).
///
/// # Safety
///
/// As that of `conv_of_shape`; the shape has `INPUTS` rows and `OUTPUTS` columns.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn conv_of_few<const INPUTS: usize, const OUTPUTS: usize>(
    sums: *mut f32,
    newest: *const f32,
    kernel: *const f32,
    shape: *const Shape,
    ring: *const f32,
    oldest: usize,
    first: *const f32,
) {
    kernel!("conv_few", rows = at_most_few(INPUTS), columns = at_most_few(OUTPUTS))
}

/// Layers of more channels do not call the functions, which there are where a build does not leave it out.
const fn at_most_few(channels: usize) -> usize {
    if channels < FEW { channels } else { FEW }
}
