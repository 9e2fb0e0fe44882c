//! The captures of Neural Amp Modeler, `.nam`: JSON with the topology, and all weights in one list.
//!
//! ```text
//! { "version": "0.5.4", "architecture": "WaveNet", "config": { … }, "weights": [ … ], "sample_rate": 48000 }
//! ```
//!
//! What becomes of it is a graph, and the tensors of each of its layers that needs some.

mod activation;
mod array;
mod config;
mod film;
mod metadata;
mod model;
mod slim;
mod stack;
mod step;
mod tensors;
mod value;
mod wavenet;

use proc_macro2::TokenStream;

use self::config::Config;
use super::{Entry, Layers, Order, Source, Store, json};
use crate::errors::{Errors, Message};
use crate::frontend::ast::{Attributes, Choice};
use crate::frontend::build::Spec;
use crate::tensor::Tensor;

/// What is wrong with a file, or with what is chosen of it.
struct Problem {
    /// Where it is put right, if that is not the file.
    at: Option<TokenStream>,
    message: Message,
}

type Result<T> = std::result::Result<T, Problem>;

impl From<Message> for Problem {
    fn from(message: Message) -> Self {
        Self { at: None, message }
    }
}

/// A model that is read: its layers, and the tensors of those that need some, in their order.
struct Model {
    layers: Layers,
    entries: Vec<Entry>,
}

impl Model {
    /// Adds a layer with these tensors, by the names that one of its conventions has.
    fn add(&mut self, spec: &dyn Spec, tensors: Vec<(&str, Tensor)>) {
        let tensors = tensors.into_iter().map(|(name, tensor)| (name.to_owned(), tensor)).collect();
        self.entries.push(Entry { tensors, ..Entry::default() });
        self.layers.add(spec);
    }
}

pub(super) fn read(source: &Source, attributes: &Attributes, errors: &mut Errors) -> Option<Store> {
    let Attributes { submodel, slim, .. } = attributes;
    let is_wrong = |choice: &Choice| choice.number.is_none();
    if submodel.iter().chain(slim).any(is_wrong) {
        return None;
    }
    let store = file(source, submodel.as_ref(), slim.as_ref());
    let report = |Problem { at, message }: Problem| {
        errors.report(&at.unwrap_or_else(|| source.written.clone()), message);
    };
    store.map_err(report).ok()
}

fn file(source: &Source, submodel: Option<&Choice>, slim: Option<&Choice>) -> Result<Store> {
    let shown = &source.shown;
    let text = json::text(source)?;
    let file = value::parse(text).map_err(|error| json::message(&error, shown, text, None))?;
    let file = Config::new(&file, shown);
    let (model, metadata) = model::top(&file, submodel, slim)?;
    let store = Store::of(model.entries, Order::Layers);
    Ok(Store { graph: Some(model.layers.finish()), metadata: Some(metadata), ..store })
}
