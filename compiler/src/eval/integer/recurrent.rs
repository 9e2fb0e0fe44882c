//! Recurrent cells of integers.

use std::collections::VecDeque;

use super::products;
use crate::graph::{Cell as Kind, Recurrent};
use crate::integers::{Cell, Lookup, saturated};

/// Takes the next frame, and gives the output. What is kept is the last output, in parts of 2^15 of an LSTM and of 2^30 of others,
/// and the state.
pub(super) fn step(
    recurrent: &Recurrent,
    cell: &Cell,
    lookups: &[Lookup],
    kept: &mut VecDeque<Vec<i32>>,
    frame: &[i32],
) -> Option<Vec<i32>> {
    let [last, state] = kept.make_contiguous() else { return None };
    let [sigmoid, tanh, of_state] =
        [cell.sigmoid, cell.tanh, cell.of_state].map(|place| lookups.get(place));
    let (sigmoid, tanh, of_state) = (sigmoid?, tanh?, of_state?);
    let of = |lookup: &Lookup, numbers: &[i32]| -> Vec<i32> {
        numbers.iter().map(|x| lookup.apply(*x)).collect()
    };
    let sums = |place: usize, frame: &[i32], last: &[i32]| {
        let matrix = cell.matrices.get(place)?;
        Some(products(matrix, &[frame.to_vec()], Some(last), None))
    };
    let units = recurrent.units;
    if recurrent.cell == Kind::Lstm {
        let gates = sums(0, frame, last)?;
        let [input, forget, candidate, output] =
            gates.chunks(units).collect::<Vec<_>>().try_into().ok()?;
        let [input, forget, output] = [input, forget, output].map(|gate| of(sigmoid, gate));
        let candidate = of(tanh, candidate);
        for (state, ((input, forget), candidate)) in
            state.iter_mut().zip(input.iter().zip(&forget).zip(&candidate))
        {
            let product = i64::from(input * candidate);
            let added = if cell.range == 0 { product * 2 } else { product >> (cell.range - 1) };
            *state = narrow(Cell::share((*state).into(), *forget) + added);
        }
        let next = state.iter().map(|state| saturated(((state >> 15) + 1) >> 1));
        let next = of(of_state, &next.collect::<Vec<_>>());
        *last = next.iter().zip(&output).map(|(next, output)| part(*next, *output)).collect();
        return Some(last.clone());
    }
    let rounded: Vec<_> = last.iter().map(|last| saturated((last + (1 << 14)) >> 15)).collect();
    let gates = sums(0, frame, &rounded)?;
    let (update, candidate) = match recurrent.cell {
        Kind::Tanh | Kind::Relu => (vec![0; units], gates),
        kind => {
            let gates = of(sigmoid, &gates);
            let (update, reset) = gates.split_at_checked(units)?;
            let candidate = if kind == Kind::GruResetBefore {
                let last: Vec<_> =
                    rounded.iter().zip(reset).map(|(last, reset)| part(*last, *reset)).collect();
                sums(1, frame, &last)?
            } else {
                let (of_input, own) = (sums(1, frame, &[])?, sums(2, &rounded, &[])?);
                let own = own.iter().zip(reset).map(|(own, reset)| part(*own, *reset));
                of_input.iter().zip(own).map(|(input, own)| saturated(input + own)).collect()
            };
            (update.to_vec(), candidate)
        }
    };
    let candidate = of(tanh, &candidate);
    for (last, (candidate, update)) in last.iter_mut().zip(candidate.iter().zip(&update)) {
        let candidate = i64::from(*candidate) << 15;
        *last = narrow(candidate + Cell::share(i64::from(*last) - candidate, *update));
    }
    Some(last.iter().map(|last| saturated((last + (1 << 14)) >> 15)).collect())
}

/// `number * part / 2^15`, rounded half up.
fn part(number: i32, part: i32) -> i32 {
    saturated((number * part + (1 << 14)) >> 15)
}

/// The nearest number of 32 bits.
fn narrow(number: i64) -> i32 {
    let range = i64::from(i32::MIN)..=i64::from(i32::MAX);
    i32::try_from(number.clamp(*range.start(), *range.end())).unwrap_or_default()
}
