//! The body of `push_block` of a network that answers every push: a line for each layer, in their order, which takes many
//! frames.

mod around;
mod branches;
mod ends;
mod rooms;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use self::around::Sum;
use self::rooms::Rooms;
use super::tree::{Node, tree};
use super::{Lines, fused};
use crate::emit::items::Items;
use crate::layer::{Activation, Branches, condition, copies, kind};
use crate::model::{NamedLayer, Net};
use crate::numbers::count;

/// The body, where each layer has a line, the lines are less than those of `push`, and their rooms fit.
pub(super) fn push_runs(net: &Net<'_>) -> Option<TokenStream> {
    let (lines, rooms) = (Lines::new(net), Rooms::default());
    let mut runs = Runs {
        lines,
        rooms,
        saved: -10,
        sums: Vec::new(),
        conditions: Vec::new(),
        depth: 0,
        has_answered: false,
    };
    let tokens = runs.chain(&tree(net), &mut None)?;
    if runs.saved <= 0 {
        return None;
    }
    let most = runs.rooms.frames()?;
    let rooms = runs.rooms.declarations(most);
    let (krate, uses) = (net.ast.krate(), runs.lines.uses());
    let (frames, answers) = (Items::frames(), Items::answers());
    let (inputs, most, this) = (count(net.inputs), count(most), this());
    let answer = (!runs.has_answered).then(|| quote!(#krate::answer_block(#frames, #answers);));
    let parameter = if net.fields().is_empty() { quote!(_) } else { quote!(#this) };
    Some(quote! {
        #uses
        #rooms
        #krate::in_runs::<_, #most>(self, #frames, #answers, |#parameter, #frames: &[[f32; #inputs]], #answers| {
            #tokens
            #answer
        })
    })
}

struct Runs<'a> {
    lines: Lines<'a>,
    rooms: Rooms,
    /// Instructions that a frame takes less, about.
    saved: isize,
    /// The sum so far of each layer around the one at hand that takes taps.
    sums: Vec<Sum>,
    /// Of each condition that layers at hand see, whether a line names it.
    conditions: Vec<bool>,
    /// Branches around the layer at hand.
    depth: usize,
    /// Whether the last layer's frames go to the answers at once.
    has_answered: bool,
}

/// The room that frames are in; `None` where they are those that the network takes.
type Room = Option<usize>;

impl Runs<'_> {
    fn chain(&mut self, nodes: &[Node<'_>], room: &mut Room) -> Option<TokenStream> {
        let mut tokens = TokenStream::new();
        let mut rest = nodes;
        while let Some((node, mut behind)) = rest.split_first() {
            let next = behind.first().map(|next| next.layer);
            let is_leaf = node.branches.is_empty();
            if is_leaf && behind.first().is_some_and(|next| self.begins(node.layer, next)) {
                rest = behind;
                continue;
            }
            let line = if let Some(line) = self.tapped(node, behind) {
                behind = &[];
                line
            } else if is_leaf && fused::is_mixed(node.layer, next) {
                behind = behind.get(1..).unwrap_or_default();
                self.conv(node.layer, next, room)
            } else if is_leaf && self.depth == 0 && behind.is_empty() {
                match self.last(node.layer) {
                    Some(line) => line,
                    None => self.node(node, room)?,
                }
            } else {
                self.node(node, room)?
            };
            tokens.extend(line);
            rest = behind;
        }
        Some(tokens)
    }

    fn node(&mut self, node: &Node<'_>, room: &mut Room) -> Option<TokenStream> {
        let layer = node.layer;
        let timing = layer.layer.timing();
        let is_late = layer.layer.delays().iter().any(|delay| *delay > 0);
        if timing.is_scheduled() || timing.frames > 1 || is_late {
            return None;
        }
        match kind(&layer.ast.kind).map(|kind| kind.branches) {
            Some(Branches::Tapped) => return self.skips(node, room),
            Some(Branches::Conditioned) => return self.conditioned(node, room),
            _ if layer.layer.tap().is_some() => return self.tap(layer, *room),
            _ => {}
        }
        if !node.branches.is_empty() {
            return self.branches(node, room);
        }
        if layer.layer.mixes() {
            let (frame, condition) = (Items::frame(), self.named_condition());
            return Some(self.joined(
                layer,
                [&frame, &condition],
                [&Items::frames(), &condition],
                room,
            ));
        }
        if layer.layer.plain().is_some() {
            return Some(self.conv(layer, None, room));
        }
        Some(self.mapped(layer, room))
    }

    /// The line of a convolution, and of what is mixed in.
    fn conv(
        &mut self,
        conv: &NamedLayer<'_>,
        mixin: Option<&NamedLayer<'_>>,
        room: &mut Room,
    ) -> TokenStream {
        let mixin = mixin.filter(|mixin| fused::is_mixed(conv, Some(mixin)));
        let last = mixin.unwrap_or(conv);
        let (first, activation) = (self.first(mixin), self.lines.of_sums(last));
        let frames = Items::frames();
        let taken = match conv.through {
            Some(_) => self.named_condition(),
            None => frames.clone(),
        };
        let line = self.convolved(conv, &taken, &first, &activation, room);
        let rest = self.lines.rest(last).map(|activation| self.activated(activation));
        quote!(let #frames = #line; #rest)
    }

    /// The variable of the condition that a line names.
    fn named_condition(&mut self) -> Ident {
        if let Some(is_named) = self.conditions.last_mut() {
            *is_named = true;
        }
        condition()
    }

    /// What the sums of a convolution start from.
    fn first(&mut self, mixin: Option<&NamedLayer<'_>>) -> TokenStream {
        mixin.map_or(quote!(()), |mixin| {
            let condition = self.named_condition();
            self.saves(mixin);
            let mixin = self.lines.weights(mixin);
            quote!(#mixin.of(#condition))
        })
    }

    /// A convolution of `frames`, in a room of its own.
    fn convolved(
        &mut self,
        conv: &NamedLayer<'_>,
        frames: &Ident,
        first: &TokenStream,
        activation: &TokenStream,
        room: &mut Room,
    ) -> TokenStream {
        let to = self.rooms.take(conv.layer.tap().unwrap_or(conv.layer.outputs()), room);
        self.convolution(conv, frames, first, activation, &quote!(&mut #to))
    }

    /// The same, in a room that is given.
    fn convolution(
        &mut self,
        conv: &NamedLayer<'_>,
        frames: &Ident,
        first: &TokenStream,
        activation: &TokenStream,
        to: &TokenStream,
    ) -> TokenStream {
        self.saves(conv);
        self.saved -= 8;
        let (this, weights) = (this(), self.lines.weights(conv));
        if conv.layer.plain().is_none_or(|plain| plain.past == 0) {
            return quote!(#weights.apply_block(#frames, #first, #to, #activation));
        }
        let (state, from) = (conv.name.as_ref(), self.from(conv, frames));
        quote!(#weights.push_block(&mut #this.#state, #from, #first, #to, #activation))
    }

    /// The frames that a convolution with a history takes, and room for copies.
    fn from(&mut self, conv: &NamedLayer<'_>, frames: &Ident) -> TokenStream {
        let copies = copies();
        self.rooms.copies.extend(conv.layer.plain());
        quote!((#frames, &mut #copies))
    }

    /// An activation of frames that lie in a room.
    fn activated(&mut self, activation: Activation) -> TokenStream {
        let (frame, frames, activation) =
            (Items::frame(), Items::frames(), activation.expression());
        self.saved -= 4;
        quote!(for #frame in &mut *#frames { #activation(#frame); })
    }

    /// The line of a layer that takes its frames one by one.
    fn mapped(&mut self, layer: &NamedLayer<'_>, room: &mut Room) -> TokenStream {
        let (frame, frames) = (Items::frame(), Items::frames());
        let (before, line) = self.lines.of_frame(layer, &[]);
        let to = self.rooms.take(layer.layer.outputs(), room);
        self.saved -= 10;
        self.lines.name("map_block");
        let line = if before.is_empty() { line } else { quote!({ #before #line }) };
        quote!(let #frames = map_block(#frames, &mut #to, |#frame| #line);)
    }

    /// The line of a layer that makes one frame of two.
    fn joined(
        &mut self,
        layer: &NamedLayer<'_>,
        [first, second]: [&Ident; 2],
        [left, right]: [&Ident; 2],
        room: &mut Room,
    ) -> TokenStream {
        let frames = Items::frames();
        let answer = if let Some(function) = layer.layer.joins() {
            self.lines.name(function);
            Ident::new(function, Span::call_site()).into_token_stream()
        } else {
            let branches = [first, second].map(ToTokens::to_token_stream);
            let (_, line) = self.lines.of_frame(layer, &branches);
            quote!(|#first, #second| #line)
        };
        let to = self.rooms.take(layer.layer.outputs(), room);
        self.saved -= 10;
        self.lines.name("join_blocks");
        quote!(let #frames = join_blocks(#left, #right, &mut #to, #answer);)
    }

    /// Counts what a convolution takes less of several frames at once: of a multiply-accumulate, half an instruction.
    fn saves(&mut self, conv: &NamedLayer<'_>) {
        let macs = isize::try_from(conv.layer.macs()).unwrap_or(isize::MAX);
        self.saved = self.saved.saturating_add(macs / 2);
    }
}

/// The frames at hand, for more than one to take: those in a room could be changed.
fn shared(room: Room) -> TokenStream {
    let frames = Items::frames();
    if room.is_some() { quote!(&*#frames) } else { quote!(#frames) }
}

/// The lines of a branch, and its frames in the end, as one expression.
fn expression(lines: &TokenStream, room: Room) -> TokenStream {
    let last = shared(room);
    if lines.is_empty() { last } else { quote!({ #lines #last }) }
}

fn this() -> Ident {
    Ident::new("net", Span::mixed_site())
}
