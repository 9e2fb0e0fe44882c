//! Convolutions over time.

mod kinds;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

pub(super) use self::kinds::{
    CONV, DENSE, DEPTHWISE, GROUPS, OUT, are_split, gathering, mixing, projection,
};
use super::bias;
use super::rest::at;
use super::{
    Activation, Affine, AtOnce, Convention, Dimension, Given, Layer, Names, Plain, Rest, Shape,
    Side, State, Summary, Taps, Timing,
};
use crate::numbers::{count, nested};
use crate::tensor::{Tensor, kernel_permuted};

/// Multiply-accumulates of a layer that the runtime writes out where it is used.
pub(crate) const MOST_WRITTEN_OUT: usize = 256;

/// Instructions to copy a number of a past frame, about: 7 for frames of 16 channels, 13 for frames of one.
const COPY: isize = 8;

pub(super) struct Conv {
    time: Taps,
    inputs: usize,
    outputs: usize,
    groups: usize,
    /// Whether the file has a bias.
    bias: bool,
    /// Whether layers beside it that are part of it give it one.
    shifted: bool,
    activation: Option<Activation>,
    /// The channels of the condition, where it takes that in place of its input.
    condition: Option<usize>,
    /// Another shape that Keras' kernel may have in the file.
    also: Option<Vec<usize>>,
}

impl Conv {
    /// The channels that it takes in the end.
    fn taken(&self) -> usize {
        self.condition.unwrap_or(self.inputs)
    }

    /// The channel that an output sees as that input of its group.
    fn input_of(&self, input: usize, output: usize) -> usize {
        output / (self.outputs / self.groups) * (self.inputs / self.groups) + input
    }
}

impl Layer for Conv {
    fn inputs(&self) -> usize {
        self.inputs
    }

    fn outputs(&self) -> usize {
        self.outputs
    }

    fn timing(&self) -> Timing {
        self.time.timing()
    }

    fn macs(&self) -> usize {
        let macs = self.time.count.saturating_mul(self.taken() / self.groups);
        macs.saturating_mul(self.outputs)
    }

    fn at_once(&self) -> Option<AtOnce> {
        let macs = isize::try_from(self.macs()).unwrap_or(isize::MAX);
        if self.groups > 1 {
            return Some(AtOnce { saved: -macs / 4, is_copied: false, copied: 0 });
        }
        let past = (self.time.count - 1).saturating_mul(self.taken());
        // Of 2.1 instructions a multiply-accumulate, 0.5 are saved, where a layer is a function; what is written out is
        // slower as one. The past frames are used where they are, if four pushes in a row have theirs side by side.
        let saved =
            if self.macs() > MOST_WRITTEN_OUT { macs / 2 } else { -macs.saturating_add(240) / 4 };
        let is_copied = self.time.dilation < 4 || self.time.stride > 1;
        let copies = if is_copied { isize::try_from(past).unwrap_or(isize::MAX) } else { 0 };
        Some(AtOnce {
            saved: saved.saturating_sub(copies.saturating_mul(COPY)),
            is_copied: past > 0 || self.time.stride > 1,
            copied: if self.time.stride > 1 {
                past.saturating_add(self.taken()).saturating_mul(4)
            } else if self.time.dilation < 4 {
                past.saturating_mul(self.time.dilation)
            } else {
                0
            },
        })
    }

    fn plain(&self) -> Option<Plain> {
        let timing = self.timing();
        let (inputs, dilation, past) = (self.taken(), self.time.dilation, timing.past);
        let is_plain = self.groups == 1 && !timing.is_scheduled();
        is_plain.then_some(Plain { inputs, dilation, past })
    }

    fn conventions(&self) -> Vec<Convention> {
        let dimensions = || {
            let inputs = if self.groups == 1 { "in" } else { "in/groups" };
            vec![
                Dimension::new("k", self.time.count, "k"),
                Dimension::new(inputs, self.inputs / self.groups, "in"),
                Dimension::new("out", self.outputs, "out"),
            ]
        };
        let linear =
            (self.time.count == 1 && self.groups == 1).then(|| vec![self.outputs, self.inputs]);
        let bias = self.bias.then_some(self.outputs);
        let keras = Shape { also: self.also.clone(), ..Shape::new("kernel", dimensions()) };
        let pytorch = dimensions().into_iter().rev().collect();
        let pytorch = Shape { also: linear, ..Shape::new("weight", pytorch) };
        let [keras, pytorch] = [keras, pytorch].map(|kernel| bias::convention(kernel, bias));
        vec![keras, Convention { canonical: of_pytorch, ..pytorch }]
    }

    fn numbers(&self) -> usize {
        let bias = if self.bias || self.shifted { self.outputs } else { 0 };
        self.macs().saturating_add(bias)
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        let group_inputs = self.taken() / self.groups;
        let kernel = &tensors.first()?.numbers;
        let kernel = nested(&[self.time.count, group_inputs, self.outputs], kernel);
        let (no_bias, bias) = bias::tokens(krate, tensors.get(1));
        let value = quote!({ kernel: #kernel, bias: #bias });
        let [taps, inputs, outputs, groups] =
            [self.time.count, group_inputs, self.outputs, self.groups].map(count);
        Some(if self.groups == 1 {
            let ty = quote!(#krate::Conv<#taps, #inputs, #outputs #no_bias>);
            (ty, quote!(#krate::Conv #value))
        } else {
            let ty = quote!(#krate::GroupedConv<#taps, #inputs, #outputs, #groups #no_bias>);
            (ty, quote!(#krate::GroupedConv #value))
        })
    }

    fn states(&self) -> Vec<State> {
        self.time.states(self.taken())
    }

    fn activation(&self) -> Option<Activation> {
        self.activation
    }

    fn end_with(&mut self, activation: Activation) -> bool {
        let is_free = self.activation.is_none();
        self.activation = self.activation.or(Some(activation));
        is_free
    }

    fn absorb(&mut self, side: Side, shifts: bool) -> bool {
        let takes = match side {
            Side::Behind => self.activation.is_none(),
            // Zeros before the first frame are zeros behind the layer before, whatever that adds.
            Side::Before => !shifts || self.timing().first == self.timing().past,
        };
        self.shifted |= takes && shifts;
        takes
    }

    fn with(&self, tensors: Vec<Tensor>, side: Side, affine: &Affine) -> Vec<Tensor> {
        let Affine { scale, shift } = affine;
        let (inputs, outputs) = (self.inputs / self.groups, self.outputs);
        let mut tensors = tensors.into_iter();
        let Some(mut kernel) = tensors.next() else { return Vec::new() };
        let mut bias = bias::first_sums(tensors.next().as_ref(), outputs);
        for (row, weights) in kernel.numbers.chunks_mut(outputs).enumerate() {
            for (output, (weight, bias)) in weights.iter_mut().zip(&mut bias).enumerate() {
                let channel = match side {
                    Side::Behind => output,
                    Side::Before => self.input_of(row % inputs, output),
                };
                let at = |numbers: &[f64]| numbers.get(channel).copied().unwrap_or_default();
                if side == Side::Before {
                    *bias += *weight * at(shift);
                }
                *weight *= at(scale);
            }
        }
        if side == Side::Behind {
            for (bias, (scale, shift)) in bias.iter_mut().zip(scale.iter().zip(shift)) {
                *bias = *bias * scale + shift;
            }
        }
        let has_bias = self.bias || self.shifted;
        let bias = has_bias.then(|| Tensor { shape: vec![outputs], numbers: bias });
        [Some(kernel), bias].into_iter().flatten().collect()
    }

    fn is_product(&self) -> bool {
        let is_at_once = self.time.keeps_nothing() && self.groups == 1;
        is_at_once && !self.bias && !self.shifted && self.activation.is_none()
    }

    fn take_condition(&mut self, channels: usize) {
        self.condition = Some(channels);
    }

    fn with_condition(
        &self,
        tensors: Vec<Tensor>,
        product: &[Tensor],
        mixed: &[Tensor],
    ) -> Vec<Tensor> {
        let [product, mixed] = [product, mixed]
            .map(|tensors| tensors.first().map_or(&[][..], |tensor| tensor.numbers.as_slice()));
        let mut tensors = tensors.into_iter();
        let Some(kernel) = tensors.next() else { return Vec::new() };
        let mut numbers = Vec::new();
        for tap in kernel.numbers.chunks(self.inputs * self.outputs) {
            for row in product.chunks(self.inputs) {
                numbers.extend((0..self.outputs).map(|output| {
                    let weights = tap.iter().skip(output).step_by(self.outputs);
                    row.iter().zip(weights).map(|(x, weight)| x * weight).sum::<f64>()
                }));
            }
        }
        // It is of the newest frame, which is under the last tap.
        for (number, mixed) in numbers.iter_mut().rev().zip(mixed.iter().rev()) {
            *number += mixed;
        }
        let shape = vec![self.time.count, self.taken(), self.outputs];
        [Tensor { shape, numbers }].into_iter().chain(tensors).collect()
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        self.time.line(names)
    }

    fn push_block(&self, names: &Names<'_>, room: &Ident) -> TokenStream {
        let Names { frames, activation, state, weights, .. } = names;
        if self.time.keeps_nothing() && self.groups > 1 {
            quote!(#weights.apply_block(#frames, &mut #room, #activation))
        } else if self.time.keeps_nothing() {
            quote!(#weights.apply_block(#frames, (), &mut #room, #activation))
        } else if self.groups > 1 {
            quote!(#weights.push_block(&mut #state, #frames, &mut #room, #activation))
        } else {
            let copies = copies();
            quote!(#weights.push_block(&mut #state, (#frames, &mut #copies), (), &mut #room, #activation))
        }
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let [kernel, bias] = [0, 1].map(|place| given.tensors.get(place));
        self.time.rest(given, |taps| {
            let mut sums = bias::first_sums(bias, self.outputs);
            let rows = kernel.map(|kernel| kernel.numbers.chunks(self.outputs));
            for (row, weights) in rows.into_iter().flatten().enumerate() {
                let inputs = self.taken() / self.groups;
                let frame = taps.get(row / inputs).copied().unwrap_or_default();
                for (output, (sum, weight)) in sums.iter_mut().zip(weights).enumerate() {
                    *sum += weight * at(frame, self.input_of(row % inputs, output));
                }
            }
            vec![sums]
        })
    }

    fn summary(&self) -> Summary {
        let mut flags = self.time.flags();
        if self.groups > 1 {
            flags.push(format!("groups={}", self.groups));
        }
        if !self.bias {
            flags.push("no_bias".to_owned());
        }
        // What is mixed in says it.
        let activation = self.activation.filter(|_| self.condition.is_none());
        flags.extend(activation.map(Activation::flag));
        Summary { taps: Some(self.time.count), dilation: Some(self.time.dilation), flags }
    }
}

/// The variable of the room that past frames are copied to.
pub(crate) fn copies() -> Ident {
    Ident::new("copies", Span::mixed_site())
}

/// PyTorch's (out, in, k) or (out, in) to Keras' (k, in, out) or (in, out).
fn of_pytorch(tensors: Vec<Tensor>) -> Vec<Tensor> {
    let dimensions = tensors.first().map_or(0, |kernel| kernel.shape.len());
    kernel_permuted(tensors, &(0..dimensions).rev().collect::<Vec<_>>())
}
