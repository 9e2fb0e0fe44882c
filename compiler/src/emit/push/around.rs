//! Lines that belong to layers around others: the sums of taps, and conditions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::{Body, Push};
use crate::layer::{Activation, Names, condition};
use crate::model::NamedLayer;

/// The taps so far of a layer.
#[derive(Default)]
pub(super) struct Taps {
    /// How many are in each sum: behind a `head`, there is another.
    summed: Vec<usize>,
    /// The variables of those that wait.
    early: Vec<Ident>,
}

/// The variable of a sum.
fn sum(place: usize) -> Ident {
    let name = if place == 0 { "skips".to_owned() } else { format!("skips_{}", place + 1) };
    Ident::new(&name, Span::mixed_site())
}

impl Push<'_> {
    /// The sum of what is tapped among the layers of a branch.
    pub(super) fn skips(&mut self, branch: Body, body: &mut Body) {
        let Taps { summed, early } = self.taps.pop().unwrap_or_default();
        let sums = summed.iter().enumerate().map(|(place, summed)| {
            let (sum, mutable) = (sum(place), (*summed > 1).then(|| quote!(mut)));
            quote!(let #mutable #sum;)
        });
        let last = sum(summed.len().saturating_sub(1)).into_token_stream();
        let last = early.iter().fold(last, |sum, early| quote!(add(#sum, #early?)));
        let lines = branch.lines;
        body.line(quote!({ #(#sums)* #(let #early;)* #lines #last }), false);
        body.waits |= branch.waits || !early.is_empty();
    }

    /// The line of a tap: it begins a sum, or adds to one, or waits while later layers go on.
    pub(super) fn tap(&mut self, layer: &NamedLayer<'_>) -> TokenStream {
        let Some(mut taps) = self.taps.pop() else { return TokenStream::new() };
        let gathers = layer.layer.gathered().is_some();
        let before = sum(taps.summed.len().saturating_sub(1));
        let line = self.lines.line(layer, &quote!(self), &[], |names| {
            let frame = if gathers { &before } else { names.frame };
            layer.layer.push(&Names { frame, ..*names })
        });
        let line = match self.lines.rest(layer).map(Activation::expression) {
            Some(activation) => {
                self.lines.name("activate");
                quote!(activate(#line, #activation))
            }
            None => line,
        };
        if gathers || taps.summed.is_empty() {
            taps.summed.push(0);
        }
        let sum = sum(taps.summed.len() - 1);
        let tokens = match (layer.fields().first(), taps.summed.last_mut()) {
            (Some((field, _)), _) if !gathers => {
                let place = taps.early.len() + 1;
                let early = format_ident!("early_{place}", span = Span::mixed_site());
                self.lines.name("add");
                taps.early.push(early.clone());
                quote!(#early = self.#field.push(#line);)
            }
            (_, Some(summed)) => {
                *summed += 1;
                if *summed == 1 {
                    quote!(#sum = #line;)
                } else {
                    self.lines.name("add");
                    quote!(#sum = add(#sum, #line);)
                }
            }
            (_, None) => TokenStream::new(),
        };
        self.taps.push(taps);
        tokens
    }

    /// Layers that see a condition, which the first branch of two makes.
    pub(super) fn conditioned(&mut self, mut branches: Vec<Body>, body: &mut Body) {
        let is_named = self.conditions.pop().unwrap_or_default();
        let layers = branches.pop().unwrap_or_default();
        let made = branches.pop().unwrap_or_default().frame();
        let condition = is_named.then(|| {
            let condition = condition();
            quote!(let #condition = #made;)
        });
        let (lines, last) = (&layers.lines, layers.asked());
        body.line(quote!({ #condition #lines #last }), false);
        body.waits |= layers.may_return();
    }
}
