//! Convolutions whose frames have a place that is not a room: the last of the network, and what is only tapped.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Runs, this};
use crate::emit::items::Items;
use crate::emit::push::fused;
use crate::emit::push::tree::Node;
use crate::layer::Activation;
use crate::model::NamedLayer;

impl Runs<'_> {
    /// The line of a convolution that nothing needs but the tap behind it: at the end of the layers that are tapped, not of
    /// a block among them.
    pub(super) fn tapped(&mut self, node: &Node<'_>, behind: &[Node<'_>]) -> Option<TokenStream> {
        let conv = node.layer;
        let first = behind.first().map(|next| next.layer);
        let mixin = first.filter(|_| fused::is_mixed(conv, first));
        let [tap] = behind.get(usize::from(mixin.is_some())..)? else { return None };
        let is_conv = conv.layer.tap().is_none() && !conv.layer.mixes();
        conv.layer.plain().filter(|plain| is_conv && plain.past > 0 && conv.through.is_none())?;
        let is_plain = !tap.layer.has_weights() && tap.layer.fields().is_empty();
        tap.layer.layer.tap().filter(|_| is_plain)?;
        let sums = self.sums.last().filter(|sums| sums.has_begun() && sums.is_at(self.depth))?;
        let sums = sums.name.clone();
        let last = mixin.unwrap_or(conv);
        let all = last.layer.activation().is_none_or(Activation::is_of_channels);
        if !all || tap.layer.layer.activation().is_some() {
            return None;
        }
        self.saves(conv);
        let (first, activation) = (self.first(mixin), self.lines.of_sums(last));
        let (this, weights, state) = (this(), self.lines.weights(conv), conv.name.as_ref());
        let from = self.from(conv, &Items::frames());
        Some(quote!(#weights.add_block(&mut #this.#state, #from, #first, #sums, #activation);))
    }

    /// The line of a convolution that ends the network, where it can have answers for a room.
    pub(super) fn last(&mut self, conv: &NamedLayer<'_>) -> Option<TokenStream> {
        let is_conv = conv.layer.tap().is_none() && !conv.layer.mixes();
        conv.layer.plain().filter(|_| is_conv && conv.through.is_none())?;
        let activation = self.lines.of_sums(conv);
        self.lines.rest(conv).is_none().then_some(())?;
        self.has_answered = true;
        let to = Items::answers();
        let to = quote!(#to.as_flattened_mut());
        let line = self.convolution(conv, &Items::frames(), &quote!(()), &activation, &to);
        Some(quote!(let _ = #line;))
    }
}
