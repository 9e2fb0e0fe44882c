//! Residual blocks of three channels.

use super::{Conv, GroupedConv};
use crate::integer::blocks::{add_block, first, leaky_block};
use crate::integer::history::History;
use crate::integer::residual::{End, Factor, Frames, Residual, at_once};
use crate::integer::ring::Ring;

/// A leaky relu, what its outputs are added to, and what multiplies them before.
#[derive(Debug)]
pub struct Skips<'a> {
    /// Less than 2^14, in parts of 2^15.
    pub slope: i16,
    /// A sum for each frame.
    pub sums: &'a mut [[i16; 3]],
    /// A product for each channel.
    pub factor: Option<&'a GroupedConv<2, 3, 6, 1>>,
}

/// A convolution of one tap, and what its sums start from.
#[derive(Clone, Copy, Debug)]
pub struct Last<'a> {
    /// The convolution.
    pub conv: &'a Conv<4, 3, 9>,
    /// A frame for each one.
    pub seed: &'a [[i16; 3]],
}

impl<const WINDOW: usize, const WORDS: usize> Conv<WINDOW, 3, WORDS> {
    /// Of what [`push_mixed`](Conv::push_mixed) gives for each of the `frames`, an even number, behind a leaky relu: adds it to the skips, writes what `last` makes of it to the front of `to`, and returns that. Without a
    /// `last`, what it writes means nothing.
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
        last: Option<Last<'_>>,
        scratch: &mut [i16],
        to: &'a mut [i16],
    ) -> &'a mut [[i16; 3]] {
        debug_assert!(frames.len().is_multiple_of(2), "frames are taken in twos");
        let of = |factor: &GroupedConv<2, 3, 6, 1>| factor.low == i16::MIN;
        let layer = Residual {
            words: &self.words,
            shifts: self.shifts,
            slope: skips.slope,
            factor: skips
                .factor
                .map(|factor| Factor { words: &factor.words, shifts: factor.shifts }),
            end: last.map(|last| End { words: &last.conv.words, shifts: last.conv.shifts }),
        };
        let is_linear = self.low == i16::MIN
            && skips.factor.is_none_or(of)
            && last.is_none_or(|last| last.conv.low == i16::MIN);
        let outputs = first::<3>(to, frames.len());
        let block = Frames {
            numbers: frames.as_flattened(),
            condition: condition.as_flattened(),
            seed: last.map_or(&[][..], |last| last.seed).as_flattened(),
            skips: skips.sums.as_flattened_mut(),
            outputs: outputs.as_flattened_mut(),
        };
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
        outputs: &mut [[i16; 3]],
    ) {
        let condition = (condition.as_flattened(), 1);
        let y = self.block(ring, frames, condition, &[], scratch, outputs.as_flattened_mut());
        leaky_block(y, skips.slope);
        match skips.factor {
            None => add_block(skips.sums, y),
            Some(factor) => {
                for (sum, y) in skips.sums.iter_mut().zip(&*y) {
                    add_block(core::slice::from_mut(sum), &[factor.apply(*y)]);
                }
            }
        }
        if let Some(Last { conv, seed }) = last {
            for (y, seed) in y.chunks_exact_mut(2).zip(seed.chunks_exact(2)) {
                let mut of_two = [[0; 3]; 2];
                of_two.copy_from_slice(y);
                conv.apply_add_block(&of_two, seed, y.as_flattened_mut());
            }
        }
    }
}
