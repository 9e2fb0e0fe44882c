//! Safe Rust for every processor.
//!
//! Every sum is one chain of additions: what it starts from, the products of the newest tap, then those of the past taps,
//! oldest first. One order for all kernels makes a block the same, to the last bit, as its frames one by one.

use super::elementwise;
use super::runs::{MOST_RUNS, Product, Taps};
#[cfg(not(feature = "cmsis-dsp"))]
use super::shape::LayerShape;
use super::shape::{BYTES, Shape};
use super::{FEW, FRAMES};
#[cfg(not(feature = "cmsis-dsp"))]
use crate::delay_line::Past;
use crate::pointwise::{FewActivation, Pointwise};

/// The first sums, and the products of a convolution added to them, as [`add_conv`].
#[cfg(not(feature = "cmsis-dsp"))]
#[inline(always)]
pub(crate) fn conv<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    first: &[f32; OUTPUTS],
    newest: &[f32; INPUTS],
    kernel: &[[[f32; OUTPUTS]; INPUTS]; TAPS],
    shape: &LayerShape<TAPS, INPUTS, OUTPUTS>,
    past: Past<'_, INPUTS>,
) -> [f32; OUTPUTS] {
    let mut sums = *first;
    let ring = (past.frames.as_flattened(), past.oldest);
    let kernel = kernel.as_flattened().as_flattened();
    add_conv(&mut sums, newest, kernel, shape.shape(), ring);
    sums
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
    let mut sums = *first;
    add_conv(sums.as_flattened_mut(), inputs, weights, shape, (last, 0));
    sums
}

/// Adds the products of a convolution to `sums`, which hold what they start from. The past taps are in a ring, from the first
/// input on; `oldest` is the index of its oldest frame.
#[inline(never)]
pub(crate) fn add_conv(
    sums: &mut [f32],
    newest: &[f32],
    kernel: &[f32],
    shape: &Shape,
    (ring, oldest): (&[f32], usize),
) {
    let fits = shape.fits(sums.len(), newest.len(), kernel.len(), (ring.len(), oldest));
    debug_assert!(fits, "memory for the shape of a convolution");
    if !fits {
        return;
    }
    let mut column = 0;
    let sums = sums.get_mut(..shape.columns).unwrap_or_default();
    let (eights, rest) = sums.as_chunks_mut::<8>();
    for sums in eights {
        tile(sums, column, newest, kernel, shape, ring, oldest);
        column += 8;
    }
    let (fours, rest) = rest.as_chunks_mut::<4>();
    for sums in fours {
        tile(sums, column, newest, kernel, shape, ring, oldest);
        column += 4;
    }
    for sum in rest {
        tile(core::array::from_mut(sum), column, newest, kernel, shape, ring, oldest);
        column += 1;
    }
}

/// The same for the columns from `column` on, whose sums stay in registers.
#[inline(always)]
fn tile<const COLUMNS: usize>(
    to: &mut [f32; COLUMNS],
    column: usize,
    newest: &[f32],
    kernel: &[f32],
    shape: &Shape,
    ring: &[f32],
    oldest: usize,
) {
    let mut sums = *to;
    let row = shape.row_bytes / BYTES;
    let weights = kernel.get(shape.newest_bytes / BYTES + column..).unwrap_or_default();
    add_rows(&mut sums, newest.get(..shape.rows).unwrap_or_default(), weights, row);
    let mut weights = kernel.get(column..).unwrap_or_default();
    let mut place = oldest * shape.channels;
    let end = shape.ring_bytes / BYTES;
    if shape.step_bytes == 0 && shape.past > 0 {
        let (newer, older) = ring.split_at(place.min(ring.len()));
        add_rows(&mut sums, older, weights, row);
        weights = weights.get(older.len() * row..).unwrap_or_default();
        add_rows(&mut sums, newer, weights, row);
    } else {
        for _ in 0..shape.past {
            let inputs = ring.get(place..place + shape.rows).unwrap_or_default();
            add_rows(&mut sums, inputs, weights, row);
            weights = weights.get(shape.rows * row..).unwrap_or_default();
            place += shape.rows + shape.step_bytes / BYTES;
            if place >= end {
                place -= end;
            }
        }
    }
    *to = sums;
}

/// Adds inputs, times the rows of weights that begin every `row` numbers.
#[inline(always)]
fn add_rows<const COLUMNS: usize>(
    sums: &mut [f32; COLUMNS],
    inputs: &[f32],
    mut weights: &[f32],
    row: usize,
) {
    for x in inputs {
        let Some((of_row, _)) = weights.split_first_chunk::<COLUMNS>() else { return };
        for (sum, weight) in sums.iter_mut().zip(of_row) {
            *sum += x * weight;
        }
        weights = weights.get(row..).unwrap_or_default();
    }
}

/// Taps at equal distances, for several frames, and their weights.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    inputs: &'a [f32],
    weights: &'a [f32],
    taps: Taps,
}

impl<'a> Run<'a> {
    /// No tap.
    const NONE: Self =
        Self { inputs: &[], weights: &[], taps: Taps { frame: 0, rows: 0, count: 0, step: 0 } };

    /// Taps for so many frames of so many columns, if there are some, and inputs and weights for them.
    pub(crate) fn new(
        inputs: &'a [f32],
        weights: &'a [f32],
        taps: Taps,
        frames: usize,
        columns: usize,
    ) -> Option<Self> {
        let fit = taps.fit(inputs.len(), weights.len(), frames, columns);
        fit.then_some(Self { inputs, weights, taps })
    }
}

/// Some runs, at most [`MOST_RUNS`].
#[derive(Debug)]
pub(crate) struct Runs<'a> {
    runs: [Run<'a>; MOST_RUNS],
    count: usize,
}

impl<'a> Runs<'a> {
    /// No runs.
    pub(crate) const fn new() -> Self {
        Self { runs: [Run::NONE; MOST_RUNS], count: 0 }
    }

    /// Adds a run, if there is room for it.
    pub(crate) fn push(&mut self, run: Run<'a>) {
        if let Some(place) = self.runs.get_mut(self.count) {
            *place = run;
            self.count += 1;
        }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The runs that were added.
    pub(crate) fn all(&mut self) -> &mut [Run<'a>] {
        self.runs.get_mut(..self.count).unwrap_or_default()
    }
}

/// The results of several frames, a multiple of four. Without a place for the outputs, there are at most [`FEW`] columns.
pub(crate) fn frames(product: &mut Product<'_>) {
    frames_with::<Pointwise>(product);
}

#[inline(never)]
fn frames_with<A: FewActivation>(product: &mut Product<'_>) {
    if !product.fits() {
        debug_assert!(false, "memory for a product of frames");
        return;
    }
    let (columns, numbers) = (product.bias.len(), FRAMES * product.bias.len());
    for four in 0..product.frames / FRAMES {
        let first = product.first.and_then(|first| first.get(four * numbers..));
        let mut room = [0.0; FRAMES * FEW];
        let results = product.results.next(FRAMES, columns);
        let room = room.get_mut(..numbers);
        let Some(outputs) = results.outputs.or(room) else {
            debug_assert!(false, "a place for the outputs");
            return;
        };
        let mut column = 0;
        while column + 4 <= columns {
            tile_of_four::<4>(outputs, column, four, product.bias, first, product.parts().1);
            column += 4;
        }
        while column < columns {
            tile_of_four::<1>(outputs, column, four, product.bias, first, product.parts().1);
            column += 1;
        }
        results.activation.apply(outputs);
        A::apply_rest(outputs);
        if let Some(sums) = results.sums {
            elementwise::add_block(sums, outputs);
        }
        if let Some(end) = results.end {
            let taps = Taps { frame: columns, rows: columns, count: 1, step: 0 };
            let run = Run { inputs: outputs, weights: end.weights, taps };
            for column in 0..end.bias.len() {
                let (to, first) = (&mut *end.outputs, Some(end.first));
                tile_of_four::<1>(to, column, 0, end.bias, first, &[run]);
            }
        }
    }
}

/// The same; on Cortex-M processors, there is a kernel for layers of few channels.
pub(crate) fn few<const INPUTS: usize, const OUTPUTS: usize, A: FewActivation>(
    product: &mut Product<'_>,
) {
    frames_with::<A>(product);
}

/// The same for the columns from `column` on of four frames.
#[inline(always)]
fn tile_of_four<const COLUMNS: usize>(
    outputs: &mut [f32],
    column: usize,
    four: usize,
    bias: &[f32],
    first: Option<&[f32]>,
    runs: &[Run<'_>],
) {
    let row = bias.len();
    let mut tile = [columns::<COLUMNS>(bias, column); FRAMES];
    if let Some(first) = first {
        for (frame, sums) in tile.iter_mut().enumerate() {
            for (sum, first) in sums.iter_mut().zip(columns::<COLUMNS>(first, frame * row + column))
            {
                *sum += first;
            }
        }
    }
    for Run { inputs, weights, taps } in runs {
        let mut weights = weights.get(column..).unwrap_or_default();
        let start = four * FRAMES * taps.frame;
        for tap in 0..taps.count {
            let start = start + tap * taps.step;
            let frames: [&[f32]; FRAMES] = core::array::from_fn(|frame| {
                let start = start + frame * taps.frame;
                inputs.get(start..start + taps.rows).unwrap_or_default()
            });
            add_frames(&mut tile, frames, weights, row);
            weights = weights.get(taps.rows * row..).unwrap_or_default();
        }
    }
    for (frame, sums) in tile.iter().enumerate() {
        let start = frame * row + column;
        let output = outputs.get_mut(start..).and_then(|output| output.first_chunk_mut());
        if let Some(output) = output {
            *output = *sums;
        }
    }
}

/// Adds the inputs of four frames, times the rows of weights that begin every `row` numbers.
#[inline(always)]
fn add_frames<const COLUMNS: usize>(
    tile: &mut [[f32; COLUMNS]; FRAMES],
    frames: [&[f32]; FRAMES],
    mut weights: &[f32],
    row: usize,
) {
    let [a, b, c, d] = frames;
    for (((a, b), c), d) in a.iter().zip(b).zip(c).zip(d) {
        let of_row = columns::<COLUMNS>(weights, 0);
        for (sums, x) in tile.iter_mut().zip([a, b, c, d]) {
            for (sum, weight) in sums.iter_mut().zip(of_row) {
                *sum += x * weight;
            }
        }
        weights = weights.get(row..).unwrap_or_default();
    }
}

/// The columns of a row from `column` on, which are all there.
#[inline(always)]
fn columns<const COLUMNS: usize>(row: &[f32], column: usize) -> [f32; COLUMNS] {
    row.get(column..).and_then(|row| row.first_chunk()).copied().unwrap_or([0.0; COLUMNS])
}
