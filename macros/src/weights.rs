//! The weights file: found, read into a [`Store`], and bound to the layers that need its tensors.

mod bind;
mod json;
mod names;
mod source;

pub(crate) use self::bind::bind;
pub(crate) use self::source::{Folders, Source};
use crate::ast;
use crate::errors::Errors;
use crate::layer::is_weighted;
use crate::tensor::Tensor;

/// The tensors of a weights file, whatever its format. It knows nothing of the network.
pub(crate) struct Store {
    pub(crate) layers: Vec<Entry>,
    pub(crate) reference: Option<Reference>,
}

/// A run that the framework recorded.
pub(crate) struct Reference {
    /// The frames that were pushed.
    pub(crate) input: Tensor,
    /// What each of them answers.
    pub(crate) output: Vec<Option<Tensor>>,
    /// How far off an answer may be, as part of itself, or of 1 where that is more.
    pub(crate) tolerance: f64,
}

impl Reference {
    pub(crate) const TOLERANCE: f64 = 1e-5;
}

/// A layer of the file.
pub(crate) struct Entry {
    pub(crate) name: Option<String>,
    pub(crate) tensors: Vec<(String, Tensor)>,
}

impl Store {
    pub(crate) fn read(source: &Source, errors: &mut Errors) -> Option<Self> {
        json::read(source, errors)
    }
}

/// The tensors of a network that names no weights file: none, which is right where no layer needs any.
pub(crate) fn none(net: &ast::Net, errors: &mut Errors) -> Vec<Vec<Tensor>> {
    let layers = net.walk();
    if layers.iter().any(|layer| is_weighted(layer)) {
        let name = &net.name;
        let help = "help: write `#[weights = \"weights/net.json\"]` before it";
        errors.report(name, format!("`{name}` has no weights file\n{help}"));
    }
    layers.iter().map(|_| Vec::new()).collect()
}
