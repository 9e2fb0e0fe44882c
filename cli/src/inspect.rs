//! `streaming-net inspect`: layers, memory, timing, and the estimated time of a push.

use anstyle::Style;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use serde::Serialize;
use streaming_net_compiler::report::{Layer, LayerFate, Network, Timing};

use crate::arguments::Inspect;
use crate::estimate::{self, Estimate};
use crate::integers::Integers;
use crate::{Failure, network, print};

/// A network, as JSON.
#[derive(Serialize)]
struct Inspected<'a> {
    name: &'a str,
    inputs: usize,
    outputs: usize,
    output_frames: usize,
    first_output: usize,
    stride: usize,
    lag: usize,
    receptive_field: Option<usize>,
    macs: usize,
    state_bytes: usize,
    weight_bytes: usize,
    rate: Option<f64>,
    layers: Vec<Row<'a>>,
    /// What 16-bit integers lose; `None` for a network of f32.
    integers: Option<Integers>,
    /// Of a network of f32.
    estimates: Vec<Estimate>,
}

/// A layer, as JSON.
#[derive(Serialize)]
struct Row<'a> {
    name: Option<&'a str>,
    kind: &'a str,
    flags: &'a [String],
    depth: usize,
    inputs: usize,
    outputs: usize,
    taps: Option<usize>,
    dilation: Option<usize>,
    history: usize,
    weights: usize,
    macs: usize,
    part_of: Option<&'a str>,
    needed: bool,
}

pub(crate) fn run(Inspect { input, rate, json }: &Inspect) -> Result<(), Failure> {
    let compiled = network::read(input, |_| false)?;
    let networks: Vec<_> =
        compiled.networks.iter().map(|network| inspected(network, *rate)).collect();
    if *json {
        let text = serde_json::to_string_pretty(&networks).map_err(anyhow::Error::from)?;
        return Ok(print::text(&format!("{text}\n"))?);
    }
    for (place, (network, inspected)) in compiled.networks.iter().zip(&networks).enumerate() {
        let between = if place == 0 { "" } else { "\n" };
        print::text(&format!("{between}{}", said(network, inspected)))?;
    }
    Ok(())
}

fn inspected(network: &Network, rate: Option<f64>) -> Inspected<'_> {
    let Timing { first, stride, lag, frames, receptive_field } = network.timing;
    let rate = rate.or(network.sample_rate);
    Inspected {
        name: &network.name,
        inputs: network.inputs,
        outputs: network.outputs,
        output_frames: frames,
        first_output: first,
        stride,
        lag,
        receptive_field,
        macs: network.macs,
        state_bytes: network.state_bytes,
        weight_bytes: network.weight_bytes,
        rate,
        layers: network.layers.iter().map(row).collect(),
        integers: network.quality.map(Integers::from),
        // The costs of the cores are those of f32.
        estimates: match network.quality {
            Some(_) => Vec::new(),
            None => Estimate::all(network.work, rate),
        },
    }
}

fn row(layer: &Layer) -> Row<'_> {
    Row {
        name: layer.name.as_deref(),
        kind: &layer.kind,
        flags: &layer.flags,
        depth: layer.depth,
        inputs: layer.inputs,
        outputs: layer.outputs,
        taps: layer.taps,
        dilation: layer.dilation,
        history: layer.history,
        weights: layer.weights,
        macs: layer.macs,
        part_of: match &layer.fate {
            LayerFate::PartOf(other) => Some(other),
            LayerFate::Own | LayerFate::Unneeded => None,
        },
        needed: layer.fate != LayerFate::Unneeded,
    }
}

fn said(network: &Network, inspected: &Inspected<'_>) -> String {
    let bold = Style::new().bold();
    format!(
        "{bold}{}{bold:#}: frames of {} in, frames of {} out\n\n{}\n\n{}{}",
        network.name,
        plural(network.inputs, "channel"),
        plural(network.outputs, "channel"),
        lines(&layers(network)),
        facts(network),
        match &inspected.integers {
            Some(integers) => integer_cost(network, integers),
            None => estimates(inspected),
        },
    )
}

/// A count and what is counted.
pub(crate) fn plural(count: usize, what: &str) -> String {
    let ending = match count {
        1 => "",
        _ if what.ends_with("sh") => "es",
        _ => "s",
    };
    format!("{} {what}{ending}", grouped(count as u64))
}

/// A count with a comma for each thousand.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A line below the heads, and nothing else.
const STYLE: TableStyle = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

fn table<const COLUMNS: usize>(heads: [&str; COLUMNS], words: usize) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_header(heads);
    for column in table.column_iter_mut().skip(words) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// The lines of a table, without the spaces at their ends.
fn lines(table: &Table) -> String {
    let text = table.to_string();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn layers(network: &Network) -> Table {
    let heads =
        ["layer", "kind", "in", "out", "taps", "dilation", "history", "weights", "multiply-adds"];
    let mut table = table(heads, 2);
    let number =
        |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    for layer in &network.layers {
        let fate = match &layer.fate {
            LayerFate::Own => String::new(),
            LayerFate::PartOf(other) => format!(", part of {other}"),
            LayerFate::Unneeded => ", not needed".to_owned(),
        };
        let flags = layer.flags.join(", ");
        let kind = format!("{}{}({flags}){fate}", "· ".repeat(layer.depth), layer.kind);
        table.add_row([
            layer.name.clone().unwrap_or_default(),
            kind,
            layer.inputs.to_string(),
            layer.outputs.to_string(),
            number(layer.taps),
            number(layer.dilation),
            layer.history.to_string(),
            grouped(layer.weights as u64),
            grouped(layer.macs as u64),
        ]);
    }
    table
}

fn facts(network: &Network) -> String {
    let Timing { first, stride, lag, frames, receptive_field } = network.timing;
    let bytes = |bytes: usize| plural(bytes, "byte");
    let mut outputs = match first {
        0 => "from the first push on".to_owned(),
        first => format!("after {} without one", plural(first, "push")),
    };
    if stride > 1 {
        outputs += &format!(", then at one push in {stride}");
    }
    if frames > 1 {
        outputs += &format!(", {frames} frames each");
    }
    if lag > 0 {
        outputs += &format!(", of the frame {lag} before the newest");
    }
    let seen = receptive_field.map_or("all input frames so far".to_owned(), |frames| {
        format!("the newest {}", plural(frames, "input frame"))
    });
    let rate = network.sample_rate.map(|rate| format!("  made for     {rate} frames a second\n"));
    format!(
        "  RAM          {}\n  flash        {} of weights, and the code\n  a push       {} at most\n  outputs      {outputs}\n  an output    depends on {seen}\n{}",
        bytes(network.state_bytes),
        bytes(network.weight_bytes),
        plural(network.macs, "multiply-add"),
        rate.unwrap_or_default(),
    )
}

/// What a network of integers loses and costs.
fn integer_cost(network: &Network, integers: &Integers) -> String {
    format!(
        "  SNR          {}, over {}\n  WORST        {:.2e}, the largest difference of an output\n\n\
         Times are estimated for networks of f32 only; this network of i16 costs {} a push, {} of RAM and {} of flash.\n",
        integers.decibels(),
        plural(integers.frames, "frame"),
        integers.worst,
        plural(network.macs, "multiply-add"),
        plural(network.state_bytes, "byte"),
        plural(network.weight_bytes, "byte"),
    )
}

fn estimates(inspected: &Inspected<'_>) -> String {
    let mut table = match inspected.rate {
        Some(_) => table(["core", "chip", "a push", "range", "share"], 2),
        None => table(["core", "chip", "a push", "range"], 2),
    };
    for estimate in &inspected.estimates {
        let Estimate { core, chip, megahertz, counts, count, from, to, percent } = estimate;
        let mut row = vec![
            (*core).to_owned(),
            format!("{chip}, {megahertz} MHz"),
            format!("{} {counts}", grouped(*count)),
            format!("{} … {}", grouped(*from), grouped(*to)),
        ];
        row.extend(percent.map(|percent| {
            let about = if *counts == "cycles" { "" } else { "at least " };
            format!("{about}{percent:.1} %")
        }));
        table.add_row(row);
    }
    let at = inspected.rate.map_or(String::new(), |rate| format!(" at {rate} frames a second"));
    let of = |is_soft: bool| {
        let cores = estimate::cores().iter().filter(|core| (core.name == "Cortex-M0+") == is_soft);
        cores.map(|core| core.networks).max().unwrap_or_default()
    };
    let (networks, soft) = (of(false), of(true));
    let rate = if inspected.rate.is_some() { "" } else { " Give --rate for the share of time." };
    format!(
        "\nEstimated time of the costliest push{at}\n\n{}\n\n\
         These are estimates, not measurements: {networks} networks of BENCHMARKS.md, compiled with opt-level 3, and {soft} for the\n\
         Cortex-M0+, give the costs of a multiply-add, of a function such as tanh, and of an operation. The range is where each\n\
         of them is found when its own figures are left out. Memory that answers late is not in it, and instructions are not\n\
         cycles: count your own program on your board.{rate}\n",
        lines(&table),
    )
}
