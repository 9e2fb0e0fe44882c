//! Words of the user as identifiers of Rust.

use proc_macro2::Ident;
use quote::format_ident;
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

/// The module of a network's weights: `block_weights` for `Block`.
pub(crate) fn weights_module(net: &Ident) -> Ident {
    snake(net, "weights")
}

/// The module of what a network keeps in its steady state.
pub(crate) fn steady_module(net: &Ident) -> Ident {
    snake(net, "steady_state")
}

/// The name of a network as part of another: `block_weights` for `Block` and `weights`.
pub(crate) fn snake(net: &Ident, what: &str) -> Ident {
    let mut snake = String::new();
    let mut last_was_lower = false;
    for character in net.unraw().to_string().chars() {
        if character.is_uppercase() && last_was_lower {
            snake.push('_');
        }
        last_was_lower = character.is_lowercase() || character.is_numeric();
        snake.extend(character.to_lowercase());
    }
    format_ident!("{snake}_{what}")
}

/// The letters and digits of a name as a constant has them.
pub(crate) fn upper_snake(name: &str) -> String {
    let mut upper = String::new();
    let mut before = '_';
    for letter in name.chars() {
        let starts = letter.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (starts || !letter.is_ascii_alphanumeric()) && !upper.is_empty() && !upper.ends_with('_')
        {
            upper.push('_');
        }
        if letter.is_ascii_alphanumeric() {
            upper.push(letter.to_ascii_uppercase());
        }
        before = letter;
    }
    upper.trim_end_matches('_').to_owned()
}
