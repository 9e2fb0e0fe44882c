//! `streaming-net draw`: pictures of a network.

mod graph;
mod timeline;

use streaming_net_compiler::report::{Network, Operation};
use svg::Document;
use svg::node::element::{Style, Title};

use crate::arguments::{Draw, Picture};
use crate::{Failure, network, print};

pub(crate) fn run(Draw { input, picture, out }: &Draw) -> Result<(), Failure> {
    let compiled = network::read(input, |_| false)?;
    let network = match compiled.networks.as_slice() {
        [network] => network,
        others => Err(several(others))?,
    };
    let document = match picture {
        Picture::Timeline => timeline::draw(network),
        Picture::Graph => graph::draw(network),
    };
    Ok(print::to(out.as_deref(), &format!("{document}\n"))?)
}

fn several(networks: &[Network]) -> anyhow::Error {
    let names: Vec<_> = networks.iter().map(|network| network.name.as_str()).collect();
    anyhow::anyhow!(
        "a picture is of one network, and there are {}: {}",
        names.len(),
        names.join(", ")
    )
}

/// Colours that those who see few of them can tell apart, on white and on black.
const STYLE: &str = "
text { font: 12px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #24292f }
.small { font-size: 11px; fill: #6e7781 }
.all { stroke: #afb8c1; fill: none; stroke-width: 0.6 }
.seen { stroke: #0072b2; fill: none; stroke-width: 1.4 }
.box { stroke: #afb8c1; fill: none }
.value { fill: #afb8c1 }
.none { fill: #d0d7de }
.part { fill: #0072b2 }
.output { fill: #d55e00 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .small { fill: #8d96a0 }
  .all { stroke: #484f58 }
  .box { stroke: #6e7681 }
  .value { fill: #6e7681 }
  .none { fill: #30363d }
  .seen { stroke: #56b4e9 }
  .part { fill: #56b4e9 }
  .output { fill: #e69f00 }
}
";

/// An empty picture of that size, with a title for those who cannot see it.
fn picture(width: usize, height: usize, title: &str) -> Document {
    Document::new()
        .set("width", width)
        .set("height", height)
        .set("viewBox", (0, 0, width, height))
        .add(Style::new(STYLE))
        .add(Title::new(title))
}

/// What a row says of an operation: its layer, and what it computes.
fn label(operation: &Operation) -> String {
    match &operation.layer {
        // A layer without a name is called by its word.
        Some(layer) if !operation.text.starts_with(&format!("{layer}(")) => {
            format!("{layer}: {}", operation.text)
        }
        _ => operation.text.clone(),
    }
}

/// The pixels that a text takes, about.
fn width_of<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    const LETTER: usize = 8;
    texts.map(|text| text.chars().count() * LETTER).max().unwrap_or_default()
}
