//! The arguments of one layer against the keys and flags of its kind.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::{Activation, Flag, IN, Key, Kind, MOST, Takes, activations};
use crate::ast::{self, Argument, Number, Value};
use crate::errors::Errors;

use crate::suggest::{list, nearest};

/// A layer's arguments: each key and flag is one of its kind's and stands once, each number is one that its key takes.
pub(crate) struct Arguments<'a> {
    pub(crate) layer: &'a ast::Layer,
    pub(crate) kind: &'static Kind,
    /// Channels of the input, which `in` or the layer before gives.
    pub(crate) inputs: Option<usize>,
    pub(crate) activation: Option<Activation>,
    numbers: Vec<(&'static str, &'a Number)>,
    flags: Vec<&'static str>,
    /// Keys that a mistake stands for that has been reported.
    not_missing: Vec<&'static str>,
}

impl<'a> Arguments<'a> {
    /// The arguments that are right, and whether all that are needed are among them. The first layer needs `in`.
    pub(crate) fn check(
        layer: &'a ast::Layer,
        kind: &'static Kind,
        is_first: bool,
        errors: &mut Errors,
    ) -> (Self, bool) {
        let mut arguments = Self {
            layer,
            kind,
            inputs: None,
            activation: None,
            numbers: Vec::new(),
            flags: Vec::new(),
            not_missing: Vec::new(),
        };
        let before = errors.len();
        let given = layer.arguments.as_deref().unwrap_or_default();
        for (place, argument) in given.iter().enumerate() {
            if given.iter().take(place).any(|before| before.key == argument.key) {
                errors.report(&argument.key, format!("`{}` is given twice", argument.key));
            } else {
                arguments.argument(argument, errors);
            }
        }
        arguments.missing(is_first, errors);
        let complete = errors.len() == before;
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

    /// Whether the flag is given.
    pub(crate) fn flag(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    /// What the user wrote to give `key` its number: the fewest tokens that change it.
    pub(crate) fn written(&self, key: &str) -> TokenStream {
        match self.number(key) {
            Some(number) => number.tokens.clone(),
            None => self.layer.kind.to_token_stream(),
        }
    }

    fn number(&self, key: &str) -> Option<&'a Number> {
        self.numbers.iter().find(|(name, _)| *name == key).map(|(_, number)| *number)
    }

    fn keys(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.kind.keys.iter().chain([&IN])
    }

    fn argument(&mut self, argument: &'a Argument, errors: &mut Errors) {
        if let Some(key) = self.keys().find(|key| argument.key == key.name) {
            self.key(key, argument, errors);
        } else if let Some(flag) = self.kind.flags().find(|flag| argument.key == flag.name) {
            self.flag_argument(flag, argument, errors);
        } else if let Some(kind) = self.kind.activations().find(|kind| argument.key == kind.name) {
            self.activation(kind, argument, errors);
        } else {
            self.unknown(argument, errors);
        }
    }

    fn flag_argument(&mut self, flag: &'static Flag, argument: &Argument, errors: &mut Errors) {
        let flag = flag.name;
        if argument.value.is_some() {
            let message = format!("`{flag}` is a flag, and has no value\nhelp: write `{flag}`");
            errors.report(&argument.key, message);
        }
        let mut groups = self.kind.flags.iter().copied();
        let together = groups.find(|group| group.iter().any(|other| other.name == flag));
        let mut names = together.into_iter().flatten().map(|other| other.name);
        let meant = names.clone().next();
        let other = names.find(|other| self.flags.contains(other));
        if let Some((other, meant)) = other.zip(meant) {
            let help = format!("help: keep one of them; without either it is `{meant}`");
            let message = format!("a layer is `{other}` or `{flag}`, not both");
            errors.report(&argument.key, format!("{message}\n{help}"));
        }
        self.flags.push(flag);
    }

    fn key(&mut self, key: &'static Key, argument: &'a Argument, errors: &mut Errors) {
        match number(key.name, key, argument, errors) {
            Some(number) => self.numbers.push((key.name, number)),
            None => self.not_missing.push(key.name),
        }
    }

    /// An activation as a flag: `relu`, or `leaky_relu=0.1` where it has a parameter.
    fn activation(&mut self, kind: &'static Kind, argument: &'a Argument, errors: &mut Errors) {
        let name = kind.name;
        if let Some(first) = self.activation {
            let message = format!("a layer has one activation, here `{}`", first.kind.name);
            let help = format!("help: write `{name}` as the next layer");
            errors.report(&argument.key, format!("{message}\n{help}"));
            return;
        }
        let parameter = match (kind.keys.first(), &argument.value) {
            (None, None) => None,
            (None, Some(_)) => {
                let message = format!("`{name}` is a flag, and has no value\nhelp: write `{name}`");
                errors.report(&argument.key, message);
                return;
            }
            (Some(key), _) => match number(name, key, argument, errors).and_then(Number::real) {
                Some(real) => Some(real),
                None => return,
            },
        };
        self.activation = Some(Activation { kind, parameter });
    }

    /// A key or flag that the kind does not have. What was meant by it is not missing.
    fn unknown(&mut self, argument: &'a Argument, errors: &mut Errors) {
        let word = argument.key.to_string();
        let names = || self.keys().map(|key| key.name);
        let activations = || self.kind.activations().map(|kind| kind.name);
        let flags = || self.kind.flags().map(|flag| flag.name).chain(activations());
        let alias = self.keys().find(|key| key.aliases.contains(&word.as_str()));
        let meant = match (alias, foreign(argument)) {
            (Some(key), _) => Some((key.name, format!("help: that is `{}` here", key.name))),
            (None, Some(help)) => Some(("", help)),
            (None, None) => nearest(&word, names().chain(flags()))
                .map(|name| (name, format!("help: did you mean `{name}`?"))),
        };
        let (meant, help) = meant
            .unwrap_or_else(|| ("", format!("note: it takes {}", list(names().chain(flags())))));
        errors.report(&argument.key, format!("`{}` has no `{word}`\n{help}", self.kind.name));
        let key = self.keys().find(|key| key.name == meant);
        match (&argument.value, key) {
            (Some(Value::Number(number)), Some(key)) if takes(key, number) => {
                self.numbers.push((key.name, number));
            }
            (Some(_), Some(key)) => self.not_missing.push(key.name),
            // It may be meant for any of them.
            (Some(_), None) if meant.is_empty() => {
                let names: Vec<_> = names().collect();
                self.not_missing.extend(names);
            }
            _ => {}
        }
    }

    fn missing(&self, is_first: bool, errors: &mut Errors) {
        let needed =
            |key: &&Key| key.takes != Takes::OptionalCount || is_first && key.name == IN.name;
        let missing: Vec<_> = self
            .keys()
            .filter(needed)
            .filter(|key| self.number(key.name).is_none() && !self.not_missing.contains(&key.name))
            .collect();
        if missing.is_empty() {
            return;
        }
        let all = |text: fn(&&Key) -> String| missing.iter().map(text).collect::<Vec<_>>();
        let names = all(|key| format!("`{}`", key.name)).join(" and ");
        let help = all(|key| format!("`{}=…`, {}", key.name, key.doc)).join(", and ");
        let needs_in = missing.iter().any(|key| key.name == IN.name);
        let place = if needs_in { " as the first layer" } else { "" };
        let message = format!("`{}`{place} needs {names}\nhelp: add {help}", self.kind.name);
        errors.report(&self.layer.kind, message);
    }
}

/// What frameworks say by a key, and this macro by a flag.
fn foreign(argument: &Argument) -> Option<String> {
    let text = match &argument.value {
        Some(Value::Other { text, .. }) => text.as_str(),
        _ => "",
    };
    match (argument.key.to_string().as_str(), text) {
        ("padding", "causal" | "valid") => Some(format!("help: write `{text}`, a flag")),
        ("padding", _) => Some("help: write `valid` or `causal`, flags".to_owned()),
        ("activation", text) if activations().any(|kind| kind.name == text) => {
            Some(format!("help: write `{text}`, a flag"))
        }
        ("activation", _) => Some("help: write its name, such as `relu`, a flag".to_owned()),
        ("bias" | "use_bias", _) => {
            Some("help: write `no_bias`, a flag, where there is none".to_owned())
        }
        _ => None,
    }
}

/// The number that `written` is given, where it is one that `key` takes.
pub(crate) fn number<'a>(
    written: &str,
    key: &Key,
    argument: &'a Argument,
    errors: &mut Errors,
) -> Option<&'a Number> {
    match &argument.value {
        Some(Value::Number(number)) => {
            if takes(key, number) {
                return Some(number);
            }
            errors.report(&number.tokens, refusal(written, key, number));
        }
        Some(Value::Other { tokens, text, problem }) => {
            let help = match text.parse::<f64>() {
                Ok(_) => format!("\nhelp: write `{written}={text}`"),
                Err(_) => String::new(),
            };
            let message = format!("expected a number after `{written}=`: {problem}{help}");
            errors.report(tokens, message);
        }
        Some(Value::Broken) => {}
        None => {
            let message = format!("`{written}` needs a number");
            let help = format!("help: write `{written}=…`, {}", key.doc);
            errors.report(&argument.key, format!("{message}\n{help}"));
        }
    }
    None
}

impl Number {
    pub(crate) fn count(&self) -> Option<usize> {
        usize::try_from(self.whole?).ok().filter(|count| (1..=MOST).contains(count))
    }

    pub(crate) fn size(&self) -> Option<usize> {
        usize::try_from(self.whole?).ok()
    }

    fn real(&self) -> Option<f32> {
        #[allow(clippy::cast_possible_truncation, reason = "the nearest f32 is what is meant")]
        Some(self.real as f32).filter(|real| real.is_finite())
    }
}

/// Whether a number is one that `key` takes.
fn takes(key: &Key, number: &Number) -> bool {
    match key.takes {
        Takes::Real => number.real().is_some(),
        Takes::Count | Takes::OptionalCount => number.count().is_some(),
        Takes::Size => number.size().is_some(),
    }
}

/// Why it is not.
fn refusal(written: &str, key: &Key, number: &Number) -> String {
    match (key.takes, number.whole) {
        (Takes::Real, _) => format!("`{written}` does not fit in f32"),
        (Takes::Size, Some(whole)) if whole < 0 => {
            format!("`{written}` must be at least 0, not {whole}")
        }
        (Takes::Size, Some(_)) => format!("`{written}` is too large"),
        (_, Some(whole)) if whole < 1 => {
            format!("`{written}` must be at least 1, not {whole}")
        }
        (_, Some(_)) => format!("`{written}` is too large: at most {MOST}"),
        (_, None) => {
            let whole = format!("{:.0}", number.real);
            let is_whole = number.real.fract() == 0.0;
            let help = match whole.parse::<usize>() {
                Ok(count) if is_whole && (1..=MOST).contains(&count) => {
                    format!("\nhelp: write `{count}`")
                }
                _ => String::new(),
            };
            format!("`{written}` takes a whole number{help}")
        }
    }
}
