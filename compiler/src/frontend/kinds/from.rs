//! The frames of another layer, at the beginning of a branch.

use super::{Arguments, Kind, Outputs};
use crate::frontend::lower::Lower;
use crate::graph::Value;
use crate::suggest::{list, suggestion};

pub(super) const FROM: Kind = Kind {
    outputs: Outputs::Hidden,
    takes_label: true,
    ..Kind::plain(
        "from",
        "`from(label)`: at the beginning of a branch, the output of the layer before it that has this label.",
        from,
    )
};

fn from(arguments: &Arguments<'_>, lower: &mut Lower<'_>) -> Option<Value> {
    let label = arguments.label?;
    lower.describe(None, None, vec![label.to_string()]);
    if !arguments.is_first_of_branch {
        let message = "`from` stands at the beginning of a branch";
        let help = format!("help: write `sum < layers | from({label}) >`");
        lower.report(&arguments.layer.kind, format!("{message}\n{help}"));
        return None;
    }
    if let Some(value) = lower.labelled(label) {
        return Some(value);
    }
    let names = || lower.labels().map(String::as_str);
    let help = suggestion(&label.to_string(), names()).unwrap_or_else(|| match names().count() {
        0 => format!("help: label the layer: `{label}: conv(…)`"),
        _ => format!("note: the labels before it are {}", list(names())),
    });
    lower.report(label, format!("no layer before this `from` is labelled `{label}`\n{help}"));
    None
}
