//! A recorded run among the tensors of a file that has no other place for one.

use super::Reference;
use crate::errors::Message;
use crate::numbers::plural;
use crate::tensor::{Tensor, shape};

/// What the names of its tensors start with. No layer has that name.
pub(super) const PREFIX: &str = "reference.";

/// The frames that were pushed.
const INPUT: &str = "reference.input";
/// The outputs, one after the other.
const OUTPUT: &str = "reference.output";
/// Which frames have an output, a 1 or a 0 for each. Without it, all of them.
const ANSWERED: &str = "reference.answered";
/// How far off they may be.
pub(super) const TOLERANCE: &str = "reference.tolerance";

/// What to do about a tensor of a type that is not read.
pub(super) fn help(name: &str) -> &'static str {
    if name == ANSWERED { "save it as uint8" } else { "save it as float32" }
}

/// Takes the run out of a file's tensors, if they have one.
pub(super) fn take(tensors: &mut Vec<(String, Tensor)>) -> Result<Option<Reference>, Message> {
    let mut parts: Vec<_> = tensors.extract_if(.., |(name, _)| name.starts_with(PREFIX)).collect();
    if parts.is_empty() {
        return Ok(None);
    }
    if let Some((name, _)) = parts.iter().find(|(_, tensor)| tensor.numbers.is_empty()) {
        return Err(format!("`{name}` is empty").into());
    }
    let mut part = |name: &str| {
        let place = parts.iter().position(|(other, _)| other == name)?;
        Some(parts.swap_remove(place).1)
    };
    let [input, output, answered, tolerance] = [INPUT, OUTPUT, ANSWERED, TOLERANCE].map(&mut part);
    if let Some((name, _)) = parts.first() {
        let known = format!("`{INPUT}`, `{OUTPUT}`, `{ANSWERED}` and `{TOLERANCE}`");
        return Err(Message::new(format!("`{name}` is not part of a recorded run"))
            .note(format!("the parts are {known}")));
    }
    let missing = |name| format!("the recorded run has no `{name}`");
    let input = input.ok_or_else(|| missing(INPUT))?;
    let output = output.ok_or_else(|| missing(OUTPUT))?;
    let frames = input.shape.first().copied().unwrap_or_default();
    let output = outputs(frames, &output, answered)?;
    let tolerance = match tolerance.as_ref().map(|tolerance| tolerance.numbers.as_slice()) {
        None => Reference::TOLERANCE,
        Some([tolerance]) if *tolerance > 0.0 && tolerance.is_finite() => *tolerance,
        Some(_) => return Err(format!("`{TOLERANCE}` must be one number above 0").into()),
    };
    Ok(Some(Reference { input, output, tolerance }))
}

/// The output of each frame, if it has one.
fn outputs(
    frames: usize,
    output: &Tensor,
    answered: Option<Tensor>,
) -> Result<Vec<Option<Tensor>>, Message> {
    let outputs = output.shape.first().copied().unwrap_or_default();
    let Some(answered) = answered else {
        if outputs != frames {
            let (outputs, frames) = (plural(outputs, "output"), plural(frames, "frame"));
            let help = format!(
                "where the network has none for some frames, add `{ANSWERED}`: 1 for each frame that has an output, else 0"
            );
            return Err(Message::new(format!("`{OUTPUT}` has {outputs} for {frames}"))
                .help("record one output for each frame")
                .help(help));
        }
        return Ok(output.rows().map(Some).collect());
    };
    if answered.shape != [frames] {
        let (found, frames) = (shape(&answered.shape), plural(frames, "frame"));
        return Err(
            format!("`{ANSWERED}` has the shape {found}, but `{INPUT}` has {frames}").into()
        );
    }
    let is_answered = || answered.numbers.iter().map(|answered| *answered != 0.0);
    let count = is_answered().filter(|is_answered| *is_answered).count();
    if count != outputs {
        let outputs = plural(outputs, "output");
        return Err(format!(
            "`{ANSWERED}` marks {}, but `{OUTPUT}` has {outputs}",
            plural(count, "frame")
        )
        .into());
    }
    let mut rows = output.rows();
    Ok(is_answered().map(|is_answered| if is_answered { rows.next() } else { None }).collect())
}
