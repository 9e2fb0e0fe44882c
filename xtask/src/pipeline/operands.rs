//! The operands of an instruction: registers, addresses and sums.

/// A bit for each register: 0 to 15 are `r0` to `pc`, 16 to 47 are `s0` to `s31`.
pub(super) type Registers = u64;

/// The flags of the core.
pub(super) const FLAGS: usize = 48;
/// The status register of the floating-point unit, which `vcmp` writes.
pub(super) const STATUS: usize = 49;
pub(super) const REGISTERS: usize = 50;
pub(super) const PC: usize = 15;
pub(super) const SP: usize = 13;

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

impl Memory {
    /// `[r1, #8]`, `[r1, r2, lsl #2]`, `[sp, #-16]!` or `[r1]` with `#4` behind it.
    pub(super) fn parse(inside: &str, behind: Option<&str>) -> Self {
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
    pub(super) fn parse(name: &str, operands: &[&str]) -> Option<Self> {
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
pub(super) fn split(operands: &str) -> Vec<&str> {
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
    let number: i64 = text.strip_prefix('#')?.parse().ok()?;
    let negative = || i32::try_from(number).ok().map(i32::cast_unsigned);
    u32::try_from(number).ok().or_else(negative)
}

pub(super) fn first_register(text: &str) -> Option<usize> {
    let all = registers(text);
    (all != 0).then(|| all.trailing_zeros() as usize)
}

/// All registers in an operand, lists such as `{r4, r6-r8}` included.
pub(super) fn registers(operand: &str) -> Registers {
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
