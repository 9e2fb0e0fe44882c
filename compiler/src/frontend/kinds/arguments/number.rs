//! The numbers of arguments: each is one that its key takes.

use crate::errors::Errors;
use crate::frontend::ast::{Argument, Number, Value};
use crate::frontend::kinds::{Key, MOST, Takes};

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
            let message = format!("expected a number after `{written}=`{problem}{help}");
            errors.report(tokens, message);
        }
        Some(Value::List(numbers)) => {
            let message = format!("`{written}` takes one number, not a list of {}", numbers.len());
            let help = match numbers.as_slice() {
                [number] => format!("\nhelp: write `{written}={}`", number.tokens),
                _ => String::new(),
            };
            errors.report(&argument.key, format!("{message}{help}"));
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

/// Reports what is no list of counts.
pub(super) fn list(key: &Key, argument: &Argument, errors: &mut Errors) {
    let name = key.name;
    let help = format!("help: write `{name}=[1, 2, 4]`, {}", key.doc);
    match &argument.value {
        Some(Value::List(numbers)) if numbers.is_empty() => {
            errors.report(&argument.key, format!("`{name}` is empty\n{help}"));
        }
        Some(Value::List(numbers)) => {
            for number in numbers.iter().filter(|number| number.count().is_none()) {
                errors.report(&number.tokens, refusal(name, key, number));
            }
        }
        Some(Value::Broken) => {}
        Some(Value::Other { tokens, problem, .. }) => {
            let message = format!("expected a list of numbers after `{name}=`{problem}");
            errors.report(tokens, format!("{message}\n{help}"));
        }
        Some(Value::Number(number)) => {
            let help = format!("help: write `{name}=[{}]`", number.tokens);
            errors.report(&number.tokens, format!("`{name}` takes a list of numbers\n{help}"));
        }
        None => errors.report(&argument.key, format!("`{name}` needs a list of numbers\n{help}")),
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
        let message = format!("`{written}` takes a list of {} numbers", keys.len());
        let help = format!("help: write `{written}=[{}]`", names.join(", "));
        errors.report(&argument.key, format!("{message}\n{help}"));
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
fn refusal(written: &str, key: &Key, number: &Number) -> String {
    match (key.takes, number.whole) {
        (Takes::Real, _) => format!("`{written}` must fit in f32, and {} does not", number.tokens),
        (Takes::Size, Some(whole)) if whole < 0 => {
            format!("`{written}` must be at least 0, not {whole}")
        }
        (Takes::Size, Some(_)) => format!("`{written}` is too large: {}", number.tokens),
        (_, Some(whole)) if whole < 1 => {
            format!("`{written}` must be at least 1, not {whole}")
        }
        (_, Some(_)) => format!("`{written}` must be at most {MOST}, not {}", number.tokens),
        (_, None) => {
            let whole = format!("{:.0}", number.real);
            let is_whole = number.real.fract() == 0.0;
            let help = match whole.parse::<usize>() {
                Ok(count) if is_whole && (1..=MOST).contains(&count) => {
                    format!("\nhelp: write `{count}`")
                }
                _ => String::new(),
            };
            format!("`{written}` takes a whole number, not {}{help}", number.tokens)
        }
    }
}
