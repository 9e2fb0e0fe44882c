//! Whether a network can start as it says.

use crate::emit::is_derived;
use crate::errors::{Errors, Message};
use crate::frontend::ast::{self, Start};
use crate::numbers::plural;

/// The frame of silence of a network that starts at rest, of so many channels. `None` where it starts cold.
pub(crate) fn silence(net: &ast::Net, channels: usize, errors: &mut Errors) -> Option<Vec<f64>> {
    let Some(Start::Rest { frame }) = &net.attributes.start else { return None };
    if is_derived(&net.attributes.passed_on, "Default") {
        let message = Message::new("a derived `Default` would not start in the steady state");
        let help = "remove `Default` from `derive`: the macro implements it";
        errors.report(&net.name, message.help(help));
    }
    let Some(numbers) = frame else { return Some(vec![0.0; channels]) };
    for number in numbers.iter().filter(|number| number.real().is_none()) {
        errors.report(
            &number.tokens,
            format!("`rest` must fit in f32, and {} does not", number.tokens),
        );
    }
    if numbers.len() != channels {
        // The first that is too many, or the last where there are too few.
        let found = numbers.get(channels).or(numbers.last());
        let tokens = found.map(|number| number.tokens.clone()).unwrap_or_default();
        let said = plural(numbers.len(), "number");
        let text = format!("`rest` has {said}, but a frame of `{}` has {channels}", net.name);
        errors.report(&tokens, Message::new(text).help("write one number for each channel"));
    }
    Some(numbers.iter().map(|number| number.real().map_or(0.0, f64::from)).collect())
}
