//! A node of the file at hand, with what is known of its inputs.

use std::rc::Rc;

use super::array::Array;
use super::constant::Constant;
use super::proto::Node;
use super::reader::Known;
use super::refusal::{Result, condition, invalid, of_length, refuse, refuse_with};
use super::stream::Stream;

/// What reads zeros that wait beside a sequence.
pub(super) const PADDED: &str =
    "it reads frames with zeros before the first or behind the last one, and is no convolution";

/// What to do with a state that something else than a cell reads.
pub(super) const STATE: &str = "compute with the output of the LSTM, GRU or RNN instead";

/// A node with what is known of its inputs.
pub(super) struct Call<'c, 'b> {
    pub(super) node: &'c Node<'b>,
    pub(super) inputs: Vec<Option<Rc<Known>>>,
}

impl Call<'_, '_> {
    pub(super) fn input(&self, place: usize) -> Option<&Known> {
        self.inputs.get(place)?.as_deref()
    }

    /// The name of an input in the file.
    pub(super) fn name(&self, place: usize) -> &str {
        self.node.inputs.get(place).copied().unwrap_or_default()
    }

    pub(super) fn stream(&self, place: usize) -> Result<&Stream> {
        match self.input(place) {
            Some(Known::Stream(stream)) => Ok(stream),
            Some(Known::State(_)) => refuse_with(
                format!(
                    "it reads the state `{}`, which only a recurrent cell may read",
                    self.name(place)
                ),
                STATE,
            ),
            Some(Known::Condition(_)) => condition(),
            Some(Known::Constant(_)) => refuse(format!(
                "its input `{}` is a constant, where frames are expected",
                self.name(place)
            )),
            None => invalid(format!("it has no input {place}")),
        }
    }

    /// The same, where no zero frames wait before or behind it.
    pub(super) fn unpadded(&self, place: usize) -> Result<&Stream> {
        let stream = self.stream(place)?;
        if stream.padding == [0, 0] {
            return Ok(stream);
        }
        refuse_with(PADDED, "pad right before a convolution, with zeros")
    }

    pub(super) fn constant(&self, place: usize) -> Option<&Constant> {
        match self.input(place) {
            Some(Known::Constant(constant)) => Some(constant),
            _ => None,
        }
    }

    /// A constant that the operation cannot do without.
    pub(super) fn wanted(&self, place: usize, what: &str) -> Result<&Constant> {
        self.constant(place).map_or_else(
            || {
                refuse_with(
                    format!("its {what} `{}` is computed from frames", self.name(place)),
                    "make it a constant of the file",
                )
            },
            Ok,
        )
    }

    pub(super) fn weights(&self, place: usize, what: &str) -> Result<Array<f64>> {
        match self.wanted(place, what)?.floats() {
            Some(array) => Ok(array),
            None => of_length(format!("its {what} depends")),
        }
    }

    /// Numbers that stand in an attribute, or, in newer versions of the standard, in an input.
    pub(super) fn ints(&self, attribute: &str, place: usize) -> Result<Option<Vec<i64>>> {
        if let Some(numbers) = self.node.ints(attribute) {
            return Ok(Some(numbers.to_vec()));
        }
        if self.input(place).is_none() {
            return Ok(None);
        }
        match self.wanted(place, attribute)?.numbers() {
            Some(numbers) => Ok(Some(numbers)),
            None => of_length(format!("its `{attribute}` depends")),
        }
    }
}

/// An axis counted from the front.
pub(super) fn axis(axis: i64, rank: usize) -> Result<usize> {
    let from_front = if axis < 0 { i64::try_from(rank).unwrap_or(i64::MAX) + axis } else { axis };
    match usize::try_from(from_front) {
        Ok(place) if place < rank => Ok(place),
        _ => invalid(format!("it names axis {axis}, but its input has {rank} axes, from 0")),
    }
}

/// Several of them.
pub(super) fn axes(numbers: &[i64], rank: usize) -> Result<Vec<usize>> {
    numbers.iter().map(|number| axis(*number, rank)).collect()
}
