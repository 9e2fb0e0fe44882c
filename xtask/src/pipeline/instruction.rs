//! One instruction of a listing: what it is to a pipeline, and which registers it reads and writes.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A bit for each register: 0 to 15 are `r0` to `pc`, 16 to 47 are `s0` to `s31`.
pub(super) type Registers = u64;

/// The flags of the core.
pub(super) const FLAGS: usize = 48;
/// The status register of the floating-point unit, which `vcmp` writes.
const STATUS: usize = 49;
pub(super) const REGISTERS: usize = 50;
const PC: usize = 15;
const SP: usize = 13;

/// What an instruction is to a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Class {
    /// Integer arithmetic.
    Alu,
    /// Integer arithmetic on a register that is shifted on the way: `add r0, r1, r2, lsl #2`.
    Shifted,
    /// Extension, extraction and insertion of bits.
    Bits,
    /// `movt`
    Top,
    Multiply,
    /// Division of integers.
    IntegerDivide,
    Load,
    /// A load of a byte or of two.
    LoadPart,
    Store,
    LoadMany,
    StoreMany,
    Branch,
    It,
    Nop,
    Vadd,
    Vmul,
    Vmla,
    Vfma,
    Vcmp,
    Vdiv,
    Vsqrt,
    Vldr,
    Vstr,
    /// `vldr` and `vstr` of two words.
    VldrDouble,
    VstrDouble,
    VloadMany,
    VstoreMany,
    /// `vmov s0, s1`
    Move,
    /// `vmov.f32 s0, #1.0`
    MoveConstant,
    /// `vmov r0, s0` and `vmrs`
    MoveToCore,
    /// `vmov s0, r0` and `vmsr`
    MoveToFloat,
    /// `vmov r0, r1, s0, s1` and back
    MovePair,
}

/// Several classes.
#[derive(Clone, Copy)]
pub(super) struct Classes(u64);

impl Classes {
    pub(super) const ALL: Self = Self(u64::MAX);

    pub(super) const fn of(classes: &[Class]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < classes.len() {
            bits |= 1 << classes[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub(super) const fn has(self, class: Class) -> bool {
        self.0 >> class as u8 & 1 == 1
    }
}

/// How an instruction names what it reads and writes.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Writes the first operand and reads the others.
    Unary,
    /// The same; of two operands it reads the first, too.
    Binary,
    /// Adds to the first operand.
    Onto,
    /// Adds to the fourth operand, where there is one.
    OntoFourth,
    /// Writes the first two operands, or adds to them.
    Long,
    LongOnto,
    /// Reads all operands, and writes the flags or the status.
    Compare,
    Loads,
    Stores,
    /// Reads all operands.
    Reads,
}

/// Mnemonics without condition, width and type.
const TABLE: &[(&str, Class, Form)] = {
    use Class::*;
    use Form::*;
    &[
        ("add addw sub subw adc sbc rsb and orr orn eor bic lsl lsr asr ror", Alu, Binary),
        ("mov movw mvn neg adr rrx", Alu, Unary),
        ("uadd8 usub8 sadd16 ssub16 sel qadd qsub", Alu, Unary),
        ("cmp cmn tst teq", Alu, Compare),
        ("movt", Top, Onto),
        ("bfi bfc", Bits, Onto),
        ("ubfx sbfx uxtb uxth sxtb sxth uxtb16 sxtb16 clz rev rev16 rbit", Bits, Unary),
        ("uxtab uxtah sxtab sxtah pkhbt pkhtb usat ssat", Bits, Unary),
        ("mul", Multiply, Binary),
        ("smulbb smulbt smultb smultt smulwb smulwt smmul smmulr smuad smuadx", Multiply, Unary),
        (
            "mla mls smlabb smlabt smlatb smlatt smlad smladx smlawb smlawt smmla",
            Multiply,
            OntoFourth,
        ),
        ("umull smull", Multiply, Long),
        ("umlal smlal umaal smlald", Multiply, LongOnto),
        ("udiv sdiv", IntegerDivide, Unary),
        ("ldr ldrt", Load, Loads),
        ("ldrb ldrsb ldrh ldrsh", LoadPart, Loads),
        ("str strb strh pld", Store, Stores),
        ("ldm ldmia ldmdb pop ldrd", LoadMany, Loads),
        ("stm stmia stmdb push strd", StoreMany, Stores),
        ("b bl bx blx cbz cbnz tbb tbh", Branch, Reads),
        ("beq bne bcs bcc bmi bpl bvs bvc bhi bls bge blt bgt ble", Branch, Reads),
        (
            "it itt ite ittt itte itet itee itttt ittte ittet ittee itett itete iteet iteee",
            It,
            Reads,
        ),
        ("nop", Nop, Reads),
        ("vadd vsub vabs vneg vcvt vcvtr vrintz vrintr vrintn vrintm vrintp vrinta", Vadd, Unary),
        ("vmaxnm vminnm", Vadd, Unary),
        ("vseleq vselge vselgt vselvs", Vadd, Unary),
        ("vmul vnmul", Vmul, Unary),
        ("vmla vmls vnmla vnmls", Vmla, Onto),
        ("vfma vfms vfnma vfnms", Vfma, Onto),
        ("vcmp vcmpe", Vcmp, Compare),
        ("vdiv", Vdiv, Unary),
        ("vsqrt", Vsqrt, Unary),
        ("vldr", Vldr, Loads),
        ("vstr", Vstr, Stores),
        ("vldmia vldmdb vpop", VloadMany, Loads),
        ("vstmia vstmdb vpush", VstoreMany, Stores),
        ("vmov", Move, Unary),
        ("vmrs", MoveToCore, Unary),
        ("vmsr", MoveToFloat, Unary),
    ]
};

static NAMES: LazyLock<HashMap<&str, (Class, Form)>> = LazyLock::new(|| {
    let named = |&(names, class, form): &(&'static str, Class, Form)| {
        names.split(' ').map(move |name| (name, (class, form)))
    };
    TABLE.iter().flat_map(named).collect()
});

/// Where in memory an instruction reads or writes first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Memory {
    pub(super) base: usize,
    /// A register, shifted left, that is added.
    pub(super) index: Option<(usize, u32)>,
    pub(super) offset: u32,
    /// What is added to the base register.
    pub(super) update: Option<u32>,
}

/// A sum that an instruction writes to a register: what is known of integer arithmetic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sum {
    pub(super) to: usize,
    pub(super) first: Option<usize>,
    pub(super) index: Option<(usize, u32)>,
    pub(super) constant: u32,
}

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
            Form::Unary => (self.writes, self.reads) = (register(0), from(1)),
            Form::Binary if operands.len() == 2 => {
                (self.writes, self.reads) = (register(0), from(0))
            }
            Form::Binary => (self.writes, self.reads) = (register(0), from(1)),
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
            Form::Reads if self.class == Class::Branch && operands.len() == 1 => {
                // The address that a branch goes to is no register.
                self.reads =
                    if operands[0].starts_with(|c: char| c.is_ascii_digit()) { 0 } else { from(0) };
            }
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

impl Memory {
    /// `[r1, #8]`, `[r1, r2, lsl #2]`, `[sp, #-16]!` or `[r1]` with `#4` behind it.
    fn parse(inside: &str, behind: Option<&str>) -> Self {
        let writes_back = inside.ends_with('!');
        let parts: Vec<_> = inside.trim_matches(['[', ']', '!']).split(", ").collect();
        let offset = parts.get(1).and_then(|part| number(part)).unwrap_or_default();
        let index = parts.get(1).and_then(|part| first_register(part));
        let shift = parts.get(2).and_then(|part| number(part.strip_prefix("lsl ")?));
        let update = if writes_back { Some(offset) } else { behind.and_then(number) };
        Self {
            base: parts.first().and_then(|part| first_register(part)).unwrap_or(SP),
            index: index.map(|index| (index, shift.unwrap_or_default())),
            offset,
            update,
        }
    }
}

impl Sum {
    fn parse(name: &str, operands: &[&str]) -> Option<Self> {
        let (to, rest) = operands.split_first()?;
        let to = first_register(to).filter(|to| *to < PC)?;
        let nothing = Self { to, first: None, index: None, constant: 0 };
        let name = name.strip_suffix('s').unwrap_or(name);
        match (name, rest) {
            ("mov" | "movw", [from]) => match number(from) {
                Some(constant) => Some(Self { constant, ..nothing }),
                None => Some(Self { first: first_register(from), ..nothing }),
            },
            ("add" | "addw" | "sub" | "subw", [second]) => {
                Self::parse(name, &[operands[0], operands[0], second])
            }
            ("add" | "addw" | "sub" | "subw", [first, second, shift @ ..]) => {
                let first = first_register(first);
                match number(second) {
                    Some(constant) if name.starts_with("sub") => {
                        Some(Self { first, constant: constant.wrapping_neg(), ..nothing })
                    }
                    Some(constant) => Some(Self { first, constant, ..nothing }),
                    None if name.starts_with("sub") => None,
                    None => {
                        let shift = match shift {
                            [] => 0,
                            [shift, ..] => number(shift.strip_prefix("lsl ")?)?,
                        };
                        Some(Self {
                            first,
                            index: Some((first_register(second)?, shift)),
                            ..nothing
                        })
                    }
                }
            }
            _ => None,
        }
    }
}

/// Operands, with what is in brackets or braces as one.
fn split(operands: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (place, character) in operands.char_indices() {
        match character {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(operands[start..place].trim());
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(operands[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// `#-8`
fn number(text: &str) -> Option<u32> {
    text.strip_prefix('#')?.parse::<i64>().ok().map(|number| number as u32)
}

fn first_register(text: &str) -> Option<usize> {
    let all = registers(text);
    (all != 0).then(|| all.trailing_zeros() as usize)
}

/// All registers in an operand, lists such as `{r4, r6-r8}` included.
fn registers(operand: &str) -> Registers {
    let mut all = 0;
    for item in operand.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')) {
        let (low, high) = item.split_once('-').unwrap_or((item, item));
        if let Some((low, high)) = bits(low).zip(bits(high)) {
            all |= (low.0..=high.1).fold(0, |all, bit| all | 1 << bit);
        }
    }
    all
}

/// The first and the last bit of a register.
fn bits(name: &str) -> Option<(usize, usize)> {
    let named = ["sb", "sl", "fp", "ip", "sp", "lr", "pc"];
    if let Some(place) = named.iter().position(|other| *other == name) {
        return Some((9 + place, 9 + place));
    }
    if name == "APSR_nzcv" {
        return Some((FLAGS, FLAGS));
    }
    if name == "fpscr" {
        return Some((STATUS, STATUS));
    }
    let (kind, number) = name.split_at_checked(1)?;
    let number: usize = number.parse().ok()?;
    match kind {
        "r" if number < 16 => Some((number, number)),
        "s" if number < 32 => Some((16 + number, 16 + number)),
        "d" if number < 16 => Some((16 + 2 * number, 17 + 2 * number)),
        _ => None,
    }
}
