//! Lines that belong to layers around others: the sums of taps, and conditions.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Room, Runs, expression};
use crate::emit::items::Items;
use crate::emit::push::fused;
use crate::emit::push::tree::Node;
use crate::layer::{Branches, condition, kind};
use crate::model::NamedLayer;

/// The sum of taps.
pub(super) struct Sum {
    pub(super) name: Ident,
    /// `None` before the first tap, where that begins it.
    room: Room,
    depth: usize,
}

impl Sum {
    pub(super) fn has_begun(&self) -> bool {
        self.room.is_some()
    }

    /// Whether its layers are those at that depth, and not in branches among them.
    pub(super) fn is_at(&self, depth: usize) -> bool {
        self.depth == depth
    }
}

impl Runs<'_> {
    /// The sum of what is tapped among the layers of a branch.
    pub(super) fn skips(&mut self, node: &Node<'_>, room: &mut Room) -> Option<TokenStream> {
        let [branch] = node.branches.as_slice() else { return None };
        let frames = Items::frames();
        let name = Ident::new("skips", Span::mixed_site());
        let (begin, sum_room) = if begins(branch) {
            (quote!(let #name;), None)
        } else {
            let held = self.rooms.hold(*room);
            let mut sum_room = *room;
            let to = self.rooms.take(first_tap(branch)?, &mut sum_room);
            self.rooms.release(held);
            self.lines.name("no_sums");
            (quote!(let #name = no_sums(#frames.len(), &mut #to);), self.rooms.hold(sum_room))
        };
        self.depth += 1;
        self.sums.push(Sum { name: name.clone(), room: sum_room, depth: self.depth });
        let lines = self.chain(branch, &mut room.clone());
        self.depth -= 1;
        let Sum { name: last, room: sum_room, .. } = self.sums.pop()?;
        self.rooms.release(sum_room);
        *room = sum_room;
        let lines = lines?;
        Some(quote!(let #frames = { #begin #lines #last };))
    }

    /// The line of a tap.
    pub(super) fn tap(&mut self, layer: &NamedLayer<'_>, room: Room) -> Option<TokenStream> {
        let gathers = layer.layer.gathered().is_some();
        let (name, sum_room, depth) = {
            let Sum { name, room, depth } = self.sums.last()?;
            (name.clone(), *room, *depth)
        };
        if gathers {
            // Behind it there is another sum, which is that of all layers that are still to come.
            layer.layer.plain().filter(|_| depth == self.depth)?;
            let activation = self.lines.of_sums(layer);
            let held = self.rooms.hold(room);
            let mut next_room = sum_room;
            let line = self.convolved(layer, &name, &quote!(()), &activation, &mut next_room);
            self.rooms.release(held);
            self.rooms.release(sum_room);
            self.rooms.hold(next_room);
            self.lines.rest(layer).is_none().then_some(())?;
            self.sums.last_mut()?.room = next_room;
            return Some(quote!(let #name = #line;));
        }
        if !layer.fields().is_empty() {
            return None;
        }
        let frames = Items::frames();
        if sum_room.is_none() {
            self.sums.last_mut()?.room = self.rooms.hold(room);
            return Some(quote!(#name = #frames;));
        }
        self.lines.name("add_block");
        if !layer.has_weights() {
            self.saved -= 4;
            return Some(quote!(add_block(#name, #frames);));
        }
        layer.layer.plain()?;
        let held = self.rooms.hold(room);
        self.lines.name("linear");
        let line = self.convolved(layer, &frames, &quote!(()), &quote!(linear), &mut room.clone());
        self.rooms.release(held);
        Some(quote!(add_block(#name, #line);))
    }

    /// Layers that see a condition, which the first branch of two makes.
    pub(super) fn conditioned(&mut self, node: &Node<'_>, room: &mut Room) -> Option<TokenStream> {
        let (frames, condition) = (Items::frames(), condition());
        let (layers, made) = node.branches.split_last()?;
        let outer = self.rooms.hold(*room);
        self.depth += 1;
        let mut made_room = *room;
        let made = match made {
            [] => TokenStream::new(),
            [made, ..] => self.chain(made, &mut made_room)?,
        };
        let held = self.rooms.hold(made_room);
        self.rooms.release(outer);
        self.conditions.push(false);
        let lines = self.chain(layers, room);
        let is_named = self.conditions.pop().unwrap_or_default();
        self.depth -= 1;
        self.rooms.release(held);
        let lines = lines?;
        let made = expression(&made, made_room);
        let condition = is_named.then(|| quote!(let #condition = #made;));
        // Around layers that see another one, that has its name again behind them.
        Some(if self.conditions.is_empty() {
            quote!(#condition #lines)
        } else {
            quote!(let #frames = { #condition #lines #frames };)
        })
    }
}

/// Whether the first tap of a chain can begin the sum: with frames of a convolution that are read once more, and no line
/// adds to a sum while it makes them.
fn begins(nodes: &[Node<'_>]) -> bool {
    let taps = |node: &&Node<'_>| first_tap(std::slice::from_ref(*node)).is_some();
    let block = nodes.iter().find(taps).and_then(|node| Some((node.layer, node.branches.first()?)));
    block.is_some_and(|(around, block)| match block.as_slice() {
        [conv, tap, end] => {
            let is_alone = tap.layer.layer.tap().is_some() && !tap.layer.has_weights();
            conv.layer.through.is_some() && is_alone && fused::is_end(end.layer, Some(around))
        }
        _ => false,
    })
}

/// The channels of the first tap of a chain.
fn first_tap(nodes: &[Node<'_>]) -> Option<usize> {
    nodes.iter().find_map(|node| {
        let inside = || node.branches.iter().find_map(|branch| first_tap(branch));
        // The taps of layers that take some are theirs.
        let takes = kind(&node.layer.ast.kind).map(|kind| kind.branches);
        node.layer.layer.tap().or_else(|| inside().filter(|_| takes != Some(Branches::Tapped)))
    })
}
