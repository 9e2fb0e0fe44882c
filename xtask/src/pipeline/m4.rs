//! The Cortex-M4: one instruction a cycle, in order.
//!
//! \[1\] Arm, Cortex-M4 Technical Reference Manual, the tables of instructions of the processor and of the FPU, and the part on
//! load/store timings; \[2\] measured by others on an STM32F407, `pipeline cycle test/doc/cortex_m3m4.md` of
//! <https://github.com/jnk0le/random>. Alignment of instructions is left out. A branch that is taken costs 2 to 4 cycles, here 3.

#![allow(
    clippy::enum_glob_use,
    clippy::match_same_arms,
    reason = "a table of rules, each with its source"
)]

use super::class::{Class, Classes};
use super::scoreboard::{Scoreboard, Use};
use super::{Executed, Pipeline};
use Class::*;

const LOADS: Classes = Classes::of(&[Load, LoadPart, Vldr]);

pub(super) struct M4 {
    scoreboard: Scoreboard,
    cycle: u64,
    /// Whether the instruction before is a load, and the base register that it moves on.
    is_behind_load: bool,
    moved: Option<usize>,
}

impl Default for M4 {
    fn default() -> Self {
        Self { scoreboard: Scoreboard::new(latency), cycle: 0, is_behind_load: false, moved: None }
    }
}

impl Pipeline for M4 {
    fn issue(&mut self, executed: &Executed<'_>) {
        let instruction = executed.instruction;
        let at = self.cycle.max(self.scoreboard.ready(instruction));
        let memory = instruction.memory.unwrap_or_default();
        let base = memory.update.map(|_| memory.base);
        let duration = match instruction.class {
            // [1]: 1 + P, where P refills the pipeline.
            Branch if executed.is_taken => 3,
            LoadMany if instruction.leaves() => 3 + instruction.count,
            Load if instruction.leaves() => 4,
            // [1], load/store timings: loads that follow one another go on each cycle; [2]: not where both change the same base.
            Load | LoadPart | Vldr if !self.is_behind_load => 2,
            Load | LoadPart | Vldr if base.is_some() && base == self.moved => 2,
            // [2]: one that adds an index takes 2.
            Store if memory.index.is_some() => 2,
            // [1]: 1 + n.
            LoadMany | StoreMany | VloadMany | VstoreMany => 1 + instruction.count,
            VldrDouble | VstrDouble => 3,
            // [1], the table of the FPU.
            Vmla | Vfma => 3,
            Vdiv | Vsqrt => 14,
            MovePair => 2,
            // [1]: 2 to 12.
            IntegerDivide => 7,
            _ => 1,
        };
        self.cycle = at + duration;
        self.scoreboard.issue(instruction, at, self.cycle - 1);
        self.is_behind_load = LOADS.has(instruction.class);
        self.moved = base;
    }

    fn cycles(&self) -> u64 {
        self.cycle
    }
}

fn latency(producer: Class, _: Class, used: Use) -> u64 {
    match (producer, used) {
        // [1], the FPU: arithmetic takes a cycle longer where the next instruction uses its result.
        (Vadd | Vmul | Vmla | Vfma | Vcmp | Vdiv | Vsqrt, _) => 2,
        // [2]: an address is wanted a cycle earlier.
        (_, Use::Address) => 2,
        _ => 1,
    }
}
