//! What a loop computes in a step, as expressions of the frame and of the states before the step.

use std::rc::Rc;

use super::super::super::array::{Array, Rearrangement};

/// Parts that an expression may have: a cell has fewer than half as many.
const MOST_PARTS: usize = 128;

/// Where the rows of a matrix get their numbers from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    /// The frame of the step.
    Frame,
    /// The state of that number, as it is before the step.
    State(usize),
    Computed(Rc<Expression>),
}

/// A sum of matrices, each times a source, and of a bias.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Linear {
    pub(super) columns: usize,
    /// Each matrix has a row for each number of its source; `None` is the identity.
    pub(super) parts: Vec<(Source, Option<Array<f64>>)>,
    pub(super) bias: Option<Vec<f64>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Function {
    Sigmoid,
    Tanh,
    Relu,
}

/// A row of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Linear(Linear),
    Function(Function, Rc<Expression>),
    Product(Rc<Expression>, Rc<Expression>),
    /// Of at most one linear expression, and none that is a sum itself.
    Sum(Vec<Rc<Expression>>),
    /// 1 minus it.
    Complement(Rc<Expression>),
}

impl Linear {
    fn plus(mut self, other: &Self) -> Option<Self> {
        for (source, matrix) in &other.parts {
            match self.parts.iter_mut().find(|(own, _)| own == source) {
                Some((_, Some(own))) => {
                    let matrix = matrix.as_ref().filter(|matrix| matrix.shape == own.shape)?;
                    own.items
                        .iter_mut()
                        .zip(&matrix.items)
                        .for_each(|(own, number)| *own += number);
                }
                Some((_, None)) => return None,
                None => self.parts.push((source.clone(), matrix.clone())),
            }
        }
        self.bias = match (self.bias, &other.bias) {
            (Some(own), Some(bias)) => Some(own.iter().zip(bias).map(|(a, b)| a + b).collect()),
            (own, bias) => own.or_else(|| bias.clone()),
        };
        Some(self)
    }

    /// The state that it is, unchanged.
    pub(super) fn state(&self) -> Option<usize> {
        match (self.parts.as_slice(), &self.bias) {
            ([(Source::State(state), None)], None) => Some(*state),
            _ => None,
        }
    }

    /// Some of its numbers, in this order.
    fn taken(&self, places: &[usize]) -> Self {
        let take = |(source, matrix): &(Source, Option<Array<f64>>)| {
            let matrix = match matrix {
                Some(matrix) => Rearrangement::Take { axis: 1, places: places.to_vec() }.of(matrix),
                None => selection(self.columns, places),
            };
            (source.clone(), Some(matrix))
        };
        let bias = self
            .bias
            .as_ref()
            .map(|bias| places.iter().filter_map(|place| bias.get(*place).copied()).collect());
        Self { columns: places.len(), parts: self.parts.iter().map(take).collect(), bias }
    }
}

/// The columns of an identity matrix at these places.
fn selection(rows: usize, places: &[usize]) -> Array<f64> {
    let items = (0..rows)
        .flat_map(|row| places.iter().map(move |place| if *place == row { 1.0 } else { 0.0 }));
    Array { shape: vec![rows, places.len()], items: items.collect() }
}

/// The identity matrix.
pub(super) fn identity(rows: usize) -> Array<f64> {
    selection(rows, &(0..rows).collect::<Vec<_>>())
}

impl Expression {
    /// The numbers of a source, unchanged.
    pub(super) fn of(source: Source, columns: usize) -> Rc<Self> {
        Rc::new(Self::Linear(Linear { columns, parts: vec![(source, None)], bias: None }))
    }

    pub(super) fn constant(numbers: Vec<f64>) -> Rc<Self> {
        Rc::new(Self::Linear(Linear {
            columns: numbers.len(),
            parts: Vec::new(),
            bias: Some(numbers),
        }))
    }

    pub(super) fn columns(&self) -> usize {
        match self {
            Self::Linear(linear) => linear.columns,
            Self::Function(_, of) | Self::Complement(of) | Self::Product(of, _) => of.columns(),
            Self::Sum(terms) => terms.first().map_or(0, |term| term.columns()),
        }
    }

    pub(super) fn linear(&self) -> Option<&Linear> {
        match self {
            Self::Linear(linear) => Some(linear),
            _ => None,
        }
    }

    fn parts(&self) -> usize {
        1 + match self {
            Self::Linear(linear) => {
                let parts = linear.parts.iter().map(|(source, _)| match source {
                    Source::Computed(expression) => expression.parts(),
                    Source::Frame | Source::State(_) => 1,
                });
                parts.sum()
            }
            Self::Function(_, of) | Self::Complement(of) => of.parts(),
            Self::Product(a, b) => a.parts() + b.parts(),
            Self::Sum(terms) => terms.iter().map(|term| term.parts()).sum(),
        }
    }

    /// None that grows beyond what a cell has.
    fn bounded(self) -> Option<Rc<Self>> {
        (self.parts() <= MOST_PARTS).then(|| Rc::new(self))
    }

    pub(super) fn function(function: Function, of: &Rc<Self>) -> Option<Rc<Self>> {
        Self::Function(function, Rc::clone(of)).bounded()
    }

    pub(super) fn complement(of: &Rc<Self>) -> Option<Rc<Self>> {
        Self::Complement(Rc::clone(of)).bounded()
    }

    /// The product of each number with that at its place.
    pub(super) fn product(a: &Rc<Self>, b: &Rc<Self>) -> Option<Rc<Self>> {
        (a.columns() == b.columns()).then(|| Self::Product(Rc::clone(a), Rc::clone(b)).bounded())?
    }

    pub(super) fn sum(a: &Rc<Self>, b: &Rc<Self>) -> Option<Rc<Self>> {
        if a.columns() != b.columns() {
            return None;
        }
        let mut linear: Option<Linear> = None;
        let mut terms = Vec::new();
        for side in [a, b] {
            let own = match side.as_ref() {
                Self::Sum(terms) => terms.as_slice(),
                _ => std::slice::from_ref(side),
            };
            for term in own {
                match term.linear() {
                    Some(other) => {
                        linear = Some(match linear {
                            Some(linear) => linear.plus(other)?,
                            None => other.clone(),
                        });
                    }
                    None => terms.push(Rc::clone(term)),
                }
            }
        }
        match (linear, terms.is_empty()) {
            (Some(linear), true) => Self::Linear(linear).bounded(),
            (linear, _) => {
                terms.extend(linear.map(|linear| Rc::new(Self::Linear(linear))));
                Self::Sum(terms).bounded()
            }
        }
    }

    /// Some of the numbers, in this order.
    pub(super) fn taken(self: &Rc<Self>, places: &[usize]) -> Rc<Self> {
        if places.iter().copied().eq(0..self.columns()) {
            return Rc::clone(self);
        }
        let taken = |of: &Rc<Self>| of.taken(places);
        Rc::new(match self.as_ref() {
            Self::Linear(linear) => Self::Linear(linear.taken(places)),
            Self::Function(function, of) => Self::Function(*function, taken(of)),
            Self::Complement(of) => Self::Complement(taken(of)),
            Self::Product(a, b) => Self::Product(taken(a), taken(b)),
            Self::Sum(terms) => Self::Sum(terms.iter().map(taken).collect()),
        })
    }

    /// The row times a matrix.
    pub(super) fn times(self: &Rc<Self>, matrix: &Array<f64>) -> Option<Rc<Self>> {
        let [rows, columns] = matrix.shape.as_slice() else { return None };
        if *rows != self.columns() {
            return None;
        }
        let (source, bias) = match self.as_ref() {
            Self::Linear(Linear { parts, bias, .. }) => match parts.as_slice() {
                [(source, None)] => (source.clone(), bias),
                // A product of matrices is none of a cell's.
                _ => return None,
            },
            _ => (Source::Computed(Rc::clone(self)), &None),
        };
        if bias.is_some() {
            return None;
        }
        let parts = vec![(source, Some(matrix.clone()))];
        Self::Linear(Linear { columns: *columns, parts, bias: None }).bounded()
    }
}
