//! A network of 16-bit integers: the arithmetic of each node of a graph, and what it loses.
//!
//! The graph says what is computed of what; this says by which integers.

use crate::graph::{Table, Value};

/// What the nodes of a graph compute.
#[derive(Clone, Debug)]
pub(crate) struct Integers {
    /// What 1 of each value means. All are numbers of f32.
    pub(crate) scales: Table<f64>,
    pub(crate) arithmetic: Table<Arithmetic>,
    /// The functions of one number, each once.
    pub(crate) lookups: Vec<Lookup>,
    pub(crate) quality: Quality,
    /// The same over the recorded run, which may be other frames: the network's test replays it.
    pub(crate) replayed: Quality,
}

/// What a node does beside moving numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Arithmetic {
    /// It adds, compares or moves numbers of one scale.
    Plain,
    Matrix(Matrix),
    /// A function in [`Integers::lookups`].
    Lookup(usize),
    /// What products or sums are multiplied by.
    Scale(Scale),
    /// What sums are multiplied by that have so many numbers; the last is that of the most.
    Shares(Vec<Scale>),
    Clip {
        low: i32,
        high: i32,
    },
    /// What a number below zero is multiplied by, in parts of 2^15: one for all channels.
    Leaky(i32),
    /// The same for each channel.
    Slopes(Vec<i32>),
    Cell(Cell),
    /// What inputs of a softmax are multiplied by.
    Softmax(Exponent),
    Norm(Norm),
}

/// A recurrent cell, whose outputs are parts of 2^15.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    /// The rows of the gates, and those of the candidate where they are apart: of an input frame, of the last output.
    pub(crate) matrices: Vec<Matrix>,
    /// The functions of gates, of the candidate and of an LSTM's state, in [`Integers::lookups`].
    pub(crate) sigmoid: usize,
    pub(crate) tanh: usize,
    pub(crate) of_state: usize,
    /// The state of an LSTM is below `2^range`.
    pub(crate) range: u32,
    /// What it keeps before the first frame, where that is not zeros: its last output, and the state of an LSTM.
    pub(crate) initial: Option<Vec<Vec<i32>>>,
}

impl Cell {
    /// `⌊number * part / 2^15⌋`
    pub(crate) fn share(number: i64, part: i32) -> i64 {
        (number * i64::from(part)) >> 15
    }
}

/// Sums of products: those of one window with rows of weights.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    /// Parts of the channels, each of which has a window and rows of its own.
    pub(crate) groups: usize,
    /// Numbers of a window, an even count.
    pub(crate) window: usize,
    /// One for each output.
    pub(crate) rows: Vec<Row>,
    /// The least output.
    pub(crate) low: i32,
    /// Whether the outputs are sums with a fraction of [`FRACTION`] bits, and one half of a whole more than they are: rows are
    /// shifted by so many bits less.
    pub(crate) is_fine: bool,
}

/// Bits of the fraction that a sum has whose reader adds to it.
pub(crate) const FRACTION: u32 = 8;

/// What is below the fraction of a sum: one half, so that its whole is the nearest.
pub(crate) const HALF: i32 = 1 << (FRACTION - 1);

/// `(bias + Σ weight * number) >> shift`
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    /// One for each number of the window.
    pub(crate) weights: Vec<i32>,
    /// With one half of what is shifted out.
    pub(crate) bias: i32,
    pub(crate) shift: u32,
}

/// `multiplier / 2^shift`, the factor from a difference of inputs to an exponent of 2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Exponent {
    /// Of 16 bits.
    pub(crate) multiplier: u32,
    /// From 1 to 31.
    pub(crate) shift: u32,
}

/// A normalisation. A frame has blocks of `features` features of `channels` channels, and a group is `channels / groups` of
/// these in all features of a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Norm {
    pub(crate) features: usize,
    pub(crate) channels: usize,
    pub(crate) groups: usize,
    /// In steps of the input, times the square of the numbers of a group.
    pub(crate) epsilon: u64,
    /// 1 in steps of the output is `multiplier / 2^shift`.
    pub(crate) multiplier: u32,
    pub(crate) shift: u32,
}

impl Norm {
    /// A number of a group of so many is at most `2^spread` times the root of their variance.
    pub(crate) fn spread(count: usize) -> u32 {
        (usize::BITS - count.saturating_sub(1).leading_zeros()).div_ceil(2)
    }
}

/// `multiplier / 2^(16 + shift)`
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    pub(crate) multiplier: i32,
    pub(crate) shift: u32,
}

impl Scale {
    /// `number` times the factor, rounded half up and saturated.
    pub(crate) fn apply(self, number: i32) -> i32 {
        let product = i64::from(number) * i64::from(self.multiplier);
        let scaled = (product + (1 << (15 + self.shift))) >> (16 + self.shift);
        i32::try_from(scaled.clamp(-32768, 32767)).unwrap_or_default()
    }
}

/// A function of one number, as its outputs at equal steps.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lookup {
    pub(crate) values: Vec<i32>,
    /// A step has `2^shift` inputs.
    pub(crate) shift: u32,
}

impl Lookup {
    /// The output for a number of 16 bits: on the line between two entries.
    pub(crate) fn apply(&self, number: i32) -> i32 {
        let place = (number + 32768).clamp(0, 65535);
        let step = usize::try_from(place >> self.shift).unwrap_or_default();
        let [from, to] =
            [step, step + 1].map(|step| self.values.get(step).copied().unwrap_or_default());
        let within = place & ((1 << self.shift) - 1);
        from + (((to - from) * within + ((1 << self.shift) >> 1)) >> self.shift)
    }
}

/// What integers lose against f64, over the frames from which their scales come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(not(feature = "report"), allow(unreachable_pub, reason = "only reports have it"))]
pub struct Quality {
    /// Frames that were compared.
    pub frames: usize,
    /// Signal to noise in dB; infinity where there is no noise.
    pub snr: f64,
    /// The largest difference of an output, in its own unit.
    pub worst: f64,
    /// The same in steps of the output.
    pub steps: u16,
}

impl Quality {
    /// The worse of two networks' figures.
    pub(crate) fn worst_of(self, other: Self) -> Self {
        Self {
            frames: self.frames + other.frames,
            snr: self.snr.min(other.snr),
            worst: self.worst.max(other.worst),
            steps: self.steps.max(other.steps),
        }
    }

    /// The largest difference in steps between an output and the recorded one that the network's test allows. The run was
    /// recorded in f32.
    pub(crate) fn bound(self) -> u16 {
        self.steps.saturating_add(1)
    }
}

/// `number`, at most 32767 and at least -32768.
pub(crate) fn saturated(number: i32) -> i32 {
    number.clamp(-32768, 32767)
}

/// A sum with a fraction, at most 24 bits.
pub(crate) fn saturated_fine(sum: i32) -> i32 {
    sum.clamp(-32768 << FRACTION, (32768 << FRACTION) - 1)
}

/// Where a value's integers are made.
pub(crate) type Scales = Table<f64>;

impl Integers {
    /// The place of a function among all.
    pub(crate) fn keep(&mut self, lookup: Lookup) -> usize {
        let known = self.lookups.iter().position(|known| *known == lookup);
        known.unwrap_or_else(|| {
            self.lookups.push(lookup);
            self.lookups.len() - 1
        })
    }

    pub(crate) fn scale(&self, value: Value) -> f64 {
        self.scales[value]
    }
}
