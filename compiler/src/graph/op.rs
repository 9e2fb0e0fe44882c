//! The operations of a graph: arithmetic, not layers. Every pass matches on this enum, so that the compiler lists what a pass
//! forgot.

use super::activation::{Activation, FAST_SIGMOID, FAST_TANH, SIGMOID, TANH};
use crate::clock::Clock;

/// What a node computes of its inputs. Unless said otherwise an operation has one input, and its output has as many
/// channels as its input.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Op {
    /// The frame that is pushed.
    Input,
    /// What a mistake hides. No graph with one is evaluated or printed.
    Unknown,
    /// Tensors: the kernel (taps, inputs / groups, outputs), and the bias (outputs) where there is one.
    Conv(Conv),
    /// Over time and features. Tensors: the kernel (taps, `feature_taps`, channels, outputs), or without the last dimension
    /// where each channel is by itself, and the bias.
    Conv2d(Conv2d),
    /// Tensors: the kernel (taps, inputs, outputs), and the bias.
    ConvTranspose(ConvTranspose),
    /// Tensors: the kernel (inputs, gates * units), the recurrent kernel (units, gates * units), the bias, and what it starts
    /// from.
    Recurrent(Recurrent),
    /// One frame of a window of frames.
    Pool(Pool),
    /// The mean of the newest frames.
    Mean {
        frames: usize,
    },
    /// The newest frames as one, the oldest first.
    Newest {
        frames: usize,
    },
    Delay(Delay),
    /// Each frame several times.
    Upsample {
        times: usize,
    },
    /// `(x - center) * scale + shift` of each channel. Tensors: center, scale, shift. Where it is not centred, all centers
    /// are 0.
    Affine {
        is_centred: bool,
    },
    /// Normalisation over the channels of a frame. Tensors: gamma and beta.
    LayerNorm {
        epsilon: f32,
    },
    /// `x`, and below zero `x` times the slope of its channel. Tensor: the slopes.
    Prelu,
    /// A function of each number.
    Map(Activation),
    /// Over the channels of a frame; or the logarithm of that.
    Softmax {
        is_log: bool,
    },
    /// Of two inputs, the second of which counts as that of an input frame `centre` before its own.
    Add {
        centre: usize,
    },
    /// Of two inputs.
    Multiply,
    /// Of three inputs, a frame, another and a share: so much of the other, and the rest of the frame.
    Blend,
    /// The channels of one input, then those of the other.
    Concat,
    /// As many channels as the output has, from this one on.
    Slice {
        start: usize,
    },
}

/// Which frames are under the taps of a kernel, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) taps: usize,
    /// Frames from tap to tap.
    pub(crate) dilation: usize,
    /// Input frames for one output.
    pub(crate) stride: usize,
    /// Zeros before the first frame; `None` where the taps have to fill.
    pub(crate) zeros: Option<usize>,
    /// Outputs start so many frames later than they could.
    pub(crate) skipped: usize,
}

impl Window {
    /// The newest frame, at every push.
    pub(crate) const NEWEST: Self =
        Self { taps: 1, dilation: 1, stride: 1, zeros: None, skipped: 0 };

    /// So many frames, and zeros before the first.
    pub(crate) fn causal(taps: usize, dilation: usize) -> Self {
        let past = taps.saturating_sub(1).saturating_mul(dilation);
        Self { taps, dilation, zeros: Some(past), ..Self::NEWEST }
    }

    /// Frames before the newest one that are under the taps.
    pub(crate) fn past(self) -> usize {
        self.taps.saturating_sub(1).saturating_mul(self.dilation)
    }

    pub(crate) fn clock(self) -> Clock {
        let (past, stride) = (self.past(), self.stride);
        let clock = match self.zeros {
            None => Clock { past, first: past, stride, ..Clock::EVERY_PUSH },
            Some(zeros) => {
                let behind = past.saturating_sub(zeros);
                Clock { past, first: behind, stride, lag: behind, ..Clock::EVERY_PUSH }
            }
        };
        Clock { first: clock.first.saturating_add(self.skipped), ..clock }
    }

    /// Whether it is the newest frame, at every push.
    pub(crate) fn is_newest(self) -> bool {
        self.taps == 1 && self.stride == 1
    }

    /// Whether zeros are under its taps at times.
    pub(crate) fn is_padded(self) -> bool {
        self.zeros.is_some_and(|zeros| zeros > 0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Conv {
    pub(crate) window: Window,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    pub(crate) groups: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Conv2d {
    pub(crate) window: Window,
    /// Features of an input frame.
    pub(crate) features: usize,
    /// Features under the kernel.
    pub(crate) feature_taps: usize,
    /// Features from position to position.
    pub(crate) feature_stride: usize,
    /// Features of an output frame.
    pub(crate) positions: usize,
    /// Zeros before the first feature.
    pub(crate) feature_zeros: usize,
    /// Channels of a feature of the input, and of the output.
    pub(crate) channels: usize,
    pub(crate) outputs: usize,
    /// Whether each channel is by itself.
    pub(crate) is_depthwise: bool,
}

impl Conv2d {
    /// The shape of the kernel.
    pub(crate) fn kernel(&self) -> Vec<usize> {
        let mut shape = vec![self.window.taps, self.feature_taps, self.channels];
        shape.extend((!self.is_depthwise).then_some(self.outputs));
        shape
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ConvTranspose {
    pub(crate) taps: usize,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// Output frames for one input frame.
    pub(crate) stride: usize,
}

impl ConvTranspose {
    /// The input frames that an output frame depends on: under every `stride`th tap.
    pub(crate) fn window(self) -> Window {
        Window::causal(self.taps.div_ceil(self.stride), 1)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Recurrent {
    pub(crate) cell: Cell,
    pub(crate) inputs: usize,
    pub(crate) units: usize,
    pub(crate) has_bias: bool,
    /// Whether tensors say what it starts from.
    pub(crate) has_initial: bool,
    /// Whether sigmoid and tanh are approximations.
    pub(crate) is_fast: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    /// A GRU whose reset gate is behind the recurrent kernel.
    GruResetAfter,
    /// A GRU whose reset gate is before it.
    GruResetBefore,
    Lstm,
}

impl Recurrent {
    /// The gates in the order of the tensors.
    pub(crate) fn gates(&self) -> &'static [&'static str] {
        match self.cell {
            Cell::GruResetAfter | Cell::GruResetBefore => &["update", "reset", "candidate"],
            Cell::Lstm => &["input", "forget", "candidate", "output"],
        }
    }

    /// The functions of its gates, and of what goes through them.
    pub(crate) fn functions(&self) -> [Activation; 2] {
        let functions = if self.is_fast { [&FAST_SIGMOID, &FAST_TANH] } else { [&SIGMOID, &TANH] };
        functions.map(Activation::of)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pool {
    pub(crate) reduction: Reduction,
    pub(crate) size: usize,
    pub(crate) stride: usize,
}

impl Pool {
    /// Whether a frame is in several windows.
    pub(crate) fn overlaps(self) -> bool {
        self.stride < self.size
    }

    /// Whether it is a mean of more frames than a plain sum gives exactly enough.
    pub(crate) fn is_long(self) -> bool {
        self.reduction == Reduction::Mean && self.size > 128
    }
}

/// How the frames of a window become one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reduction {
    Max,
    Mean,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Delay {
    pub(crate) frames: usize,
    /// Whether the frame still belongs where it was, because the compiler delayed it for another; what a user delays belongs
    /// to the push at which it comes out again.
    pub(crate) aligns: bool,
}

impl Op {
    /// Of the operation alone, in frames of its input.
    pub(crate) fn clock(&self) -> Clock {
        let window = |frames: usize, stride: usize| {
            let past = frames.saturating_sub(1);
            Clock { past, first: past, stride, ..Clock::EVERY_PUSH }
        };
        match self {
            Self::Conv(conv) => conv.window.clock(),
            Self::Conv2d(conv) => conv.window.clock(),
            Self::ConvTranspose(conv) if conv.stride == 1 => conv.window().clock(),
            Self::ConvTranspose(conv) => {
                let within = conv.taps.saturating_sub(conv.stride);
                Clock { within, frames: conv.stride, ..Clock::EVERY_PUSH }
            }
            Self::Recurrent(_) => Clock { past: Clock::ALL, ..Clock::EVERY_PUSH },
            Self::Pool(pool) => window(pool.size, pool.stride),
            Self::Mean { frames } | Self::Newest { frames } => window(*frames, 1),
            Self::Delay(Delay { frames, aligns }) => {
                let lag = if *aligns { *frames } else { 0 };
                Clock { past: *frames, first: *frames, lag, ..Clock::EVERY_PUSH }
            }
            Self::Upsample { times } => Clock { frames: *times, ..Clock::EVERY_PUSH },
            Self::Input
            | Self::Unknown
            | Self::Affine { .. }
            | Self::LayerNorm { .. }
            | Self::Prelu
            | Self::Map(_)
            | Self::Softmax { .. }
            | Self::Add { .. }
            | Self::Multiply
            | Self::Blend
            | Self::Concat
            | Self::Slice { .. } => Clock::EVERY_PUSH,
        }
    }
}
