//! Several frames, one after the other: for kernels that gain nothing from more of them at once.

use super::{FRAMES, add_four, conv};
use crate::onto::Answers;
use crate::{Bias, Conv, First, Ring, Tap};

/// What [`conv`] answers for each of the due frames, stored in or added to `answers`.
pub(crate) fn conv_frames<
    const TAPS: usize,
    const PAST: usize,
    const INPUTS: usize,
    const OUTPUTS: usize,
    B: Bias<OUTPUTS>,
    F: First<OUTPUTS>,
    A: Answers,
>(
    layer: &Conv<TAPS, INPUTS, OUTPUTS, B>,
    mut ring: Ring<'_, INPUTS>,
    (frames, _): (&[[f32; INPUTS]], &mut [f32]),
    mut first: F,
    answers: &mut [[f32; OUTPUTS]],
    activation: impl Fn(&mut [f32]),
) {
    let (weights, bias, stride) = (first.weights(), layer.bias.first_sums(), ring.stride);
    let firsts = first.next(answers.len() / FRAMES);
    let fours = frames.chunks_exact(FRAMES * stride).zip(answers.as_chunks_mut().0);
    for ((frames, answers), first) in fours.zip(firsts) {
        let mut four = [[0.0; OUTPUTS]; FRAMES];
        F::four(weights, bias, first, &mut four);
        for (frames, answer) in frames.chunks_exact(stride).zip(&mut four) {
            if let Some(newest) = frames.first() {
                let past = ring.past();
                *answer =
                    conv::<TAPS, PAST, _, _>(&layer.kernel, *answer, past, newest, &activation);
            }
            ring.store(frames);
        }
        A::take(answers, four);
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
    F: First<INNER>,
    T: Tap<INNER>,
>(
    (layer, end): (&Conv<TAPS, CHANNELS, INNER, B>, &Conv<1, INNER, CHANNELS, E>),
    mut ring: Ring<'_, CHANNELS>,
    (frames, _): (&[[f32; CHANNELS]], &mut [f32]),
    (mut first, mut tap): (F, T),
    answers: &mut [[f32; CHANNELS]],
    activation: impl Fn(&mut [f32]),
) {
    let (weights, bias, count) = (first.weights(), layer.bias.first_sums(), answers.len() / FRAMES);
    let (firsts, taps) = (first.next(count), tap.next(count));
    let fours = frames.as_chunks::<FRAMES>().0.iter().zip(answers.as_chunks_mut().0);
    for (((frames, answers), first), tap) in fours.zip(firsts).zip(taps) {
        let mut inner = [[0.0; INNER]; FRAMES];
        F::four(weights, bias, first, &mut inner);
        for (frame, inner) in frames.iter().zip(&mut inner) {
            let past = ring.past();
            *inner = conv::<TAPS, PAST, _, _>(&layer.kernel, *inner, past, frame, &activation);
            ring.store(core::slice::from_ref(frame));
        }
        T::take(tap, &inner);
        *answers = frames.map(|frame| crate::add(frame, end.bias.first_sums()));
        let [kernel] = &end.kernel;
        add_four(answers, &inner, kernel);
    }
}
