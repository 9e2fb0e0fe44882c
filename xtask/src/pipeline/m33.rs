//! The Cortex-M33: one instruction a cycle, in order, and two where both are 16 bits and the second is a branch.
//!
//! Measured by others on an RP2350: \[1\] `pipeline cycle test/doc/cortex_m33.md` of <https://github.com/jnk0le/random>.
//! It has no word on `vmov`, `vcmp`, `vdiv` and `vsqrt`: they are taken to be as on a Cortex-M4, with results as late as those of
//! arithmetic.

#![allow(
    clippy::enum_glob_use,
    clippy::match_same_arms,
    reason = "a table of rules, each with its source"
)]

use super::class::{Class, Classes};
use super::operands::FLAGS;
use super::scoreboard::{Scoreboard, Use};
use super::{Executed, Pipeline};
use Class::*;

const FLOATS: Classes = Classes::of(&[
    Vadd,
    Vmul,
    Vmla,
    Vfma,
    Vcmp,
    Vdiv,
    Vsqrt,
    Vldr,
    Vstr,
    VldrDouble,
    VstrDouble,
    VloadMany,
    VstoreMany,
    Move,
    MoveConstant,
    MoveToCore,
    MoveToFloat,
    MovePair,
]);

pub(super) struct M33 {
    scoreboard: Scoreboard,
    /// The cycle in which the next instruction can be issued.
    cycle: u64,
    /// The last cycle with a multiply-accumulate.
    sum: Option<u64>,
    /// Whether the instruction before is of 16 bits with nothing beside it, and whether it sets flags.
    before: Option<bool>,
}

impl Default for M33 {
    fn default() -> Self {
        Self { scoreboard: Scoreboard::new(latency), cycle: 0, sum: None, before: None }
    }
}

impl Pipeline for M33 {
    fn issue(&mut self, executed: &Executed<'_>) {
        let instruction = executed.instruction;
        let (class, is_narrow) = (instruction.class, instruction.size == 2);
        let mut at = self.cycle.max(self.scoreboard.ready(instruction));
        // [1], fpu: nothing of the floating-point unit in the two cycles behind a multiply-accumulate.
        if FLOATS.has(class)
            && let Some(sum) = self.sum
        {
            at = at.max(sum + 3);
        }
        let beside = self.before.filter(|_| is_narrow);
        let duration = match class {
            // [1], limited dual issue: beside the instruction before.
            It => 0,
            Nop if beside.is_some() => 0,
            Branch => match (executed.is_taken, beside) {
                // The one beside it sets no flags.
                (true, Some(false)) => 1,
                (true, _) => 2,
                (false, Some(_)) => 0,
                (false, None) => 1,
            },
            // The registers, and a branch.
            LoadMany | Load if instruction.leaves() => instruction.count + 1,
            // [1], load/store.
            LoadMany | StoreMany | VloadMany | VstoreMany => instruction.count,
            VldrDouble | VstrDouble => 2,
            Vdiv | Vsqrt => 14,
            IntegerDivide => 6,
            _ => 1,
        };
        // A branch that takes the slot beside is not the end of the cycle before.
        let is_beside = class == Branch && beside.is_some();
        if is_beside {
            at = self.cycle;
        }
        if matches!(class, Vmla | Vfma) {
            self.sum = Some(at);
        }
        self.scoreboard.issue(instruction, at, (at + duration).saturating_sub(1));
        self.cycle = at + duration;
        self.before = (is_narrow && duration > 0).then_some(instruction.writes >> FLAGS & 1 == 1);
    }

    fn cycles(&self) -> u64 {
        self.cycle
    }
}

/// \[1\]: overall, load/store and fpu.
fn latency(producer: Class, consumer: Class, used: Use) -> u64 {
    let stores = matches!(consumer, Store | StoreMany | Vstr | VstoreMany) && used == Use::Operand;
    match (producer, consumer, used) {
        (Vmla | Vfma, ..) => 3,
        (Vadd | Vmul | Vcmp | Move | MoveConstant | MoveToFloat | MoveToCore | MovePair, ..) => 2,
        (Load | LoadPart | LoadMany | Multiply, ..) if stores => 1,
        (Load | LoadPart | LoadMany | Multiply | Shifted, Multiply, Use::Accumulator) => 1,
        (Load | LoadPart | LoadMany | Multiply | Shifted, ..) => 2,
        _ => 1,
    }
}
