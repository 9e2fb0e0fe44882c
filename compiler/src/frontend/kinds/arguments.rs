//! The arguments of one layer against the keys and flags of its kind.

mod foreign;
mod number;

use foreign::{foreign, of_a_framework};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

pub(crate) use self::number::number;
use super::{Flag, IN, Key, Kind, Takes, activations};
use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast::{self, Argument, Number, Value};
use crate::frontend::build::{Applied, Branch};
use crate::graph;
use crate::suggest::{list, nearest};

/// A layer's arguments: each key and flag is one of its kind's and stands once, each number is one that its key takes.
pub(crate) struct Arguments<'a> {
    pub(crate) layer: &'a ast::Layer,
    pub(crate) kind: &'static Kind,
    /// Channels of the input, which `in` or the layer before gives.
    pub(crate) inputs: Option<usize>,
    /// In the order in which they are written.
    pub(crate) activations: Vec<Applied>,
    /// What is known of its branches: all of them, where it is complete.
    pub(crate) branches: Vec<Branch>,
    /// The sum of the skips among the layers of its branches.
    pub(crate) sum: Option<graph::Value>,
    /// Whether the output of its branches depends on the condition that it gives them.
    pub(crate) reads_condition: bool,
    pub(crate) is_first_of_branch: bool,
    /// The label of a layer, where it takes one.
    pub(crate) label: Option<&'a Ident>,
    numbers: Vec<(&'static str, &'a Number)>,
    flags: Vec<&'static str>,
    /// Keys that a mistake stands for that has been reported.
    not_missing: Vec<&'static str>,
}

impl<'a> Arguments<'a> {
    /// The arguments that are right, and whether all that are needed are among them. A layer whose input is not known
    /// otherwise needs `in`.
    pub(crate) fn check(
        layer: &'a ast::Layer,
        kind: &'static Kind,
        needs_in: bool,
        errors: &mut Errors,
    ) -> (Self, bool) {
        let mut arguments = Self {
            layer,
            kind,
            inputs: None,
            activations: Vec::new(),
            branches: Vec::new(),
            sum: None,
            reads_condition: false,
            is_first_of_branch: false,
            label: None,
            numbers: Vec::new(),
            flags: Vec::new(),
            not_missing: Vec::new(),
        };
        let before = errors.len();
        if kind.takes_label {
            arguments.label = label(layer, errors);
            return (arguments, errors.len() == before);
        }
        let given = layer.arguments.as_deref().unwrap_or_default();
        for (place, argument) in given.iter().enumerate() {
            let again = given.iter().take(place).any(|before| before.key == argument.key);
            // Of two activations, each has its place.
            let may_be =
                kind.activations > 1 && activations().any(|kind| argument.key == kind.name);
            if again && !may_be {
                let message = Message::new(format!("`{}` is given twice", argument.key));
                errors.report(&argument.key, message.help("remove one of them"));
            } else {
                arguments.argument(argument, errors);
            }
        }
        arguments.missing(needs_in, errors);
        let complete = errors.len() == before;
        (arguments, complete)
    }

    /// The number of a key that takes a count.
    pub(crate) fn count(&self, key: &str) -> Option<usize> {
        self.number(key)?.count()
    }

    /// The number of a key that takes a size.
    pub(crate) fn size(&self, key: &str) -> Option<usize> {
        self.number(key)?.size()
    }

    /// The first activation.
    pub(crate) fn activation(&self) -> Option<Applied> {
        self.activations.first().copied()
    }

    /// The number of the key that says the channels of its input too, where it has one.
    pub(crate) fn input_key(&self) -> Option<usize> {
        self.count(self.kind.input_key?)
    }

    /// The number of a key that takes a real number.
    pub(crate) fn real(&self, key: &str) -> Option<f32> {
        self.number(key)?.real()
    }

    /// Whether the flag is given.
    pub(crate) fn flag(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    /// What the user wrote to give `key` its number, or the flag: the fewest tokens that change it.
    pub(crate) fn written(&self, key: &str) -> TokenStream {
        match (self.number(key), self.layer.argument(key)) {
            (Some(number), _) => number.tokens.clone(),
            (None, Some(argument)) => argument.key.to_token_stream(),
            (None, None) => self.layer.kind.to_token_stream(),
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
            self.applied(kind, argument, errors);
        } else {
            self.unknown(argument, errors);
        }
    }

    fn flag_argument(&mut self, flag: &'static Flag, argument: &Argument, errors: &mut Errors) {
        let flag = flag.name;
        let mut groups = self.kind.flags.iter().copied();
        let together = groups.find(|group| group.iter().any(|other| other.name == flag));
        if let Some(value) = &argument.value {
            let is_off =
                matches!(value, Value::Other { text, .. } if text.to_lowercase() == "false");
            let help = match together {
                _ if !is_off => format!("write `{flag}`"),
                Some([one, other]) => {
                    let other = if one.name == flag { other } else { one };
                    format!("write `{}`", other.name)
                }
                _ => "leave it out".to_owned(),
            };
            let text = format!("`{flag}` is a flag and takes no value");
            errors.report(&argument.key, Message::new(text).help(help));
        }
        let mut names = together.into_iter().flatten().map(|other| other.name);
        let meant = names.clone().next();
        let other = names.find(|other| self.flags.contains(other));
        if let Some((other, meant)) = other.zip(meant) {
            let help = format!("remove one of them; without both, the layer is `{meant}`");
            let text = format!("a layer can be `{other}` or `{flag}`, not both");
            errors.report(&argument.key, Message::new(text).help(help));
        }
        self.flags.push(flag);
    }

    fn key(&mut self, key: &'static Key, argument: &'a Argument, errors: &mut Errors) {
        if key.takes == Takes::Counts {
            number::list(key, argument, errors);
            self.not_missing.push(key.name);
            return;
        }
        match number(key.name, key, argument, errors) {
            Some(number) => self.numbers.push((key.name, number)),
            None => self.not_missing.push(key.name),
        }
    }

    /// An activation as a flag: `relu`, or `leaky_relu=0.1` where it has a parameter.
    fn applied(&mut self, kind: &'static Kind, argument: &'a Argument, errors: &mut Errors) {
        let name = kind.name;
        if let Some(first) = self.activations.first()
            && self.activations.len() == self.kind.activations
        {
            let (text, help) = if self.kind.activations == 1 {
                (
                    format!("a layer takes one activation, and this one has `{}`", first.form.word),
                    format!("write `{name}(…)` as the next layer"),
                )
            } else {
                let most = self.kind.activations;
                let text = format!("`{}` takes at most {most} activations", self.kind.name);
                (text, format!("remove `{name}`"))
            };
            errors.report(&argument.key, Message::new(text).help(help));
            return;
        }
        let Some(form) = kind.activation else { return };
        let mut activation = Applied::of(form);
        let [first, ..] = &mut activation.parameters;
        match (kind.keys, &argument.value) {
            ([], None) => {}
            ([], Some(_)) => {
                let message = Message::new(format!("`{name}` is a flag and takes no value"));
                errors.report(&argument.key, message.help(format!("write `{name}`")));
                return;
            }
            ([key], _) => match number(name, key, argument, errors).and_then(Number::real) {
                Some(real) => *first = real,
                None => return,
            },
            (keys, _) => match number::reals(name, keys, argument, errors) {
                Some(reals) => {
                    activation.parameters.iter_mut().zip(reals).for_each(|(to, real)| *to = real);
                }
                None => return,
            },
        }
        self.activations.push(activation);
    }

    /// A key or flag that the kind does not have. What was meant by it is not missing.
    fn unknown(&mut self, argument: &'a Argument, errors: &mut Errors) {
        let word = argument.key.to_string();
        let names = || self.keys().map(|key| key.name);
        let activations = || self.kind.activations().map(|kind| kind.name);
        let flags = || self.kind.flags().map(|flag| flag.name).chain(activations());
        let alias = self.keys().find(|key| key.aliases.contains(&word.as_str()));
        let meant = match (alias, foreign(self.kind, argument)) {
            (Some(key), _) => Some((key.name, Hint::help(format!("write `{}` instead", key.name)))),
            (None, Some(hint)) => Some(("", hint)),
            (None, None) => {
                let names: Vec<_> = names().chain(flags()).collect();
                let misspelt = || nearest(&word, names.iter().copied());
                of_a_framework(&word, &names).or_else(|| {
                    misspelt().map(|name| (name, Hint::help(format!("did you mean `{name}`?"))))
                })
            }
        };
        let (meant, hint) = meant.unwrap_or_else(|| {
            let takes = list(names().chain(flags()));
            ("", Hint::note(format!("`{}` takes {takes}", self.kind.name)))
        });
        let text = format!("`{}` has no `{word}`", self.kind.name);
        errors.report(&argument.key, Message::new(text).hint(hint));
        let key = self.keys().find(|key| key.name == meant);
        match (&argument.value, key) {
            (Some(Value::Number(number)), Some(key)) if number::takes(key, number) => {
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

    fn missing(&self, needs_in: bool, errors: &mut Errors) {
        let needed =
            |key: &&Key| key.takes != Takes::OptionalCount || needs_in && key.name == IN.name;
        let missing: Vec<_> = self
            .keys()
            .filter(needed)
            .filter(|key| self.number(key.name).is_none() && self.layer.list(key.name).is_none())
            .filter(|key| !self.not_missing.contains(&key.name))
            .collect();
        if missing.is_empty() {
            return;
        }
        let all = |text: fn(&&Key) -> String| missing.iter().map(text).collect::<Vec<_>>();
        let names = all(|key| format!("`{}`", key.name)).join(" and ");
        let help = all(|key| {
            let value = if key.takes == Takes::Counts { "[…]" } else { "…" };
            format!("`{}={value}`, {}", key.name, key.doc)
        });
        let help = help.join(", and ");
        let needs_in = missing.iter().any(|key| key.name == IN.name);
        let place = if needs_in { " as the first layer" } else { "" };
        let text = format!("`{}`{place} needs {names}", self.kind.name);
        errors.report(&self.layer.kind, Message::new(text).help(format!("add {help}")));
    }
}

/// The label that is a layer's one argument.
fn label<'a>(layer: &'a ast::Layer, errors: &mut Errors) -> Option<&'a Ident> {
    match layer.arguments.as_deref() {
        Some([Argument { key, value: None }]) => return Some(key),
        // A broken one has been reported.
        None | Some([Argument { value: Some(Value::Broken), .. }]) => {}
        Some(_) => {
            let kind = &layer.kind;
            let message = Message::new(format!("`{kind}` takes the label of one layer"));
            errors.report(kind, message.help(format!("write `{kind}(label)`")));
        }
    }
    None
}
