use core::array;

use crate::kernel::{self, FRAMES, nothing};
use crate::{DelayLine, Past, Windows};

/// The weights of a convolution of `TAPS` taps, in flash.
///
/// `y[o] = bias[o] + Σ kernel[t][i][o] * x[t][i]` over taps `t` (0 is the oldest frame) and input channels `i`: the
/// order, and the cross-correlation, of Keras' [`Conv1D`](https://keras.io/api/layers/convolution_layers/convolution1d/).
///
/// ```
/// use streaming_net::{Conv, History, linear};
///
/// // Two taps, one channel in, two out: each frame, and its difference to the one before.
/// static EDGE: Conv<2, 1, 2> = Conv { kernel: [[[0.0, -1.0]], [[1.0, 1.0]]], bias: [0.0, 0.5] };
///
/// let mut history = History::<1, 1, 1>::new();
/// assert_eq!(EDGE.push(&mut history, [3.0], linear), [3.0, 3.5]);
/// assert_eq!(EDGE.push(&mut history, [5.0], linear), [5.0, 2.5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Conv<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B = [f32; OUTPUTS]> {
    /// The kernel, `(taps, inputs, outputs)`.
    pub kernel: [[[f32; OUTPUTS]; INPUTS]; TAPS],
    /// `[f32; OUTPUTS]`, or [`NoBias`].
    pub bias: B,
}

impl<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>>
    Conv<TAPS, INPUTS, OUTPUTS, B>
{
    /// Takes the next frame; the answer is the output frame, or an `Option` of it where the delay line has a schedule.
    #[inline(always)]
    pub fn push<const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> D::Answer<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let first = self.bias.first_sums();
        delay_line.push(frame, |past| {
            kernel::conv::<TAPS, PAST, INPUTS, OUTPUTS>(
                &self.kernel,
                first,
                past,
                &frame,
                activation,
            )
        })
    }

    /// Takes the next frames, the first of which is due; answers it, and from there one in `STRIDE`, in `room`.
    ///
    /// The frames are four times `STRIDE`, or a multiple of it.
    ///
    /// ```
    /// use streaming_net::{Conv, History, linear};
    ///
    /// static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
    /// let (mut history, mut room) = (History::<1, 1, 1>::new(), [0.0; 4]);
    /// let frames = [[3.0], [5.0], [4.0], [4.0]];
    /// assert_eq!(EDGE.push_block(&mut history, &frames, &mut room, linear), [[3.0], [2.0], [-1.0], [0.0]]);
    /// ```
    #[inline(always)]
    pub fn push_block<'a, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frames: &[[f32; INPUTS]],
        room: &'a mut [f32],
        activation: impl Fn(&mut [f32]),
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, 1) }
        let all = answers(room, frames.len() / D::STRIDE);
        let groups = frames.chunks_exact(FRAMES * D::STRIDE);
        for (frames, answers) in groups.zip(all.as_chunks_mut::<FRAMES>().0) {
            let due = || due(frames, D::STRIDE);
            let newest = match frames.first_chunk() {
                Some(frames) if D::STRIDE == 1 => frames,
                _ => &due(),
            };
            delay_line.push_block(frames, |windows| {
                *answers = [self.bias.first_sums(); FRAMES];
                kernel::conv_frames(&self.kernel, windows, newest, answers, &activation);
            });
        }
        all
    }
}

impl<const INPUTS: usize, const OUTPUTS: usize, B: Bias<OUTPUTS>> Conv<1, INPUTS, OUTPUTS, B> {
    /// The output frame for `frame`: with one tap nothing is kept.
    #[inline(always)]
    pub fn apply(&self, frame: [f32; INPUTS], activation: impl Fn(&mut [f32])) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, 1) }
        let first = self.bias.first_sums();
        kernel::conv::<1, 0, INPUTS, OUTPUTS>(&self.kernel, first, Past::NONE, &frame, activation)
    }

    /// The output frames for `frames`, which are four or a multiple of it, in `room`.
    #[inline(always)]
    pub fn apply_block<'a>(
        &self,
        frames: &[[f32; INPUTS]],
        room: &'a mut [f32],
        activation: impl Fn(&mut [f32]),
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, 1) }
        let all = answers(room, frames.len());
        let windows = Windows { past: &[[]; FRAMES], oldest: 0 };
        let groups = frames.as_chunks::<FRAMES>().0;
        for (newest, answers) in groups.iter().zip(all.as_chunks_mut::<FRAMES>().0) {
            *answers = [self.bias.first_sums(); FRAMES];
            kernel::conv_frames(&self.kernel, windows, newest, answers, &activation);
        }
        all
    }
}

/// Some frames in `room`: so many, or as many as there is room for.
#[inline(always)]
fn answers<const CHANNELS: usize>(room: &mut [f32], count: usize) -> &mut [[f32; CHANNELS]] {
    let (answers, _) = room.as_chunks_mut();
    let count = count.min(answers.len());
    answers.get_mut(..count).unwrap_or_default()
}

/// `frames`, in `room`.
#[inline(always)]
pub fn copy_block<'a, const CHANNELS: usize>(
    frames: &[[f32; CHANNELS]],
    room: &'a mut [f32],
) -> &'a mut [[f32; CHANNELS]] {
    let answers = answers(room, frames.len());
    for (answer, frame) in answers.iter_mut().zip(frames) {
        *answer = *frame;
    }
    answers
}

/// The frames that are due, one in `stride`.
#[inline(always)]
fn due<const CHANNELS: usize>(
    frames: &[[f32; CHANNELS]],
    stride: usize,
) -> [[f32; CHANNELS]; FRAMES] {
    let mut due = frames.iter().step_by(stride);
    array::from_fn(|_| *due.next().unwrap_or(&[0.0; CHANNELS]))
}

/// The weights of a convolution in `GROUPS` groups, in flash: output group `g` sees input group `g` alone.
///
/// `kernel[t][i][o]` multiplies the `i`-th input of the group that output `o` is in, as in Keras' `Conv1D(groups=…)`.
/// One input a group is the depthwise convolution:
///
/// ```
/// use streaming_net::{GroupedConv, linear};
///
/// static GAINS: GroupedConv<1, 1, 2, 2> = GroupedConv { kernel: [[[2.0, 10.0]]], bias: [0.0, 1.0] };
/// assert_eq!(GAINS.apply([3.0, 4.0], linear), [6.0, 41.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct GroupedConv<
    const TAPS: usize,
    const GROUP_INPUTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
    B = [f32; OUTPUTS],
> {
    /// The kernel, `(taps, inputs / groups, outputs)`.
    pub kernel: [[[f32; OUTPUTS]; GROUP_INPUTS]; TAPS],
    /// `[f32; OUTPUTS]`, or [`NoBias`].
    pub bias: B,
}

impl<
    const TAPS: usize,
    const GROUP_INPUTS: usize,
    const OUTPUTS: usize,
    const GROUPS: usize,
    B: Bias<OUTPUTS>,
> GroupedConv<TAPS, GROUP_INPUTS, OUTPUTS, GROUPS, B>
{
    /// Takes the next frame; the answer is the output frame, or an `Option` of it where the delay line has a schedule.
    #[inline(always)]
    pub fn push<const INPUTS: usize, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> D::Answer<[f32; OUTPUTS]> {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, GROUPS) }
        delay_line.push(frame, |past| self.sums(past, &frame, activation))
    }

    /// Takes the next frames, the first of which is due; answers it, and from there one in `STRIDE`, in `room`.
    #[inline(always)]
    pub fn push_block<'a, const INPUTS: usize, const PAST: usize, D: DelayLine<INPUTS, PAST>>(
        &self,
        delay_line: &mut D,
        frames: &[[f32; INPUTS]],
        room: &'a mut [f32],
        activation: impl Fn(&mut [f32]),
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(TAPS, PAST, INPUTS, OUTPUTS, GROUPS) }
        let answers = answers(room, frames.len() / D::STRIDE);
        for (frames, answer) in frames.chunks_exact(D::STRIDE).zip(answers.iter_mut()) {
            if let [frame, others @ ..] = frames {
                let sums = |past: Past<'_, INPUTS>| self.sums(past, frame, &activation);
                *answer = delay_line.push_stride(*frame, others, sums);
            }
        }
        answers
    }

    #[inline(always)]
    fn sums<const INPUTS: usize>(
        &self,
        past: Past<'_, INPUTS>,
        newest: &[f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        const {
            assert!(
                INPUTS == GROUP_INPUTS * GROUPS,
                "a frame has one channel for each input of each group"
            );
        }
        let first = self.bias.first_sums();
        kernel::grouped_conv::<TAPS, INPUTS, GROUP_INPUTS, OUTPUTS, GROUPS>(
            &self.kernel,
            first,
            past,
            newest,
            activation,
        )
    }
}

impl<const GROUP_INPUTS: usize, const OUTPUTS: usize, const GROUPS: usize, B: Bias<OUTPUTS>>
    GroupedConv<1, GROUP_INPUTS, OUTPUTS, GROUPS, B>
{
    /// The output frame for `frame`: with one tap nothing is kept.
    #[inline(always)]
    pub fn apply<const INPUTS: usize>(
        &self,
        frame: [f32; INPUTS],
        activation: impl Fn(&mut [f32]),
    ) -> [f32; OUTPUTS] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, GROUPS) }
        self.sums(Past::NONE, &frame, activation)
    }

    /// The output frames for `frames`, in `room`.
    #[inline(always)]
    pub fn apply_block<'a, const INPUTS: usize>(
        &self,
        frames: &[[f32; INPUTS]],
        room: &'a mut [f32],
        activation: impl Fn(&mut [f32]),
    ) -> &'a mut [[f32; OUTPUTS]] {
        const { assert_shape(1, 0, INPUTS, OUTPUTS, GROUPS) }
        let answers = answers(room, frames.len());
        for (frame, answer) in frames.iter().zip(answers.iter_mut()) {
            *answer = self.sums(Past::NONE, frame, &activation);
        }
        answers
    }
}

/// What the kernels rely on.
const fn assert_shape(taps: usize, past: usize, inputs: usize, outputs: usize, groups: usize) {
    assert!(taps == past + 1, "a delay line keeps one frame less than its convolution has taps");
    assert!(inputs >= 1 && outputs >= 1 && groups >= 1, "a frame has channels");
    assert!(
        inputs.is_multiple_of(groups) && outputs.is_multiple_of(groups),
        "every group has as many inputs and as many outputs"
    );
}

/// What a convolution's sums start from: `[f32; OUTPUTS]` or [`NoBias`].
pub trait Bias<const OUTPUTS: usize> {
    /// The sums before the first multiply-accumulate.
    fn first_sums(&self) -> [f32; OUTPUTS];

    /// The first sums from `column` on, which are all there.
    fn columns<const COLUMNS: usize>(&self, column: usize) -> [f32; COLUMNS];
}

impl<const OUTPUTS: usize> Bias<OUTPUTS> for [f32; OUTPUTS] {
    #[inline(always)]
    fn first_sums(&self) -> [f32; OUTPUTS] {
        *self
    }

    #[inline(always)]
    fn columns<const COLUMNS: usize>(&self, column: usize) -> [f32; COLUMNS] {
        kernel::columns(self, column)
    }
}

/// No bias: takes no flash, and the first product is the first sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoBias;

impl<const OUTPUTS: usize> Bias<OUTPUTS> for NoBias {
    #[inline(always)]
    fn first_sums(&self) -> [f32; OUTPUTS] {
        nothing()
    }

    #[inline(always)]
    fn columns<const COLUMNS: usize>(&self, _: usize) -> [f32; COLUMNS] {
        nothing()
    }
}
