//! Layers as a user would write them, and the tensors of each.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ast::{Argument, Layer, Number, Value};
use crate::tensor::Tensor;
use crate::weights::{Entry, Source};

/// What is built so far.
pub(super) struct Build {
    span: Span,
    /// The chains at hand, the innermost last.
    chains: Vec<Vec<Layer>>,
    /// Of the layers with weights, in their order.
    entries: Vec<Entry>,
}

impl Build {
    pub(super) fn new(source: &Source) -> Self {
        let span = source
            .written
            .clone()
            .into_iter()
            .next()
            .map_or_else(Span::call_site, |token| token.span());
        Self { span, chains: vec![Vec::new()], entries: Vec::new() }
    }

    /// The layers, and the tensors of those that have some.
    pub(super) fn finish(mut self) -> (Vec<Layer>, Vec<Entry>) {
        (self.chains.pop().unwrap_or_default(), self.entries)
    }

    /// The layers to come are a branch, up to `close`.
    pub(super) fn open(&mut self) {
        self.chains.push(Vec::new());
    }

    /// The branches that were opened last are those of a layer of that kind.
    pub(super) fn close(&mut self, kind: &str, branches: usize) {
        let branches = self.chains.split_off(self.chains.len().saturating_sub(branches));
        self.push(kind, Vec::new(), branches);
    }

    /// A layer without weights.
    pub(super) fn layer(&mut self, kind: &str, arguments: Vec<Given>) {
        self.push(kind, arguments, Vec::new());
    }

    /// A layer with these tensors, by the names that one of its conventions has.
    pub(super) fn weighted(
        &mut self,
        kind: &str,
        arguments: Vec<Given>,
        tensors: Vec<(&str, Tensor)>,
    ) {
        let tensors = tensors.into_iter().map(|(name, tensor)| (name.to_owned(), tensor)).collect();
        self.entries.push(Entry { tensors, ..Entry::default() });
        self.push(kind, arguments, Vec::new());
    }

    fn push(&mut self, kind: &str, arguments: Vec<Given>, branches: Vec<Vec<Layer>>) {
        let arguments = arguments.into_iter().map(|given| given.argument(self.span)).collect();
        let layer = Layer {
            label: None,
            kind: Ident::new(kind, self.span),
            arguments: Some(arguments),
            branches,
            stands_for: None,
        };
        if let Some(chain) = self.chains.last_mut() {
            chain.push(layer);
        }
    }
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
    fn argument(self, span: Span) -> Argument {
        let number = |whole: Option<i128>, real: f64, literal: Literal| {
            let mut literal = literal;
            literal.set_span(span);
            let tokens = literal.to_token_stream();
            let is_negative = real.is_sign_negative();
            let tokens: TokenStream = if is_negative { quote!(-#tokens) } else { tokens };
            Number { whole, real, tokens }
        };
        let real = |real: f64| number(None, real, Literal::f64_unsuffixed(real.abs()));
        let (key, value) = match self {
            Self::Count(key, count) => {
                #[allow(clippy::cast_precision_loss, reason = "counts are small")]
                let real = count as f64;
                let whole = i128::try_from(count).ok();
                (key, Some(Value::Number(number(whole, real, Literal::usize_unsuffixed(count)))))
            }
            Self::Flag(flag) => (flag, None),
            Self::Reals(key, reals) => match reals.as_slice() {
                [one] => (key, Some(Value::Number(real(*one)))),
                all => (key, Some(Value::List(all.iter().copied().map(real).collect()))),
            },
        };
        Argument { key: Ident::new(key, span), value }
    }
}
