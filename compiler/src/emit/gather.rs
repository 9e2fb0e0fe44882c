//! Numbers of a frame by their places: as nested loops with steps where the places are such, as a list of runs where that is
//! shorter than a table, and else as a table.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::line::Lines;
use crate::numbers::count;

/// Loops in one another, at most. The runtime has as many.
const LOOPS: usize = 4;

impl Lines<'_> {
    /// The expression of the numbers at `indices` of a frame of `channels`.
    pub(super) fn gathered(
        &mut self,
        indices: &[usize],
        channels: &Literal,
        inputs: &[TokenStream],
    ) -> TokenStream {
        let out = count(indices.len());
        if let Some((first, loops)) = nested(indices) {
            let (strided, first) = (self.function("strided"), count(first));
            let loops = loops.map(|(times, step)| {
                let (times, step) = (count(times), Literal::isize_unsuffixed(step));
                quote!((#times, #step))
            });
            return quote!(#strided::<#channels, #out>(#(#inputs),*, #first, [#(#loops),*]));
        }
        if let Some(runs) = runs(indices) {
            let gather = self.function("gather_runs");
            let runs = runs.into_iter().map(|(first, times, step)| {
                let (first, times) = (count(first), count(times));
                let step = Literal::i16_unsuffixed(step);
                quote!((#first, #times, #step))
            });
            return quote!(#gather::<#channels, #out>(#(#inputs),*, &[#(#runs),*]));
        }
        let (gather, indices) = (self.function("gather"), indices.iter().copied().map(count));
        quote!(#gather(#(#inputs),*, &[#(#indices),*]))
    }
}

/// The first of the places, and the loops that count through them, the outermost first: how often each, and its step. `None`
/// where the places are no such loops.
fn nested(indices: &[usize]) -> Option<(usize, [(usize, isize); LOOPS])> {
    let signed = |place: &usize| isize::try_from(*place).ok();
    let mut places: Vec<isize> = indices.iter().map(signed).collect::<Option<_>>()?;
    let mut loops = [(1, 0); LOOPS];
    for of_level in loops.iter_mut().rev() {
        let [first, second, ..] = places.as_slice() else { break };
        let step = second - first;
        let goes_on = |pair: &[isize]| matches!(pair, [a, b] if b - a == step);
        let times = 1 + places.windows(2).take_while(|pair| goes_on(pair)).count();
        let is_same = |chunk: &[isize]| chunk.len() == times && chunk.windows(2).all(goes_on);
        if !places.chunks(times).all(is_same) {
            return None;
        }
        *of_level = (times, step);
        places = places.iter().step_by(times).copied().collect();
    }
    (places.len() == 1).then_some((*indices.first()?, loops))
}

/// Places one after the other: the first, how many, and the step from one to the next.
type Run = (usize, usize, i16);

/// The runs that the places are, where these take less flash than the places: three numbers each.
fn runs(indices: &[usize]) -> Option<Vec<Run>> {
    let mut runs = Vec::new();
    let mut rest = indices;
    while let Some(first) = rest.first() {
        let (times, step) = run(rest)?;
        // The second of two may begin a longer run.
        let behind = rest.get(1..).and_then(run);
        let (times, step) = match behind {
            Some((longer, _)) if times == 2 && longer > 2 => (1, 1),
            _ => (times, step),
        };
        runs.push((*first, times, step));
        rest = rest.get(times..).unwrap_or_default();
    }
    (3 * runs.len() <= indices.len()).then_some(runs)
}

/// How many places follow one another with one step, and that step. `None` where it is too large, or there is no place.
fn run(places: &[usize]) -> Option<(usize, i16)> {
    let signed = |place: &usize| i16::try_from(*place).ok();
    let step = |pair: &[usize]| match pair {
        [a, b] => signed(b)?.checked_sub(signed(a)?),
        _ => None,
    };
    let [_, _, ..] = places else { return places.first().map(|_| (1, 1)) };
    let own = step(places.get(..2)?)?;
    let goes_on = |pair: &&[usize]| step(pair) == Some(own);
    Some((1 + places.windows(2).take_while(goes_on).count(), own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_loops_are_counted_through() {
        assert_eq!(nested(&[3, 4, 5]), Some((3, [(1, 0), (1, 0), (1, 0), (3, 1)])));
        // Two channels beside three features, and three features beside two channels.
        assert_eq!(nested(&[0, 1, 0, 1, 0, 1]), Some((0, [(1, 0), (1, 0), (3, 0), (2, 1)])));
        assert_eq!(nested(&[0, 0, 1, 1, 2, 2]), Some((0, [(1, 0), (1, 0), (3, 1), (2, 0)])));
        // Transposed, and backwards.
        assert_eq!(nested(&[0, 2, 4, 1, 3, 5]), Some((0, [(1, 0), (1, 0), (2, 1), (3, 2)])));
        assert_eq!(nested(&[2, 1, 0]), Some((2, [(1, 0), (1, 0), (1, 0), (3, -1)])));
        assert_eq!(nested(&[7]), Some((7, [(1, 0); 4])));
        assert_eq!(nested(&[0, 1, 5, 2]), None);
        assert_eq!(nested(&[0, 1, 3, 4, 9, 10]), None);
    }

    #[test]
    fn places_are_runs_where_those_are_few() {
        let reflected: Vec<usize> = (1..4).rev().chain(0..9).chain((5..8).rev()).collect();
        assert_eq!(runs(&reflected), Some(vec![(3, 4, -1), (1, 8, 1), (7, 3, -1)]));
        // The first stands alone before a longer run.
        assert_eq!(runs(&[9, 0, 1, 2, 3, 4]), Some(vec![(9, 1, 1), (0, 5, 1)]));
        assert_eq!(runs(&[5, 5, 5, 5, 1, 2, 3]), Some(vec![(5, 4, 0), (1, 3, 1)]));
        assert_eq!(runs(&[0, 1, 5, 2]), None);
        assert_eq!(runs(&[0, 40_000, 7]), None);
    }
}
