//! Layers too large to be written out at every place: one function for all layers with as many outputs. It goes through
//! the outputs in tiles whose sums stay in registers, so that a multiply-accumulate loads one weight and stores nothing.

use super::{Sums, columns};
use crate::kernel::nothing;

/// Outputs of a tile. Twice as many sums, for even inputs and for odd ones, and what is multiplied fit into the 32
/// registers of a floating-point unit.
const TILE: usize = 8;

/// Some inputs, and the rows of weights that they are multiplied by.
pub(super) type Part<'a, const OUTPUTS: usize> = (&'a [f32], &'a [[f32; OUTPUTS]]);

/// Adds the product of each part, a row vector times a matrix of as many rows, to `sums`.
#[inline(never)]
pub(super) fn add_products<const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    parts: [Part<'_, OUTPUTS>; 2],
) {
    let (tiles, rest) = sums.as_chunks_mut::<TILE>();
    let first_of_rest = tiles.len() * TILE;
    for (tile, sums) in tiles.iter_mut().enumerate() {
        *sums = tile_of_products(*sums, parts, tile * TILE);
    }
    for (column, sum) in rest.iter_mut().enumerate() {
        let [total] = tile_of_products([*sum], parts, first_of_rest + column);
        *sum = total;
    }
}

/// The same for the columns from `column` on, with `sums` to start from.
#[inline(always)]
fn tile_of_products<const COLUMNS: usize, const OUTPUTS: usize>(
    sums: [f32; COLUMNS],
    parts: [Part<'_, OUTPUTS>; 2],
    column: usize,
) -> [f32; COLUMNS] {
    let mut sums = Sums { even: sums, odd: nothing() };
    for (vector, matrix) in parts {
        sums.add(vector, matrix, column);
    }
    sums.total()
}

/// Some frames, and the weights that they are multiplied by, channel by channel.
pub(super) type Frames<'a, const INPUTS: usize, const OUTPUTS: usize> =
    (&'a [[f32; INPUTS]], &'a [[f32; OUTPUTS]]);

/// Adds the products of frames and weights, channel by channel, to `sums`: a depthwise convolution with as many outputs
/// as inputs.
#[inline(never)]
pub(super) fn add_channel_products<const INPUTS: usize, const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    parts: [Frames<'_, INPUTS, OUTPUTS>; 2],
) {
    let (tiles, rest) = sums.as_chunks_mut::<TILE>();
    let first_of_rest = tiles.len() * TILE;
    for (tile, sums) in tiles.iter_mut().enumerate() {
        *sums = tile_of_channels(*sums, parts, tile * TILE);
    }
    for (channel, sum) in rest.iter_mut().enumerate() {
        let [total] = tile_of_channels([*sum], parts, first_of_rest + channel);
        *sum = total;
    }
}

/// The same for the channels from `channel` on, with `sums` to start from.
#[inline(always)]
fn tile_of_channels<const CHANNELS: usize, const INPUTS: usize, const OUTPUTS: usize>(
    mut sums: [f32; CHANNELS],
    parts: [Frames<'_, INPUTS, OUTPUTS>; 2],
    channel: usize,
) -> [f32; CHANNELS] {
    for (frames, weights) in parts {
        for (frame, row) in frames.iter().zip(weights) {
            let row = columns(row, channel, CHANNELS);
            let products = columns(frame, channel, CHANNELS).iter().zip(row);
            for (sum, (x, weight)) in sums.iter_mut().zip(products) {
                *sum += x * weight;
            }
        }
    }
    sums
}
