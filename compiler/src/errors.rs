use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Every mistake found in one network. Each pass reports into it and goes on.
///
/// A message is one line, without a capital or a full stop, with the user's words in backticks; then, on lines of their
/// own, `help: ` with what to write or `note: ` with what is not to be seen at the span.
#[derive(Default)]
#[must_use]
pub(crate) struct Errors {
    errors: Vec<syn::Error>,
    read: bool,
}

impl Errors {
    /// Reports a mistake in `tokens`, which are the fewest that put it right when they are changed.
    pub(crate) fn report(&mut self, tokens: &impl ToTokens, message: impl Display) {
        self.errors.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports a mistake where a span is all there is, as at the end of the input.
    pub(crate) fn report_at(&mut self, span: Span, message: impl Display) {
        self.errors.push(syn::Error::new(span, message));
    }

    /// How many mistakes there are so far.
    pub(crate) fn len(&self) -> usize {
        self.errors.len()
    }

    /// One `compile_error!` for each mistake, or `None` where there is none.
    pub(crate) fn finish(mut self) -> Option<Vec<TokenStream>> {
        self.read = true;
        let errors = || self.errors.iter().map(syn::Error::to_compile_error).collect();
        (!self.errors.is_empty()).then(errors)
    }
}

impl Drop for Errors {
    /// Mistakes that nobody was told of are a mistake of this crate.
    fn drop(&mut self) {
        debug_assert!(self.read || std::thread::panicking(), "errors were dropped unread");
    }
}
