//! Residual blocks of three channels.

use super::{Conv, GroupedConv};
use crate::integer::blocks::{add_block, first, leaky_block};
use crate::integer::fine::round_block;
use crate::integer::history::History;
use crate::integer::residual::{End, Factor, Frames, Residual, SkipSums, at_once};
use crate::integer::ring::Ring;

/// A leaky relu, and what its outputs are added to.
#[derive(Debug)]
pub struct Skips<'a> {
    /// Less than 2^14, in parts of 2^15.
    pub slope: i16,
    /// A sum for each frame.
    pub sums: Sums<'a>,
}

/// Sums of outputs.
#[derive(Debug)]
pub enum Sums<'a> {
    /// Of these themselves.
    Whole(&'a mut [[i16; 3]]),
    /// Of their products, one for each channel.
    Fine(&'a GroupedConv<2, 3, 6, 1, i32>, &'a mut [[i32; 3]]),
}

/// A convolution of one tap.
#[derive(Debug)]
pub struct Last<'a> {
    /// The convolution.
    pub conv: &'a Conv<4, 3, 9, i32>,
    /// What its outputs are added to.
    pub sums: &'a mut [[i32; 3]],
}

impl<const WINDOW: usize, const WORDS: usize> Conv<WINDOW, 3, WORDS> {
    /// Of what [`push_mixed`](Conv::push_mixed) gives for each of the `frames`, an even number, behind a leaky relu: adds it to the skips, adds what `last` makes of it to the sums of that, writes these rounded to the front of `to`, and
    /// returns them. Without a `last`, what it writes means nothing.
    #[inline(always)]
    pub fn residual_block<'a, const PAST: usize, const DILATION: usize>(
        &self,
        history: &mut History<3, PAST, DILATION>,
        frames: (&[[i16; 3]], &[[i16; 1]]),
        skips: Skips<'_>,
        last: Option<Last<'_>>,
        scratch: &mut [i16],
        to: &'a mut [i16],
    ) -> &'a mut [[i16; 3]] {
        self.residual(history.ring(), frames, skips, last, scratch, to)
    }

    /// The same for layers of every dilation.
    #[inline(never)]
    fn residual<'a>(
        &self,
        mut ring: Ring<'_>,
        (frames, condition): (&[[i16; 3]], &[[i16; 1]]),
        mut skips: Skips<'_>,
        mut last: Option<Last<'_>>,
        scratch: &mut [i16],
        to: &'a mut [i16],
    ) -> &'a mut [[i16; 3]] {
        debug_assert!(frames.len().is_multiple_of(2), "frames are taken in twos");
        let outputs = first(to, frames.len());
        let end = last.as_mut().map(|last| End {
            words: &last.conv.words,
            shifts: last.conv.shifts,
            sums: last.sums.as_flattened_mut(),
        });
        let sums = match &mut skips.sums {
            Sums::Whole(sums) => SkipSums::Whole(sums.as_flattened_mut()),
            Sums::Fine(factor, sums) => SkipSums::Fine(
                Factor { words: &factor.words, shifts: factor.shifts },
                sums.as_flattened_mut(),
            ),
        };
        let layer = Residual { words: &self.words, shifts: self.shifts, slope: skips.slope };
        let block = Frames {
            numbers: frames.as_flattened(),
            condition: condition.as_flattened(),
            skips: sums,
            end,
            outputs: outputs.as_flattened_mut(),
        };
        let is_linear = self.low == i16::MIN;
        if !(is_linear && at_once(&layer, &mut ring, block, scratch)) {
            self.one_by_one(ring, (frames, condition), &mut skips, last, scratch, outputs);
        }
        outputs
    }

    /// The same, one operation after the other.
    fn one_by_one(
        &self,
        ring: Ring<'_>,
        (frames, condition): (&[[i16; 3]], &[[i16; 1]]),
        skips: &mut Skips<'_>,
        last: Option<Last<'_>>,
        scratch: &mut [i16],
        y: &mut [[i16; 3]],
    ) {
        self.to_block(ring, frames, (condition.as_flattened(), 1), scratch, y);
        leaky_block(y, skips.slope);
        match &mut skips.sums {
            Sums::Whole(sums) => add_block(sums, y),
            Sums::Fine(factor, sums) => factor.apply_add_block(y, sums),
        }
        if let Some(Last { conv, sums }) = last {
            conv.apply_add_block(y, sums);
            round_block(sums, y.as_flattened_mut());
        }
    }
}
