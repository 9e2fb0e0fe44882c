//! What a program of `examples/firmware/bench` says of single pushes.

use std::path::Path;

use anyhow::{Result, bail};

use super::one_number;
use crate::cores::Core;

/// Numbers that it prints: instructions of a push, and constants of the network.
pub(crate) struct Pushes {
    pub(crate) mean: u64,
    pub(crate) worst: u64,
    pub(crate) macs: u64,
    pub(crate) weights: u64,
    pub(crate) state: u64,
}

impl Pushes {
    /// Runs it so that an instruction takes `2^shift` nanoseconds, as it expects.
    pub(crate) fn count(core: &Core, program: &Path, shift: u32) -> Result<Self> {
        let printed = core.run(program, shift)?;
        let numbers = printed.split_whitespace().map(one_number).collect::<Result<Vec<_>>>()?;
        let [mean, worst, macs, weights, state] = numbers[..] else {
            bail!("the program did not print five numbers: {printed}");
        };
        Ok(Self { mean, worst, macs, weights, state })
    }
}
