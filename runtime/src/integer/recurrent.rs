//! Recurrent cells. Gates, candidates and outputs are parts of 2^15; what a cell keeps has 32 bits.

use super::conv::Conv;
use super::saturated;
use super::table::{Table, lookup, replaced};

/// The weights of an LSTM: the rows of the gates input, forget, candidate and output, which read the input frame and the last
/// output. `ROWS` is `4 * UNITS`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Lstm<const WINDOW: usize, const ROWS: usize, const WORDS: usize> {
    /// The gates.
    pub gates: Conv<WINDOW, ROWS, WORDS>,
    /// The cell is in parts of `2^(31 - range)`, so that it is below `2^range`.
    pub range: u8,
}

/// What an [`Lstm`] keeps: its last output, and the cell. Zeros at first.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct LstmState<const UNITS: usize> {
    last: [i16; UNITS],
    cell: [i32; UNITS],
}

/// What a [`Gru`] or an [`Rnn`] keeps: its last output in parts of 2^30, zeros at first.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GruState<const UNITS: usize> {
    last: [i32; UNITS],
}

/// The functions of a cell: the sigmoid of gates, the tanh of the candidate, and that of the cell.
#[derive(Clone, Copy, Debug)]
pub struct Functions<'a, const S: usize, const T: usize, const C: usize> {
    /// Of gates.
    pub sigmoid: &'a Table<S>,
    /// Of the candidate.
    pub tanh: &'a Table<T>,
    /// Of the cell.
    pub of_cell: &'a Table<C>,
}

impl<const WINDOW: usize, const ROWS: usize, const WORDS: usize> Lstm<WINDOW, ROWS, WORDS> {
    /// Takes the next input frame and returns the output frame.
    #[inline(always)]
    pub fn push<
        const UNITS: usize,
        const X: usize,
        const S: usize,
        const T: usize,
        const C: usize,
    >(
        &self,
        state: &mut LstmState<UNITS>,
        frame: [i16; X],
        functions: Functions<'_, S, T, C>,
    ) -> [i16; UNITS] {
        const { assert!(ROWS == 4 * UNITS && UNITS >= 1, "four gates") }
        let mut sums = self.gates.apply_mixed(frame, state.last);
        let (gates, _) = sums.as_chunks_mut::<UNITS>();
        let [both @ .., candidate, output] = gates else { return [0; UNITS] };
        replaced(functions.sigmoid, both.as_flattened_mut());
        replaced(functions.sigmoid, output);
        replaced(functions.tanh, candidate);
        let [input, forget] = both else { return [0; UNITS] };
        let mut next = [0; UNITS];
        advance(&mut state.cell, [input, forget, candidate], self.range, &mut next);
        replaced(functions.of_cell, &mut next);
        for (last, (next, output)) in state.last.iter_mut().zip(next.iter().zip(output)) {
            *last = part(*next, *output);
        }
        state.last
    }
}

/// Makes a cell the next one, of the gates input and forget and of the candidate, and writes it in 16 bits.
#[inline(never)]
fn advance(cell: &mut [i32], [input, forget, candidate]: [&[i16]; 3], range: u8, next: &mut [i16]) {
    let gates = input.iter().zip(forget).zip(candidate);
    for ((cell, next), ((input, forget), candidate)) in cell.iter_mut().zip(next).zip(gates) {
        let product = i32::from(*input) * i32::from(*candidate);
        // A product is in parts of 2^30.
        let added = match range.checked_sub(1) {
            Some(shift) => product >> (shift & 31),
            None => product.saturating_mul(2),
        };
        *cell = share(*cell, *forget).saturating_add(added);
        *next = saturated(((*cell >> 15) + 1) >> 1);
    }
}

/// `⌊number * part / 2^15⌋` of a part from 0 to 2^15 - 1, by two products of 16 bits.
#[inline(always)]
fn share(number: i32, part: i16) -> i32 {
    let part = i32::from(part);
    (number >> 16) * part * 2 + (((number & 0xFFFF) * part) >> 15)
}

/// `number * part / 2^15`, rounded half up.
#[inline(always)]
fn part(number: i16, part: i16) -> i16 {
    saturated((i32::from(number) * i32::from(part) + (1 << 14)) >> 15)
}

/// The weights of a GRU whose reset gate is applied behind the product by the recurrent kernel. `ROWS` is `2 * UNITS`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Gru<
    const WINDOW: usize,
    const ROWS: usize,
    const WORDS: usize,
    const X: usize,
    const X_WORDS: usize,
    const H: usize,
    const H_WORDS: usize,
    const UNITS: usize,
> {
    /// The gates update and reset, which read the input frame and the last output.
    pub gates: Conv<WINDOW, ROWS, WORDS>,
    /// What the input frame adds to the candidate.
    pub candidate: Conv<X, UNITS, X_WORDS>,
    /// What the last output adds to it, of which the reset gate lets a part through. Its scale is that of the other.
    pub recurrent: Conv<H, UNITS, H_WORDS>,
}

/// The weights of a GRU whose reset gate is applied before the product by the recurrent kernel. `ROWS` is `2 * UNITS`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GruBefore<
    const WINDOW: usize,
    const ROWS: usize,
    const WORDS: usize,
    const OWN: usize,
    const UNITS: usize,
> {
    /// The gates update and reset, which read the input frame and the last output.
    pub gates: Conv<WINDOW, ROWS, WORDS>,
    /// The candidate, which reads the input frame and the part of the last output that the reset gate lets through.
    pub candidate: Conv<WINDOW, UNITS, OWN>,
}

/// The weights of a cell without gates, which read the input frame and the last output.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Rnn<const WINDOW: usize, const UNITS: usize, const WORDS: usize> {
    /// The rows of the candidate.
    pub candidate: Conv<WINDOW, UNITS, WORDS>,
}

impl<
    const WINDOW: usize,
    const ROWS: usize,
    const WORDS: usize,
    const X: usize,
    const X_WORDS: usize,
    const H: usize,
    const H_WORDS: usize,
    const UNITS: usize,
> Gru<WINDOW, ROWS, WORDS, X, X_WORDS, H, H_WORDS, UNITS>
{
    /// Takes the next input frame and returns the output frame.
    #[inline(always)]
    pub fn push<const CHANNELS: usize, const S: usize, const T: usize>(
        &self,
        state: &mut GruState<UNITS>,
        frame: [i16; CHANNELS],
        sigmoid: &Table<S>,
        tanh: &Table<T>,
    ) -> [i16; UNITS] {
        let last = state.rounded();
        let [update, reset] = gates(&self.gates, frame, last, sigmoid);
        let mut candidate = self.candidate.apply(frame);
        let own = self.recurrent.apply(last);
        for (candidate, (own, reset)) in candidate.iter_mut().zip(own.iter().zip(reset)) {
            *candidate = candidate.saturating_add(part(*own, reset));
        }
        state.advance(&lookup(tanh, candidate), &update)
    }
}

impl<
    const WINDOW: usize,
    const ROWS: usize,
    const WORDS: usize,
    const OWN: usize,
    const UNITS: usize,
> GruBefore<WINDOW, ROWS, WORDS, OWN, UNITS>
{
    /// Takes the next input frame and returns the output frame.
    #[inline(always)]
    pub fn push<const CHANNELS: usize, const S: usize, const T: usize>(
        &self,
        state: &mut GruState<UNITS>,
        frame: [i16; CHANNELS],
        sigmoid: &Table<S>,
        tanh: &Table<T>,
    ) -> [i16; UNITS] {
        let mut last = state.rounded();
        let [update, reset] = gates(&self.gates, frame, last, sigmoid);
        for (last, reset) in last.iter_mut().zip(reset) {
            *last = part(*last, reset);
        }
        let candidate = self.candidate.apply_mixed(frame, last);
        state.advance(&lookup(tanh, candidate), &update)
    }
}

impl<const WINDOW: usize, const UNITS: usize, const WORDS: usize> Rnn<WINDOW, UNITS, WORDS> {
    /// Takes the next input frame and returns the output frame.
    #[inline(always)]
    pub fn push<const CHANNELS: usize, const T: usize>(
        &self,
        state: &mut GruState<UNITS>,
        frame: [i16; CHANNELS],
        tanh: &Table<T>,
    ) -> [i16; UNITS] {
        let candidate = self.candidate.apply_mixed(frame, state.rounded());
        state.advance(&lookup(tanh, candidate), &[0; UNITS])
    }
}

/// The gates update and reset.
#[inline(always)]
fn gates<
    const WINDOW: usize,
    const ROWS: usize,
    const WORDS: usize,
    const CHANNELS: usize,
    const UNITS: usize,
    const S: usize,
>(
    rows: &Conv<WINDOW, ROWS, WORDS>,
    frame: [i16; CHANNELS],
    last: [i16; UNITS],
    sigmoid: &Table<S>,
) -> [[i16; UNITS]; 2] {
    const { assert!(ROWS == 2 * UNITS && UNITS >= 1, "two gates") }
    let sums = lookup(sigmoid, rows.apply_mixed(frame, last));
    match sums.as_chunks::<UNITS>().0 {
        [update, reset] => [*update, *reset],
        _ => [[0; UNITS]; 2],
    }
}

impl<const UNITS: usize> GruState<UNITS> {
    /// A state of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { last: [0; UNITS] }
    }

    /// Sets the state to zeros, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// The state behind an output in parts of 2^30.
    #[must_use]
    pub const fn starting(last: [i32; UNITS]) -> Self {
        Self { last }
    }

    /// Makes the state another one.
    pub const fn fill(&mut self, state: &Self) {
        self.last = state.last;
    }

    /// The last output in parts of 2^15.
    #[inline(always)]
    fn rounded(&self) -> [i16; UNITS] {
        self.last.map(|last| saturated((last + (1 << 14)) >> 15))
    }

    /// Makes the output the next one: as much of the last as the update gate keeps, and of the candidate for the rest.
    #[inline(always)]
    fn advance(&mut self, candidate: &[i16; UNITS], update: &[i16; UNITS]) -> [i16; UNITS] {
        for (last, (candidate, update)) in self.last.iter_mut().zip(candidate.iter().zip(update)) {
            let candidate = i32::from(*candidate) << 15;
            *last = candidate + share(*last - candidate, *update);
        }
        self.rounded()
    }
}

impl<const UNITS: usize> LstmState<UNITS> {
    /// A state of zeros.
    #[must_use]
    pub const fn new() -> Self {
        Self { last: [0; UNITS], cell: [0; UNITS] }
    }

    /// The state behind an output `last`, in parts of 2^15, and a cell.
    #[must_use]
    pub const fn starting(last: [i16; UNITS], cell: [i32; UNITS]) -> Self {
        Self { last, cell }
    }

    /// Makes the state another one.
    pub const fn fill(&mut self, state: &Self) {
        self.last = state.last;
        self.cell = state.cell;
    }

    /// Sets the state to zeros, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        *self = Self::new();
    }
}

impl<const UNITS: usize> Default for GruState<UNITS> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const UNITS: usize> Default for LstmState<UNITS> {
    fn default() -> Self {
        Self::new()
    }
}
