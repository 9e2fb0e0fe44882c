//! The network `daisy` as the notebook has it: a call of `arm_mat_mult_f32` for every tap.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cmsis_dsp;
use crate::cores::Core;
use crate::{size, stack};

/// What it is called among the kernels.
pub(super) const KERNEL: &str = "a call a tap";

pub(super) const NETWORK: &str = "daisy";

const FUNCTIONS: [&str; 3] = [
    "Source/MatrixFunctions/arm_mat_mult_f32.c",
    "Source/BasicMathFunctions/arm_add_f32.c",
    "Source/SupportFunctions/arm_fill_f32.c",
];

/// Builds the program that measures it, which prints what the one of a network of ours prints.
pub(super) fn build(core: &Core) -> Result<PathBuf> {
    let firmware = crate::root().join("examples/firmware");
    let memory = firmware.join("memory").join(core.memory).with_extension("x");
    let scripts = [memory, firmware.join("bench/peers/link.x")];
    let file = firmware.join("bench/peers/call_a_tap.c");
    cmsis_dsp::program((core.target, core.cpu), &file, &FUNCTIONS, &scripts)
}

/// Bytes of `push_net` and of all functions that it calls. The rest of the program is the check and the timer.
pub(super) fn code(program: &Path) -> Result<u64> {
    size::functions(program, &stack::reachable(program, "push_net")?)
}
