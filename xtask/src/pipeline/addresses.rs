//! What is known of the core's registers between the places where QEMU logs them, for the addresses of loads and stores.

use super::instruction::Instruction;
use super::operands::Memory;

/// A number: an offset to another one, which is 0 where the number is known altogether.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    unknown: u32,
    offset: u32,
}

impl Value {
    pub(super) const fn known(offset: u32) -> Self {
        Self { unknown: 0, offset }
    }

    /// Whether the words at two addresses lie in different banks of memory, one for even and one for odd words. Addresses of
    /// which nothing is known are taken to.
    pub(super) fn is_other_bank(self, other: Self) -> bool {
        self.unknown != other.unknown || (self.offset ^ other.offset) >> 2 & 1 == 1
    }
}

/// The core's registers.
pub(super) struct Values {
    values: [Value; 16],
    unknowns: u32,
}

impl Values {
    /// All registers as QEMU logs them.
    pub(super) fn logged(registers: [u32; 16]) -> Self {
        Self { values: registers.map(Value::known), unknowns: 0 }
    }

    /// The address that an instruction at `pc` reads or writes first, if it does; and then what it does to the registers.
    pub(super) fn execute(&mut self, pc: u32, instruction: &Instruction) -> Option<Value> {
        self.values[15] = Value::known(pc.wrapping_add(4) & !3);
        let address = instruction.memory.map(|memory| self.address(memory));
        let sum = instruction.sum.and_then(|sum| {
            let mut value = Value::known(sum.constant);
            if let Some(first) = sum.first {
                value = add(value, self.values[first])?;
            }
            if let Some(index) = sum.index {
                value = add(value, self.shifted(index)?)?;
            }
            Some((sum.to, value))
        });
        let update = instruction.memory.filter(|_| !instruction.conditional).and_then(|memory| {
            let Value { unknown, offset } = self.values[memory.base];
            let offset = offset.wrapping_add(memory.update?);
            Some((memory.base, Value { unknown, offset }))
        });
        for register in (0..15).filter(|register| instruction.writes >> register & 1 == 1) {
            self.values[register] = self.unknown();
        }
        for (register, value) in sum.into_iter().chain(update) {
            self.values[register] = value;
        }
        address
    }

    fn address(&mut self, memory: Memory) -> Value {
        let Value { unknown, offset } = self.values[memory.base];
        // Behind the access, if there is an offset behind the brackets.
        let base = Value { unknown, offset: offset.wrapping_add(memory.offset) };
        match memory.index {
            None => base,
            Some(index) => {
                let sum = self.shifted(index).and_then(|index| add(base, index));
                sum.unwrap_or_else(|| self.unknown())
            }
        }
    }

    fn shifted(&self, (register, shift): (usize, u32)) -> Option<Value> {
        let value = self.values[register];
        match (value.unknown, shift) {
            (0, _) => Some(Value::known(value.offset << shift)),
            (_, 0) => Some(value),
            _ => None,
        }
    }

    fn unknown(&mut self) -> Value {
        self.unknowns += 1;
        Value { unknown: self.unknowns, offset: 0 }
    }
}

/// The sum, if one of the two is known.
fn add(a: Value, b: Value) -> Option<Value> {
    let ((0, unknown) | (unknown, 0)) = (a.unknown, b.unknown) else { return None };
    Some(Value { unknown, offset: a.offset.wrapping_add(b.offset) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The addresses of the last two of some instructions, with all registers at 0x100.
    fn last_two(program: &[&str]) -> [Value; 2] {
        let mut values = Values::logged([0x100; 16]);
        let execute = |text: &&str| {
            let text = text.replacen(' ', "\t", 1);
            values.execute(0x400, &Instruction::parse(&text, 4, false).unwrap())
        };
        let addresses: Vec<_> = program.iter().filter_map(execute).collect();
        *addresses.last_chunk().unwrap()
    }

    #[test]
    fn addresses_follow_from_sums_and_moving_registers() {
        let cases: [(&[&str], [u32; 2]); 4] = [
            (&["vldr s0, [r1, #8]", "vldr s1, [pc, #4]"], [0x108, 0x408]),
            (&["ldr r2, [r1], #4", "ldr r3, [r1, #4]!"], [0x100, 0x108]),
            (&["add.w r1, r2, r3, lsl #2", "str r0, [r1]", "ldr r0, [r2, r3]"], [0x500, 0x200]),
            (&["movs r1, #4", "sub.w r2, r3, #16", "ldr r0, [r1]", "ldr r0, [r2]"], [4, 0xf0]),
        ];
        for (program, addresses) in cases {
            assert_eq!(last_two(program), addresses.map(Value::known), "{program:?}");
        }
    }

    #[test]
    fn an_unknown_register_still_has_an_even_and_an_odd_word_behind_it() {
        let banks = |first: &str, second: &str| {
            let [a, b] = last_two(&["ldr r1, [r2]", "ldr r4, [r2]", first, second]);
            a.is_other_bank(b)
        };
        assert!(banks("vldr s0, [r1]", "vldr s1, [r1, #4]"));
        assert!(!banks("vldr s0, [r1]", "vldr s1, [r1, #8]"));
        // Nothing is known of the two.
        assert!(banks("vldr s0, [r1]", "vldr s1, [r4, #8]"));
    }
}
