//! The captures of Neural Amp Modeler, `.nam`: JSON with the topology, and all weights in one list.
//!
//! ```text
//! { "version": "0.5.4", "architecture": "WaveNet", "config": { … }, "weights": [ … ], "sample_rate": 48000 }
//! ```
//!
//! What becomes of it is what a user would write: layers, and a tensor for each that needs one.

mod activation;
mod array;
mod build;
mod config;
mod model;
mod slim;
mod stack;
mod value;
mod wavenet;

use proc_macro2::TokenStream;

use self::build::Build;
use self::config::Config;
use super::{Order, Source, Store, Topology, json};
use crate::errors::Errors;
use crate::frontend::ast::{Attributes, Choice};

/// What is wrong with a file, or with what is chosen of it.
struct Problem {
    /// Where it is put right, if that is not the file.
    at: Option<TokenStream>,
    message: String,
}

type Result<T> = std::result::Result<T, Problem>;

impl From<String> for Problem {
    fn from(message: String) -> Self {
        Self { at: None, message }
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
    let file = value::parse(text).map_err(|error| json::message(&error, shown, text, ""))?;
    let file = Config::new(&file, shown);
    let mut build = Build::new();
    let sample_rate = model::top(&file, submodel, slim, &mut build)?;
    let (said, layers) = build.finish();
    let store = Store::of(layers, Order::Layers);
    Ok(Store { topology: Some(Topology::of(said)), sample_rate, ..store })
}
