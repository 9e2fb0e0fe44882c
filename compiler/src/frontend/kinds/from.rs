//! The frames of another layer, at the beginning of a branch.

use super::{Arguments, Kind, Outputs};
use crate::errors::{Hint, Message};
use crate::frontend::build::skips::Earlier;
use crate::frontend::keys::kind;
use crate::frontend::lower::Lower;
use crate::graph::Value;
use crate::suggest::{list, suggestion};

pub(super) const FROM: Kind = Kind {
    outputs: Outputs::Hidden,
    takes_label: true,
    ..Kind::plain(
        kind::FROM,
        "`from(label)`: at the beginning of a branch, the output of the layer before it that has this label.",
        from,
    )
};

fn from(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let label = arguments.label?;
    if !arguments.is_first_of_branch {
        let message = Message::new("`from` stands at the beginning of a branch");
        let help = format!("write `sum < layers | from({label}) >`");
        lower.report(&arguments.layer.kind, message.help(help));
        return None;
    }
    if let Some(value) = lower.labelled(label) {
        return lower.add(arguments, &Earlier { value, label: label.to_string() });
    }
    let names = || lower.labels().map(String::as_str);
    let hint = suggestion(&label.to_string(), names()).unwrap_or_else(|| match names().count() {
        0 => Hint::help(format!("label the layer: `{label}: conv(…)`")),
        _ => Hint::note(format!("the labels before it are {}", list(names()))),
    });
    let text = format!("no layer before this `from` is labelled `{label}`");
    lower.report(label, Message::new(text).hint(hint));
    None
}
