//! Cycles of a sample beside those of others: modelled ones of this repository, and those that others published.

use anyhow::Result;

use super::{Drawing, figure, grouped};

/// Networks of one kind on one core.
struct Group {
    title: &'static str,
    network: &'static str,
    core: &'static str,
    /// The cycles that the board of the published figure has for a sample at 48 kHz.
    limit: u64,
    others: &'static [Other],
}

enum Other {
    /// A kernel of the table.
    Kernel(&'static str, &'static str),
    /// Cycles that were published: BENCHMARKS.md has the sources.
    Published(&'static str, u64),
}

/// Our ways: what they are called, and the column of the table.
const OURS: [(&str, &str); 2] =
    [("streaming_net, push", "cycles"), ("streaming_net, blocks of 48", "cycles in blocks")];

/// Cycles a sample at 48 kHz: of 480 MHz, and of 300 MHz.
const DAISY: u64 = 10_000;
const RP2350: u64 = 6250;

const GROUPS: [Group; 3] = [
    Group {
        title: "daisy, 424 multiply-accumulates, Cortex-M7",
        network: "daisy",
        core: "Cortex-M7F",
        limit: DAISY,
        others: &[
            Other::Kernel("CMSIS-DSP, a call per tap", "a call a tap"),
            // 480 MHz, and "almost 50,000 inferences a second".
            Other::Published("its author's firmware on a Daisy [1]", 9600),
        ],
    },
    Group {
        title: "amplifier captures with ReLU, Cortex-M7: a1_10_10_relu of 838 multiply-accumulates, and A1-nano of 732 [2]",
        network: "a1_10_10_relu",
        core: "Cortex-M7F",
        limit: DAISY,
        others: &[Other::Published("Neural Amp Modeler on a Daisy [2]", 7500)],
    },
    Group {
        title: "an amplifier capture, A2-Lite, Cortex-M33",
        network: "a2_lite",
        core: "Cortex-M33",
        limit: RP2350,
        others: &[Other::Published("Neural Amp Modeler on an RP2350 [3]", 8400)],
    },
];

const NOTES: [&str; 2] = [
    "Blue and grey: cycles modelled from the instructions that QEMU runs. Yellow: as published, measured on a board by others.",
    "A line is at the cycles that the board has for a sample at 48 kHz: a Daisy 10,000, an RP2350 6,250. Sources: BENCHMARKS.md.",
];

/// Where bars start, and how many cycles a unit of length is.
const LEFT: usize = 280;
const CYCLES: u64 = 20;

/// The figure as SVG, from the table `benchmarks`.
pub(super) fn draw(benchmarks: &str) -> Result<String> {
    let mut groups = Vec::new();
    for Group { title, network, core, limit, others } in &GROUPS {
        // Class, label and cycles of each bar.
        let mut bars = Vec::new();
        for (label, column) in OURS {
            bars.push(("ours", label, figure(benchmarks, [network, core, "portable"], column)?));
        }
        for other in *others {
            bars.push(match other {
                Other::Kernel(label, kernel) => {
                    ("theirs", *label, figure(benchmarks, [network, core, kernel], "cycles")?)
                }
                Other::Published(label, cycles) => ("published", *label, *cycles),
            });
        }
        groups.push((*title, *limit, bars));
    }
    let words = groups.iter().map(|(title, _, bars)| {
        let bars = bars.iter().map(|(_, label, cycles)| format!("{label} {}", grouped(*cycles)));
        format!("{title}: {}", bars.collect::<Vec<_>>().join(", "))
    });
    let rows: usize = groups.iter().map(|(.., bars)| bars.len()).sum();
    let bottom = 40 + 36 * groups.len() + 24 * rows;
    let mut drawing = Drawing::new(bottom + 56, &words.collect::<Vec<_>>().join("; "));
    drawing.text("title", 16, 30, "Cycles a sample: shorter is better")?;
    let mut y = 40;
    for (title, limit, bars) in &groups {
        y += 28;
        drawing.text("note", 16, y, title)?;
        let x = LEFT + usize::try_from(limit / CYCLES)?;
        drawing.limit(x, y + 8, y + 6 + 24 * bars.len())?;
        for (class, label, cycles) in bars {
            y += 24;
            drawing.text("", 16, y, label)?;
            drawing.bar(class, [LEFT, y], cycles / CYCLES, *cycles)?;
        }
        y += 8;
    }
    for (row, note) in NOTES.iter().enumerate() {
        drawing.text("note", 16, bottom + 20 + 18 * row, note)?;
    }
    Ok(drawing.finish())
}
