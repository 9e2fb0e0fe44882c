//! What a layer with taps sees of time: which frames, and when.

use proc_macro2::TokenStream;
use quote::quote;

use super::rest::sequence;
use super::window::{self, COUNTER, LAYER};
use super::{Arguments, Flag, Frames, Given, Key, Names, Rest, State, Takes, Timing};
use crate::errors::Errors;

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
pub(super) struct Taps {
    pub(super) count: usize,
    pub(super) dilation: usize,
    pub(super) stride: usize,
    pub(super) padding: Padding,
}

/// What stands before the first frame.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Padding {
    /// Nothing: the taps have to fill.
    Valid,
    /// Zeros under all taps but the newest.
    Causal,
    /// Zeros under half of them, and as many or one more behind the last frame.
    Same,
    /// So many zeros before the first frame, and behind the last one.
    Zeros(usize),
}

/// What a layer keeps from push to push: past frames where it has more than one tap, a schedule where not every push is
/// answered.
enum Keeps {
    Nothing,
    Schedule,
    History,
    Both,
}

impl Taps {
    /// The newest frame, at every push.
    pub(super) const ONE: Self = Self { count: 1, dilation: 1, stride: 1, padding: Padding::Valid };

    /// So many taps, and what the arguments say of them.
    pub(super) fn of(arguments: &Arguments<'_>, taps: usize, errors: &mut Errors) -> Option<Self> {
        let dilation = arguments.count("dilation").unwrap_or(1);
        let stride = arguments.count("stride").unwrap_or(1);
        let past = (taps - 1).saturating_mul(dilation);
        Some(Self {
            count: taps,
            dilation,
            stride,
            padding: padding(arguments, past, stride, errors)?,
        })
    }

    pub(super) fn timing(&self) -> Timing {
        let past = (self.count - 1).saturating_mul(self.dilation);
        let before = match self.padding {
            Padding::Valid => {
                return Timing { past, first: past, stride: self.stride, ..Timing::AT_ONCE };
            }
            Padding::Causal => past,
            Padding::Same => past / 2,
            Padding::Zeros(zeros) => zeros,
        };
        let behind = past.saturating_sub(before);
        Timing { past, first: behind, stride: self.stride, lag: behind, ..Timing::AT_ONCE }
    }

    fn keeps(&self) -> Keeps {
        match self.timing() {
            Timing { past: 0, stride: 1, .. } => Keeps::Nothing,
            Timing { past: 0, .. } => Keeps::Schedule,
            Timing { first: 0, stride: 1, .. } => Keeps::History,
            _ => Keeps::Both,
        }
    }

    pub(super) fn keeps_nothing(&self) -> bool {
        matches!(self.keeps(), Keeps::Nothing)
    }

    /// What is kept of frames of so many channels.
    pub(super) fn states(&self, channels: usize) -> Vec<State> {
        let Timing { past: frames, first, stride, .. } = self.timing();
        let history = vec![channels, self.count - 1, self.dilation];
        let schedule = vec![first, stride];
        vec![match self.keeps() {
            Keeps::Nothing => return Vec::new(),
            Keeps::Schedule => State {
                name: "Schedule",
                arguments: schedule,
                bytes: COUNTER,
                doc: format!("Output schedule of {LAYER}"),
                branch: None,
            },
            Keeps::History => window::history("History", history, frames, channels),
            Keeps::Both => {
                let arguments = [history, schedule].concat();
                window::scheduled("ScheduledHistory", arguments, frames, channels)
            }
        }]
    }

    /// The layer's line in `push`.
    pub(super) fn line(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, activation, state, weights, .. } = names;
        if self.keeps_nothing() {
            quote!(#weights.apply(#frame, #activation))
        } else {
            quote!(#weights.push(&mut #state, #frame, #activation))
        }
    }

    /// What a layer comes to that makes these `answers` of the frames under its taps, the oldest first.
    pub(super) fn rest(&self, given: &Given<'_>, answers: impl Fn(&[&[f64]]) -> Frames) -> Rest {
        let frames = given.frames;
        let period = frames.len().max(1);
        let under_taps = (0..period).map(|newest| {
            // Pushes before this one were the same.
            let before = |taps: usize| {
                (taps * self.dilation).next_multiple_of(period) - taps * self.dilation
            };
            let taps = (0..self.count).rev().map(|taps| (newest + before(taps)) % period);
            taps.filter_map(|at| frames.get(at).map(Vec::as_slice)).collect::<Vec<_>>()
        });
        let rest = Rest::of(under_taps.flat_map(|taps| answers(&taps)).collect());
        match self.keeps() {
            Keeps::Nothing => rest,
            Keeps::Schedule => Rest { states: vec![None], ..rest },
            Keeps::History | Keeps::Both => rest.keeping(sequence(frames)),
        }
    }

    /// As the user writes them.
    pub(super) fn flags(&self) -> Vec<String> {
        let mut flags = Vec::new();
        if self.stride > 1 {
            flags.push(format!("stride={}", self.stride));
        }
        if self.count > 1 {
            flags.push(match self.padding {
                Padding::Valid => "valid".to_owned(),
                Padding::Causal => "causal".to_owned(),
                Padding::Same => "same".to_owned(),
                Padding::Zeros(zeros) => format!("pad={zeros}"),
            });
        }
        flags
    }
}

/// What stands before the first of `past` frames under the taps.
fn padding(
    arguments: &Arguments<'_>,
    past: usize,
    stride: usize,
    errors: &mut Errors,
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
        errors.report(&arguments.written("pad"), message);
        return None;
    }
    match given {
        Some("causal") => Some(Padding::Causal),
        Some("same") if stride > 1 => {
            let message = format!(
                "`same` cannot have `stride={stride}`: Keras then pads according to the length of the sequence"
            );
            let help = "help: write `pad=…` instead, the zeros before the first frame (PyTorch's `padding`)";
            errors.report(&arguments.written("stride"), format!("{message}\n{help}"));
            None
        }
        Some("same") => Some(Padding::Same),
        _ => Some(Padding::Valid),
    }
}
