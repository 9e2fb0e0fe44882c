//! `streaming-net check`: replays the recorded run.

use anstyle::{AnsiColor, Style};
use anyhow::anyhow;
use serde::Serialize;
use streaming_net_compiler::report::{Compiled, Replay};

use crate::arguments::Check;
use crate::inspect::plural;
use crate::integers::Integers;
use crate::{Failure, network, print};

/// A replay, as JSON.
#[derive(Serialize)]
struct Checked<'a> {
    network: &'a str,
    frames: usize,
    outputs: usize,
    misplaced: usize,
    difference_f64: Option<f64>,
    difference_f32: Option<f64>,
    tolerance: f64,
    /// `None` for a network of f32.
    integers: Option<Integers>,
    /// The largest difference of integers that the network's test allows, in the output's unit.
    integers_tolerance: Option<f64>,
    reproduced: bool,
}

pub(crate) fn run(Check { input, json }: &Check) -> Result<(), Failure> {
    // A run that is not reproduced is a mistake of the network too: its figures say more.
    let is_replayed = |compiled: &Compiled| {
        compiled.mistakes.iter().all(|mistake| mistake.message.contains("recorded run"))
            && compiled.networks.iter().any(|network| network.replay().is_some())
    };
    let compiled = network::read(input, is_replayed)?;
    let mut replays = Vec::new();
    for network in &compiled.networks {
        let replay = network.replay().ok_or_else(|| {
            let name = &network.name;
            anyhow!("`{name}` has no recorded run: export the model with `reference=frames`, or add a `reference` to its JSON")
        })?;
        replays.push((network.name.as_str(), replay));
    }
    let checked: Vec<_> = replays.iter().map(|(name, replay)| checked(name, *replay)).collect();
    if *json {
        let text = serde_json::to_string_pretty(&checked).map_err(anyhow::Error::from)?;
        print::text(&format!("{text}\n"))?;
    } else {
        checked.iter().try_for_each(|checked| print::text(&said(checked)))?;
    }
    if checked.iter().all(|checked| checked.reproduced) {
        Ok(())
    } else {
        Err(Failure::NotReproduced)
    }
}

fn checked(network: &str, replay: Replay) -> Checked<'_> {
    let Replay { frames, outputs, misplaced, difference, difference_f32, tolerance, integers } =
        replay;
    // JSON has no infinity.
    let finite = |number: f64| Some(number).filter(|number| number.is_finite());
    let reproduced = misplaced == 0
        && outputs > 0
        && difference.max(difference_f32) <= tolerance
        && integers.is_none_or(|integers| integers.quality.worst <= integers.tolerance);
    Checked {
        network,
        frames,
        outputs,
        misplaced,
        difference_f64: finite(difference),
        difference_f32: finite(difference_f32),
        tolerance,
        integers: integers.map(|integers| integers.quality.into()),
        integers_tolerance: integers.map(|integers| integers.tolerance),
        reproduced,
    }
}

fn said(checked: &Checked<'_>) -> String {
    let Checked { network, frames, outputs, misplaced, tolerance, .. } = checked;
    let colour = if checked.reproduced { AnsiColor::Green } else { AnsiColor::Red };
    let (style, bold) = (Style::new().fg_color(Some(colour.into())).bold(), Style::new().bold());
    let verdict = if checked.reproduced { "reproduced" } else { "not reproduced" };
    let difference = |number: Option<f64>| {
        number.map_or_else(
            || "not a number, or infinite".to_owned(),
            |number| format!("{number:.2e}"),
        )
    };
    let places = match misplaced {
        0 => String::new(),
        1 => "  1 push has an output in one of the two only\n".to_owned(),
        _ => format!("  {misplaced} pushes have an output in one of the two only\n"),
    };
    format!(
        "{bold}{network}{bold:#}: {style}{verdict}{style:#}\n  \
         recorded run: {frames} frames, {outputs} outputs compared\n{places}  \
         largest difference in f64: {}\n  \
         largest difference in f32: {}\n  \
         tolerance: {tolerance:.2e}\n  \
         Differences are parts of the recorded number, or of 1 where that is more.\n{}",
        difference(checked.difference_f64),
        difference(checked.difference_f32),
        in_integers(checked).unwrap_or_default(),
    )
}

/// How far integers are from the run, for a network of integers.
fn in_integers(checked: &Checked<'_>) -> Option<String> {
    let (integers, tolerance) = (checked.integers.as_ref()?, checked.integers_tolerance?);
    let (decibels, frames) = (integers.decibels(), plural(integers.frames, "frame"));
    let worst = integers.worst;
    Some(format!(
        "  signal to noise in i16: {decibels}, over {frames}\n  \
         largest difference in i16: {worst:.2e}\n  \
         tolerance in i16: {tolerance:.2e}\n  \
         Differences in i16 are in the unit of the output.\n"
    ))
}
