use std::cell::{Cell, RefCell};
use std::fmt;

use serde_core::de::Error;

use crate::errors::Hint;

/// Where the reader is, in words: "layer 2, `kernel[3][0]`". Where it stops at a mistake, this is the mistake's place.
#[derive(Default)]
pub(super) struct Place {
    words: RefCell<Words>,
    /// Numbers of layers so far, and the most that there may be.
    numbers: Cell<usize>,
    most: usize,
    /// Whether the file has tensors without layers around them.
    has_tensors_alone: bool,
}

#[derive(Default)]
struct Words {
    /// The layers that were begun.
    layer: usize,
    tensor: Option<String>,
    /// Of each list around the reader, the elements that were begun.
    lists: Vec<usize>,
}

impl Place {
    /// Before a file whose layers have so many numbers at most.
    pub(super) fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// The same of tensors without layers around them.
    pub(super) fn of_tensors(most: usize) -> Self {
        Self { has_tensors_alone: true, ..Self::new(most) }
    }

    /// Counts a number of a layer.
    pub(super) fn count<E: Error>(&self) -> Result<(), E> {
        if !self.is_of_layer() && !self.has_tensors_alone {
            return Ok(());
        }
        self.numbers.set(self.numbers.get() + 1);
        if self.numbers.get() > self.most {
            return Err(E::custom(format!("more than {} numbers", self.most)));
        }
        Ok(())
    }

    pub(super) fn next_layer(&self) {
        self.words.borrow_mut().layer += 1;
    }

    pub(super) fn leave_layers(&self) {
        self.words.take();
    }

    pub(super) fn enter_tensor(&self, name: &str) {
        self.words.borrow_mut().tensor = Some(name.to_owned());
    }

    pub(super) fn leave_tensor(&self) {
        self.words.borrow_mut().tensor = None;
    }

    /// Whether the reader is in a layer.
    pub(super) fn is_of_layer(&self) -> bool {
        self.words.borrow().layer > 0
    }

    /// Whether it is in the first one.
    pub(super) fn is_in_first_layer(&self) -> bool {
        self.words.borrow().layer == 1
    }

    /// How many lists of a tensor surround the reader.
    pub(super) fn depth(&self) -> usize {
        self.words.borrow().lists.len()
    }

    pub(super) fn enter_list(&self) {
        self.words.borrow_mut().lists.push(0);
    }

    /// To the next element of a list, if in one.
    pub(super) fn next(&self) {
        if let Some(begun) = self.words.borrow_mut().lists.last_mut() {
            *begun += 1;
        }
    }

    pub(super) fn leave_list(&self) {
        self.words.borrow_mut().lists.pop();
    }

    /// The note of a message, where there is something to say.
    pub(super) fn note(&self) -> Option<Hint> {
        let words = self.words.borrow();
        if self.has_tensors_alone {
            return words.tensor.as_ref().map(|tensor| Hint::note(words.of_tensor(tensor)));
        }
        let is_nowhere = words.layer == 0 && words.tensor.is_none();
        (!is_nowhere).then(|| Hint::note(words.to_string()))
    }
}

impl Words {
    /// `kernel[3][0]`, between backticks.
    fn of_tensor(&self, tensor: &str) -> String {
        let indices = self.lists.iter().filter_map(|begun| begun.checked_sub(1));
        let indices: Vec<_> = indices.map(|index| format!("[{index}]")).collect();
        let indices = indices.concat();
        format!("`{tensor}{indices}`")
    }
}

impl fmt::Display for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.layer {
            0 => write!(formatter, "reference")?,
            layer => write!(formatter, "layer {layer}")?,
        }
        if let Some(tensor) = &self.tensor {
            write!(formatter, ", {}", self.of_tensor(tensor))?;
        }
        Ok(())
    }
}
