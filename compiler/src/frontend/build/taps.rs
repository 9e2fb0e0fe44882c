//! What a layer with taps sees of time: which frames, and when.

use super::{Wrong, limits};
use crate::errors::Message;
use crate::frontend::keys;
use crate::graph::Window;

/// The taps of a kernel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taps {
    pub(crate) count: usize,
    /// Frames from tap to tap.
    pub(crate) dilation: usize,
    /// Input frames for one output.
    pub(crate) stride: usize,
    pub(crate) padding: Padding,
}

/// What stands before the first frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Padding {
    Valid,
    Causal,
    Same,
    Zeros(usize),
}

impl Taps {
    /// The newest frame, at every push.
    pub(crate) const NEWEST: Self =
        Self { count: 1, dilation: 1, stride: 1, padding: Padding::Valid };

    /// So many taps, with zeros before the first frame, at every push.
    pub(crate) fn causal(count: usize, dilation: usize) -> Self {
        Self { count, dilation, padding: Padding::Causal, ..Self::NEWEST }
    }

    /// The frames under them.
    pub(crate) fn window(self) -> Result<Window, Wrong> {
        let taps = limits::count(keys::K, self.count)?;
        let dilation = limits::count(keys::DILATION, self.dilation)?;
        let stride = limits::count(keys::STRIDE, self.stride)?;
        let past = (taps - 1).saturating_mul(dilation);
        let zeros = match self.padding {
            Padding::Valid => None,
            Padding::Causal => Some(past),
            Padding::Same if stride > 1 => {
                let text = format!(
                    "`same` cannot have `stride={stride}`: Keras then pads according to the length of the sequence"
                );
                let help =
                    "write `pad=…` instead, the zeros before the first frame (PyTorch's `padding`)";
                return Err(Wrong::at(keys::STRIDE, Message::new(text).help(help)));
            }
            Padding::Same => Some(past / 2),
            Padding::Zeros(zeros) if zeros > past => {
                let text = format!(
                    "`pad={zeros}` is more than the {past} past frames that the kernel spans"
                );
                let help = if past == 0 {
                    "remove `pad`: the kernel spans only the newest frame".to_owned()
                } else {
                    format!("write at most `pad={past}`, which is the same as `causal`")
                };
                return Err(Wrong::at(keys::PAD, Message::new(text).help(help)));
            }
            Padding::Zeros(zeros) => Some(zeros),
        };
        Ok(Window { taps, dilation, stride, zeros, ..Window::NEWEST })
    }

    /// As a user writes them.
    pub(super) fn flags(self) -> Vec<String> {
        let mut flags = Vec::new();
        if self.stride > 1 {
            flags.push(format!("{}={}", keys::STRIDE, self.stride));
        }
        if self.count > 1 {
            flags.push(self.padding_flag().unwrap_or_else(|| keys::VALID.to_owned()));
        }
        flags
    }

    /// The padding as a user writes it, where there is some.
    pub(super) fn padding_flag(self) -> Option<String> {
        Some(match self.padding {
            Padding::Valid => return None,
            Padding::Causal => keys::CAUSAL.to_owned(),
            Padding::Same => keys::SAME.to_owned(),
            Padding::Zeros(zeros) => format!("{}={zeros}", keys::PAD),
        })
    }
}
