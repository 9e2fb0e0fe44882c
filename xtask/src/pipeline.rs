//! Cycles of a function on a Cortex-M4, M7 and M33, by what others measured of how these cores issue instructions: each core's
//! file has its rules and their sources.
//!
//! QEMU logs the instructions of a call; the model issues them one after the other, from an empty pipeline. Memory answers at
//! once, as tightly coupled memory does, and every branch is foreseen.

mod addresses;
mod class;
mod instruction;
mod listing;
mod m33;
mod m4;
mod m7;
mod operands;
mod scoreboard;
#[cfg(test)]
mod tests;

use std::path::Path;

use anyhow::Result;

use self::addresses::{Value, Values};
use self::instruction::Instruction;
use self::listing::Listing;
use crate::cores::Core;
use crate::trace::{self, Block};

/// A core that takes the instructions of a program in their order.
trait Pipeline {
    fn issue(&mut self, executed: &Executed<'_>);

    /// The cycles up to the last instruction.
    fn cycles(&self) -> u64;
}

/// An instruction that was executed.
struct Executed<'a> {
    instruction: &'a Instruction,
    /// Where it reads or writes memory.
    address: Option<Value>,
    /// Whether the next instruction is another one than that behind it.
    is_taken: bool,
}

/// The model of a core, by the name that compilers have for it.
fn model(cpu: &str) -> Option<Box<dyn Pipeline>> {
    match cpu {
        "cortex-m4" => Some(Box::<m4::M4>::default()),
        "cortex-m7" => Some(Box::<m7::M7>::default()),
        "cortex-m33" => Some(Box::<m33::M33>::default()),
        _ => None,
    }
}

/// What a call costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    pub(crate) instructions: u64,
    /// `None` on a core that has no model.
    pub(crate) cycles: Option<u64>,
}

/// The cost of the program's first call of the function that has `function` in its name.
pub(crate) fn first_call(core: &Core, program: &Path, function: &str) -> Result<Cost> {
    let listing = Listing::of(program)?;
    let call = trace::first_call(core, program, listing.function(function)?)?;
    let cycles = match model(core.cpu) {
        Some(model) => Some(cycles(&listing, &call, model)?),
        None => None,
    };
    Ok(Cost { instructions: count(&call), cycles })
}

/// The instructions of the program's first call of the function that has `function` in its name.
pub(crate) fn instructions(core: &Core, program: &Path, function: &str) -> Result<u64> {
    let entry = Listing::of(program)?.function(function)?;
    Ok(count(&trace::first_call(core, program, entry)?))
}

/// Whether there is a model of a core.
pub(crate) fn is_modelled(core: &Core) -> bool {
    model(core.cpu).is_some()
}

fn count(call: &[Block]) -> u64 {
    call.iter().map(|block| block.addresses.len() as u64).sum()
}

fn cycles(listing: &Listing, call: &[Block], mut model: Box<dyn Pipeline>) -> Result<u64> {
    for (place, Block { addresses, registers }) in call.iter().enumerate() {
        let mut values = Values::logged(*registers);
        let after = call.get(place + 1).and_then(|block| block.addresses.first());
        for (place, &pc) in addresses.iter().enumerate() {
            let instruction = listing.instruction(pc)?;
            let next = addresses.get(place + 1).or(after);
            let is_taken = next.is_none_or(|next| *next != pc + instruction.size);
            let address = values.execute(pc, instruction);
            model.issue(&Executed { instruction, address, is_taken });
        }
    }
    Ok(model.cycles())
}
