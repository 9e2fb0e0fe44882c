//! The time of a push on a core, estimated from what BENCHMARKS.md has of other networks.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use streaming_net_compiler::report::Work;

/// The costs of each core. A test makes the file from BENCHMARKS.md, and compares it: `UPDATE_EXPECT=1`.
static COSTS: LazyLock<Vec<Core>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("costs.json")).expect("the file is the program's own")
});

/// A core, and what operations cost on it.
#[derive(Deserialize)]
pub(crate) struct Core {
    pub(crate) name: String,
    /// A chip with this core, and its clock in MHz.
    pub(crate) chip: String,
    pub(crate) megahertz: f64,
    /// What is counted: `cycles` where a model of the core gives them, else `instructions`.
    pub(crate) counts: String,
    /// Of a multiply-accumulate.
    mac: f64,
    /// Of a value of a function such as tanh; an approximation costs a third.
    function: f64,
    /// Of an operation.
    operation: f64,
    /// The networks that the costs are made from.
    pub(crate) networks: usize,
    /// What such a network takes when its own figures are left out of the costs: from so much to so much of the estimate.
    pub(crate) from: f64,
    pub(crate) to: f64,
}

/// What a push takes on a core, about.
#[derive(Serialize)]
pub(crate) struct Estimate {
    pub(crate) core: &'static str,
    pub(crate) chip: &'static str,
    pub(crate) megahertz: f64,
    /// `cycles` or `instructions`.
    pub(crate) counts: &'static str,
    pub(crate) count: u64,
    /// Where the networks of the benchmarks are, whose figures are known.
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// Of the core's time at the rate, in percent.
    pub(crate) percent: Option<f64>,
}

impl Estimate {
    /// Of a push of `work`, on each core. `rate` is the frames a second.
    pub(crate) fn all(work: Work, rate: Option<f64>) -> Vec<Self> {
        COSTS.iter().map(|core| core.estimate(work, rate)).collect()
    }
}

/// The cores, with what the estimates are worth.
pub(crate) fn cores() -> &'static [Core] {
    &COSTS
}

impl Core {
    #[expect(clippy::cast_precision_loss, reason = "estimates")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "estimates")]
    fn estimate(&'static self, work: Work, rate: Option<f64>) -> Estimate {
        let of = |cost: f64, count: usize| cost * count as f64;
        let count = of(self.mac, work.macs)
            + of(self.function, work.functions)
            + of(self.function / 3.0, work.fast_functions)
            + of(self.operation, work.operations);
        let whole = |count: f64| count.round() as u64;
        Estimate {
            core: &self.name,
            chip: &self.chip,
            megahertz: self.megahertz,
            counts: &self.counts,
            count: whole(count),
            from: whole(count * self.from),
            to: whole(count * self.to),
            percent: rate.map(|rate| 100.0 * count * rate / (self.megahertz * 1e6)),
        }
    }
}
