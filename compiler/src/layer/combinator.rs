//! Layers that bring branches together.

mod kinds;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

pub(super) use self::kinds::{BLENDED, CONCAT, GATED, PRODUCT, RESIDUAL, SUM};
use super::conv::Conv;
use super::{Activation, Convention, Given, Layer, Names, Rest, State, Summary, Timing, delay};
use crate::numbers::count;
use crate::tensor::Tensor;

/// Branches that answer together, and what becomes of their frames.
struct Combinator {
    how: How,
    inputs: usize,
    outputs: usize,
    timing: Timing,
    /// The channels of each branch. The first one of a residual block is the input itself.
    channels: Vec<usize>,
    /// How many of its own answers each branch waits.
    delays: Vec<usize>,
    flags: Vec<String>,
}

enum How {
    /// The input, which a convolution may give the channels of the block, and the block.
    Residual {
        projection: Option<Conv>,
    },
    Sum,
    Product,
    Concat,
    /// The two activations.
    Gated(Activation, Activation),
    /// The same, of which the second says how much of the first there is, and how much of what that is of.
    Blended(Activation, Activation),
}

impl Combinator {
    fn projection(&self) -> Option<&Conv> {
        match &self.how {
            How::Residual { projection } => projection.as_ref(),
            _ => None,
        }
    }

    /// What becomes of the frames of its branches, or of a `frame`.
    fn join(&self, frame: &[f64], branches: Vec<Vec<f64>>) -> Vec<f64> {
        let all = |of: fn(f64, f64) -> f64, branches: Vec<Vec<f64>>| {
            let both =
                |a: Vec<f64>, b: Vec<f64>| a.iter().zip(&b).map(|(a, b)| of(*a, *b)).collect();
            branches.into_iter().reduce(both).unwrap_or_default()
        };
        match &self.how {
            How::Residual { .. } | How::Sum => all(|a, b| a + b, branches),
            How::Product => all(|a, b| a * b, branches),
            How::Concat => branches.concat(),
            How::Gated(value, gate) | How::Blended(value, gate) => {
                let mut halves = branches;
                if halves.is_empty() {
                    halves = frame.chunks(self.outputs).map(<[f64]>::to_vec).collect();
                }
                let first = halves.first().cloned().unwrap_or_default();
                for (half, activation) in halves.iter_mut().zip([value, gate]) {
                    activation.apply(half);
                }
                match (&self.how, halves.as_slice()) {
                    (How::Blended(..), [active, gate]) => {
                        let blended = first.iter().zip(active.iter().zip(gate));
                        blended.map(|(x, (active, gate))| x + gate * (active - x)).collect()
                    }
                    _ => all(|a, b| a * b, halves),
                }
            }
        }
    }
}

impl Layer for Combinator {
    fn inputs(&self) -> usize {
        self.inputs
    }

    fn outputs(&self) -> usize {
        self.outputs
    }

    fn timing(&self) -> Timing {
        self.timing
    }

    fn history(&self) -> usize {
        self.delays.iter().sum()
    }

    fn macs(&self) -> usize {
        self.projection().map_or(0, Layer::macs)
    }

    fn conventions(&self) -> Vec<Convention> {
        self.projection().map(Layer::conventions).unwrap_or_default()
    }

    fn numbers(&self) -> usize {
        self.projection().map_or(0, Layer::numbers)
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        self.projection()?.weights(krate, tensors)
    }

    fn states(&self) -> Vec<State> {
        let branches = self.delays.iter().zip(&self.channels).enumerate();
        let delayed = branches.filter(|(_, (frames, _))| **frames > 0);
        delayed
            .map(|(branch, (frames, channels))| delay::state(*channels, *frames, Some(branch)))
            .collect()
    }

    fn functions(&self) -> Vec<&'static str> {
        match &self.how {
            How::Residual { projection: Some(_) } => vec!["add", "linear"],
            How::Residual { projection: None } | How::Sum => vec!["add"],
            How::Product => vec!["multiply"],
            How::Concat => vec!["concat"],
            How::Gated(value, gate) | How::Blended(value, gate) => {
                let halves = self.channels.is_empty().then_some("halves");
                let how = if matches!(self.how, How::Gated(..)) { "multiply" } else { "blend" };
                let functions = ["activate", how, value.function(), gate.function()];
                functions.into_iter().chain(halves).collect()
            }
        }
    }

    fn joins(&self) -> Option<&'static str> {
        match &self.how {
            How::Residual { projection: None } | How::Sum => Some("add"),
            How::Product => Some("multiply"),
            _ => None,
        }
    }

    fn before(&self, names: &Names<'_>) -> TokenStream {
        if !self.channels.is_empty() {
            return TokenStream::new();
        }
        let ([first, second], frame) = (halves(), names.frame);
        let [inputs, outputs] = [self.inputs, self.outputs].map(count);
        quote!(let (#first, #second) = halves::<#inputs, #outputs>(#frame);)
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { weights, branches, .. } = names;
        let fold = |function: &str| {
            let function = Ident::new(function, Span::call_site());
            let all = branches.iter().cloned();
            all.reduce(|sum, branch| quote!(#function(#sum, #branch))).unwrap_or_default()
        };
        match &self.how {
            How::Residual { projection: None } | How::Sum => fold("add"),
            How::Residual { projection: Some(_) } => match branches {
                [input, block] => quote!(add(#weights.apply(#input, linear), #block)),
                _ => TokenStream::new(),
            },
            How::Product => fold("multiply"),
            How::Concat => {
                let mut parts = branches.iter().zip(&self.channels);
                let first = parts.next().map(|(branch, channels)| (branch.clone(), *channels));
                let all = parts.fold(first, |before, (branch, channels)| {
                    let (before, left) = before?;
                    let both = left + channels;
                    let [left, right, outputs] = [left, *channels, both].map(count);
                    let joined = quote!(concat::<#left, #right, #outputs>(#before, #branch));
                    Some((joined, both))
                });
                all.map(|(tokens, _)| tokens).unwrap_or_default()
            }
            How::Gated(value, gate) | How::Blended(value, gate) => {
                let (value, gate) = (value.expression(), gate.expression());
                let is_gated = matches!(self.how, How::Gated(..));
                let gated = |a: &dyn ToTokens, b: &dyn ToTokens| {
                    let (active, gate) =
                        (quote!(activate(#a, #value)), quote!(activate(#b, #gate)));
                    if is_gated {
                        quote!(multiply(#active, #gate))
                    } else {
                        quote!(blend(#a, #active, #gate))
                    }
                };
                if let [first, second] = branches {
                    return gated(first, second);
                }
                let [first, second] = halves();
                gated(&first, &second)
            }
        }
    }

    fn delays(&self) -> &[usize] {
        &self.delays
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let input = matches!(self.how, How::Residual { .. }).then_some(given.frames);
        let mut branches: Vec<_> = input.into_iter().chain(given.branches).cloned().collect();
        let kept = branches.iter().zip(&self.delays).filter(|(_, delay)| **delay > 0);
        let kept: Vec<_> = kept.map(|(branch, _)| branch.clone()).collect();
        if let (Some(projection), Some(input)) = (self.projection(), branches.first_mut()) {
            *input = projection.rest(given).frames;
        }
        let frames = given.frames.iter().enumerate().map(|(place, frame)| {
            let branches = branches.iter().filter_map(|branch| branch.get(place).cloned());
            self.join(frame, branches.collect())
        });
        kept.iter().fold(Rest::of(frames.collect()), Rest::keeping_frame)
    }

    fn summary(&self) -> Summary {
        Summary { flags: self.flags.clone(), ..Summary::default() }
    }
}

/// The variables of the two halves of a frame.
fn halves() -> [Ident; 2] {
    ["first", "second"].map(|name| Ident::new(name, Span::mixed_site()))
}
