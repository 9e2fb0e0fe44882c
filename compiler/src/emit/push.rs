//! The body of `push`: a line for each layer, in their order.

mod around;
mod block;
mod body;
mod fused;
mod lines;
mod runs;
mod tree;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use self::around::Taps;
#[cfg(test)]
pub(crate) use self::block::ANSWERS;
pub(super) use self::block::push_block;
use self::body::Body;
use self::lines::Lines;
use super::items::Items;
use crate::ast;
use crate::layer::{Branches, Names, kind};
use crate::model::{Fate, NamedLayer, Net};
use crate::names::ORDINALS;

/// The body of `push`.
pub(super) fn push(net: &Net<'_>) -> TokenStream {
    let (lines, layers) = (Lines::new(net), net.layers.iter());
    let mut push = Push { lines, layers, taps: Vec::new(), conditions: Vec::new(), mixed: None };
    let body = push.chain(&net.ast.layers).complete();
    let (lines, last) = (&body.lines, body.last());
    let uses = push.lines.uses();
    quote! {
        #uses
        #lines
        ::core::option::Option::Some(#last)
    }
}

struct Push<'a> {
    lines: Lines<'a>,
    /// The layers that are still to come.
    layers: std::slice::Iter<'a, NamedLayer<'a>>,
    /// The taps so far of each layer around the one at hand that takes some.
    taps: Vec<Taps>,
    /// Of each condition that layers at hand see, whether a line names it.
    conditions: Vec<bool>,
    /// The convolution to whose sums the layer at hand adds what it mixes in.
    mixed: Option<&'a NamedLayer<'a>>,
}

impl<'a> Push<'a> {
    fn chain(&mut self, layers: &[ast::Layer]) -> Body {
        let mut body = Body::default();
        let mut rest = layers;
        while let Some((layer, behind)) = rest.split_first() {
            rest = behind;
            let takes = kind(&layer.kind).map(|kind| kind.branches);
            if takes == Some(Branches::Tapped) {
                self.taps.push(Taps::default());
            }
            let branches = layer.branches.iter().enumerate().map(|(place, branch)| {
                if takes == Some(Branches::Conditioned) && place + 1 == layer.branches.len() {
                    self.conditions.push(false);
                }
                self.chain(branch)
            });
            let branches: Vec<_> = branches.collect();
            match self.layers.next() {
                Some(layer) if layer.fate == Fate::Line => {
                    let next = self.layers.as_slice().first();
                    if fused::is_end(layer, next) {
                        body.bind();
                        body.end = Some(self.lines.weights(layer));
                        continue;
                    }
                    if !behind.is_empty() && fused::is_mixed(layer, next) {
                        self.mixed = Some(layer);
                        continue;
                    }
                    self.layer(layer, branches, &mut body);
                    if layer.layer.timing().frames > 1 {
                        let behind = self.chain(behind);
                        if behind.is_several {
                            self.lines.name("joined");
                        }
                        body.each(behind);
                        break;
                    }
                }
                // Of a layer without use, there may be taps in a branch.
                Some(layer) if layer.fate == Fate::Dead => {
                    for branch in branches {
                        body.take(branch);
                    }
                }
                _ => {}
            }
        }
        body
    }

    fn layer(&mut self, layer: &'a NamedLayer<'a>, mut branches: Vec<Body>, body: &mut Body) {
        match kind(&layer.ast.kind).map(|kind| kind.branches) {
            Some(Branches::Tapped) => {
                return self.skips(branches.pop().unwrap_or_default(), body);
            }
            Some(Branches::Conditioned) => return self.conditioned(branches, body),
            _ => {}
        }
        if branches.is_empty() {
            if (layer.layer.mixes() || layer.through.is_some())
                && let Some(is_named) = self.conditions.last_mut()
            {
                *is_named = true;
            }
            if layer.layer.tap().is_some() {
                body.bind();
                body.lines.extend(self.tap(layer));
                return;
            }
            let line = if let Some(conv) = self.mixed.take() {
                self.lines.mixed(conv, layer)
            } else {
                let mut line_of = |line: &dyn Fn(&Names<'_>) -> TokenStream| {
                    self.lines.line(layer, &quote!(self), &[], line)
                };
                let before = line_of(&|names| layer.layer.before(names));
                let line = line_of(&|names| layer.layer.push(names));
                if !before.is_empty() {
                    body.bind();
                    body.lines.extend(before);
                }
                line
            };
            let is_option = layer.layer.timing().is_scheduled();
            match self.lines.rest(layer) {
                None => body.line(line, is_option),
                Some(activation) if layer.layer.timing().frames > 1 => {
                    self.lines.name("activate");
                    let (frame, activation) = (Items::frame(), activation.expression());
                    body.line(line, is_option);
                    let mut each = Body::default();
                    each.line(quote!(activate(#frame, #activation)), false);
                    body.each(each);
                }
                Some(activation) => {
                    self.lines.name("activate");
                    let activation = activation.expression();
                    let ask = is_option.then(|| quote!(?));
                    body.line(quote!(activate(#line #ask, #activation)), false);
                    body.waits |= is_option;
                }
            }
            return;
        }
        let end = branches.first_mut().and_then(|block| block.end.take());
        let (lets, frames, waits) = self.branches(layer, branches);
        if let (Some(end), [input, block]) = (end, frames.as_slice()) {
            self.lines.name("linear");
            body.line(quote!(#end.apply_onto(#block, #input, linear)), false);
            body.lines.extend(lets);
            body.waits |= waits;
            return;
        }
        let line = self.lines.line(layer, &quote!(self), &frames, |names| layer.layer.push(names));
        body.line(line, false);
        // Behind the line that gives the frame which all branches take.
        body.lines.extend(lets);
        body.waits |= waits;
    }

    /// The lines that give each branch's frame a name, the expressions of those frames, and whether one has to be waited
    /// for.
    fn branches(
        &mut self,
        layer: &NamedLayer<'_>,
        mut branches: Vec<Body>,
    ) -> (TokenStream, Vec<TokenStream>, bool) {
        let delays = layer.layer.delays();
        let mut words = ORDINALS.as_slice();
        if branches.len() < delays.len() {
            branches.insert(0, Body::default());
            words = &["input", "block"];
        }
        let fields = layer.fields();
        for (branch, body) in branches.iter_mut().enumerate() {
            let field = fields.iter().find(|(_, state)| state.branch == Some(branch));
            if let Some((field, _)) = field {
                let frame = Items::frame();
                body.line(quote!(self.#field.push(#frame)), true);
            }
        }
        let (mut lets, mut frames) = (TokenStream::new(), Vec::new());
        let last = branches.len() - 1;
        let waits = branches.iter().any(Body::may_return);
        for (branch, (body, word)) in branches.into_iter().zip(words).enumerate() {
            let word = Ident::new(word, Span::mixed_site());
            if body.is_input() {
                frames.push(Items::frame().into_token_stream());
                continue;
            }
            // A branch that does not answer must not keep those behind it from their frame.
            let (frame, ask) = if branch < last && body.may_return() {
                (self.option(body), quote!(?))
            } else {
                (body.frame(), TokenStream::new())
            };
            lets.extend(quote!(let #word = #frame;));
            frames.push(quote!(#word #ask));
        }
        (lets, frames, waits)
    }

    /// The frame of a branch, an `Option`.
    fn option(&mut self, body: Body) -> TokenStream {
        let (last, Body { lines, is_option, .. }) = (body.last(), body);
        if lines.is_empty() && is_option {
            return last;
        }
        self.lines.name("branch");
        let last = if is_option { last } else { quote!(::core::option::Option::Some(#last)) };
        quote!(branch(|| { #lines #last }))
    }
}
