//! A kernel for layers of 8 or 16 channels, for six frames at a time. Of four, a multiply-accumulate takes more instructions.
#![allow(unsafe_code, reason = "assembly is called; the call has its proof")]

use core::arch::naked_asm;
use core::mem::MaybeUninit;
use core::ops::Range;

use super::BYTES;
use crate::kernel::{FRAMES, Walk};

/// Frames of a tile, at most.
const SIX: usize = 6;

/// What `six_of_layer` takes. It changes the outputs, the frames and the place.
#[repr(C)]
struct Arguments {
    outputs: *mut f32,
    /// Memory for the inputs of a tile.
    packed: *mut f32,
    packed_end: *mut f32,
    frames: usize,
    /// Where the next frame is under the first past tap, in bytes from the oldest one on. Frames behind those in the ring are new ones.
    place: usize,
    inputs: *const f32,
    oldest: *const f32,
    to_end: usize,
    ring_bytes: usize,
    step_bytes: usize,
    past: usize,
    weights: *const f32,
    /// Fours of rows of all past taps.
    past_turns: usize,
    newest_weights: *const f32,
    bias: *const f32,
    activation: u32,
    slope: f32,
    /// Memory for the frames of a tile.
    tile: usize,
}

/// Whether there is a kernel for layers of so many inputs and outputs.
pub(crate) const fn has_six(inputs: usize, outputs: usize) -> bool {
    inputs == served(inputs) && outputs == served(outputs)
}

/// Other layers do not call the function, which there is where a build does not leave it out.
const fn served(channels: usize) -> usize {
    if channels == 16 { 16 } else { 8 }
}

/// All frames that are left, if there is a kernel for the layer, and nothing but outputs is to be written.
#[inline(always)]
pub(crate) fn six_at_once<const INPUTS: usize, const OUTPUTS: usize>(walk: &mut Walk<'_>) -> bool {
    if !has_six(INPUTS, OUTPUTS) {
        return false;
    }
    let mut place = MaybeUninit::uninit();
    let Some(arguments) = arguments(&mut place, walk, (INPUTS, OUTPUTS)) else { return false };
    // SAFETY: `has_six` has said that channels and columns are 8 or 16, and `arguments` that inputs, places of outputs and weights of all
    // taps are there for these, that the frames are in fours, and that the memory for packed inputs has those of six frames. The ring is
    // as long as its taps' steps, so that the frame under the last past tap is in front of the newest one: it is in the ring, or a new
    // one. The function writes the outputs and the packed inputs alone, which `walk` borrows, and keeps no pointer.
    unsafe { six_of_layer::<INPUTS, OUTPUTS>(arguments) };
    store(walk);
    true
}

/// The frames become past ones.
#[inline(never)]
fn store(walk: &mut Walk<'_>) {
    let numbers = walk.left * walk.ring.shape.channels;
    if walk.layer.taps > 1 {
        walk.ring.store(walk.inputs.get(..numbers).unwrap_or_default(), walk.left);
    }
}

/// What `six_of_layer` takes of a layer, if all of it is there, and nothing but outputs is to be written.
#[inline(never)]
fn arguments<'s>(
    place: &'s mut MaybeUninit<Arguments>,
    walk: &mut Walk<'_>,
    (channels, columns): (usize, usize),
) -> Option<&'s mut Arguments> {
    let Walk { layer, ring, inputs, scratch, first, results, left, .. } = walk;
    let count = *left;
    let past = layer.taps.saturating_sub(1);
    let (step, oldest) = (ring.shape.dilation * channels, ring.first() * channels);
    let (newest, packed) = (past * channels * columns, SIX * layer.taps * channels);
    let is_alone = first.frames.is_none()
        && first.condition.is_none()
        && results.sums.is_none()
        && results.end.is_none();
    let fits = is_alone
        && layer.bias.len() == columns
        && ring.shape.channels == channels
        && ring.shape.stride == 1
        && count > 0
        && count.is_multiple_of(FRAMES)
        && layer.taps > 0
        && ring.numbers.len() == past * step
        && ring.shape.frames * channels == past * step
        && layer.kernel.len() >= newest + channels * columns
        && inputs.len() >= count * channels
        && scratch.len() >= packed
        && results.fit(count, columns);
    let outputs = results.outputs.as_mut().filter(|_| fits)?;
    let Range { start: packed, end: packed_end } =
        scratch.get_mut(..packed).unwrap_or_default().as_mut_ptr_range();
    let (activation, slope) = results.activation.code();
    Some(place.write(Arguments {
        outputs: outputs.as_mut_ptr(),
        packed,
        packed_end,
        frames: count,
        place: 0,
        inputs: inputs.as_ptr(),
        oldest: ring.numbers.as_ptr().wrapping_add(oldest),
        to_end: (ring.numbers.len() - oldest) * BYTES,
        ring_bytes: ring.numbers.len() * BYTES,
        step_bytes: step * BYTES,
        past,
        weights: layer.kernel.as_ptr(),
        past_turns: past * channels / 4,
        newest_weights: layer.kernel.as_ptr().wrapping_add(newest),
        bias: layer.bias.as_ptr(),
        activation,
        slope,
        tile: SIX,
    }))
}

/// Computes the outputs of the frames, in fours, six or four at a time: their bias, and the products of the newest tap and of the past
/// ones, oldest first. Applies the activation: 0 none, 1 ReLU, 2 leaky ReLU.
///
/// # Safety
///
/// All that the arguments name is there. There are frames. `INPUTS` and `OUTPUTS` are 8 or 16.
#[unsafe(naked)]
unsafe extern "C" fn six_of_layer<const INPUTS: usize, const OUTPUTS: usize>(
    arguments: *mut Arguments,
) {
    naked_asm!(
        ".set channels, {channels}",
        ".set columns, {columns}",
        include_str!("helium_six.s"),
        channels = const served(INPUTS),
        columns = const served(OUTPUTS),
    )
}
