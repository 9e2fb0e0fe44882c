//! Numbers as a person writes them: in Rust no suffixes and the shortest digits that give the same f32, in text with what
//! is counted.

use std::str::FromStr;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(crate) fn count(count: usize) -> Literal {
    Literal::usize_unsuffixed(count)
}

/// A finite number. `Literal::f32_unsuffixed` would print 1e-20 with all its zeros.
pub(crate) fn float(number: f32) -> TokenStream {
    let digits = format!("{:?}", number.abs());
    let literal = Literal::from_str(&digits).unwrap_or_else(|_| Literal::f32_unsuffixed(0.0));
    if number.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) }
}

/// Nested arrays of a shape, the last dimension fastest.
pub(crate) fn nested(shape: &[usize], numbers: &[f64]) -> TokenStream {
    match shape {
        [_, rest @ ..] if !rest.is_empty() => {
            let rows = numbers.chunks(rest.iter().product::<usize>().max(1));
            let rows = rows.map(|row| nested(rest, row));
            quote!([#(#rows),*])
        }
        _ => {
            let numbers = numbers.iter().copied().map(rounded).map(float);
            quote!([#(#numbers),*])
        }
    }
}

/// The nearest f32.
pub(crate) fn rounded(number: f64) -> f32 {
    #[allow(clippy::cast_possible_truncation, reason = "the nearest number is what is meant")]
    {
        number as f32
    }
}

/// A count and what is counted.
pub(crate) fn plural(count: usize, what: &str) -> String {
    let ending = if what.ends_with('h') { "es" } else { "s" };
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}{ending}") }
}

/// A count as a number.
pub(crate) fn real(count: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
    {
        count as f64
    }
}
