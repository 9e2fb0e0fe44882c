//! What does not depend on the input but, at most, on its length: numbers of the file, and the arithmetic of shapes that
//! exporters print.

use super::array::{Array, Rearrangement, broadcast};
use super::dim::Dim;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Constant {
    Floats(Array<f64>),
    /// Whole numbers and truth values, some of which may grow with the input.
    Ints(Array<Dim>),
}

impl Constant {
    pub(super) fn shape(&self) -> &[usize] {
        match self {
            Self::Floats(array) => &array.shape,
            Self::Ints(array) => &array.shape,
        }
    }

    pub(super) fn rearranged(&self, change: &Rearrangement) -> Self {
        match self {
            Self::Floats(array) => Self::Floats(change.of(array)),
            Self::Ints(array) => Self::Ints(change.of(array)),
        }
    }

    /// As reals; `None` where one grows with the input.
    pub(super) fn floats(&self) -> Option<Array<f64>> {
        match self {
            Self::Floats(array) => Some(array.clone()),
            Self::Ints(array) => {
                let items = array.items.iter().map(|dim| dim.as_number().map(real));
                Some(Array { shape: array.shape.clone(), items: items.collect::<Option<_>>()? })
            }
        }
    }

    /// As whole numbers, in a list; `None` where it has others, or one grows with the input.
    pub(super) fn numbers(&self) -> Option<Vec<i64>> {
        match self {
            Self::Ints(array) => array.items.iter().map(|dim| dim.as_number()).collect(),
            Self::Floats(array) => array.items.iter().map(|number| whole(*number)).collect(),
        }
    }

    /// The number that all of it is.
    pub(super) fn number(&self) -> Option<f64> {
        let array = self.floats()?;
        let (first, others) = array.items.split_first()?;
        others.iter().all(|other| other == first).then_some(*first)
    }

    /// A function of each number, and of lengths where it has one of these.
    pub(super) fn unary(&self, op: &str) -> Option<Self> {
        if let (Self::Ints(array), "Neg" | "Not" | "Abs" | "Identity") = (self, op) {
            let of = |dim: &Dim| match op {
                "Neg" => dim.multiply(Dim::number(-1)),
                "Not" => dim.as_number().map(|number| Dim::number(i64::from(number == 0))),
                "Abs" => dim.as_number().map(|number| Dim::number(number.saturating_abs())),
                _ => Some(*dim),
            };
            let items = array.items.iter().map(of).collect::<Option<_>>()?;
            return Some(Self::Ints(Array { shape: array.shape.clone(), items }));
        }
        let of: fn(f64) -> f64 = match op {
            "Neg" => |x| -x,
            "Abs" => f64::abs,
            "Sqrt" => f64::sqrt,
            "Exp" => f64::exp,
            "Log" => f64::ln,
            "Reciprocal" => |x| 1.0 / x,
            "Floor" => f64::floor,
            "Ceil" => f64::ceil,
            "Round" => f64::round_ties_even,
            "Sigmoid" => |x| 1.0 / (1.0 + (-x).exp()),
            "Tanh" => f64::tanh,
            "Relu" => |x| x.max(0.0),
            "Softplus" => |x| x.exp().ln_1p(),
            "Sign" => |x| if x == 0.0 { 0.0 } else { x.signum() },
            _ => return None,
        };
        Some(Self::Floats(self.floats()?.map(|x| of(*x))))
    }

    /// An operation of two, broadcast. `None` where it is not served, or its result is no number.
    pub(super) fn binary(op: &str, a: &Self, b: &Self) -> Option<Self> {
        let shape = broadcast(a.shape(), b.shape())?;
        let to = Rearrangement::Broadcast(shape.clone());
        if let (Self::Ints(a), Self::Ints(b)) = (a, b) {
            let (a, b) = (to.of(a), to.of(b));
            let pairs = a.items.iter().zip(&b.items);
            let items = pairs.map(|(a, b)| ints(op, *a, *b)).collect::<Option<_>>()?;
            return Some(Self::Ints(Array { shape, items }));
        }
        let (a, b) = (to.of(&a.floats()?), to.of(&b.floats()?));
        let pairs = a.items.iter().zip(&b.items);
        if let Some(of) = comparison(op) {
            let items = pairs.map(|(a, b)| Dim::number(i64::from(of(*a, *b)))).collect();
            return Some(Self::Ints(Array { shape, items }));
        }
        let of = arithmetic(op)?;
        Some(Self::Floats(Array { shape, items: pairs.map(|(a, b)| of(*a, *b)).collect() }))
    }
}

/// An operation of two reals.
pub(super) fn arithmetic(op: &str) -> Option<fn(f64, f64) -> f64> {
    Some(match op {
        "Add" | "Sum" => |a, b| a + b,
        "Sub" => |a, b| a - b,
        "Mul" => |a, b| a * b,
        "Div" => |a, b| a / b,
        "Pow" => f64::powf,
        "Min" => f64::min,
        "Max" => f64::max,
        _ => return None,
    })
}

fn comparison(op: &str) -> Option<fn(f64, f64) -> bool> {
    Some(match op {
        "Equal" => |a, b| a == b,
        "Greater" => |a, b| a > b,
        "GreaterOrEqual" => |a, b| a >= b,
        "Less" => |a, b| a < b,
        "LessOrEqual" => |a, b| a <= b,
        _ => return None,
    })
}

fn ints(op: &str, a: Dim, b: Dim) -> Option<Dim> {
    let both = || Some((a.as_number()?, b.as_number()?));
    let truth = |truth: bool| Some(Dim::number(i64::from(truth)));
    match op {
        "Add" | "Sum" => a.add(b),
        "Sub" => a.subtract(b),
        "Mul" => a.multiply(b),
        // Towards zero, as in C; lengths are not below it.
        "Div" => match (a.as_number(), b.as_number()?) {
            (_, 0) => None,
            (Some(a), b) => Some(Dim::number(a.wrapping_div(b))),
            (None, b) => (b > 0).then(|| a.over(b)),
        },
        "Mod" => {
            let (a, b) = both()?;
            (b != 0).then(|| Dim::number(a.wrapping_rem_euclid(b)))
        }
        "Min" => both().map(|(a, b)| Dim::number(a.min(b))).or((a == b).then_some(a)),
        "Max" => both().map(|(a, b)| Dim::number(a.max(b))).or((a == b).then_some(a)),
        "And" => both().and_then(|(a, b)| truth(a != 0 && b != 0)),
        "Or" => both().and_then(|(a, b)| truth(a != 0 || b != 0)),
        // A length that grows with the input is no number of the file.
        "Equal" if a.grows() != b.grows() => truth(false),
        "Equal" if a == b => truth(true),
        _ => {
            let apart = a.subtract(b)?.as_number()?;
            match op {
                "Equal" => truth(apart == 0),
                "Greater" => truth(apart > 0),
                "GreaterOrEqual" => truth(apart >= 0),
                "Less" => truth(apart < 0),
                "LessOrEqual" => truth(apart <= 0),
                _ => None,
            }
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a file's whole numbers are small, or mean the end")]
fn real(number: i64) -> f64 {
    number as f64
}

/// A real that has no fraction.
#[allow(clippy::cast_possible_truncation, reason = "what is not whole is none")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 2_f64.powi(53)).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_numbers_are_computed() {
        let list = |numbers: &[i64]| {
            Constant::Ints(Array::list(numbers.iter().map(|n| Dim::number(*n)).collect()))
        };
        let length = Constant::Ints(Array::list(vec![Dim::INPUT]));
        let less = Constant::binary("Sub", &length, &list(&[3])).unwrap();
        let apart = Constant::binary("Sub", &length, &less).unwrap();
        assert_eq!(apart.numbers(), Some(vec![3]));
        assert_eq!(
            Constant::binary("Equal", &length, &list(&[1])).unwrap().numbers(),
            Some(vec![0])
        );
        assert_eq!(
            Constant::binary("Div", &list(&[7, -7]), &list(&[2])).unwrap().numbers(),
            Some(vec![3, -3])
        );
        assert_eq!(Constant::binary("Div", &list(&[7]), &list(&[0])), None);
        assert_eq!(less.numbers(), None);
        let floats = Constant::Floats(Array::list(vec![4.0, 9.0]));
        let Some(Constant::Floats(roots)) = floats.unary("Sqrt") else { panic!("no reals") };
        assert_eq!(roots.items, [2.0, 3.0]);
    }
}
