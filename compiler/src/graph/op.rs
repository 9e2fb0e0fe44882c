//! The operations of a graph: arithmetic, not layers. Every pass matches on this enum, so that the compiler lists what a pass
//! forgot.

mod features;

pub(crate) use self::features::{Conv2d, FeaturePool, FeatureReduction, GroupNorm};
use super::activation::{Activation, FAST_SIGMOID, FAST_TANH, RELU, SIGMOID, TANH};
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
    /// Over time and features, or transposed over features. Tensors: the kernel as [`Conv2d::kernel`] says, and the bias
    /// (outputs).
    Conv2d(Conv2d),
    /// Tensors: the kernel (taps, inputs, outputs), and the bias.
    ConvTranspose(ConvTranspose),
    /// Tensors: the kernel (inputs, gates * units), the recurrent kernel (units, gates * units), the bias, and what it starts
    /// from.
    Recurrent(Recurrent),
    /// One frame of a window of frames, number by number.
    Pool(Pool),
    /// Windows over the features of each frame by itself, channel by channel. It is every reduction inside a frame too:
    /// [`FeaturePool::reduce`].
    PoolFeatures(FeaturePool),
    /// The mean of the newest frames.
    Mean {
        frames: usize,
    },
    /// The newest frames as one, the oldest first.
    Newest {
        frames: usize,
    },
    Delay(Delay),
    /// The frames from one on, and of these one in `stride`.
    #[cfg_attr(not(feature = "onnx"), allow(dead_code, reason = "no model is read"))]
    Crop {
        skipped: usize,
        stride: usize,
    },
    /// Each frame several times.
    Upsample {
        times: usize,
    },
    /// So many frames of one: the first has the first numbers. Its output has `1 / times` of the channels.
    Split {
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
    /// Normalisation over parts of a frame. Tensors: gamma and beta (channels).
    GroupNorm(GroupNorm),
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
    /// Of two inputs of as many channels: what is broadcast is gathered before.
    Binary(Binary),
    /// Of three inputs, a frame, another and a share: so much of the other, and the rest of the frame.
    Blend,
    /// The channels of one input, then those of the other.
    Concat,
    /// As many channels as the output has, from this one on.
    Slice {
        start: usize,
    },
    /// The numbers of the input at these places, in this order, each any number of times: broadcasts, permutations of
    /// features and channels, slices with steps, reversal. The output has as many channels as there are places.
    Gather {
        indices: Vec<usize>,
    },
    /// In a network of integers: of sums that have a fraction, the nearest numbers of 16 bits.
    Round,
    /// In a network of integers: numbers of 16 bits as sums that have a fraction.
    Extend,
}

/// A function of two numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Binary {
    /// The first minus the second.
    Subtract,
    /// The first divided by the second.
    Divide,
    Minimum,
    Maximum,
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
pub(crate) struct ConvTranspose {
    pub(crate) taps: usize,
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    /// Output frames for one input frame.
    pub(crate) stride: usize,
    /// Pushes before the first output: `stride` output frames each have been cut off.
    pub(crate) skipped: usize,
    /// Output frames by which those of a push are later than the first that its input frame is part of; less than `stride`.
    pub(crate) late: usize,
}

impl ConvTranspose {
    /// The input frames that an output frame depends on: under every `stride`th tap.
    pub(crate) fn window(self) -> Window {
        let taps = self.taps.saturating_add(self.late).div_ceil(self.stride);
        Window { skipped: self.skipped, ..Window::causal(taps, 1) }
    }

    /// The same without the first `frames` output frames, as `padding` in PyTorch cuts them off. A push still gives `stride`
    /// frames.
    pub(crate) fn cut(self, frames: usize) -> Self {
        let skipped = frames.div_ceil(self.stride);
        Self { skipped, late: skipped * self.stride - frames, ..self }
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
    /// A cell without gates: `tanh(x * kernel + h * recurrent_kernel + bias)`.
    Tanh,
    /// The same with relu.
    Relu,
}

impl Cell {
    /// Whether it has no gates.
    pub(crate) fn is_simple(self) -> bool {
        matches!(self, Self::Tanh | Self::Relu)
    }
}

impl Recurrent {
    /// The gates in the order of the tensors.
    pub(crate) fn gates(&self) -> &'static [&'static str] {
        match self.cell {
            Cell::GruResetAfter | Cell::GruResetBefore => &["update", "reset", "candidate"],
            Cell::Lstm => &["input", "forget", "candidate", "output"],
            Cell::Tanh | Cell::Relu => &["candidate"],
        }
    }

    /// The functions of its gates, and of what goes through them.
    pub(crate) fn functions(&self) -> [Activation; 2] {
        let [sigmoid, tanh] =
            if self.is_fast { [&FAST_SIGMOID, &FAST_TANH] } else { [&SIGMOID, &TANH] };
        let candidate = if self.cell == Cell::Relu { &RELU } else { tanh };
        [sigmoid, candidate].map(Activation::of)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pool {
    pub(crate) reduction: Reduction,
    /// The frames that become one. What it has before the first frame is no part of a maximum.
    pub(crate) window: Window,
    /// Whether what is before the first frame counts as zeros in a mean: PyTorch's and ONNX' `count_include_pad`. Keras
    /// divides by the frames that are there.
    pub(crate) counts_padding: bool,
}

impl Pool {
    /// So many frames without padding.
    pub(crate) fn valid(reduction: Reduction, size: usize, stride: usize) -> Self {
        let window = Window { taps: size, stride, ..Window::NEWEST };
        Self { reduction, window, counts_padding: false }
    }

    /// Whether it keeps frames: one is in several windows, or the first window has fewer.
    pub(crate) fn keeps_frames(self) -> bool {
        let Window { taps, stride, .. } = self.window;
        stride < taps || self.has_history()
    }

    /// Whether what it keeps is a history, as that of a convolution: `MaxPool` and the like of the runtime have no padding.
    pub(crate) fn has_history(self) -> bool {
        self.window.is_padded() || self.window.dilation > 1 && self.window.taps > 1
    }

    /// Whether every window counts as many frames: missing ones are zeros, or there are none.
    pub(crate) fn has_fixed_count(self) -> bool {
        self.counts_padding || !self.window.is_padded()
    }

    /// Whether it is a mean of more frames than a plain sum gives exactly enough.
    pub(crate) fn is_long(self) -> bool {
        self.reduction == Reduction::Mean && self.window.taps > 128
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
        let window = |frames: usize| {
            let past = frames.saturating_sub(1);
            Clock { past, first: past, ..Clock::EVERY_PUSH }
        };
        match self {
            Self::Conv(conv) => conv.window.clock(),
            Self::Conv2d(conv) => conv.window.clock(),
            Self::ConvTranspose(conv) if conv.stride == 1 => {
                Clock { lag: conv.skipped, ..conv.window().clock() }
            }
            Self::ConvTranspose(conv) => {
                let within = conv.taps.saturating_add(conv.late).saturating_sub(conv.stride);
                let (first, lag) = (conv.skipped, conv.skipped);
                Clock { within, frames: conv.stride, first, lag, ..Clock::EVERY_PUSH }
            }
            Self::Recurrent(_) => Clock { past: Clock::ALL, ..Clock::EVERY_PUSH },
            Self::Pool(pool) => pool.window.clock(),
            Self::Mean { frames } | Self::Newest { frames } => window(*frames),
            Self::Delay(Delay { frames, aligns }) => {
                let lag = if *aligns { *frames } else { 0 };
                Clock { past: *frames, first: *frames, lag, ..Clock::EVERY_PUSH }
            }
            Self::Crop { skipped, stride } => {
                Clock { first: *skipped, stride: *stride, ..Clock::EVERY_PUSH }
            }
            Self::Upsample { times } | Self::Split { times } => {
                Clock { frames: *times, ..Clock::EVERY_PUSH }
            }
            Self::Input
            | Self::Unknown
            | Self::Round
            | Self::Extend
            | Self::Affine { .. }
            | Self::LayerNorm { .. }
            | Self::GroupNorm(_)
            | Self::PoolFeatures(_)
            | Self::Prelu
            | Self::Map(_)
            | Self::Softmax { .. }
            | Self::Add { .. }
            | Self::Multiply
            | Self::Binary(_)
            | Self::Blend
            | Self::Concat
            | Self::Slice { .. }
            | Self::Gather { .. } => Clock::EVERY_PUSH,
        }
    }
}
