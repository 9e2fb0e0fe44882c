//! Convolutions over time and features, of frames whose features have channels.
//!
//! The features under a window lie side by side, and so do the rows of weights that they meet: a window is one row of inputs
//! for each frame. What sticks out at either end is left out with its weights, as if it met zeros.

mod grouped;

pub(crate) use self::grouped::{Windows, grouped_conv2d};
use super::depthwise::depthwise;
use super::{FRAMES, Product, Results, Shape, Taps, add_conv, copy, frames};
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

/// Frames under the taps, and the weights of a convolution over time and features.
#[derive(Clone, Copy)]
pub(crate) struct Layer2d<'a> {
    newest: &'a [f32],
    /// The past frames, the index of the oldest, and the distance of taps in frames.
    past: (&'a [f32], usize, usize),
    kernel: &'a [f32],
    taps: usize,
    /// Channels of a feature.
    channels: usize,
    positions: Positions,
}

impl<'a> Layer2d<'a> {
    #[inline(always)]
    pub(crate) fn new<const INPUTS: usize>(
        kernel: &'a [f32],
        (past, newest): (Past<'a, INPUTS>, &'a [f32; INPUTS]),
        taps: usize,
        channels: usize,
        positions: Positions,
    ) -> Self {
        let past = (past.frames.as_flattened(), past.oldest, past.dilation);
        Self { newest, past, kernel, taps, channels, positions }
    }

    /// The inputs of all taps from `input` of a frame on, `rows` of each, and their weights from `weight` of a tap on; the newest tap
    /// first, then the oldest.
    fn taps(
        self,
        input: usize,
        weight: usize,
        rows: usize,
    ) -> impl Iterator<Item = (&'a [f32], &'a [f32])> {
        let Self { newest, past: (numbers, oldest, dilation), kernel, taps, .. } = self;
        let (of_frame, of_tap) = (newest.len(), kernel.len().checked_div(taps).unwrap_or_default());
        let mut place = oldest * of_frame;
        let past = (0..taps - 1).map(move |tap| {
            let start = place + input;
            place += dilation * of_frame;
            if place >= numbers.len() {
                place -= numbers.len();
            }
            (numbers.get(start..start + rows).unwrap_or_default(), tap)
        });
        let newest = newest.get(input..input + rows).unwrap_or_default();
        core::iter::once((newest, taps - 1)).chain(past).map(move |(inputs, tap)| {
            (inputs, kernel.get(tap * of_tap + weight..).unwrap_or_default())
        })
    }
}

/// Writes to `outputs` the sums of all positions, each of which starts from `bias`.
#[inline(never)]
pub(crate) fn conv2d(layer: &Layer2d<'_>, bias: &[f32], mut outputs: &mut [f32]) {
    let (columns, channels) = (bias.len(), layer.channels);
    let mut position = 0;
    while let Some(left) = outputs.len().checked_div(columns).filter(|left| *left > 0) {
        let mut inside = left / FRAMES * FRAMES;
        while inside > 0 && !layer.positions.are_inside(position, inside) {
            inside -= FRAMES;
        }
        let Some(written) = outputs.split_off_mut(..inside.max(1) * columns) else { return };
        let (feature, place, width) = layer.positions.window(position);
        let input = feature * channels;
        if inside > 0 {
            inside_windows(layer, bias, (input, inside), written);
        } else {
            let shape = Shape::dense(width * channels, columns);
            let taps = layer.taps(input, place * channels * columns, width * channels);
            copy(written, bias);
            for (inputs, weights) in taps {
                add_conv(written, inputs, weights, &shape, (&[], 0));
            }
        }
        position += inside.max(1);
    }
}

/// The same for several positions whose windows have features everywhere, from `input` of a frame on.
fn inside_windows<'a>(
    layer: &Layer2d<'a>,
    bias: &[f32],
    (input, count): (usize, usize),
    outputs: &mut [f32],
) {
    let columns = bias.len();
    let (numbers, oldest, dilation) = layer.past;
    let (of_frame, rows) = (layer.newest.len(), layer.positions.width * layer.channels);
    let taps = Taps {
        frame: layer.positions.stride * layer.channels,
        rows,
        count: 1,
        step: dilation * of_frame,
    };
    let weights = |tap: usize| layer.kernel.get(tap * rows * columns..).unwrap_or_default();
    let past = layer.taps - 1;
    let ring = numbers.len().checked_div(of_frame).unwrap_or_default();
    // Taps up to the end of the ring, and from its beginning on.
    let to_end = (ring + dilation).saturating_sub(oldest + 1);
    let before = to_end.checked_div(dilation).unwrap_or_default().min(past);
    let after = (oldest + before * dilation).saturating_sub(ring);
    let results = Results { outputs: Some(outputs), ..Results::NONE };
    let mut product = Product::new(count, bias, None, results);
    let mut push = |frames: &'a [f32], start: usize, tap: usize, count: usize| {
        let inputs = frames.get(start..).unwrap_or_default();
        product.add(inputs, weights(tap), Taps { count, ..taps });
    };
    push(layer.newest, input, past, 1);
    push(numbers, oldest * of_frame + input, 0, before);
    push(numbers, after * of_frame + input, before, past - before);
    frames(&mut product);
}

/// The same for a depthwise convolution, whose kernel has a number for each channel of a feature.
#[inline(never)]
pub(crate) fn depthwise_conv2d(layer: &Layer2d<'_>, bias: &[f32], outputs: &mut [f32]) {
    let channels = layer.channels;
    let mut outputs = outputs;
    let mut position = 0;
    while let Some(output) = outputs.split_off_mut(..channels).filter(|_| channels > 0) {
        let (feature, place, width) = layer.positions.window(position);
        copy(output, bias);
        for taps in layer.taps(feature * channels, place * channels, width * channels) {
            let (inputs, weights) = taps;
            depthwise(output, &[(inputs, weights.get(..inputs.len()).unwrap_or_default())]);
        }
        position += 1;
    }
}
