//! Blocks of frames, as a codec's DMA or an audio callback gives them.

use crate::StreamingNet;
use crate::kernel::{AT_ONCE, FRAMES};

/// The body of a `push_block` that takes `frames` one after the other; returns how many `answers` it wrote.
#[doc(hidden)]
pub fn frame_by_frame<N: StreamingNet>(
    net: &mut N,
    frames: &[N::Input],
    answers: &mut [N::Output],
) -> usize {
    let (mut room, mut written) = (answers.iter_mut(), 0);
    for frame in frames {
        written += push(net, *frame, &mut room);
    }
    written
}

/// The body of a `push_block` that takes `PUSHES` frames at once where these have four outputs, the first of them that of the
/// first frame, and the others one after the other; returns how many `outputs` it wrote.
///
/// `push_due` takes so many frames, and writes four outputs. It is called where every operation is due at the next push, by
/// `is_due`.
#[doc(hidden)]
pub fn for_each_block<N: StreamingNet, const PUSHES: usize>(
    net: &mut N,
    mut frames: &[N::Input],
    outputs: &mut [N::Output],
    is_due: impl Fn(&N) -> bool,
    mut push_due: impl FnMut(&mut N, &[N::Input], &mut [N::Output]),
) -> usize {
    const { assert!(PUSHES.is_multiple_of(FRAMES), "as many outputs as the kernels make at once") }
    let mut written = 0;
    while let Some((first, others)) = frames.split_first() {
        let block = frames.split_first_chunk::<PUSHES>();
        let room = outputs.get_mut(written..written + FRAMES);
        if let (true, Some((block, later)), Some(room)) = (AT_ONCE && is_due(net), block, room) {
            push_due(net, block, room);
            written += FRAMES;
            frames = later;
        } else {
            let mut room = outputs.get_mut(written..).unwrap_or_default().iter_mut();
            written += push(net, *first, &mut room);
            frames = others;
        }
    }
    written
}

/// The body of a `push_block` of a network that answers every push: `push_run` takes fours of frames, `MOST` at most, and
/// writes as many answers; what is left over is taken one by one. Returns how many `answers` it wrote.
#[doc(hidden)]
pub fn for_each_run<N: StreamingNet, const MOST: usize>(
    net: &mut N,
    mut frames: &[N::Input],
    mut answers: &mut [N::Output],
    mut push_run: impl FnMut(&mut N, &[N::Input], &mut [N::Output]),
) -> usize {
    const { assert!(MOST >= FRAMES, "as many frames as the kernels take at once") }
    let mut written = 0;
    while AT_ONCE {
        let run = frames.len().min(answers.len()).min(MOST);
        let run = run - run % FRAMES;
        let Some((taken, later)) = frames.split_at_checked(run).filter(|_| run > 0) else { break };
        let Some(written_to) = answers.split_off_mut(..run) else { break };
        push_run(net, taken, written_to);
        frames = later;
        written += run;
    }
    written + frame_by_frame(net, frames, answers)
}

/// Takes one frame; returns how many answers it wrote.
#[inline(always)]
fn push<'a, N: StreamingNet>(
    net: &mut N,
    frame: N::Input,
    room: &mut impl Iterator<Item = &'a mut N::Output>,
) -> usize
where
    N::Output: 'a,
{
    match net.push(frame).map(|answer| room.next().map(|place| *place = answer)) {
        Some(Some(())) => 1,
        _ => 0,
    }
}

/// So many frames in `room`, or as many as there is room for: a multiple of `at_once`.
#[inline(always)]
pub(crate) fn answers<const CHANNELS: usize>(
    room: &mut [f32],
    count: usize,
    at_once: usize,
) -> &mut [[f32; CHANNELS]] {
    let (answers, _) = room.as_chunks_mut();
    let count = count.min(answers.len());
    answers.get_mut(..count - count % at_once).unwrap_or_default()
}

/// Writes the last layer's `frames` to the `answers`.
#[doc(hidden)]
#[inline(always)]
pub fn write_outputs<const CHANNELS: usize>(
    frames: &[[f32; CHANNELS]],
    answers: &mut [[f32; CHANNELS]],
) {
    for (answer, frame) in answers.iter_mut().zip(frames) {
        *answer = *frame;
    }
}

/// What `answer` makes of each of the `frames`, in `room`.
#[doc(hidden)]
#[inline(always)]
pub fn map_block<'a, const INPUTS: usize, const OUTPUTS: usize>(
    frames: &[[f32; INPUTS]],
    room: &'a mut [f32],
    mut answer: impl FnMut([f32; INPUTS]) -> [f32; OUTPUTS],
) -> &'a mut [[f32; OUTPUTS]] {
    let answers = answers(room, frames.len(), 1);
    for (place, frame) in answers.iter_mut().zip(frames) {
        *place = answer(*frame);
    }
    answers
}

/// What `answer` makes of each of the `frames` and of the `others`, in `room`.
#[doc(hidden)]
#[inline(always)]
pub fn join_blocks<'a, const INPUTS: usize, const OTHERS: usize, const OUTPUTS: usize>(
    frames: &[[f32; INPUTS]],
    others: &[[f32; OTHERS]],
    room: &'a mut [f32],
    mut answer: impl FnMut([f32; INPUTS], [f32; OTHERS]) -> [f32; OUTPUTS],
) -> &'a mut [[f32; OUTPUTS]] {
    let answers = answers(room, frames.len(), 1);
    for (place, (frame, other)) in answers.iter_mut().zip(frames.iter().zip(others)) {
        *place = answer(*frame, *other);
    }
    answers
}

/// Adds `frames` to `sums`.
#[doc(hidden)]
#[inline(always)]
pub fn add_block<const CHANNELS: usize>(sums: &mut [[f32; CHANNELS]], frames: &[[f32; CHANNELS]]) {
    for (sum, frame) in sums.iter_mut().zip(frames) {
        *sum = crate::add(*sum, *frame);
    }
}
