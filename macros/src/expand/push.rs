//! The bodies of `push` and `push_block`: a line for each layer, in their order.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::items::Items;
use super::weights;
use crate::layer::Names;
use crate::model::{NamedLayer, Net};
use crate::names::weights_module;
use crate::numbers::count;

/// Answers that a block is taken in, as the runtime's kernels do.
pub(crate) const ANSWERS: usize = 4;

/// The most numbers of a block that lie on the stack between two layers, and the most that a layer copies there. A network
/// of more, by many channels, taps or strides, takes its frames one by one.
const MOST_ON_STACK: usize = 512;

/// The body of `push`.
pub(super) fn push(net: &Net<'_>) -> TokenStream {
    let frame = &Items::frame();
    let mut lines = Lines::default();
    for layer in &net.layers {
        let line = lines.line(net, layer, &quote!(self), |names| layer.layer.push(names));
        let line = match lines.rest(layer) {
            Some(activation) => {
                lines.name("activate");
                quote!(activate(#line, #activation))
            }
            None => line,
        };
        lines.tokens.extend(quote!(let #frame = #line;));
    }
    let (uses, lines) = (lines.uses(net), lines.tokens);
    quote! {
        #uses
        #lines
        ::core::option::Option::Some(#frame)
    }
}

/// The body of `push_block`.
pub(super) fn push_block(net: &Net<'_>) -> TokenStream {
    let krate = net.ast.krate();
    let (frame, frames, answers) = (Items::frame(), Items::frames(), Items::answers());
    let Some(lengths) = lengths(net) else {
        return quote!(#krate::one_by_one(self, #frames, #answers));
    };
    let [this, even, odd] = ["net", "even", "odd"].map(|name| Ident::new(name, Span::mixed_site()));
    let mut rooms = [(even, 0), (odd, 0)];
    let mut lines = Lines::default();
    for (layer, length) in net.layers.iter().zip(lengths.iter().skip(1)) {
        let is_first = rooms.iter().all(|(_, numbers)| *numbers == 0);
        // An activation changes what lies in a room; the frames of the input do not.
        if layer.has_weights() || is_first {
            rooms.reverse();
            let [_, (room, numbers)] = &mut rooms;
            *numbers = (*numbers).max(length * layer.layer.outputs());
            let line = if layer.has_weights() {
                let names = |names: &Names<'_>| layer.layer.push_block(names, room);
                lines.line(net, layer, &this.to_token_stream(), names)
            } else {
                quote!(#krate::copy_block(#frames, &mut #room))
            };
            lines.tokens.extend(quote!(let #frames = #line;));
        }
        if let Some(activation) = lines.rest(layer) {
            lines.tokens.extend(quote!(for #frame in &mut *#frames { #activation(#frame); }));
        }
    }
    let scheduled = net.layers.iter().filter(|layer| layer.layer.timing().is_scheduled());
    let due = scheduled.filter_map(|layer| layer.name.as_ref());
    let due: Vec<_> = due.map(|name| quote!(#this.#name.is_due())).collect();
    let wait = match due.as_slice() {
        [] => TokenStream::new(),
        [due] => quote!(if !#due { return ::core::option::Option::None; }),
        due => quote!(if !(#(#due)&&*) { return ::core::option::Option::None; }),
    };
    let parameter =
        if net.states().next().is_some() { this.into_token_stream() } else { quote!(_) };
    rooms.sort_by(|(a, _), (b, _)| a.cmp(b));
    let rooms = rooms.iter().filter(|(_, numbers)| *numbers > 0).map(|(room, numbers)| {
        let numbers = count(*numbers);
        quote!(let mut #room = [0.0; #numbers];)
    });
    let (uses, lines) = (lines.uses(net), lines.tokens);
    let (inputs, pushes) = (count(net.inputs), lengths.first().copied().map(count));
    quote! {
        #uses
        #(#rooms)*
        #krate::in_blocks(self, #frames, #answers, |#parameter, #frames: &[[f32; #inputs]; #pushes]| {
            #wait
            #lines
            #frames.first_chunk().copied()
        })
    }
}

/// The frames before the first layer, between the layers, and after the last, where a block has [`ANSWERS`]. `None` where
/// frames are better taken one by one.
fn lengths(net: &Net<'_>) -> Option<Vec<usize>> {
    let (mut lengths, mut saved) = (vec![ANSWERS], 0_isize);
    for layer in net.layers.iter().rev() {
        let (after, at_once) = (*lengths.last()?, layer.layer.at_once());
        if after.checked_mul(layer.layer.outputs())?.max(at_once.copied) > MOST_ON_STACK {
            return None;
        }
        // A layer in front of a stride has more answers in a block than those behind it.
        saved = saved.checked_add(at_once.saved.checked_mul(isize::try_from(after).ok()?)?)?;
        lengths.push(after.checked_mul(layer.layer.timing().stride)?);
    }
    lengths.reverse();
    (saved > 0).then_some(lengths)
}

/// The lines, and the functions of the runtime that they name.
#[derive(Default)]
struct Lines {
    tokens: TokenStream,
    functions: Vec<Ident>,
}

impl Lines {
    /// The layer's line. A layer with weights applies an activation of channels to its sums itself.
    fn line(
        &mut self,
        net: &Net<'_>,
        layer: &NamedLayer<'_>,
        this: &TokenStream,
        line: impl Fn(&Names<'_>) -> TokenStream,
    ) -> TokenStream {
        let module = weights_module(&net.ast.name);
        let (state, weights) = match &layer.name {
            Some(name) => {
                let weights = weights::static_name(name);
                (quote!(#this.#name), quote!(#module::#weights))
            }
            None => (TokenStream::new(), TokenStream::new()),
        };
        let activation = layer.layer.activation().filter(|activation| activation.is_of_channels());
        let activation = match activation {
            _ if !layer.has_weights() => TokenStream::new(),
            Some(activation) => {
                self.name(activation.kind.name);
                activation.expression()
            }
            None => {
                self.name("linear");
                quote!(linear)
            }
        };
        let (frame, frames) = (&Items::frame(), &Items::frames());
        line(&Names { frame, frames, activation: &activation, state: &state, weights: &weights })
    }

    /// The activation that is left to be applied to the layer's line.
    fn rest(&mut self, layer: &NamedLayer<'_>) -> Option<TokenStream> {
        let activation = layer.layer.activation()?;
        if layer.has_weights() && activation.is_of_channels() {
            return None;
        }
        self.name(activation.kind.name);
        Some(activation.expression())
    }

    fn name(&mut self, function: &str) {
        self.functions.push(Ident::new(function, Span::call_site()));
    }

    /// The `use` of the functions.
    fn uses(&self, net: &Net<'_>) -> TokenStream {
        let krate = net.ast.krate();
        let mut functions = self.functions.clone();
        functions.sort();
        functions.dedup();
        match functions.as_slice() {
            [] => TokenStream::new(),
            [function] => quote!(use #krate::#function;),
            functions => quote!(use #krate::{#(#functions),*};),
        }
    }
}
