//! What messages say of the inputs of a node.

use super::reader::{Known, Reader};
use super::refusal::{Result, refuse_with};
use crate::numbers::rounded;
use crate::tensor::Tensor;

impl Reader<'_> {
    /// Refuses numbers that f32 does not have.
    pub(super) fn check_finite(&self, tensors: &[Tensor]) -> Result<()> {
        let wrong =
            |numbers: &[f64]| numbers.iter().copied().find(|one| !rounded(*one).is_finite());
        let Some(number) = tensors.iter().find_map(|tensor| wrong(&tensor.numbers)) else {
            return Ok(());
        };
        let is_wrong = |name: &&&str| match self.known.get(**name).map(AsRef::as_ref) {
            Some(Known::Constant(constant)) => {
                constant.floats().is_some_and(|floats| wrong(&floats.items).is_some())
            }
            _ => false,
        };
        let whose = match self.reads.iter().find(is_wrong) {
            Some(name) => format!("the tensor `{name}`"),
            None => "what is computed of its constants".to_owned(),
        };
        let what = if number.is_nan() { "NaN" } else { "a number that is too large for f32" };
        refuse_with(
            format!("{whose} contains {what}"),
            "train the model again: its training has diverged",
        )
    }

    /// How messages call the input at a place of so many.
    pub(super) fn input_name(&self, place: usize, count: usize) -> String {
        let name = self.reads.get(place).filter(|_| self.reads.len() == count);
        match name.map(|name| (name, self.known.get(name).map(AsRef::as_ref))) {
            Some((name, Some(Known::Stream(_)))) => format!("`{name}`"),
            _ => "a value".to_owned(),
        }
    }
}
