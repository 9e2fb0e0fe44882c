//! Convolutions over time and the features of a frame, which lie one after the other, each with its channels.

mod kinds;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use self::kinds::{CONV2D, DEPTHWISE2D};
use super::bias;
use super::rest::at;
use super::taps::Taps;
use super::{
    Activation, Convention, Dimension, Given, Layer, Names, Rest, Shape, State, Summary, Timing,
};
use crate::numbers::{count, nested};
use crate::tensor::{Tensor, kernel_permuted};

struct Conv2d {
    time: Taps,
    /// Of the input.
    features: usize,
    /// Features under the kernel.
    width: usize,
    /// Features from position to position.
    stride: usize,
    /// Features of the output.
    positions: usize,
    /// Zeros before the first feature.
    zeros: usize,
    same: bool,
    /// Of each feature of the input, and of the output.
    channels: usize,
    outputs: usize,
    depthwise: bool,
    bias: bool,
    activation: Option<Activation>,
}

impl Conv2d {
    /// The shape of the kernel in the runtime.
    fn shape(&self) -> Vec<usize> {
        let mut shape = vec![self.time.count, self.width, self.channels];
        shape.extend((!self.depthwise).then_some(self.outputs));
        shape
    }

    fn kernel_numbers(&self) -> usize {
        self.shape().into_iter().fold(1, usize::saturating_mul)
    }
}

impl Layer for Conv2d {
    fn inputs(&self) -> usize {
        self.features * self.channels
    }

    fn outputs(&self) -> usize {
        self.positions.saturating_mul(self.outputs)
    }

    fn timing(&self) -> Timing {
        self.time.timing()
    }

    fn macs(&self) -> usize {
        self.kernel_numbers().saturating_mul(self.positions)
    }

    fn conventions(&self) -> Vec<Convention> {
        let convention = |name, kernel: [Dimension; 4]| {
            bias::convention(Shape::new(name, kernel.into()), self.bias.then_some(self.outputs))
        };
        let taps = || Dimension::new("k", self.time.count, "k");
        let width = || Dimension::new("feature_k", self.width, "feature_k");
        let inputs = || Dimension::new("in/features", self.channels, "in");
        let outputs = || {
            let (name, outputs) = if self.depthwise { ("1", 1) } else { ("out", self.outputs) };
            Dimension::new(name, outputs, "out")
        };
        let keras = convention("kernel", [taps(), width(), inputs(), outputs()]);
        let pytorch = if self.depthwise {
            Convention {
                canonical: |tensors| kernel_permuted(tensors, &[2, 3, 0, 1]),
                ..convention("weight", [inputs(), outputs(), taps(), width()])
            }
        } else {
            Convention {
                canonical: |tensors| kernel_permuted(tensors, &[2, 3, 1, 0]),
                ..convention("weight", [outputs(), inputs(), taps(), width()])
            }
        };
        vec![keras, pytorch]
    }

    fn numbers(&self) -> usize {
        self.kernel_numbers().saturating_add(if self.bias { self.outputs } else { 0 })
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        let kernel = nested(&self.shape(), &tensors.first()?.numbers);
        let (no_bias, bias) = bias::tokens(krate, tensors.get(1));
        let shape = self.shape().into_iter().map(count);
        let rest = [self.stride, self.zeros, self.outputs()].map(count);
        let value = quote!({ kernel: #kernel, bias: #bias });
        Some(if self.depthwise {
            let ty = quote!(#krate::DepthwiseConv2d<#(#shape,)* #(#rest),* #no_bias>);
            (ty, quote!(#krate::DepthwiseConv2d #value))
        } else {
            let ty = quote!(#krate::Conv2d<#(#shape,)* #(#rest),* #no_bias>);
            (ty, quote!(#krate::Conv2d #value))
        })
    }

    fn states(&self) -> Vec<State> {
        self.time.states(self.inputs())
    }

    fn activation(&self) -> Option<Activation> {
        self.activation
    }

    fn end_with(&mut self, activation: Activation) -> bool {
        let is_free = self.activation.is_none() && activation.is_of_channels();
        self.activation = self.activation.or(is_free.then_some(activation));
        is_free
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        self.time.line(names)
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let [kernel, bias] = [0, 1].map(|place| given.tensors.get(place));
        let numbers = kernel.map_or(&[][..], |kernel| &kernel.numbers);
        let (channels, outputs) = (self.channels, self.outputs);
        self.time.rest(given, |taps| {
            let position = |position: usize| {
                let mut sums = bias::first_sums(bias, outputs);
                let rows = numbers.chunks(if self.depthwise { 1 } else { outputs });
                for (row, weights) in rows.enumerate() {
                    let (tap, place) = (row / channels / self.width, row / channels % self.width);
                    let feature = (position * self.stride + place).checked_sub(self.zeros);
                    let frame = taps.get(tap).copied().unwrap_or_default();
                    let features = frame.chunks(channels);
                    // Beside the features are zeros.
                    let Some(feature) = feature.and_then(|at| features.clone().nth(at)) else {
                        continue;
                    };
                    let x = at(feature, row % channels);
                    let first = if self.depthwise { row % channels } else { 0 };
                    let sums = sums.iter_mut().skip(first);
                    sums.zip(weights).for_each(|(sum, weight)| *sum += weight * x);
                }
                sums
            };
            vec![(0..self.positions).flat_map(position).collect()]
        })
    }

    fn summary(&self) -> Summary {
        let mut flags =
            vec![format!("features={}", self.features), format!("feature_k={}", self.width)];
        flags.extend((self.stride > 1).then(|| format!("feature_stride={}", self.stride)));
        flags.extend(self.same.then(|| "feature_same".to_owned()));
        flags.extend(self.time.flags());
        flags.extend((!self.bias).then(|| "no_bias".to_owned()));
        flags.extend(self.activation.map(Activation::flag));
        Summary { taps: Some(self.time.count), dilation: Some(self.time.dilation), flags }
    }
}
