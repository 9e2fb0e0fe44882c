//! What a network of 16-bit integers prints otherwise than one of f32.

mod block;
mod items;
mod line;
mod recorded;
mod start;
pub(crate) mod state;
pub(crate) mod weights;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

pub(super) use self::block::push_block;
pub(super) use self::items::{docs, items};
pub(super) use self::line::expression;
pub(super) use self::recorded::{bound, module as recorded};
pub(super) use self::start::{frame, start, steady};
use super::captures;
use super::line::Lines;
use super::names::{self, Names};
use crate::frontend::ast;
use crate::graph::Value;

/// The path of what expansions of such a network use.
pub(super) fn private(ast: &ast::Net) -> TokenStream {
    let private = ast.private();
    if ast.is_integer() { quote!(#private::integer) } else { private }
}

/// The `static` of a value's weights: several values of a layer have some.
pub(super) fn static_name(names: &Names, value: Value) -> Ident {
    let local = names.local(value).unraw().to_string();
    format_ident!("{}", local.trim_start_matches('_').to_uppercase())
}

/// The same as a field, where a network has several files.
pub(super) fn field_name(names: &Names, value: Value) -> Ident {
    names::field_name(&static_name(names, value))
}

/// What the methods of a value's weights are called on.
fn weights_of(lines: &Lines<'_>, value: Value) -> TokenStream {
    if lines.are_loaded {
        let (weights, name) = (captures::variable(), field_name(lines.names, value));
        return quote!(#weights.#name);
    }
    let (module, name) = (lines.module, static_name(lines.names, value));
    lines.seen(quote!(#module::#name))
}

/// The `static` of a table.
fn table_name(place: usize) -> Ident {
    format_ident!("TABLE_{}", place + 1)
}
