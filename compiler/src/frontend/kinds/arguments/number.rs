//! The numbers of arguments: each is one that its key takes.

use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast::{Argument, Number, Value};
use crate::frontend::build::limits::{is_count, no_count, no_real};
use crate::frontend::kinds::{Key, Takes};

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
            let number = text.parse::<f64>().ok();
            let help = number.map(|_| Hint::help(format!("write `{written}={text}`")));
            let message = Message::new(format!("expected a number after `{written}=`{problem}"));
            errors.report(tokens, message.hint(help));
        }
        Some(Value::List(numbers)) => {
            let text = format!("`{written}` takes one number, not a list of {}", numbers.len());
            let help = match numbers.as_slice() {
                [number] => Some(Hint::help(format!("write `{written}={}`", number.tokens))),
                _ => None,
            };
            errors.report(&argument.key, Message::new(text).hint(help));
        }
        Some(Value::Broken) => {}
        None => {
            let message = Message::new(format!("`{written}` needs a number"));
            let help = format!("write `{written}=…`, {}", key.doc);
            errors.report(&argument.key, message.help(help));
        }
    }
    None
}

/// Reports what is no list of counts.
pub(super) fn list(key: &Key, argument: &Argument, errors: &mut Errors) {
    let name = key.name;
    let help = format!("write `{name}=[1, 2, 4]`, {}", key.doc);
    match &argument.value {
        Some(Value::List(numbers)) if numbers.is_empty() => {
            errors.report(&argument.key, Message::new(format!("`{name}` is empty")).help(help));
        }
        Some(Value::List(numbers)) => {
            for number in numbers.iter().filter(|number| number.count().is_none()) {
                errors.report(&number.tokens, refusal(name, key, number));
            }
        }
        Some(Value::Broken) => {}
        Some(Value::Other { tokens, problem, .. }) => {
            let text = format!("expected a list of numbers after `{name}=`{problem}");
            errors.report(tokens, Message::new(text).help(help));
        }
        Some(Value::Number(number)) => {
            let message = Message::new(format!("`{name}` takes a list of numbers"));
            let help = format!("write `{name}=[{}]`", number.tokens);
            errors.report(&number.tokens, message.help(help));
        }
        None => {
            let message = Message::new(format!("`{name}` needs a list of numbers"));
            errors.report(&argument.key, message.help(help));
        }
    }
}

/// The numbers that `written` is given, where it is a list of one for each of the keys.
pub(super) fn reals(
    written: &str,
    keys: &[Key],
    argument: &Argument,
    errors: &mut Errors,
) -> Option<Vec<f32>> {
    if let Some(Value::List(numbers)) = &argument.value
        && numbers.len() == keys.len()
        && let Some(reals) = numbers.iter().map(Number::real).collect()
    {
        return Some(reals);
    }
    if !matches!(argument.value, Some(Value::Broken)) {
        let names: Vec<_> = keys.iter().map(|key| key.name).collect();
        let message = Message::new(format!("`{written}` takes a list of {} numbers", keys.len()));
        let help = format!("write `{written}=[{}]`", names.join(", "));
        errors.report(&argument.key, message.help(help));
    }
    None
}

impl Number {
    pub(crate) fn count(&self) -> Option<usize> {
        usize::try_from(self.whole?).ok().filter(|count| is_count(*count))
    }

    pub(crate) fn size(&self) -> Option<usize> {
        usize::try_from(self.whole?).ok()
    }

    pub(crate) fn real(&self) -> Option<f32> {
        #[allow(clippy::cast_possible_truncation, reason = "the nearest f32 is what is meant")]
        Some(self.real as f32).filter(|real| real.is_finite())
    }
}

/// Whether a number is one that `key` takes.
pub(super) fn takes(key: &Key, number: &Number) -> bool {
    match key.takes {
        Takes::Real => number.real().is_some(),
        Takes::Count | Takes::OptionalCount | Takes::Counts => number.count().is_some(),
        Takes::Size => number.size().is_some(),
    }
}

/// Why it is not.
fn refusal(written: &str, key: &Key, number: &Number) -> Message {
    let text = match (key.takes, number.whole) {
        (Takes::Real, _) => no_real(written, &number.tokens),
        (Takes::Size, Some(whole)) if whole < 0 => {
            format!("`{written}` must be at least 0, not {whole}")
        }
        (Takes::Size, Some(_)) => format!("`{written}` is too large: {}", number.tokens),
        (_, Some(whole)) if whole < 1 => no_count(written, true, whole),
        (_, Some(_)) => no_count(written, false, &number.tokens),
        (_, None) => {
            let whole = format!("{:.0}", number.real);
            let is_whole = number.real.fract() == 0.0;
            let count = whole.parse().ok().filter(|count| is_whole && is_count(*count));
            let help = count.map(|count| Hint::help(format!("write `{count}`")));
            let text = format!("`{written}` takes a whole number, not {}", number.tokens);
            return Message::new(text).hint(help);
        }
    };
    Message::new(text)
}
