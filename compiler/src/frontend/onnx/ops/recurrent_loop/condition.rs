//! Conditions of a loop over frames: that the step's number is below the length of a sequence.

use super::super::super::call::Call;
use super::super::super::constant::Constant;
use super::super::super::dim::Dim;
use super::super::super::reader::Known;

/// The only number of a constant, which may be a length.
pub(super) fn length(constant: &Constant) -> Option<Dim> {
    match constant {
        Constant::Ints(array) => match array.items.as_slice() {
            [dim] => Some(*dim),
            _ => None,
        },
        Constant::Floats(array) if array.items.len() == 1 => {
            constant.numbers()?.first().map(|number| Dim::number(*number))
        }
        Constant::Floats(_) => None,
    }
}

/// A truth value that depends on the length of the input; `None` where the node gives none.
pub(in super::super) fn of_lengths(call: &Call<'_, '_>) -> Option<Known> {
    match call.node.op {
        "Less" | "Greater" => {
            let (a, b) = (call.constant(0)?, call.constant(1)?);
            if Constant::binary(call.node.op, a, b).is_some() {
                return None;
            }
            let (a, b) = (length(a)?, length(b)?);
            Some(Known::Condition(vec![if call.node.op == "Less" { [a, b] } else { [b, a] }]))
        }
        "And" => {
            let mut all = Vec::new();
            let mut is_known = true;
            for place in 0..call.inputs.len() {
                match call.input(place)? {
                    Known::Condition(pairs) => {
                        is_known = false;
                        all.extend(pairs.iter().copied());
                    }
                    Known::Constant(constant)
                        if constant.number().is_some_and(|truth| truth != 0.0) => {}
                    _ => return None,
                }
            }
            (!is_known && all.len() <= 16).then_some(Known::Condition(all))
        }
        _ => None,
    }
}

/// Whether so many steps, and no fewer, are taken: `trips` are the most, `before` is what has to be true before the first step,
/// and each of `goes_on` has to be true behind a step for another one: the step's number, counted from 0, plus the first, is
/// below the second.
pub(super) fn covers(
    steps: Dim,
    trips: Option<&Known>,
    before: Option<&Known>,
    goes_on: &[(i64, Dim)],
) -> bool {
    // No sequence has fewer frames than 1.
    let is_true = |[a, b]: &[Dim; 2]| {
        let least = a.plus(1);
        b.subtract(least).and_then(Dim::as_number).is_some_and(|apart| apart >= 0)
            || least.as_number().is_some_and(|least| least <= 1) && *b == steps
    };
    let starts = match before {
        None => true,
        Some(Known::Constant(constant)) => constant.number().is_some_and(|truth| truth != 0.0),
        Some(Known::Condition(pairs)) => pairs.iter().all(is_true),
        Some(_) => false,
    };
    let mut most = Vec::new();
    match trips {
        None => {}
        Some(Known::Constant(constant)) => match length(constant) {
            // The largest number of a type stands for none.
            Some(trips) if trips.as_number().is_some_and(|trips| trips >= i64::from(i32::MAX)) => {}
            Some(trips) => most.push(trips),
            None => return false,
        },
        Some(_) => return false,
    }
    most.extend(goes_on.iter().map(|(plus, length)| length.plus(1 - plus)));
    let beyond = |most: &Dim| most.subtract(steps).and_then(Dim::as_number);
    let beyond: Option<Vec<_>> = most.iter().map(beyond).collect();
    starts && beyond.is_some_and(|beyond| beyond.into_iter().min() == Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::onnx::array::Array;

    #[test]
    fn a_loop_takes_every_frame_or_is_none() {
        let constant = |dim: Dim| Known::Constant(Constant::Ints(Array::one(dim)));
        let length = Dim::INPUT.plus(-2).over(2);
        let before = Known::Condition(vec![[Dim::number(0), length]]);
        let covers = |trips: Dim, goes_on: &[(i64, Dim)]| {
            covers(length, Some(&constant(trips)), Some(&before), goes_on)
        };
        assert!(covers(length, &[(0, length), (1, length)]));
        assert!(covers(Dim::number(i64::MAX), &[(1, length)]));
        assert!(!covers(Dim::number(i64::MAX), &[(0, length)]));
        assert!(!covers(length.plus(-1), &[(1, length)]));
        assert!(!covers(length, &[(2, length)]));
        assert!(!covers(length, &[(1, Dim::INPUT)]));
        assert!(!covers(Dim::number(8), &[]));
        let later = Known::Condition(vec![[Dim::number(1), length]]);
        assert!(!super::covers(length, Some(&constant(length)), Some(&later), &[]));
    }
}
