//! Drawn numbers, the same everywhere.

/// The numbers of xorshift64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("32 bits") % below
    }

    pub(crate) fn chance(&mut self, of: usize) -> bool {
        self.next(of) == 0
    }

    /// Between -1 and 1; f32 has it exactly.
    pub(crate) fn number(&mut self) -> f64 {
        f64::from(u32::try_from(self.next(2049)).expect("a small number")) / 1024.0 - 1.0
    }

    pub(crate) fn numbers(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.number()).collect()
    }

    pub(crate) fn frames(&mut self, channels: usize, count: usize) -> Vec<Vec<f64>> {
        (0..count).map(|_| self.numbers(channels)).collect()
    }
}
