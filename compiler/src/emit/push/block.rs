//! The body of `push_block`: a line for each layer, in their order.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::Lines;
use super::runs::push_runs;
use crate::emit::items::Items;
use crate::layer::{Activation, Names, copies};
use crate::model::Net;
use crate::numbers::count;

/// Answers that a block is taken in, as the runtime's kernels do.
pub(crate) const ANSWERS: usize = 4;

/// The most numbers of a block that lie on the stack between two layers, and the most that a layer copies there. A network
/// of more, by many channels, taps or strides, takes its frames one by one.
const MOST_ON_STACK: usize = 512;

/// The body of `push_block`.
pub(in crate::emit) fn push_block(net: &Net<'_>) -> TokenStream {
    let krate = net.ast.krate();
    let (frame, frames, answers) = (Items::frame(), Items::frames(), Items::answers());
    if let Some(runs) = push_runs(net) {
        return runs;
    }
    let Some((lengths, copied)) = lengths(net) else {
        return quote!(#krate::one_by_one(self, #frames, #answers));
    };
    let [this, even, odd] = ["net", "even", "odd"].map(|name| Ident::new(name, Span::mixed_site()));
    let mut rooms = [(even, 0), (odd, 0)];
    let mut lines = Lines::new(net);
    let mut tokens = TokenStream::new();
    for (layer, length) in net.lines().zip(lengths.iter().skip(1)) {
        let is_first = rooms.iter().all(|(_, numbers)| *numbers == 0);
        // An activation changes what lies in a room; the frames of the input do not.
        if layer.has_weights() || is_first {
            rooms.reverse();
            let [_, (room, numbers)] = &mut rooms;
            *numbers = (*numbers).max(length * layer.layer.outputs());
            let line = if layer.has_weights() {
                let names = |names: &Names<'_>| layer.layer.push_block(names, room);
                lines.line(layer, &this.to_token_stream(), &[], names)
            } else {
                quote!(#krate::copy_block(#frames, &mut #room))
            };
            tokens.extend(quote!(let #frames = #line;));
        }
        if let Some(activation) = lines.rest(layer).map(Activation::expression) {
            tokens.extend(quote!(for #frame in &mut *#frames { #activation(#frame); }));
        }
    }
    let scheduled = net.lines().filter(|layer| layer.layer.timing().is_scheduled());
    let due = scheduled.filter_map(|layer| layer.name.as_ref());
    let due: Vec<_> = due.map(|name| quote!(#this.#name.is_due())).collect();
    let wait = match due.as_slice() {
        [] => TokenStream::new(),
        [due] => quote!(if !#due { return ::core::option::Option::None; }),
        due => quote!(if !(#(#due)&&*) { return ::core::option::Option::None; }),
    };
    let parameter = if net.fields().is_empty() { quote!(_) } else { this.into_token_stream() };
    rooms.sort_by(|(a, _), (b, _)| a.cmp(b));
    let rooms = rooms.iter().filter(|(_, numbers)| *numbers > 0).map(|(room, numbers)| {
        let numbers = count(*numbers);
        quote!(let mut #room = [0.0; #numbers];)
    });
    let room_for_copies = (copied > 0).then(|| {
        let (name, numbers) = (copies(), count(copied));
        quote!(let mut #name = [0.0; #numbers];)
    });
    let uses = lines.uses();
    let (inputs, pushes) = (count(net.inputs), lengths.first().copied().map(count));
    quote! {
        #uses
        #(#rooms)*
        #room_for_copies
        #krate::in_blocks(self, #frames, #answers, |#parameter, #frames: &[[f32; #inputs]; #pushes]| {
            #wait
            #tokens
            #frames.first_chunk().copied()
        })
    }
}

/// The frames before the first layer, between the layers, and after the last, where a block has [`ANSWERS`], and the most
/// numbers that a layer copies. `None` where frames are better taken one by one.
fn lengths(net: &Net<'_>) -> Option<(Vec<usize>, usize)> {
    let (mut lengths, mut saved, mut most) = (vec![ANSWERS], 0_isize, 0);
    let layers: Vec<_> = net.lines().collect();
    for layer in layers.into_iter().rev() {
        let (after, at_once) = (*lengths.last()?, layer.layer.at_once()?);
        let before = after.checked_mul(layer.layer.timing().stride)?;
        // What follows a stride is copied as it is used, else all frames are.
        let frames = if layer.layer.timing().stride > 1 { 0 } else { before };
        let copied = if at_once.is_copied {
            at_once.copied.checked_add(frames.checked_mul(layer.layer.inputs())?)?
        } else {
            0
        };
        if after.checked_mul(layer.layer.outputs())?.max(copied) > MOST_ON_STACK {
            return None;
        }
        most = most.max(copied);
        // A layer in front of a stride has more answers in a block than those behind it.
        saved = saved.checked_add(at_once.saved.checked_mul(isize::try_from(after).ok()?)?)?;
        lengths.push(before);
    }
    lengths.reverse();
    (saved > 0).then_some((lengths, most))
}
