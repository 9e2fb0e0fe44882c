use std::fmt::{self, Display};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// What is wrong, and what to do about it.
///
/// It prints as one line, without a capital or a full stop, with the user's words in backticks; then, on lines of their
/// own, each note and each help:
///
/// ```text
/// `conv` takes no layers between `<` and `>`
/// note: what is not to be seen at the span
/// help: what to write
/// ```
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) text: String,
    hints: Vec<Hint>,
}

impl Message {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), hints: Vec::new() }
    }

    /// Adds what is not to be seen at the span.
    pub(crate) fn note(self, note: impl Into<String>) -> Self {
        self.hint(Hint::note(note))
    }

    /// Adds what to write.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        self.hint(Hint::help(help))
    }

    /// Adds a hint, where there is one.
    pub(crate) fn hint(mut self, hint: impl Into<Option<Hint>>) -> Self {
        self.hints.extend(hint.into());
        self
    }

    /// Whether it says what to write.
    pub(crate) fn has_help(&self) -> bool {
        self.hints.iter().any(|hint| matches!(hint, Hint::Help(_)))
    }

    /// The same, with `before` in front of the text.
    pub(crate) fn after(self, before: impl Display) -> Self {
        Self { text: format!("{before}{}", self.text), ..self }
    }
}

/// One line behind the text of a message.
#[derive(Clone, Debug)]
pub(crate) enum Hint {
    /// What is not to be seen at the span.
    Note(String),
    /// What to write.
    Help(String),
}

impl Hint {
    pub(crate) fn note(note: impl Into<String>) -> Self {
        Self::Note(note.into())
    }

    pub(crate) fn help(help: impl Into<String>) -> Self {
        Self::Help(help.into())
    }
}

/// A message without notes and help.
impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)?;
        self.hints.iter().try_for_each(|hint| match hint {
            Hint::Note(note) => write!(formatter, "\nnote: {note}"),
            Hint::Help(help) => write!(formatter, "\nhelp: {help}"),
        })
    }
}

/// Every mistake found in one network. Each pass reports into it and goes on.
#[derive(Default)]
#[must_use]
pub(crate) struct Errors {
    errors: Vec<syn::Error>,
    read: bool,
}

impl Errors {
    /// Reports a mistake in `tokens`, which are the fewest that put it right when they are changed.
    pub(crate) fn report(&mut self, tokens: &impl ToTokens, message: impl Into<Message>) {
        self.errors.push(syn::Error::new_spanned(tokens, message.into()));
    }

    /// Reports a mistake where a span is all there is, as at the end of the input.
    pub(crate) fn report_at(&mut self, span: Span, message: impl Into<Message>) {
        self.errors.push(syn::Error::new(span, message.into()));
    }

    /// How many mistakes there are so far.
    pub(crate) fn len(&self) -> usize {
        self.errors.len()
    }

    /// The mistakes so far: what each says, and where.
    #[cfg(feature = "report")]
    pub(crate) fn mistakes(&self) -> impl Iterator<Item = (String, Span)> + '_ {
        self.errors.iter().map(|error| (error.to_string(), error.span()))
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
