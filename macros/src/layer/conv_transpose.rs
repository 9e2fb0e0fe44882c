//! Transposed convolutions: several frames for one.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::bias::{self, BIAS};
use super::conv::OUT;
use super::rest::at;
use super::taps::{K, Padding, Taps};
use super::{
    Activation, Arguments, Convention, Dimension, Given, Key, Kind, Layer, Names, Outputs, Rest,
    Shape, State, Summary, Takes, Timing, Weights,
};
use crate::errors::Errors;
use crate::numbers::{count, nested};
use crate::tensor::{Tensor, kernel_permuted};

pub(super) const CONV_TRANSPOSE: Kind = Kind {
    keras: Some("conv1d_transpose"),
    keys: &[
        K,
        OUT,
        Key {
            name: "stride",
            doc: "the output frames per input frame",
            takes: Takes::Count,
            aliases: &["strides"],
        },
    ],
    flags: &[BIAS],
    activations: 1,
    outputs: Outputs::Key("out"),
    weights: Weights::Always,
    ..Kind::plain(
        "conv_transpose",
        "`conv_transpose(k=4, out=2, stride=2)`: a transposed convolution; a push gives `stride` frames.",
        build,
    )
};

fn build(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    Some(Box::new(ConvTranspose {
        taps: arguments.count("k")?,
        inputs: arguments.inputs?,
        outputs: arguments.count("out")?,
        stride: arguments.count("stride")?,
        bias: !arguments.flag("no_bias"),
        activation: arguments.activations.first().copied(),
    }))
}

struct ConvTranspose {
    taps: usize,
    inputs: usize,
    outputs: usize,
    stride: usize,
    bias: bool,
    activation: Option<Activation>,
}

impl ConvTranspose {
    /// The input frames that an output frame depends on: under every `stride`th tap.
    fn time(&self) -> Taps {
        let taps = self.taps.div_ceil(self.stride);
        Taps { count: taps, padding: Padding::Causal, ..Taps::ONE }
    }
}

impl Layer for ConvTranspose {
    fn inputs(&self) -> usize {
        self.inputs
    }

    fn outputs(&self) -> usize {
        self.outputs
    }

    fn timing(&self) -> Timing {
        if self.stride == 1 {
            return self.time().timing();
        }
        let within = self.taps.saturating_sub(self.stride);
        Timing { within, frames: self.stride, ..Timing::AT_ONCE }
    }

    fn history(&self) -> usize {
        self.time().timing().past
    }

    fn macs(&self) -> usize {
        self.taps.saturating_mul(self.inputs).saturating_mul(self.outputs)
    }

    fn conventions(&self) -> Vec<Convention> {
        let convention = |name, kernel: [Dimension; 3]| {
            bias::convention(Shape::new(name, kernel.into()), self.bias.then_some(self.outputs))
        };
        let taps = || Dimension::new("k", self.taps, "k");
        let inputs = || Dimension::new("in", self.inputs, "in");
        let outputs = || Dimension::new("out", self.outputs, "out");
        let keras = convention("kernel", [taps(), outputs(), inputs()]);
        let pytorch = convention("weight", [inputs(), outputs(), taps()]);
        vec![
            Convention { canonical: |tensors| kernel_permuted(tensors, &[0, 2, 1]), ..keras },
            Convention { canonical: |tensors| kernel_permuted(tensors, &[2, 0, 1]), ..pytorch },
        ]
    }

    fn numbers(&self) -> usize {
        self.macs().saturating_add(if self.bias { self.outputs } else { 0 })
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        let kernel = nested(&[self.taps, self.inputs, self.outputs], &tensors.first()?.numbers);
        let (no_bias, bias) = bias::tokens(krate, tensors.get(1));
        let [taps, inputs, outputs, stride] =
            [self.taps, self.inputs, self.outputs, self.stride].map(count);
        Some((
            quote!(#krate::ConvTranspose<#taps, #inputs, #outputs, #stride #no_bias>),
            quote!(#krate::ConvTranspose { kernel: #kernel, bias: #bias }),
        ))
    }

    fn states(&self) -> Vec<State> {
        self.time().states(self.inputs)
    }

    fn activation(&self) -> Option<Activation> {
        self.activation
    }

    fn end_with(&mut self, activation: Activation) -> bool {
        let is_free = self.activation.is_none();
        self.activation = self.activation.or(Some(activation));
        is_free
    }

    fn before(&self, names: &Names<'_>) -> TokenStream {
        if self.stride > 1 {
            return TokenStream::new();
        }
        let (frame, line) = (names.frame, self.time().line(names));
        quote!(let [#frame] = #line;)
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        if self.stride > 1 { self.time().line(names) } else { names.frame.to_token_stream() }
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let [kernel, bias] = [0, 1].map(|place| given.tensors.get(place));
        self.time().rest(given, |taps| {
            let mut answers = vec![bias::first_sums(bias, self.outputs); self.stride];
            let rows = kernel.map(|kernel| kernel.numbers.chunks(self.outputs));
            for (row, weights) in rows.into_iter().flatten().enumerate() {
                let (tap, input) = (row / self.inputs, row % self.inputs);
                // The first `stride` taps are those of the newest frame.
                let frame = taps.iter().rev().nth(tap / self.stride).copied().unwrap_or_default();
                let sums = answers.get_mut(tap % self.stride).into_iter().flatten();
                sums.zip(weights).for_each(|(sum, weight)| *sum += weight * at(frame, input));
            }
            answers
        })
    }

    fn summary(&self) -> Summary {
        let mut flags = vec![format!("stride={}", self.stride)];
        flags.extend((!self.bias).then(|| "no_bias".to_owned()));
        flags.extend(self.activation.map(Activation::flag));
        Summary { taps: Some(self.taps), dilation: None, flags }
    }
}
