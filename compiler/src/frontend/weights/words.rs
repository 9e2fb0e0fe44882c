//! Layers as a user would write them, for files that say theirs in other words.

use std::fmt;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::frontend::ast;

/// `conv(k=3, out=4, relu)`, or `sum() < layers | layers >`
#[derive(Clone)]
pub(crate) struct Layer {
    kind: String,
    arguments: Vec<Given>,
    branches: Vec<Vec<Layer>>,
}

impl Layer {
    pub(super) fn new(kind: &str) -> Self {
        Self { kind: kind.to_owned(), arguments: Vec::new(), branches: Vec::new() }
    }

    pub(super) fn with(mut self, arguments: impl IntoIterator<Item = Given>) -> Self {
        self.arguments.extend(arguments);
        self
    }

    pub(super) fn over(self, branches: Vec<Vec<Self>>) -> Self {
        Self { branches, ..self }
    }

    pub(super) fn count(self, key: &'static str, count: usize) -> Self {
        self.with([Given::Count(key, count)])
    }

    /// A count that goes without saying where it is 1.
    pub(super) fn count_above_one(self, key: &'static str, count: usize) -> Self {
        self.with((count != 1).then_some(Given::Count(key, count)))
    }

    pub(super) fn flag_if(self, is_so: bool, flag: &'static str) -> Self {
        self.with(is_so.then_some(Given::Flag(flag)))
    }

    /// The first layer of a network says what it takes.
    pub(super) fn taking(mut self, channels: usize) -> Self {
        self.arguments.insert(0, Given::Count("in", channels));
        self
    }

    /// The layer as if it stood at `span`.
    pub(super) fn at(self, span: Span) -> ast::Layer {
        let branch = |layers: Vec<Self>| layers.into_iter().map(|layer| layer.at(span)).collect();
        ast::Layer {
            label: None,
            kind: Ident::new(&self.kind, span),
            arguments: Some(self.arguments.into_iter().map(|given| given.at(span)).collect()),
            branches: self.branches.into_iter().map(branch).collect(),
            stands_for: None,
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments: Vec<_> = self.arguments.iter().map(ToString::to_string).collect();
        write!(formatter, "{}({})", self.kind, arguments.join(", "))?;
        if self.branches.is_empty() {
            return Ok(());
        }
        let branches: Vec<_> = self.branches.iter().map(|branch| chain(branch)).collect();
        write!(formatter, " < {} >", branches.join(" | "))
    }
}

/// `layer; layer`
pub(super) fn chain(layers: &[Layer]) -> String {
    let layers: Vec<_> = layers.iter().map(ToString::to_string).collect();
    layers.join("; ")
}

/// An argument of a layer.
#[derive(Clone)]
pub(super) enum Given {
    Count(&'static str, usize),
    Flag(&'static str),
    /// A number, or a list of several.
    Reals(&'static str, Vec<f64>),
}

impl Given {
    fn at(self, span: Span) -> ast::Argument {
        let number = |whole: Option<i128>, real: f64, literal: Literal| {
            let mut literal = literal;
            literal.set_span(span);
            let tokens = literal.to_token_stream();
            let is_negative = real.is_sign_negative();
            let tokens: TokenStream = if is_negative { quote!(-#tokens) } else { tokens };
            ast::Number { whole, real, tokens }
        };
        let real = |real: f64| number(None, real, Literal::f64_unsuffixed(real.abs()));
        let (key, value) = match self {
            Self::Count(key, count) => {
                #[allow(clippy::cast_precision_loss, reason = "counts are small")]
                let real = count as f64;
                let whole = i128::try_from(count).ok();
                (
                    key,
                    Some(ast::Value::Number(number(whole, real, Literal::usize_unsuffixed(count)))),
                )
            }
            Self::Flag(flag) => (flag, None),
            Self::Reals(key, reals) => match reals.as_slice() {
                [one] => (key, Some(ast::Value::Number(real(*one)))),
                all => (key, Some(ast::Value::List(all.iter().copied().map(real).collect()))),
            },
        };
        ast::Argument { key: Ident::new(key, span), value }
    }
}

impl fmt::Display for Given {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(key, count) => write!(formatter, "{key}={count}"),
            Self::Flag(flag) => write!(formatter, "{flag}"),
            Self::Reals(key, reals) => match reals.as_slice() {
                [one] => write!(formatter, "{key}={one:?}"),
                all => write!(formatter, "{key}={all:?}"),
            },
        }
    }
}
