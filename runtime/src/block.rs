//! Blocks of frames, as a codec's DMA or an audio callback gives them.

use crate::StreamingNet;
use crate::kernel::{AT_ONCE, FRAMES, nothing};

/// The body of a `push_block` that pushes `frames` one by one. Returns how many outputs it wrote to `answers`.
#[doc(hidden)]
pub fn one_by_one<N: StreamingNet>(
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

/// The body of a `push_block` that takes `PUSHES` frames at once if they have four outputs, the first of them at the
/// first frame, and pushes all others one by one. Returns how many outputs it wrote to `answers`.
///
/// `push_due` takes `PUSHES` frames. It returns `None` and does nothing if the next push has no output.
#[doc(hidden)]
pub fn in_blocks<N: StreamingNet, const PUSHES: usize>(
    net: &mut N,
    mut frames: &[N::Input],
    answers: &mut [N::Output],
    mut push_due: impl FnMut(&mut N, &[N::Input; PUSHES]) -> Option<[N::Output; FRAMES]>,
) -> usize {
    const { assert!(PUSHES.is_multiple_of(FRAMES), "as many answers as the kernels take at once") }
    if !AT_ONCE {
        return one_by_one(net, frames, answers);
    }
    let (mut room, mut written) = (answers.iter_mut(), 0);
    while let Some((first, others)) = frames.split_first() {
        let block = frames.split_first_chunk();
        if let Some((answers, later)) =
            block.and_then(|(block, later)| push_due(net, block).zip(Some(later)))
        {
            for (answer, place) in answers.into_iter().zip(room.by_ref()) {
                *place = answer;
                written += 1;
            }
            frames = later;
        } else {
            written += push(net, *first, &mut room);
            frames = others;
        }
    }
    written
}

/// The body of a `push_block` of a network with an output at every push: `push_run` takes a multiple of four frames, at
/// most `MOST`, and writes as many outputs; the remaining frames are pushed one by one. Returns how many outputs it
/// wrote to `answers`.
#[doc(hidden)]
pub fn in_runs<N: StreamingNet, const MOST: usize>(
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
    written + one_by_one(net, frames, answers)
}

/// Pushes one frame and returns how many outputs it wrote.
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

/// Memory for `frames` frames in `room`, or for as many as fit: a multiple of `at_once`.
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

/// A copy of `frames` in `room`, for a network that starts with an activation.
#[doc(hidden)]
#[inline(always)]
pub fn copy_block<'a, const CHANNELS: usize>(
    frames: &[[f32; CHANNELS]],
    room: &'a mut [f32],
) -> &'a mut [[f32; CHANNELS]] {
    let answers = answers(room, frames.len(), 1);
    for (answer, frame) in answers.iter_mut().zip(frames) {
        *answer = *frame;
    }
    answers
}

/// Writes the `frames` of the last layer to `answers`.
#[doc(hidden)]
#[inline(always)]
pub fn answer_block<const CHANNELS: usize>(
    frames: &[[f32; CHANNELS]],
    answers: &mut [[f32; CHANNELS]],
) {
    for (answer, frame) in answers.iter_mut().zip(frames) {
        *answer = *frame;
    }
}

/// The result of `answer` for each of the `frames`, in `room`.
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

/// The result of `answer` for each pair of the `frames` and the `others`, in `room`.
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

/// Empty sums for `frames` frames, in `room`.
#[doc(hidden)]
#[inline(always)]
pub fn no_sums<const CHANNELS: usize>(frames: usize, room: &mut [f32]) -> &mut [[f32; CHANNELS]] {
    let sums = answers(room, frames, 1);
    sums.fill(nothing());
    sums
}
