//! What a file's objects say, and where in it they are.

use super::value::Value;
use super::{Problem, Result};
use crate::errors::{Hint, Message};
use crate::frontend::build::limits::{MOST, MOST_LAYERS};
use crate::numbers::plural;

/// An object of the file.
#[derive(Clone)]
pub(super) struct Config<'a> {
    value: &'a Value,
    /// The file.
    shown: &'a str,
    /// Where the object is in it: `config.layers[0]`.
    place: String,
    /// The version that the file says, once it is known.
    version: String,
}

impl<'a> Config<'a> {
    pub(super) fn new(value: &'a Value, shown: &'a str) -> Self {
        Self { value, shown, place: String::new(), version: String::new() }
    }

    /// The same, of a file of that version.
    pub(super) fn of_version(self, version: &str) -> Self {
        Self { version: version.to_owned(), ..self }
    }

    /// A problem of this file.
    pub(super) fn problem(&self, what: impl Into<Message>) -> Problem {
        Problem::from(what.into().after(format!("`{}`: ", self.shown)))
    }

    /// The problem that a key's value is not served.
    pub(super) fn refuse(&self, key: &str, why: &str) -> Problem {
        let note = match self.version.as_str() {
            "" => None,
            version => Some(Hint::note(format!("the file is of version {version}"))),
        };
        self.problem(Message::new(format!("`{}` {why}", self.path(key))).hint(note))
    }

    /// A key, and the objects that it is in.
    pub(super) fn path(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}.{key}", self.place) }
    }

    /// The object, as messages name it.
    pub(super) fn place(&self) -> String {
        if self.place.is_empty() { String::new() } else { format!("`{}`", self.place) }
    }

    /// The value of a key, unless that is `null`.
    pub(super) fn find(&self, key: &str) -> Option<&'a Value> {
        self.value.get(key).filter(|value| !value.is_null())
    }

    fn get(&self, key: &str) -> Result<&'a Value> {
        self.find(key).ok_or_else(|| self.refuse(key, "is missing"))
    }

    fn wrong<T>(&self, key: &str, wanted: &str, found: &Value) -> Result<T> {
        Err(self.problem(format!("`{}` must be {wanted}, not {}", self.path(key), found.what())))
    }

    /// The object of that key.
    pub(super) fn object(&self, key: &str) -> Result<Self> {
        match self.get(key)? {
            value @ Value::Object(_) => Ok(Self { value, place: self.path(key), ..self.clone() }),
            found => self.wrong(key, "an object", found),
        }
    }

    /// The objects in the list of that key.
    pub(super) fn objects(&self, key: &str) -> Result<Vec<Self>> {
        let object = |(place, value): (usize, &'a Value)| {
            let key = format!("{key}[{place}]");
            match value {
                Value::Object(_) => Ok(Self { value, place: self.path(&key), ..self.clone() }),
                found => self.wrong(&key, "an object", found),
            }
        };
        self.list(key)?.iter().enumerate().map(object).collect()
    }

    /// The objects in the object of that key, by their names.
    pub(super) fn entries(&self, key: &str) -> Result<Vec<(&'a str, Self)>> {
        let outer = self.object(key)?;
        let Value::Object(pairs) = outer.value else { return Ok(Vec::new()) };
        pairs.iter().map(|(name, _)| Ok((name.as_str(), outer.object(name)?))).collect()
    }

    /// The list of that key, which is of something for each of some layers.
    pub(super) fn list(&self, key: &str) -> Result<&'a [Value]> {
        match self.get(key)? {
            Value::List(values) if values.is_empty() => Err(self.refuse(key, "is empty")),
            Value::List(values) if values.len() > MOST_LAYERS => {
                let why = format!("has {} entries, but the limit is {MOST_LAYERS}", values.len());
                Err(self.refuse(key, &why))
            }
            Value::List(values) => Ok(values),
            found => self.wrong(key, "a list", found),
        }
    }

    pub(super) fn text(&self, key: &str) -> Result<&'a str> {
        match self.get(key)? {
            Value::Text(text) => Ok(text),
            found => self.wrong(key, "a string", found),
        }
    }

    pub(super) fn flag(&self, key: &str) -> Result<bool> {
        match self.get(key)? {
            Value::Flag(flag) => Ok(*flag),
            found => self.wrong(key, "`true` or `false`", found),
        }
    }

    pub(super) fn count(&self, key: &str) -> Result<usize> {
        self.counted(key, self.get(key)?)
    }

    pub(super) fn count_or(&self, key: &str, otherwise: usize) -> Result<usize> {
        self.find(key).map_or(Ok(otherwise), |value| self.counted(key, value))
    }

    /// The counts in the list of that key.
    pub(super) fn counts(&self, key: &str) -> Result<Vec<usize>> {
        let counted = |(place, value)| self.counted(&format!("{key}[{place}]"), value);
        self.list(key)?.iter().enumerate().map(counted).collect()
    }

    fn counted(&self, key: &str, value: &Value) -> Result<usize> {
        match value {
            Value::Number(number) if number.fract() == 0.0 && (1.0..=LIMIT).contains(number) =>
            {
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "it is a whole number within the limits"
                )]
                Ok(*number as usize)
            }
            found => self.wrong(key, &format!("a whole number from 1 to {MOST}"), found),
        }
    }

    /// A value for each of so many layers, unless that is `null`: each its own out of a list, or one for all.
    pub(super) fn each(&self, key: &str, layers: usize) -> Result<Vec<Option<&'a Value>>> {
        match self.find(key) {
            Some(Value::List(values)) if values.len() == layers => Ok(values
                .iter()
                .map(|value| Some(value).filter(|value| !value.is_null()))
                .collect()),
            Some(Value::List(values)) => Err(self.refuse(key, &uneven(values.len(), layers))),
            value => Ok(vec![value; layers]),
        }
    }
}

/// What is wrong with so many values for each of some layers.
pub(super) fn uneven(values: usize, layers: usize) -> String {
    format!("has {}, for {}", plural(values, "value"), plural(layers, "dilation"))
}

#[allow(clippy::cast_precision_loss, reason = "it is small")]
const LIMIT: f64 = MOST as f64;
