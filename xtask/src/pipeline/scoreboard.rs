//! When the result of an instruction can be used.

use super::class::Class;
use super::instruction::Instruction;
use super::operands::{Memory, REGISTERS, Registers};

/// For what an instruction reads a register.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use {
    Operand,
    /// What the product of a multiply-accumulate is added to.
    Accumulator,
    Address,
}

/// Cycles from an instruction to the first cycle in which another one can use its result.
pub(super) type Latency = fn(producer: Class, consumer: Class, used: Use) -> u64;

/// The instruction that wrote each register last, and in which cycle it was issued.
pub(super) struct Scoreboard {
    latency: Latency,
    written: [Option<(Class, u64)>; REGISTERS],
}

impl Scoreboard {
    pub(super) fn new(latency: Latency) -> Self {
        Self { latency, written: [None; REGISTERS] }
    }

    /// The first cycle in which all that an instruction reads is there.
    pub(super) fn ready(&self, instruction: &Instruction) -> u64 {
        let uses = [
            (instruction.reads, Use::Operand),
            (instruction.accumulates, Use::Accumulator),
            (instruction.addresses, Use::Address),
        ];
        let mut ready = 0;
        for (registers, used) in uses {
            for register in each(registers) {
                if let Some((producer, cycle)) = self.written[register] {
                    ready = ready.max(cycle + (self.latency)(producer, instruction.class, used));
                }
            }
        }
        ready
    }

    /// An instruction from its first to its last cycle, from which its results count. A base register that moves on is there
    /// from the first one.
    pub(super) fn issue(&mut self, instruction: &Instruction, first: u64, last: u64) {
        for register in each(instruction.writes) {
            self.written[register] = Some((instruction.class, last));
        }
        if let Some(Memory { base, update: Some(_), .. }) = instruction.memory {
            self.written[base] = Some((Class::Alu, first));
        }
    }
}

fn each(mut registers: Registers) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let register = registers.trailing_zeros() as usize;
        registers &= registers.wrapping_sub(1);
        (register < REGISTERS).then_some(register)
    })
}
