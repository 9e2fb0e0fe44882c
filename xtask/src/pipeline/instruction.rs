//! One instruction of a listing: what it is to a pipeline, and which registers it reads and writes.

use super::class::{Class, Form, NAMES};
use super::operands::{
    FLAGS, Memory, PC, Registers, SP, STATUS, Sum, first_register, registers, split,
};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Instruction {
    pub(super) class: Class,
    /// Bytes: 2 or 4.
    pub(super) size: u32,
    pub(super) reads: Registers,
    /// What the products of a multiply-accumulate are added to.
    pub(super) accumulates: Registers,
    /// What an address is computed from.
    pub(super) addresses: Registers,
    pub(super) writes: Registers,
    /// How many registers are loaded or stored.
    pub(super) count: u64,
    pub(super) memory: Option<Memory>,
    pub(super) sum: Option<Sum>,
    /// Whether it stands behind `it`.
    pub(super) conditional: bool,
}

impl Instruction {
    /// An instruction as `objdump` prints it, such as `vldr\ts0, [r1, #8]`; `None` if it is not in the table.
    pub(super) fn parse(text: &str, size: u32, conditional: bool) -> Option<Self> {
        let text = text.split(['@', ';', '<']).next()?.trim_end();
        let (mnemonic, operands) = text.split_once('\t').unwrap_or((text, ""));
        let (name, suffix) = mnemonic.split_once('.').unwrap_or((mnemonic, ""));
        let name = if conditional { name.get(..name.len().checked_sub(2)?)? } else { name };
        let plain = name.strip_suffix('s').unwrap_or(name);
        let (&(class, form), sets_flags) = match (NAMES.get(name), NAMES.get(plain)) {
            (Some(found), _) => (found, false),
            (None, found) => (found?, true),
        };
        let operands = split(operands);
        let mut parsed = Self {
            class,
            size,
            reads: 0,
            accumulates: 0,
            addresses: 0,
            writes: 0,
            count: 1,
            memory: None,
            sum: None,
            conditional,
        };
        parsed.operands(form, &operands);
        parsed.refine(name, suffix, &operands);
        if sets_flags {
            parsed.writes |= 1 << FLAGS;
        }
        let on_flags = ["adc", "sbc", "vseleq", "vselge", "vselgt", "vselvs"].contains(&name);
        let branches = parsed.class == Class::Branch && name.len() == 3 && name != "blx";
        if conditional || parsed.class == Class::It || on_flags || branches && name.starts_with('b')
        {
            parsed.reads |= 1 << FLAGS;
        }
        Some(parsed)
    }

    /// Whether execution goes on elsewhere.
    pub(super) fn leaves(&self) -> bool {
        self.class == Class::Branch || self.writes >> PC & 1 == 1
    }

    fn operands(&mut self, form: Form, operands: &[&str]) {
        let register = |place: usize| operands.get(place).map_or(0, |operand| registers(operand));
        let from = |place: usize| operands.iter().skip(place).fold(0, |all, o| all | registers(o));
        match form {
            Form::Unary | Form::Binary => {
                let first = usize::from(form == Form::Unary || operands.len() > 2);
                (self.writes, self.reads) = (register(0), from(first));
            }
            Form::Onto => {
                (self.writes, self.accumulates, self.reads) = (register(0), register(0), from(1));
            }
            Form::OntoFourth => {
                (self.writes, self.accumulates) = (register(0), register(3));
                self.reads = register(1) | register(2);
            }
            Form::Long => (self.writes, self.reads) = (register(0) | register(1), from(2)),
            Form::LongOnto => {
                (self.writes, self.reads) = (register(0) | register(1), from(2));
                self.accumulates = self.writes;
            }
            Form::Compare => {
                self.reads = from(0);
                self.writes = 1 << if self.class == Class::Vcmp { STATUS } else { FLAGS };
            }
            Form::Nothing => {}
            Form::Reads => self.reads = register(0),
            Form::Loads | Form::Stores => self.memory_operands(form, operands),
        }
    }

    fn memory_operands(&mut self, form: Form, operands: &[&str]) {
        let bracket = operands.iter().position(|operand| operand.starts_with('['));
        let list = operands.iter().position(|operand| operand.starts_with('{'));
        let data = match (bracket, list) {
            (_, Some(list)) => registers(operands[list]),
            (Some(bracket), None) => {
                operands.iter().take(bracket).fold(0, |all, operand| all | registers(operand))
            }
            (None, None) => 0,
        };
        self.count = u64::from(data.count_ones());
        let memory = match bracket {
            Some(place) => Memory::parse(operands[place], operands.get(place + 1).copied()),
            None => {
                let base = operands.first().filter(|_| list == Some(1));
                let writes_back = base.is_none_or(|base| base.ends_with('!'));
                let bytes = 4 * data.count_ones();
                let is_down =
                    form == Form::Stores && base.is_none_or(|base| base.starts_with("sp"));
                let update = if is_down { bytes.wrapping_neg() } else { bytes };
                Memory {
                    base: base.and_then(|base| first_register(base)).unwrap_or(SP),
                    offset: if is_down { update } else { 0 },
                    update: writes_back.then_some(update),
                    index: None,
                }
            }
        };
        self.addresses = 1 << memory.base & !(1 << PC);
        self.addresses |= memory.index.map_or(0, |(index, _)| 1 << index);
        self.writes = memory.update.map_or(0, |_| 1 << memory.base);
        match form {
            Form::Loads => self.writes |= data,
            _ => self.reads = data,
        }
        self.memory = Some(memory);
    }

    /// What depends on more than the mnemonic.
    fn refine(&mut self, name: &str, suffix: &str, operands: &[&str]) {
        let is_core = |operand: &&str| registers(operand) & 0xffff != 0;
        let is_double = operands.first().is_some_and(|operand| operand.starts_with('d'));
        match self.class {
            Class::Alu if !name.starts_with("mov") && !name.starts_with("mvn") => {
                let shifts = ["lsl ", "lsr ", "asr ", "ror "];
                let is_shift =
                    |operand: &&str| shifts.iter().any(|shift| operand.starts_with(shift));
                if operands.iter().any(is_shift) {
                    self.class = Class::Shifted;
                }
            }
            Class::Vldr if is_double => self.class = Class::VldrDouble,
            Class::Vstr if is_double => self.class = Class::VstrDouble,
            Class::Move if operands.len() > 2 => self.class = Class::MovePair,
            Class::Move if operands.iter().skip(1).any(is_core) => self.class = Class::MoveToFloat,
            Class::Move if operands.first().is_some_and(is_core) => self.class = Class::MoveToCore,
            Class::Move if self.reads == 0 => self.class = Class::MoveConstant,
            _ => {}
        }
        if self.class == Class::MovePair {
            let halves =
                operands.len() / 2 + usize::from(operands.len() == 3 && is_core(&operands[0]));
            let all = |some: &[&str]| some.iter().fold(0, |all, operand| all | registers(operand));
            let (to, from) = operands.split_at(halves);
            (self.writes, self.reads) = (all(to), all(from));
        }
        if suffix != "f64" && self.memory.is_none() && !self.conditional {
            self.sum = Sum::parse(name, operands);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::operands::Registers;

    fn parse(text: &str) -> Instruction {
        Instruction::parse(&text.replacen(' ', "\t", 1), 4, false).expect(text)
    }

    fn all(names: &str) -> Registers {
        registers(names)
    }

    #[test]
    fn what_is_read_and_written() {
        let cases = [
            ("adds r0, r1, #4", "r1", "r0, APSR_nzcv"),
            ("add r0, r1", "r0, r1", "r0"),
            ("cmp.w r0, r1, lsl #2", "r0, r1", "APSR_nzcv"),
            ("umull r0, r1, r2, r3", "r2, r3", "r0, r1"),
            ("vadd.f32 s0, s1, s2", "s1, s2", "s0"),
            ("vcmp.f32 s0, #0.0", "s0", "fpscr"),
            ("vmrs APSR_nzcv, fpscr", "fpscr", "APSR_nzcv"),
            ("vselgt.f32 s0, s1, s2", "s1, s2, APSR_nzcv", "s0"),
            ("vmov r0, r1, d4", "s8, s9", "r0, r1"),
            ("vmov s0, s1, r2, r3", "r2, r3", "s0, s1"),
            ("beq.n d8 <there>", "APSR_nzcv", ""),
            ("blx r3", "r3", ""),
            ("cbz r0, d8 <there>", "r0", ""),
        ];
        for (text, reads, writes) in cases {
            let instruction = parse(text);
            assert_eq!(instruction.reads, all(reads), "{text} reads");
            assert_eq!(instruction.writes, all(writes), "{text} writes");
        }
        assert_eq!(parse("vmla.f32 s0, s1, s2").accumulates, all("s0"));
        assert_eq!(parse("smlad r0, r1, r2, r3").accumulates, all("r3"));
    }

    #[test]
    fn loads_and_stores() {
        let load = parse("ldr.w r1, [r2, r3, lsl #2]");
        assert_eq!((load.addresses, load.writes), (all("r2, r3"), all("r1")));
        let after = parse("vldr s1, [r2, #-8]").memory.unwrap();
        assert_eq!((after.base, after.offset, after.update), (2, 8_u32.wrapping_neg(), None));
        let after = parse("str.w r1, [r2], #4");
        assert_eq!((after.reads, after.writes), (all("r1"), all("r2")));
        assert_eq!(after.memory.unwrap().update, Some(4));
        let pop = parse("ldmia.w sp!, {r4-r6, pc}");
        assert_eq!((pop.writes, pop.count), (all("r4-r6, sp, pc"), 4));
        assert!(pop.leaves());
        let push = parse("push {r4, lr}").memory.unwrap();
        assert_eq!((push.base, push.offset), (SP, 8_u32.wrapping_neg()));
        assert_eq!(parse("vldmia r0!, {d8-d11}").count, 8);
    }

    #[test]
    fn behind_it_the_condition_is_no_part_of_the_name() {
        let conditional = Instruction::parse("vmovmi.f32\ts0, s1", 4, true).unwrap();
        assert_eq!((conditional.class, conditional.writes), (Class::Move, all("s0")));
        assert_eq!(conditional.reads, all("s1, APSR_nzcv"));
        assert_eq!(parse("vmls.f32 s0, s1, s2").class, Class::Vmla);
        assert!(Instruction::parse("wfi", 2, false).is_none());
    }
}
