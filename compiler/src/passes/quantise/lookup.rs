//! Functions of one number as tables.

use super::scales::nearest;
use crate::errors::Message;
use crate::graph::Activation;
use crate::integers::Lookup;

/// Steps of a table: `2^6` to `2^12`.
const STEPS: std::ops::RangeInclusive<u32> = 6..=12;
/// How far an output may be from the rounded one.
const MOST_STEPS_OFF: u32 = 1;

/// The shortest table of a function that is near enough for each of the 65,536 inputs.
pub(super) fn of(activation: Activation, input: f64, output: f64) -> Result<Lookup, Message> {
    let exact = |number: i32| {
        let y = activation.apply(f64::from(number) * input) / output;
        nearest(if y.is_nan() { 0.0 } else { y })
    };
    let expected: Vec<i32> = (-32768..=32767).map(exact).collect();
    let fitting = STEPS.map(|bits| {
        let shift = 16 - bits;
        let values = (0..=1 << bits).map(|step: i32| exact((step << shift) - 32768));
        Lookup { values: values.collect(), shift }
    });
    let is_near = |lookup: &Lookup| {
        let mut pairs = (-32768..=32767).zip(&expected);
        pairs.all(|(number, expected)| lookup.apply(number).abs_diff(*expected) <= MOST_STEPS_OFF)
    };
    let mut fitting = fitting.filter(is_near);
    fitting.next().ok_or_else(|| {
        let name = activation.function.name;
        let steps = 1 << STEPS.end();
        Message::new(format!("needs a table of more than {steps} steps for `{name}`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::activation::{SIGMOID, SILU, SQRT, TANH};

    #[test]
    fn tables_are_near_for_every_input() {
        for function in [&TANH, &SIGMOID, &SILU] {
            for full in [1.0, 4.0, 16.0] {
                let output = if function.name == "silu" { full } else { 1.0 } / 32768.0;
                let lookup = of(Activation::of(function), full / 32768.0, output).unwrap();
                let off = (-32768..=32767).map(|number| {
                    let exact = Activation::of(function).apply(f64::from(number) * full / 32768.0);
                    (f64::from(lookup.apply(number)) - exact / output).abs()
                });
                let off = off.fold(0.0, f64::max);
                assert!(off <= 1.5, "{} {full}: {off}", function.name);
            }
        }
    }

    #[test]
    fn a_function_that_is_too_steep_is_refused() {
        let why = of(Activation::of(&SQRT), 1.0 / 32768.0, 1.0 / 32768.0).unwrap_err();
        assert_eq!(why.to_string(), "needs a table of more than 4096 steps for `sqrt`");
    }
}
