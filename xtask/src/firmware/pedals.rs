//! The table of the captures of `examples/amp` in `docs/book/src/pedals.md`, measured by the pedals that play them.

use anyhow::{Context as _, Result};

/// The page and its table.
pub(super) const PAGE: &str = "docs/book/src/pedals.md";

/// Programs, and the capture that each plays.
const PEDALS: [(&str, &str); 2] =
    [("pedal_a1", "`a1_nano.nam`"), ("pedal_a2", "`a2.nam`, submodel 0")];

pub(super) struct Pedals {
    pub(super) table: String,
}

impl Pedals {
    pub(super) fn new() -> Self {
        let head = "| program | capture | instructions a sample, in blocks of 48 | RAM, bytes | weights, bytes |\n";
        Self { table: format!("{head}|---|---|---:|---:|---:|\n") }
    }

    /// Adds a program's row, if the program is a pedal. `remarks` are the lines that it prints with a `#` in front.
    pub(super) fn add(&mut self, program: &str, remarks: &str) -> Result<()> {
        let Some((_, capture)) = PEDALS.iter().find(|(name, _)| *name == program) else {
            return Ok(());
        };
        let numbers: Vec<u64> =
            remarks.split([' ', ',', '\n']).filter_map(|word| word.parse().ok()).collect();
        let [instructions, _worst, _limit, _blocks, _frames, _late, state, weights] = numbers[..]
        else {
            let count = numbers.len();
            return Err(anyhow::anyhow!("{remarks}")).context(format!("8 numbers, not {count}"));
        };
        self.table +=
            &format!("| `{program}` | {capture} | {instructions} | {state} | {weights} |\n");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pedal_has_a_row_and_another_program_has_none() {
        let remarks = "# 3989 instructions a sample, at most 4020, of 10000\n\
                       # 50 blocks of 48 frames, 0 late\n\
                       # 34824 bytes of state, 3180 of weights\n";
        let mut pedals = Pedals::new();
        pedals.add("pedal_a1", remarks).unwrap();
        pedals.add("notebook", "").unwrap();
        let rows: Vec<_> = pedals.table.lines().skip(2).collect();
        assert_eq!(rows, ["| `pedal_a1` | `a1_nano.nam` | 3989 | 34824 | 3180 |"]);
        assert!(pedals.add("pedal_a2", "# 3989 instructions").is_err());
    }
}
