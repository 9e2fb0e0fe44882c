//! Convolutions over time and features, of frames whose features have channels: one function for all layers of a shape.
//!
//! The features under a window lie side by side, and so do the rows of weights that they meet: a window is one row of inputs
//! for each frame. What sticks out at either end is left out with its weights, as if it met zeros.

mod grouped;

use core::array;

pub(crate) use self::grouped::{Shape, grouped_conv2d};
use super::gemm::{add_rows, columns};
use super::{depthwise, gemv};
use crate::delay_line::Past;

/// How windows lie on the features of a frame.
#[derive(Clone, Copy)]
pub(crate) struct Positions {
    pub(crate) features: usize,
    /// Features that a window is wide.
    pub(crate) width: usize,
    pub(crate) stride: usize,
    /// Features that the first window sticks out by.
    pub(crate) padding: usize,
}

impl Positions {
    /// The first feature under a window, the place of that feature in the window, and how many features are under it.
    #[inline(always)]
    fn window(self, position: usize) -> (usize, usize, usize) {
        let start = position * self.stride;
        let feature = start.saturating_sub(self.padding);
        let place = self.padding.saturating_sub(start);
        let left = self.features.saturating_sub(feature);
        (feature, place, left.min(self.width.saturating_sub(place)))
    }

    /// Whether none of so many windows sticks out.
    #[inline(always)]
    fn are_inside(self, position: usize, windows: usize) -> bool {
        let end = (position + windows - 1) * self.stride + self.width;
        position * self.stride >= self.padding && end <= self.features + self.padding
    }
}

/// A frame, and the weights that it meets.
type Tap<'a, T, const INPUTS: usize> = (&'a [f32; INPUTS], &'a [T]);

/// The newest frame with its weights, then the past frames with theirs, oldest first.
#[inline(always)]
fn taps<'a, T, const TAPS: usize, const INPUTS: usize>(
    mut kernel: impl DoubleEndedIterator<Item = &'a [T]>,
    past: Past<'a, INPUTS>,
    newest: &'a [f32; INPUTS],
) -> [Tap<'a, T, INPUTS>; TAPS] {
    let mut taps = [(newest, kernel.next_back().unwrap_or_default()); TAPS];
    for (tap, past) in taps.iter_mut().skip(1).zip(past.iter().zip(kernel)) {
        *tap = past;
    }
    taps
}

/// Writes to `outputs`, one for each position, the `activation` of `first` and the products of all taps.
#[inline(never)]
pub(crate) fn conv2d<
    const TAPS: usize,
    const WIDTH: usize,
    const CHANNELS: usize,
    const OUTPUTS: usize,
    const INPUTS: usize,
>(
    kernel: &[[[[f32; OUTPUTS]; CHANNELS]; WIDTH]; TAPS],
    first: &[f32; OUTPUTS],
    (past, newest): (Past<'_, INPUTS>, &[f32; INPUTS]),
    positions: Positions,
    outputs: &mut [[f32; OUTPUTS]],
    activation: impl Fn(&mut [f32]),
) {
    let kernel = kernel.iter().map(|features| features.as_flattened());
    let taps: [_; TAPS] = taps(kernel, past, newest);
    let step = positions.stride * CHANNELS;
    let mut position = 0;
    while position < outputs.len() {
        let outputs = outputs.get_mut(position..).unwrap_or_default();
        let (feature, place, width) = positions.window(position);
        let start = feature * CHANNELS;
        if positions.are_inside(position, 4)
            && let Some(outputs) = outputs.first_chunk_mut::<4>()
        {
            let rows = |frame| rows(frame, start, step, WIDTH * CHANNELS);
            windows(&taps, first, rows, outputs, &activation);
            position += 4;
        } else if positions.are_inside(position, 2)
            && let Some(outputs) = outputs.first_chunk_mut::<2>()
        {
            let rows = |frame| rows(frame, start, step, WIDTH * CHANNELS);
            windows(&taps, first, rows, outputs, &activation);
            position += 2;
        } else {
            let (weight, inputs) = (place * CHANNELS, width * CHANNELS);
            let parts = taps.map(|(frame, weights)| {
                let weights = weights.get(weight..weight + inputs).unwrap_or_default();
                (frame.get(start..start + inputs).unwrap_or_default(), weights)
            });
            if let Some(output) = outputs.first_mut() {
                *output = *first;
                gemv::add_products(output, &parts, &activation);
            }
            position += 1;
        }
    }
}

/// The inputs under some windows in a frame: from `start`, `length` of them, and so on a `step` later.
#[inline(always)]
fn rows<const WINDOWS: usize>(
    frame: &[f32],
    start: usize,
    step: usize,
    length: usize,
) -> [&[f32]; WINDOWS] {
    array::from_fn(|window| {
        let start = start + window * step;
        frame.get(start..start + length).unwrap_or_default()
    })
}

/// The outputs of some windows, for whose inputs a weight is loaded once, in tiles of outputs whose sums stay in registers.
#[inline(always)]
fn windows<'a, const WINDOWS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    taps: &[Tap<'a, [f32; OUTPUTS], INPUTS>],
    first: &[f32; OUTPUTS],
    rows: impl Fn(&'a [f32]) -> [&'a [f32]; WINDOWS],
    outputs: &mut [[f32; OUTPUTS]; WINDOWS],
    activation: &impl Fn(&mut [f32]),
) {
    let mut column = 0;
    while WINDOWS <= 2 && column + 8 <= OUTPUTS {
        tile::<8, WINDOWS, INPUTS, OUTPUTS>(taps, first, &rows, outputs, column, activation);
        column += 8;
    }
    while column + 4 <= OUTPUTS {
        tile::<4, WINDOWS, INPUTS, OUTPUTS>(taps, first, &rows, outputs, column, activation);
        column += 4;
    }
    if column + 2 <= OUTPUTS {
        tile::<2, WINDOWS, INPUTS, OUTPUTS>(taps, first, &rows, outputs, column, activation);
        column += 2;
    }
    if column < OUTPUTS {
        tile::<1, WINDOWS, INPUTS, OUTPUTS>(taps, first, &rows, outputs, column, activation);
    }
}

/// The same for the outputs from `column` on.
#[inline(always)]
fn tile<
    'a,
    const COLUMNS: usize,
    const WINDOWS: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
>(
    taps: &[Tap<'a, [f32; OUTPUTS], INPUTS>],
    first: &[f32; OUTPUTS],
    rows: &impl Fn(&'a [f32]) -> [&'a [f32]; WINDOWS],
    outputs: &mut [[f32; OUTPUTS]; WINDOWS],
    column: usize,
    activation: &impl Fn(&mut [f32]),
) {
    let mut sums: [[f32; COLUMNS]; WINDOWS] = [columns(first, column); WINDOWS];
    for (frame, weights) in taps {
        add_rows(&mut sums, rows(*frame), weights, column);
    }
    for (output, sums) in outputs.iter_mut().zip(sums) {
        if let Some(output) = output.get_mut(column..column + COLUMNS) {
            output.copy_from_slice(&sums);
            activation(output);
        }
    }
}

/// The same as [`conv2d`] where each channel sees itself alone.
#[inline(never)]
pub(crate) fn depthwise_conv2d<
    const TAPS: usize,
    const WIDTH: usize,
    const CHANNELS: usize,
    const INPUTS: usize,
>(
    kernel: &[[[f32; CHANNELS]; WIDTH]; TAPS],
    first: &[f32; CHANNELS],
    (past, newest): (Past<'_, INPUTS>, &[f32; INPUTS]),
    positions: Positions,
    outputs: &mut [[f32; CHANNELS]],
    activation: impl Fn(&mut [f32]),
) {
    let taps: [_; TAPS] = taps(kernel.iter().map(<[_; WIDTH]>::as_slice), past, newest);
    for (position, output) in outputs.iter_mut().enumerate() {
        let (feature, place, width) = positions.window(position);
        let parts = taps.map(|(frame, weights)| {
            let (features, _) = frame.as_chunks::<CHANNELS>();
            let features = features.get(feature..feature + width).unwrap_or_default();
            (features, weights.get(place..place + width).unwrap_or_default())
        });
        *output = *first;
        depthwise::add_products(output, &parts, &activation);
    }
}
