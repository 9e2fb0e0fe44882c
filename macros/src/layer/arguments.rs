//! The arguments of one layer against the keys and flags of its kind.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::{Activation, IN, Key, Kind, MOST, Role, Takes, activations};
use crate::ast::{self, Argument, Number, Value};
use crate::errors::Errors;

use crate::suggest::{list, suggestion};

/// A layer's arguments: each key and flag is one of its kind's and stands once, each number is one that its key takes.
pub(crate) struct Arguments<'a> {
    pub(crate) layer: &'a ast::Layer,
    pub(crate) kind: &'static Kind,
    /// Channels of the input, which `in` or the layer before gives.
    pub(crate) inputs: Option<usize>,
    pub(crate) activation: Option<Activation>,
    numbers: Vec<(&'static str, &'a Number)>,
    flags: Vec<&'a Ident>,
    /// Keys that are there with a value that has been reported.
    broken: Vec<&'static str>,
}

impl<'a> Arguments<'a> {
    /// The arguments that are right, and whether all that are needed are among them.
    pub(crate) fn check(
        layer: &'a ast::Layer,
        kind: &'static Kind,
        errors: &mut Errors,
    ) -> (Self, bool) {
        let (numbers, flags, broken) = (Vec::new(), Vec::new(), Vec::new());
        let mut arguments =
            Self { layer, kind, inputs: None, activation: None, numbers, flags, broken };
        let mut complete = true;
        let given = layer.arguments.as_deref().unwrap_or_default();
        for (place, argument) in given.iter().enumerate() {
            let mut before = given.iter().take(place);
            if before.any(|before| before.key == argument.key) {
                errors.report(&argument.key, format!("`{}` is given twice", argument.key));
                complete = false;
            } else {
                complete &= arguments.argument(argument, errors);
            }
        }
        let complete = arguments.nothing_is_missing(errors) && complete;
        (arguments, complete)
    }

    /// The number of a key that takes a count.
    pub(crate) fn count(&self, key: &str) -> Option<usize> {
        self.number(key)?.count()
    }

    /// The number of a key that takes a real number.
    pub(crate) fn real(&self, key: &str) -> Option<f32> {
        self.number(key)?.real()
    }

    /// The flag, where it is given.
    pub(crate) fn flag(&self, flag: &str) -> Option<&'a Ident> {
        self.flags.iter().copied().find(|given| *given == flag)
    }

    /// What the user wrote to give `key` its number: the fewest tokens that change it.
    pub(crate) fn written(&self, key: &str) -> TokenStream {
        match self.number(key) {
            Some(number) => number.tokens.clone(),
            None => self.layer.kind.to_token_stream(),
        }
    }

    /// Whether `key` is there with a value that has been reported.
    pub(crate) fn is_broken(&self, key: &str) -> bool {
        self.broken.contains(&key)
    }

    fn number(&self, key: &str) -> Option<&'a Number> {
        self.numbers.iter().find(|(name, _)| *name == key).map(|(_, number)| *number)
    }

    fn keys(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.kind.keys.iter().chain([&IN])
    }

    fn argument(&mut self, argument: &'a Argument, errors: &mut Errors) -> bool {
        if let Some(key) = self.keys().find(|key| argument.key == key.name) {
            return self.key(key, argument, errors);
        }
        if let Some(flag) = self.kind.flags.iter().find(|flag| argument.key == *flag) {
            if argument.value.is_some() {
                errors.report(&argument.key, format!("`{flag}` takes no number"));
                return false;
            }
            self.flags.push(&argument.key);
            return true;
        }
        let mut activations = activations().filter(|_| self.kind.role == Role::Weighted);
        if let Some(kind) = activations.find(|kind| argument.key == kind.name) {
            return self.activation(kind, argument, errors);
        }
        self.unknown(&argument.key, errors);
        false
    }

    fn key(&mut self, key: &'static Key, argument: &'a Argument, errors: &mut Errors) -> bool {
        let number = match &argument.value {
            Some(Value::Number(number)) => check_number(key, number, errors).then_some(number),
            Some(Value::Broken) => None,
            None => {
                let message = format!("`{0}` needs a number\nhelp: write `{0}=…`", key.name);
                errors.report(&argument.key, message);
                None
            }
        };
        match number {
            Some(number) => self.numbers.push((key.name, number)),
            None => self.broken.push(key.name),
        }
        number.is_some()
    }

    /// An activation as a flag: `relu`, or `leaky_relu=0.1` where it has a parameter.
    fn activation(
        &mut self,
        kind: &'static Kind,
        argument: &'a Argument,
        errors: &mut Errors,
    ) -> bool {
        let name = kind.name;
        if let Some(first) = self.activation {
            let message = format!("a layer has one activation, here `{}`", first.kind.name);
            let help = format!("help: write `{name}` as the next layer");
            errors.report(&argument.key, format!("{message}\n{help}"));
            return false;
        }
        let parameter = match (kind.keys.first(), &argument.value) {
            (None, None) => None,
            (Some(key), Some(Value::Number(number))) => {
                if !check_number(key, number, errors) {
                    return false;
                }
                number.real()
            }
            (_, Some(Value::Broken)) => return false,
            (None, Some(Value::Number(_))) => {
                errors.report(&argument.key, format!("`{name}` takes no number"));
                return false;
            }
            (Some(key), None) => {
                let help = format!("help: write `{name}=…`, {}", key.doc);
                errors.report(&argument.key, format!("`{name}` needs a number\n{help}"));
                return false;
            }
        };
        self.activation = Some(Activation { kind, parameter });
        true
    }

    fn unknown(&self, key: &Ident, errors: &mut Errors) {
        let word = key.to_string();
        let activations = activations().filter(|_| self.kind.role == Role::Weighted);
        let names: Vec<_> = self
            .keys()
            .map(|key| key.name)
            .chain(self.kind.flags.iter().copied())
            .chain(activations.map(|kind| kind.name))
            .collect();
        let help = suggestion(&word, names.iter().copied())
            .unwrap_or_else(|| format!("note: it takes {}", list(names.iter().copied())));
        errors.report(key, format!("`{}` has no `{word}`\n{help}", self.kind.name));
    }

    fn nothing_is_missing(&self, errors: &mut Errors) -> bool {
        let missing: Vec<_> = self
            .keys()
            .filter(|key| key.takes != Takes::OptionalCount)
            .filter(|key| self.number(key.name).is_none() && !self.is_broken(key.name))
            .collect();
        if missing.is_empty() {
            return true;
        }
        let names = missing.iter().map(|key| format!("`{}`", key.name));
        let helps = missing.iter().map(|key| format!("`{}=…`, {}", key.name, key.doc));
        let (names, helps): (Vec<_>, Vec<_>) = (names.collect(), helps.collect());
        let message = format!("`{}` needs {}", self.kind.name, names.join(" and "));
        let help = format!("help: add {}", helps.join(", and "));
        errors.report(&self.layer.kind, format!("{message}\n{help}"));
        false
    }
}

impl Number {
    pub(crate) fn count(&self) -> Option<usize> {
        usize::try_from(self.whole?).ok().filter(|count| (1..=MOST).contains(count))
    }

    fn real(&self) -> Option<f32> {
        #[allow(clippy::cast_possible_truncation, reason = "the nearest f32 is what is meant")]
        Some(self.real as f32).filter(|real| real.is_finite())
    }
}

fn check_number(key: &Key, number: &Number, errors: &mut Errors) -> bool {
    let name = key.name;
    let message = match key.takes {
        Takes::Real if number.real().is_some() => return true,
        Takes::Real => format!("`{name}` does not fit in f32"),
        Takes::Count | Takes::OptionalCount if number.count().is_some() => return true,
        Takes::Count | Takes::OptionalCount => match number.whole {
            None if number.real.fract() == 0.0 && number.real.abs() < 1e6 => {
                format!("`{name}` takes a whole number\nhelp: write `{:.0}`", number.real)
            }
            None => format!("`{name}` takes a whole number"),
            Some(whole) if whole < 1 => format!("`{name}` must be at least 1"),
            Some(_) => format!("`{name}` is too large: at most {MOST}"),
        },
    };
    errors.report(&number.tokens, message);
    false
}
