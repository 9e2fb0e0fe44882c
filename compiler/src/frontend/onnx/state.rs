//! States of recurrent cells that a model takes as inputs and gives as outputs: one step of a sequence. They stay in the cell.

use super::array::Array;
use super::proto::{Graph, Info, Length};
use super::reader::{Known, Reader};
use super::refusal::{Result, refuse_with};
use crate::graph::{Op, Value};

/// One number that is kept from step to step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kept {
    /// It is a constant before the first step.
    Constant,
    /// That place of the model's input of that number.
    Input { input: usize, place: usize },
    /// What a cell has after the step.
    Cell { cell: Value, part: Part, unit: usize },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    Output,
    /// Beside its output, an LSTM's own state.
    Inner,
}

/// What is known as what cells keep; `None` where it is something else.
pub(super) fn of(reader: &Reader<'_>, known: &Known) -> Option<Array<Kept>> {
    match known {
        Known::State(state) => Some(state.clone()),
        Known::Stream(stream) if stream.time.is_none() => {
            let mut cell = stream.value;
            while let Op::Crop { .. } | Op::Delay(_) = reader.graph[cell].op {
                cell = reader.graph[cell].input()?;
            }
            let Op::Recurrent(_) = reader.graph[cell].op else { return None };
            Some(stream.places.map(|unit| Kept::Cell { cell, part: Part::Output, unit: *unit }))
        }
        _ => None,
    }
}

/// The endings and beginnings by which an output is the next state of an input.
const PAIRS: [(&str, &str); 13] = [
    ("", "n"),
    ("", "N"),
    ("", "_n"),
    ("", "_out"),
    ("", "_next"),
    ("", "_new"),
    ("", ".1"),
    ("new_", ""),
    ("next_", ""),
    ("out_", ""),
    ("updated_", ""),
    ("", "_o"),
    ("o", ""),
];

/// The states of a model: numbers of an input and of the output that is its next value.
pub(super) fn pairs(
    graph: &Graph<'_>,
    inputs: &[&Info<'_>],
    stated: &[(String, String)],
) -> Result<Vec<(usize, usize)>> {
    let mut pairs = Vec::new();
    for (state, next) in stated {
        let input = inputs.iter().position(|input| input.name == state);
        let output = graph.outputs.iter().position(|output| output.name == next);
        match (input, output) {
            (Some(input), Some(output)) => pairs.push((input, output)),
            _ => {
                let names =
                    |infos: &mut dyn Iterator<Item = &str>| infos.collect::<Vec<_>>().join(", ");
                return refuse_with(
                    format!("it has no input `{state}` and output `{next}` that could be a state"),
                    format!(
                        "its inputs are {}, and its outputs {}",
                        names(&mut inputs.iter().map(|info| info.name)),
                        names(&mut graph.outputs.iter().map(|info| info.name))
                    ),
                );
            }
        }
    }
    for (place, input) in inputs.iter().enumerate() {
        if pairs.iter().any(|(paired, _)| *paired == place) {
            continue;
        }
        let stem = input.name.strip_suffix("_in").or_else(|| input.name.strip_suffix("_prev"));
        let stem = stem.or_else(|| input.name.strip_prefix("prev_")).unwrap_or(input.name);
        let is_next = |output: &Info<'_>| {
            let fits = |(before, behind): &(&str, &str)| {
                output.name.strip_prefix(before).and_then(|name| name.strip_suffix(behind))
                    == Some(stem)
                    && output.name != input.name
            };
            PAIRS.iter().any(fits) && shapes_agree(input, output)
        };
        if let Some(output) = graph.outputs.iter().position(is_next) {
            pairs.push((place, output));
        }
    }
    Ok(pairs)
}

/// Whether no length that both state differs.
fn shapes_agree(input: &Info<'_>, output: &Info<'_>) -> bool {
    let (Some(input), Some(output)) = (&input.shape, &output.shape) else { return true };
    let differs = |(a, b): (&Length<'_>, &Length<'_>)| match (a, b) {
        (Length::Number(a), Length::Number(b)) => a != b,
        _ => false,
    };
    input.len() == output.len() && !input.iter().zip(output).any(differs)
}

/// Checks that an output is what the cells that start from an input have after the step.
pub(super) fn check(
    reader: &Reader<'_>,
    names: [&str; 2],
    input: usize,
    next: &Known,
) -> Result<()> {
    let [state, output] = names;
    let next = of(reader, next).map(|next| next.items).unwrap_or_default();
    let is_kept = |(place, kept): (usize, &Kept)| {
        let Kept::Cell { cell, part, unit } = kept else { return false };
        let before = reader.cells.get(cell).map(|[output, inner]| match part {
            Part::Output => output,
            Part::Inner => inner,
        });
        before.and_then(|before| before.get(*unit)) == Some(&Kept::Input { input, place })
    };
    if !next.is_empty() && next.iter().enumerate().all(is_kept) {
        return Ok(());
    }
    refuse_with(
        format!(
            "its output `{output}` is not the next state of a recurrent cell that starts from `{state}`"
        ),
        "only the states of LSTM, GRU and RNN are kept from push to push: write `#[state(input = \"output\")]` with those of a cell",
    )
}
