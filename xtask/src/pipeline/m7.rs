//! The Cortex-M7: two instructions a cycle, in order, an older and a younger one.
//!
//! Measured by others on an STM32H743 and an STM32H730: \[1\] `pipeline cycle test/doc/cortex_m7.md` of
//! <https://github.com/jnk0le/random>, \[2\] <https://www.quinapalus.com/cm7cycles.html>. Left out are which of two instructions
//! of the integer unit goes first, and how 16-bit instructions and branches are aligned. Every branch is foreseen.

#![allow(
    clippy::enum_glob_use,
    clippy::match_same_arms,
    reason = "a table of rules, each with its source"
)]

use super::class::{Class, Classes};
use super::scoreboard::{Scoreboard, Use};
use super::{Executed, Pipeline, Value};
use Class::*;

const FLOATS: Classes = Classes::of(&[Vadd, Vmul, Vmla, Vfma, Vcmp, Vdiv, Vsqrt]);
const SUMS: Classes = Classes::of(&[Vmla, Vfma]);
const STORES: Classes = Classes::of(&[Store, Vstr]);
const LOADS: Classes = Classes::of(&[Load, LoadPart, Vldr]);
const MOVES: Classes = Classes::of(&[Vldr, Vstr, Move, MoveConstant, MoveToCore, MoveToFloat]);

/// Issued with nothing beside it. \[1\], load/store pair/multiple and fpu.
const ALONE: Classes = Classes::of(&[
    LoadMany, StoreMany, VloadMany, VstoreMany, VldrDouble, VstrDouble, MovePair, Vdiv, Vsqrt,
]);

/// No two of these in one cycle. \[1\] and \[2\].
const NEVER_TOGETHER: [(Classes, Classes); 6] = [
    (ALONE, Classes::ALL),
    (FLOATS, FLOATS),
    (STORES, STORES),
    (Classes::of(&[Multiply]), STORES.and(Classes::of(&[Multiply]))),
    (Classes::of(&[Bits, Shifted]), Classes::of(&[Bits, Shifted])),
    (Classes::of(&[MoveConstant]), Classes::of(&[MoveConstant])),
];

/// Not issued for some cycles behind a multiply-accumulate. \[1\], fpu.
const HELD_BACK: Classes =
    Classes::of(&[Vadd, Vcmp, VloadMany, VstoreMany, VldrDouble, VstrDouble, MoveConstant]);
/// These cycles; in them, `vldr`, `vstr` and `vmov` are not the younger instruction.
const BEHIND_A_SUM: u64 = 3;

pub(super) struct M7 {
    scoreboard: Scoreboard,
    /// The cycle that instructions are issued in, and those that are.
    cycle: u64,
    issued: Vec<(Class, Option<Value>)>,
    /// The last cycles with a multiply-accumulate, and that before.
    sums: [Option<(u64, Class)>; 2],
}

impl Default for M7 {
    fn default() -> Self {
        Self { scoreboard: Scoreboard::new(latency), cycle: 0, issued: Vec::new(), sums: [None; 2] }
    }
}

impl Pipeline for M7 {
    fn issue(&mut self, executed: &Executed<'_>) {
        let instruction = executed.instruction;
        let class = instruction.class;
        let ready = self.scoreboard.ready(instruction);
        if ready > self.cycle {
            self.advance(ready);
        }
        while !self.fits(class, executed.address) {
            self.advance(self.cycle + 1);
        }
        self.issued.push((class, executed.address));
        if SUMS.has(class) {
            self.sums = [Some((self.cycle, class)), self.sums[0]];
        }
        let last = self.cycle + duration(class, instruction.count) - 1;
        self.scoreboard.issue(instruction, self.cycle, last);
        if last > self.cycle {
            self.advance(last + 1);
        }
    }

    fn cycles(&self) -> u64 {
        self.cycle + u64::from(!self.issued.is_empty())
    }
}

impl M7 {
    fn advance(&mut self, to: u64) {
        self.cycle = to;
        self.issued.clear();
    }

    /// Whether an instruction can be issued in this cycle.
    fn fits(&self, class: Class, address: Option<Value>) -> bool {
        let behind = |(cycle, _)| (1..=BEHIND_A_SUM).contains(&(self.cycle - cycle));
        let is_behind_a_sum = self.sums.into_iter().flatten().any(behind);
        if is_behind_a_sum && (HELD_BACK.has(class) || MOVES.has(class) && !self.issued.is_empty())
        {
            return false;
        }
        // [1], fpu: a vfma needs a stage that the vmla of the cycle before takes.
        let is_before = |(cycle, sum): (u64, Class)| sum == Vmla && self.cycle == cycle + 1;
        if class == Vfma && self.sums.into_iter().flatten().any(is_before) {
            return false;
        }
        let [(older, older_address)] = self.issued[..] else {
            return self.issued.is_empty();
        };
        let never = |(some, others): (Classes, Classes)| {
            some.has(older) && others.has(class) || others.has(older) && some.has(class)
        };
        if NEVER_TOGETHER.into_iter().any(never) {
            return false;
        }
        // But for the first one, a multiply-accumulate has no `vldr`, `vstr` or `vmov` beside it. [1], fpu.
        let is_sum_beside_move =
            SUMS.has(class) && MOVES.has(older) || MOVES.has(class) && SUMS.has(older);
        if is_behind_a_sum && is_sum_beside_move {
            return false;
        }
        // Two loads want an even and an odd word. [1], loads.
        let banks = address.zip(older_address);
        !(LOADS.has(class) && LOADS.has(older)) || banks.is_none_or(|(a, b)| a.is_other_bank(b))
    }
}

/// Cycles in which nothing else is issued.
fn duration(class: Class, count: u64) -> u64 {
    match class {
        // [1], load/store pair/multiple: two registers a cycle.
        LoadMany | StoreMany | VloadMany | VstoreMany => count.div_ceil(2),
        // [1], fpu.
        Vdiv => 16,
        Vsqrt => 14,
        // Depends on the numbers, which a push never does.
        IntegerDivide => 8,
        _ => 1,
    }
}

/// \[1\]: the table of result latencies in fpu, and the parts on multiplication, loads and stores.
fn latency(producer: Class, consumer: Class, used: Use) -> u64 {
    let is_store = matches!(consumer, Vstr | VstrDouble | VstoreMany);
    let stores = is_store || matches!(consumer, Store | StoreMany);
    match (producer, consumer, used) {
        (Vfma, Vfma, Use::Accumulator) | (Vmla, Vmla, Use::Accumulator) => 3,
        (Vmla | Vfma, Vmla | Vfma, Use::Accumulator) => 2,
        (Vmla, ..) if is_store => 4,
        (Vfma, ..) if is_store => 3,
        (Vmla, ..) => 6,
        (Vfma, ..) => 5,
        (Vadd | Vmul, ..) if is_store => 1,
        (Vadd | Vmul, Vmla, Use::Accumulator) => 2,
        // `vmrs` waits for a comparison as a `vmov` to the core waits for arithmetic.
        (Vadd | Vmul | Vcmp, ..) => 3,
        (Vldr | VldrDouble | VloadMany, Vfma, Use::Accumulator) => 3,
        (Vldr | VldrDouble | VloadMany, Vmla, Use::Accumulator) => 2,
        (Vldr | VldrDouble | VloadMany, MoveToCore | MovePair, _) => 2,
        (Move | MoveToFloat | MoveConstant | MovePair, ..) => 3,
        // A store takes any result of the same cycle, for it reads late.
        (.., Use::Operand) if stores && !FLOATS.has(producer) => 0,
        (Load | LoadMany, _, Use::Address) => 2,
        (Load | LoadMany, Multiply | Shifted | Bits, Use::Operand) => 2,
        (LoadPart, _, Use::Address) => 3,
        (LoadPart, Multiply | Shifted | Bits, Use::Operand) => 3,
        (LoadPart, Multiply, Use::Accumulator) => 1,
        (LoadPart, ..) => 2,
        (Multiply, Multiply, Use::Accumulator) => 1,
        (Multiply, ..) => 2,
        (Bits, _, Use::Address) => 2,
        // `movw` and `movt` go together. [1], overall.
        (Alu, Top, Use::Accumulator) => 0,
        _ => 1,
    }
}
