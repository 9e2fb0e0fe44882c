//! Layers whose answer goes into the next one.

mod rest;
mod tensors;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::tensors::{columns, gru_of_pytorch, lstm_of_pytorch, plus};
use super::activation::{SIGMOID, TANH};
use super::bias::BIAS;
use super::window::LAYER;
use super::{
    Activation, Arguments, Convention, Dimension, Flag, Given, Key, Kind, Layer, Names, Outputs,
    Rest, Shape, State, Summary, Takes, Timing, Weights,
};
use crate::ast::Math;
use crate::errors::Errors;
use crate::numbers::{count, nested, plural};
use crate::tensor::Tensor;

const UNITS: Key = Key {
    name: "units",
    doc: "the channels of its output and of its state",
    takes: Takes::Count,
    aliases: &["out", "hidden", "hidden_size"],
};

pub(super) const GRU: Kind = Kind {
    keras: Some("gru"),
    keys: &[UNITS],
    flags: &[
        &[
            Flag {
                name: "reset_after",
                doc: "the reset gate is applied after the recurrent kernel, as in PyTorch and Keras",
            },
            Flag {
                name: "reset_before",
                doc: "the reset gate is applied before the recurrent kernel: Keras' `reset_after=False`",
            },
        ],
        BIAS,
    ],
    outputs: Outputs::Key("units"),
    weights: Weights::Always,
    ..Kind::plain("gru", "`gru(units=8)`: a gated recurrent unit.", gru)
};
pub(super) const LSTM: Kind = Kind {
    keras: Some("lstm"),
    keys: &[UNITS],
    flags: &[
        &[Flag {
            name: INITIAL,
            doc: "the initial state is in the weights file, as `initial_h` and `initial_c`",
        }],
        BIAS,
    ],
    outputs: Outputs::Key("units"),
    weights: Weights::Always,
    ..Kind::plain("lstm", "`lstm(units=8)`: a long short-term memory.", lstm)
};

/// The flag of a layer that does not start from zeros.
const INITIAL: &str = "initial";

fn gru(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    let how = if arguments.flag("reset_before") { How::ResetBefore } else { How::ResetAfter };
    build(arguments, how)
}

fn lstm(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    build(arguments, How::Lstm)
}

fn build(arguments: &Arguments<'_>, how: How) -> Option<Box<dyn Layer>> {
    let (inputs, units) = (arguments.inputs?, arguments.count("units")?);
    let [initial, no_bias] = [INITIAL, "no_bias"].map(|flag| arguments.flag(flag));
    let (math, bias) = (arguments.math, !no_bias);
    Some(Box::new(Recurrent { how, math, inputs, units, bias, initial }))
}

struct Recurrent {
    how: How,
    math: Math,
    inputs: usize,
    units: usize,
    bias: bool,
    /// Whether the file has what it starts from.
    initial: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum How {
    ResetAfter,
    ResetBefore,
    Lstm,
}

impl Recurrent {
    /// The functions of its gates.
    fn activations(&self) -> [Activation; 2] {
        [&SIGMOID, &TANH].map(|kind| Activation::of(kind, self.math))
    }

    /// The gates in Keras' order, which is that of the fields.
    fn gates(&self) -> &'static [&'static str] {
        match self.how {
            How::ResetAfter | How::ResetBefore => &["update", "reset", "candidate"],
            How::Lstm => &["input", "forget", "candidate", "output"],
        }
    }

    fn keras(&self) -> Convention {
        let rows = || Dimension::new("gates * units", self.gates().len() * self.units, "units");
        let kernel = vec![Dimension::new("in", self.inputs, "in"), rows()];
        let recurrent = vec![Dimension::new("units", self.units, "units"), rows()];
        let mut tensors =
            vec![Shape::new("kernel", kernel), Shape::new("recurrent_kernel", recurrent)];
        if self.bias {
            let both = Dimension::new("2", 2, "units");
            let both = (self.how == How::ResetAfter).then_some(both);
            let all = self.gates().len() * self.units;
            let otherwise = match self.how {
                How::ResetAfter => Some((vec![all], "add `reset_before`")),
                How::ResetBefore => Some((vec![2, all], "remove `reset_before`")),
                How::Lstm => None,
            };
            let dimensions = both.into_iter().chain([rows()]).collect();
            tensors.push(Shape { otherwise, ..Shape::new("bias", dimensions) });
        }
        tensors.extend(self.start_shapes());
        Convention::of(tensors)
    }

    fn pytorch(&self) -> Convention {
        let rows = || Dimension::new("gates * units", self.gates().len() * self.units, "units");
        let mut tensors = vec![
            Shape::new("weight_ih", vec![rows(), Dimension::new("in", self.inputs, "in")]),
            Shape::new("weight_hh", vec![rows(), Dimension::new("units", self.units, "units")]),
        ];
        if self.bias {
            tensors.extend(["bias_ih", "bias_hh"].map(|name| Shape::new(name, vec![rows()])));
        }
        tensors.extend(self.start_shapes());
        let canonical = if self.how == How::Lstm { lstm_of_pytorch } else { gru_of_pytorch };
        Convention { canonical, ..Convention::of(tensors) }
    }

    /// The last answer and the cell, by ONNX's names: the frameworks have them beside their weights.
    fn start_shapes(&self) -> Vec<Shape> {
        let shape = |name| Shape::new(name, vec![Dimension::new("units", self.units, "units")]);
        if self.initial { ["initial_h", "initial_c"].map(shape).to_vec() } else { Vec::new() }
    }

    /// Its kernels and its bias, and what it starts from.
    fn parts<'a>(&self, tensors: &'a [Tensor]) -> (&'a [Tensor], &'a [Tensor]) {
        let starts = if self.initial { 2 } else { 0 };
        tensors.split_at(tensors.len().saturating_sub(starts))
    }

    fn gate_numbers(&self) -> usize {
        self.inputs.saturating_add(self.units).saturating_add(1).saturating_mul(self.units)
    }
}

impl Layer for Recurrent {
    fn inputs(&self) -> usize {
        self.inputs
    }

    fn outputs(&self) -> usize {
        self.units
    }

    fn timing(&self) -> Timing {
        Timing { past: Timing::ALL, ..Timing::AT_ONCE }
    }

    fn history(&self) -> usize {
        0
    }

    fn macs(&self) -> usize {
        let gate = self.inputs.saturating_add(self.units).saturating_mul(self.units);
        gate.saturating_mul(self.gates().len())
    }

    fn conventions(&self) -> Vec<Convention> {
        match self.how {
            How::ResetBefore => vec![self.keras()],
            _ => vec![self.keras(), self.pytorch()],
        }
    }

    fn numbers(&self) -> usize {
        let recurrent_bias = if self.how == How::ResetAfter { self.units } else { 0 };
        self.gate_numbers().saturating_mul(self.gates().len()).saturating_add(recurrent_bias)
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        let (kernel, recurrent, bias) = match self.parts(tensors).0 {
            [kernel, recurrent] => (kernel, recurrent, None),
            [kernel, recurrent, bias] => (kernel, recurrent, Some(bias)),
            _ => return None,
        };
        let (all, units) = (self.gates().len(), self.units);
        // The biases of the input, and those of what the layer keeps.
        let both: Vec<_> =
            bias.into_iter().flat_map(|bias| bias.numbers.chunks(all * units)).collect();
        let zeros = vec![0.0; all * units];
        let outer = both.first().copied().unwrap_or(&zeros);
        let inner = both.get(1).copied().unwrap_or(&zeros);
        let mut recurrent_bias = None;
        let gates = self.gates().iter().enumerate().map(|(gate, name)| {
            let of = |numbers: &[f64]| columns(numbers, all, units, gate);
            let is_apart = self.how == How::ResetAfter && *name == "candidate";
            let bias = if is_apart {
                let inner = nested(&[units], &of(inner));
                recurrent_bias = Some(quote!(, recurrent_bias: #inner));
                of(outer)
            } else {
                plus(&of(outer), &of(inner))
            };
            let kernel = nested(&[self.inputs, units], &of(&kernel.numbers));
            let recurrent = nested(&[units, units], &of(&recurrent.numbers));
            let (bias, name) = (nested(&[units], &bias), format_ident!("{name}"));
            quote!(#name: #krate::Gate { kernel: #kernel, recurrent_kernel: #recurrent, bias: #bias })
        });
        let gates: Vec<_> = gates.collect();
        let [inputs, units] = [self.inputs, units].map(count);
        let before = quote!(#krate::ResetBefore);
        Some(match self.how {
            How::Lstm => {
                (quote!(#krate::Lstm<#inputs, #units>), quote!(#krate::Lstm { #(#gates),* }))
            }
            How::ResetAfter => (
                quote!(#krate::Gru<#inputs, #units>),
                quote!(#krate::Gru { #(#gates),* #recurrent_bias }),
            ),
            How::ResetBefore => (
                quote!(#krate::Gru<#inputs, #units, #before>),
                quote!(#krate::Gru { #(#gates),*, recurrent_bias: #before }),
            ),
        })
    }

    fn states(&self) -> Vec<State> {
        let bytes = self.units.saturating_mul(size_of::<f32>());
        let (name, bytes) = match self.how {
            How::Lstm => ("LstmState", bytes.saturating_mul(2)),
            _ => ("GruState", bytes),
        };
        let doc = format!("State of {LAYER} ({})", plural(self.units, "channel"));
        vec![State { name, arguments: vec![self.units], bytes, doc, branch: None }]
    }

    fn start(&self, krate: &TokenStream, tensors: &[Tensor]) -> Option<(TokenStream, TokenStream)> {
        let [last, cell] = self.parts(tensors).1 else { return None };
        let [last, cell] = [last, cell].map(|tensor| nested(&tensor.shape, &tensor.numbers));
        let units = count(self.units);
        let value = quote!(#krate::LstmState::starting(#last, #cell));
        Some((quote!(#krate::LstmState<#units>), value))
    }

    fn functions(&self) -> Vec<&'static str> {
        match self.math {
            Math::Exact => Vec::new(),
            Math::Fast => self.activations().map(Activation::function).to_vec(),
        }
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, state, weights, .. } = names;
        match self.functions().as_slice() {
            [] => quote!(#weights.push(&mut #state, #frame)),
            functions => {
                let functions = functions.iter().map(|function| format_ident!("{function}"));
                quote!(#weights.push_with(&mut #state, #frame, #(#functions),*))
            }
        }
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        self.settle(given)
    }

    fn summary(&self) -> Summary {
        let mut flags = Vec::new();
        flags.extend((self.how == How::ResetBefore).then(|| "reset_before".to_owned()));
        flags.extend(self.initial.then(|| INITIAL.to_owned()));
        flags.extend((!self.bias).then(|| "no_bias".to_owned()));
        Summary { flags, ..Summary::default() }
    }
}
