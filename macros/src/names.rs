//! Words of the user as identifiers of Rust.

use proc_macro2::Ident;
use syn::ext::IdentExt;

/// The word as an identifier, raw where it is a keyword. `None` for the keywords that cannot be one.
pub(crate) fn word(word: &Ident) -> Option<Ident> {
    let text = word.unraw().to_string();
    if ["_", "self", "Self", "super", "crate"].contains(&text.as_str()) {
        return None;
    }
    Some(match syn::parse_str::<Ident>(&text) {
        Ok(_) => Ident::new(&text, word.span()),
        Err(_) => Ident::new_raw(&text, word.span()),
    })
}
