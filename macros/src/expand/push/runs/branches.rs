//! Layers whose branches are brought together.

use std::ptr;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::around::Sum;
use super::{Room, Runs, expression, shared, this};
use crate::expand::items::Items;
use crate::expand::push::fused;
use crate::expand::push::tree::Node;
use crate::layer::Activation;
use crate::model::NamedLayer;
use crate::names::ORDINALS;

impl Runs<'_> {
    /// Layers whose branches are brought together.
    pub(super) fn branches(&mut self, node: &Node<'_>, room: &mut Room) -> Option<TokenStream> {
        let layer = node.layer;
        let held = self.rooms.hold(*room);
        self.depth += 1;
        let tokens = match node.branches.as_slice() {
            [block] if layer.layer.delays().len() > 1 => self.residual(layer, block, room),
            [first, second] => {
                let mut names =
                    ORDINALS.map(|name| Ident::new(name, Span::mixed_site())).into_iter();
                let (Some(a), Some(b)) = (names.next(), names.next()) else { return None };
                let mut first_room = *room;
                let first = self.chain(first, &mut first_room)?;
                let first_held = self.rooms.hold(first_room);
                let mut second_room = *room;
                let second = self.chain(second, &mut second_room)?;
                let second_held = self.rooms.hold(second_room);
                let line = self.joined(layer, [&a, &b], [&a, &b], room);
                self.rooms.release(first_held);
                self.rooms.release(second_held);
                let [first, second] = [(first, first_room), (second, second_room)]
                    .map(|(lines, room)| expression(&lines, room));
                Some(quote! {
                    let #a = #first;
                    let #b = #second;
                    #line
                })
            }
            _ => None,
        };
        self.depth -= 1;
        self.rooms.release(held);
        tokens
    }

    fn residual(
        &mut self,
        layer: &NamedLayer<'_>,
        block: &[Node<'_>],
        room: &mut Room,
    ) -> Option<TokenStream> {
        let frames = Items::frames();
        let (end, inner) = match block.split_last() {
            Some((end, inner)) if fused::is_end(end.layer, Some(layer)) => (Some(end.layer), inner),
            _ => (None, block),
        };
        if let Some(end) = end
            && let Some(line) = self.one_line(inner, end, room)
        {
            return Some(line);
        }
        let name = Ident::new("block", Span::mixed_site());
        let mut inner_room = *room;
        let is_first = self.sums.last().is_some_and(|sum| !sum.has_begun());
        let tokens = self.chain(inner, &mut inner_room)?;
        // The frames that begin a sum are read where that is.
        let begun = self.sums.last().filter(|sum| is_first && sum.has_begun());
        let begun = begun.map(|Sum { name, .. }| quote!({ #tokens &*#name }));
        let held = self.rooms.hold(inner_room);
        let line = if let Some(end) = end {
            self.saves(end);
            self.lines.name("linear");
            let weights = self.lines.weights(end);
            let product = inner.first().and_then(|conv| self.lines.product(conv.layer));
            let onto = match product {
                Some(product) => {
                    self.saves(product);
                    let (product, condition) =
                        (self.lines.weights(product), self.named_condition());
                    quote!(#product.of(#condition))
                }
                None => shared(*room),
            };
            let to = self.rooms.take(end.layer.outputs(), room);
            quote!(let #frames = #weights.apply_block(#name, #onto, &mut #to, linear);)
        } else {
            let input = Ident::new("input", Span::mixed_site());
            self.joined(layer, [&input, &name], [&frames, &name], room)
        };
        self.rooms.release(held);
        let block = begun.unwrap_or_else(|| expression(&tokens, inner_room));
        Some(quote!(let #name = #block; #line))
    }

    /// Whether a layer is but what the sums of the residual block behind it begin with.
    pub(super) fn begins(&self, layer: &NamedLayer<'_>, behind: &Node<'_>) -> bool {
        let [block] = behind.branches.as_slice() else { return false };
        let ends = block.last().is_some_and(|end| fused::is_end(end.layer, Some(behind.layer)));
        let product = block.first().and_then(|conv| self.lines.product(conv.layer));
        ends && product.is_some_and(|product| ptr::eq(product, layer))
    }

    /// The line of a residual block of a convolution, an activation, a tap and a 1x1 convolution.
    fn one_line(
        &mut self,
        inner: &[Node<'_>],
        end: &NamedLayer<'_>,
        room: &mut Room,
    ) -> Option<TokenStream> {
        let (conv, rest) = inner.split_first()?;
        let (conv, is_leaf) = (conv.layer, conv.branches.is_empty());
        let next = rest.first().map(|node| node.layer);
        let mixin = next.filter(|_| is_leaf && fused::is_mixed(conv, next));
        let rest = if mixin.is_some() { rest.get(1..)? } else { rest };
        let tap = match rest {
            [] => None,
            [node] if node.layer.layer.tap().is_some() && !node.layer.has_weights() => {
                Some(node.layer)
            }
            _ => return None,
        };
        let last = mixin.unwrap_or(conv);
        let is_plain = conv.layer.plain().is_some_and(|plain| plain.past > 0);
        let has_end = last.layer.activation().is_none_or(Activation::is_of_channels);
        let is_early = tap.is_some_and(|tap| !tap.fields().is_empty());
        if !is_leaf
            || !is_plain
            || conv.through.is_some()
            || conv.layer.tap().is_some()
            || !has_end
            || is_early
        {
            return None;
        }
        self.saves(conv);
        self.saves(end);
        let (first, activation, frames) =
            (self.first(mixin), self.lines.of_sums(last), Items::frames());
        let (this, state, from) = (this(), conv.name.as_ref(), self.from(conv, &frames));
        let tap = match (tap, self.sums.last()) {
            (Some(_), Some(Sum { name, .. })) => quote!(&mut *#name),
            _ => quote!(()),
        };
        let to = self.rooms.take(end.layer.outputs(), room);
        let (conv, end) = (self.lines.weights(conv), self.lines.weights_reference(end));
        Some(quote! {
            let #frames = #conv.residual_block(&mut #this.#state, #from, (#first, #tap), (#activation, #end), &mut #to);
        })
    }
}
