use super::ROWS;

/// 32 bits of a matrix: a pair of weights, or what a sum starts from.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(C, align(4))]
pub struct Word([i16; 2]);

impl Word {
    /// Of a pair, the first is the lower half.
    const fn new(bits: i32) -> Self {
        #[allow(clippy::cast_possible_truncation, reason = "a half")]
        Self([bits as i16, (bits >> 16) as i16])
    }

    /// A pair of numbers, of which the first is the lower half.
    #[inline(always)]
    pub(in crate::integer) const fn of_pair(pair: [i16; 2]) -> Self {
        Self(pair)
    }

    /// Both numbers, to be changed.
    #[inline(always)]
    pub(in crate::integer) fn halves(&mut self) -> &mut [i16; 2] {
        &mut self.0
    }

    /// The first weight, and the second.
    #[inline(always)]
    pub(in crate::integer) fn pair(self) -> [i32; 2] {
        self.0.map(i32::from)
    }

    /// All of it.
    #[inline(always)]
    pub(in crate::integer) fn whole(self) -> i32 {
        let [low, high] = self.pair();
        (low & 0xFFFF) | high << 16
    }
}

/// The words of a matrix whose tiles end where groups of `of_group` rows do.
#[allow(clippy::indexing_slicing, reason = "it is called when compiled, and a panic is an error")]
pub(in crate::integer) const fn packed<
    const WINDOW: usize,
    const OUTPUTS: usize,
    const WORDS: usize,
>(
    rows: &[[i16; WINDOW]; OUTPUTS],
    bias: &[i32; OUTPUTS],
    of_group: usize,
) -> [Word; WORDS] {
    assert!(WINDOW.is_multiple_of(2), "numbers are read in pairs");
    assert!(
        WORDS == OUTPUTS * (1 + WINDOW / 2),
        "a word for each output, and each pair of each output"
    );
    assert!(of_group >= 1 && OUTPUTS.is_multiple_of(of_group), "groups of one size");
    let mut words = [Word::new(0); WORDS];
    let (mut first, mut place) = (0, 0);
    while first < OUTPUTS {
        let end_of_group = (first / of_group + 1) * of_group;
        let end = if first + ROWS < end_of_group { first + ROWS } else { end_of_group };
        let mut row = first;
        while row < end {
            words[place] = Word::new(bias[row]);
            (row, place) = (row + 1, place + 1);
        }
        let mut column = 0;
        while column < WINDOW {
            row = first;
            while row < end {
                let (low, high) = (rows[row][column].cast_unsigned(), rows[row][column + 1]);
                words[place] = Word::new(low as i32 | (high as i32) << 16);
                (row, place) = (row + 1, place + 1);
            }
            column += 2;
        }
        first = end;
    }
    words
}
