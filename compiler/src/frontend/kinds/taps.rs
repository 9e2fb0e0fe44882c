//! What a layer with taps sees of time: which frames, and when.

use super::{Arguments, Flag, Key, Takes};
use crate::frontend::lower::Lower;
use crate::graph::Window;

pub(super) const K: Key = Key {
    name: "k",
    doc: "the taps of the kernel",
    takes: Takes::Count,
    aliases: &["kernel", "kernel_size", "taps"],
};
pub(super) const DILATION: Key = Key {
    name: "dilation",
    doc: "the distance between taps in frames, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &["dilation_rate"],
};
pub(super) const STRIDE: Key = Key {
    name: "stride",
    doc: "the input frames per output, 1 when left out",
    takes: Takes::OptionalCount,
    aliases: &["strides"],
};
pub(super) const PAD: Key = Key {
    name: "pad",
    doc: "the zeros before the first frame",
    takes: Takes::OptionalCount,
    aliases: &[],
};

pub(super) const PADDING: &[Flag] = &[
    Flag { name: "valid", doc: "no padding: no output before the kernel has all its frames" },
    Flag { name: "causal", doc: "zeros before the first frame, and an output for every frame" },
    Flag {
        name: "same",
        doc: "half of the zeros before the first frame, half after the last: the output is delayed",
    },
];

/// The taps of a layer.
#[derive(Clone, Copy)]
pub(crate) struct Taps {
    pub(crate) window: Window,
    padding: Padding,
}

/// The word for what stands before the first frame.
#[derive(Clone, Copy, PartialEq)]
enum Padding {
    Valid,
    Causal,
    Same,
    Zeros(usize),
}

impl Taps {
    /// So many taps, and what the arguments say of them.
    pub(super) fn of(
        arguments: &Arguments<'_>,
        taps: usize,
        lower: &mut Lower<'_>,
    ) -> Option<Self> {
        let stride = arguments.count("stride").unwrap_or(1);
        Self::strided(arguments, taps, stride, lower)
    }

    /// The same with a stride that has been found out.
    pub(super) fn strided(
        arguments: &Arguments<'_>,
        taps: usize,
        stride: usize,
        lower: &mut Lower<'_>,
    ) -> Option<Self> {
        let dilation = arguments.count("dilation").unwrap_or(1);
        let past = (taps - 1).saturating_mul(dilation);
        let padding = padding(arguments, past, stride, lower)?;
        let zeros = match padding {
            Padding::Valid => None,
            Padding::Causal => Some(past),
            Padding::Same => Some(past / 2),
            Padding::Zeros(zeros) => Some(zeros),
        };
        Some(Self { window: Window { taps, dilation, stride, zeros, ..Window::NEWEST }, padding })
    }

    /// So many taps, with zeros before the first frame, at every push.
    pub(super) fn causal(taps: usize, dilation: usize) -> Self {
        Self { window: Window::causal(taps, dilation), padding: Padding::Causal }
    }

    /// As the user writes them.
    pub(super) fn flags(&self) -> Vec<String> {
        let mut flags = Vec::new();
        if self.window.stride > 1 {
            flags.push(format!("stride={}", self.window.stride));
        }
        if self.window.taps > 1 {
            flags.push(self.padding_flag().unwrap_or_else(|| "valid".to_owned()));
        }
        flags
    }

    /// The padding as the user writes it, where there is some.
    pub(super) fn padding_flag(&self) -> Option<String> {
        Some(match self.padding {
            Padding::Valid => return None,
            Padding::Causal => "causal".to_owned(),
            Padding::Same => "same".to_owned(),
            Padding::Zeros(zeros) => format!("pad={zeros}"),
        })
    }
}

/// What stands before the first of `past` frames under the taps.
fn padding(
    arguments: &Arguments<'_>,
    past: usize,
    stride: usize,
    lower: &mut Lower<'_>,
) -> Option<Padding> {
    let given = ["valid", "causal", "same"].into_iter().find(|flag| arguments.flag(flag));
    if let Some(zeros) = arguments.count("pad") {
        let message = if let Some(flag) = given {
            format!(
                "a layer can have `{flag}` or `pad={zeros}`, not both\nhelp: remove one of them"
            )
        } else if zeros > past {
            let most = if past == 0 {
                "remove `pad`: the kernel spans only the newest frame".to_owned()
            } else {
                format!("write at most `pad={past}`, which is the same as `causal`")
            };
            format!(
                "`pad={zeros}` is more than the {past} past frames that the kernel spans\nhelp: {most}"
            )
        } else {
            return Some(Padding::Zeros(zeros));
        };
        lower.report(&arguments.written("pad"), message);
        return None;
    }
    match given {
        Some("causal") => Some(Padding::Causal),
        Some("same") if stride > 1 => {
            let message = format!(
                "`same` cannot have `stride={stride}`: Keras then pads according to the length of the sequence"
            );
            let help = "help: write `pad=…` instead, the zeros before the first frame (PyTorch's `padding`)";
            lower.report(&arguments.written("stride"), format!("{message}\n{help}"));
            None
        }
        Some("same") => Some(Padding::Same),
        _ => Some(Padding::Valid),
    }
}
