//! Convolutions over time.

mod kinds;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) use self::kinds::{CONV, DENSE, DEPTHWISE};
use super::{Activation, AtOnce, Dimension, Layer, Names, Shape, State, Summary, Timing};
use crate::numbers::{count, nested, plural};
use crate::tensor::Tensor;

/// Multiply-accumulates of a layer that the runtime writes out where it is used.
pub(crate) const MOST_WRITTEN_OUT: usize = 256;

/// Instructions to copy a number of a past frame, about: 7 for frames of 16 channels, 13 for frames of one.
const COPY: isize = 8;

struct Conv {
    taps: usize,
    inputs: usize,
    outputs: usize,
    dilation: usize,
    stride: usize,
    groups: usize,
    causal: bool,
    bias: bool,
    activation: Option<Activation>,
    /// Another shape that the kernel may have in the file.
    also: Option<Vec<usize>>,
}

impl Conv {
    fn keeps(&self) -> Keeps {
        match self.timing() {
            Timing { past: 0, stride: 1, .. } => Keeps::Nothing,
            Timing { past: 0, .. } => Keeps::Schedule,
            Timing { first: 0, stride: 1, .. } => Keeps::History,
            _ => Keeps::Both,
        }
    }
}

/// What a convolution keeps from push to push: past frames where it has more than one tap, a schedule where not every
/// push is answered.
enum Keeps {
    Nothing,
    Schedule,
    History,
    Both,
}

impl Layer for Conv {
    fn inputs(&self) -> usize {
        self.inputs
    }

    fn outputs(&self) -> usize {
        self.outputs
    }

    fn timing(&self) -> Timing {
        let past = (self.taps - 1).saturating_mul(self.dilation);
        Timing { past, first: if self.causal { 0 } else { past }, stride: self.stride }
    }

    fn macs(&self) -> usize {
        let macs = self.taps.saturating_mul(self.inputs / self.groups);
        macs.saturating_mul(self.outputs)
    }

    fn at_once(&self) -> AtOnce {
        let macs = isize::try_from(self.macs()).unwrap_or(isize::MAX);
        if self.groups > 1 {
            return AtOnce { saved: -macs / 4, copied: 0 };
        }
        let past = (self.taps - 1).saturating_mul(self.inputs);
        // Of 2.1 instructions a multiply-accumulate, 0.5 are saved, where a layer is a function; what is written out is
        // slower as one. The past frames are used where they are, if four pushes in a row have theirs side by side.
        let saved =
            if self.macs() > MOST_WRITTEN_OUT { macs / 2 } else { -macs.saturating_add(240) / 4 };
        let is_copied = self.dilation < 4 || self.stride > 1;
        let copies = if is_copied { isize::try_from(past).unwrap_or(isize::MAX) } else { 0 };
        AtOnce {
            saved: saved.saturating_sub(copies.saturating_mul(COPY)),
            copied: past.saturating_mul(4),
        }
    }

    fn tensors(&self) -> Vec<Shape> {
        let kernel = vec![
            Dimension { name: "k", length: self.taps, key: "k" },
            Dimension {
                name: if self.groups == 1 { "in" } else { "in/groups" },
                length: self.inputs / self.groups,
                key: "in",
            },
            Dimension { name: "out", length: self.outputs, key: "out" },
        ];
        let mut shapes =
            vec![Shape { name: "kernel", dimensions: kernel, also: self.also.clone() }];
        if self.bias {
            let outputs = Dimension { name: "out", length: self.outputs, key: "out" };
            shapes.push(Shape { name: "bias", dimensions: vec![outputs], also: None });
        }
        shapes
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        let (kernel, bias) = match tensors {
            [kernel] => (kernel, None),
            [kernel, bias] => (kernel, Some(bias)),
            _ => return None,
        };
        let group_inputs = self.inputs / self.groups;
        let kernel = nested(&[self.taps, group_inputs, self.outputs], &kernel.numbers);
        let (no_bias, bias) = match bias {
            Some(bias) => (None, nested(&[self.outputs], &bias.numbers)),
            None => (Some(quote!(, #krate::NoBias)), quote!(#krate::NoBias)),
        };
        let value = quote!({ kernel: #kernel, bias: #bias });
        let [taps, inputs, outputs, groups] =
            [self.taps, group_inputs, self.outputs, self.groups].map(count);
        Some(if self.groups == 1 {
            let ty = quote!(#krate::Conv<#taps, #inputs, #outputs #no_bias>);
            (ty, quote!(#krate::Conv #value))
        } else {
            let ty = quote!(#krate::GroupedConv<#taps, #inputs, #outputs, #groups #no_bias>);
            (ty, quote!(#krate::GroupedConv #value))
        })
    }

    fn state(&self) -> Option<State> {
        let Timing { past: frames, first, stride } = self.timing();
        let history = vec![self.inputs, self.taps - 1, self.dilation];
        let schedule = vec![first, stride];
        let counter = size_of::<u32>();
        let bytes = frames.saturating_mul(self.inputs).saturating_mul(size_of::<f32>());
        let (frames_held, channels) = (plural(frames, "frame"), plural(self.inputs, "channel"));
        let held = format!("the past {frames_held} of {channels}");
        Some(match self.keeps() {
            Keeps::Nothing => return None,
            Keeps::Schedule => State {
                name: "Schedule",
                arguments: schedule,
                bytes: counter,
                doc: "which pushes it answers".to_owned(),
            },
            Keeps::History => State {
                name: "History",
                arguments: history,
                bytes: bytes.saturating_add(counter),
                doc: held,
            },
            Keeps::Both => State {
                name: "ScheduledHistory",
                arguments: [history, schedule].concat(),
                bytes: bytes.saturating_add(2 * counter),
                doc: format!("{held}, and which pushes it answers"),
            },
        })
    }

    fn activation(&self) -> Option<Activation> {
        self.activation
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, activation, state, weights, .. } = names;
        match self.keeps() {
            Keeps::Nothing => quote!(#weights.apply(#frame, #activation)),
            Keeps::History => quote!(#weights.push(&mut #state, #frame, #activation)),
            Keeps::Schedule | Keeps::Both => {
                quote!(#weights.push(&mut #state, #frame, #activation)?)
            }
        }
    }

    fn push_block(&self, names: &Names<'_>, room: &Ident) -> TokenStream {
        let Names { frames, activation, state, weights, .. } = names;
        match self.keeps() {
            Keeps::Nothing => quote!(#weights.apply_block(#frames, &mut #room, #activation)),
            _ => quote!(#weights.push_block(&mut #state, #frames, &mut #room, #activation)),
        }
    }

    fn summary(&self) -> Summary {
        let mut flags = Vec::new();
        if self.stride > 1 {
            flags.push(format!("stride={}", self.stride));
        }
        if self.groups > 1 {
            flags.push(format!("groups={}", self.groups));
        }
        if self.taps > 1 {
            flags.push(if self.causal { "causal" } else { "valid" }.to_owned());
        }
        if !self.bias {
            flags.push("no_bias".to_owned());
        }
        flags.extend(self.activation.map(Activation::flag));
        Summary { taps: Some(self.taps), dilation: Some(self.dilation), flags }
    }
}
