//! Types of the language, by paths that no item of the user's crate hides.

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn f32() -> TokenStream {
    quote!(::core::primitive::f32)
}

pub(crate) fn i16() -> TokenStream {
    quote!(::core::primitive::i16)
}

pub(crate) fn i32() -> TokenStream {
    quote!(::core::primitive::i32)
}

pub(crate) fn usize() -> TokenStream {
    quote!(::core::primitive::usize)
}

pub(crate) fn u8() -> TokenStream {
    quote!(::core::primitive::u8)
}

pub(crate) fn str() -> TokenStream {
    quote!(::core::primitive::str)
}
