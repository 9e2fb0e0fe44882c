//! Several frames, one after the other: for kernels that gain nothing from more of them at once.

use super::{FRAMES, add_four, conv};
use crate::accumulator::Sink;
use crate::accumulator::{AccumulatorInit, SkipSum};
use crate::combine::add;
use crate::conv::{Bias, Conv};
use crate::ring::Ring;

/// What [`conv`] outputs for each of the due frames, stored in or added to `outputs`.
pub(crate) fn conv_frames<
    const TAPS: usize,
    const PAST: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
    B: Bias<OUTPUTS>,
    I: AccumulatorInit<OUTPUTS>,
    S: Sink,
>(
    layer: &Conv<TAPS, INPUTS, OUTPUTS, B>,
    mut ring: Ring<'_, INPUTS>,
    (frames, _): (&[[f32; INPUTS]], &mut [f32]),
    mut init: I,
    outputs: &mut [[f32; OUTPUTS]],
    activation: impl Fn(&mut [f32]),
) {
    let (weights, bias, stride) = (init.weights(), layer.bias.first_sums(), ring.stride);
    let inits = init.next(outputs.len() / FRAMES);
    let fours = frames.chunks_exact(FRAMES * stride).zip(outputs.as_chunks_mut().0);
    for ((frames, outputs), init) in fours.zip(inits) {
        let mut four = [[0.0; OUTPUTS]; FRAMES];
        I::init(weights, bias, init, &mut four);
        for (frames, output) in frames.chunks_exact(stride).zip(&mut four) {
            if let Some(newest) = frames.first() {
                let past = ring.past();
                *output =
                    conv::<TAPS, PAST, _, _>(&layer.kernel, *output, past, newest, &activation);
            }
            ring.store(frames);
        }
        S::write(outputs, four);
    }
}

/// The residual block of such a convolution and a 1x1 convolution behind it, whose sums start from the block's input.
pub(crate) fn residual_frames<
    const TAPS: usize,
    const PAST: usize,
    const CHANNELS: usize,
    const INNER: usize,
    B: Bias<INNER>,
    E: Bias<CHANNELS>,
    I: AccumulatorInit<INNER>,
    K: SkipSum<INNER>,
>(
    (layer, end): (&Conv<TAPS, CHANNELS, INNER, B>, &Conv<1, INNER, CHANNELS, E>),
    mut ring: Ring<'_, CHANNELS>,
    (frames, _): (&[[f32; CHANNELS]], &mut [f32]),
    (mut init, mut skip_sum): (I, K),
    outputs: &mut [[f32; CHANNELS]],
    activation: impl Fn(&mut [f32]),
) {
    let (weights, bias, count) = (init.weights(), layer.bias.first_sums(), outputs.len() / FRAMES);
    let (inits, skips) = (init.next(count), skip_sum.next(count));
    let fours = frames.as_chunks::<FRAMES>().0.iter().zip(outputs.as_chunks_mut().0);
    for (((frames, outputs), init), skips) in fours.zip(inits).zip(skips) {
        let mut inner = [[0.0; INNER]; FRAMES];
        I::init(weights, bias, init, &mut inner);
        for (frame, inner) in frames.iter().zip(&mut inner) {
            let past = ring.past();
            *inner = conv::<TAPS, PAST, _, _>(&layer.kernel, *inner, past, frame, &activation);
            ring.store(core::slice::from_ref(frame));
        }
        K::add(skips, &inner);
        *outputs = frames.map(|frame| add(frame, end.bias.first_sums()));
        let [kernel] = &end.kernel;
        add_four(outputs, &inner, kernel);
    }
}
