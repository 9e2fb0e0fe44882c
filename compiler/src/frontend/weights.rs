//! The weights file: found, read into a [`Store`], and bound to the layers that need its tensors.

mod assign;
mod bind;
mod format;
mod frames;
mod graph;
#[cfg(feature = "hdf5")]
mod hdf5;
mod json;
#[cfg(feature = "hdf5")]
mod keras;
mod keras_activations;
mod layers;
pub(crate) mod metadata;
mod nam;
mod named;
mod names;
#[cfg(feature = "npz")]
mod npy;
#[cfg(feature = "npz")]
mod npz;
#[cfg(any(feature = "hdf5", feature = "npz", feature = "safetensors"))]
mod numbers;
#[cfg(feature = "safetensors")]
mod ordered;
#[cfg(any(feature = "npz", feature = "safetensors"))]
mod recorded;
mod run_files;
#[cfg(feature = "safetensors")]
mod safetensors;
mod source;
mod zeros;
#[cfg(any(feature = "hdf5", feature = "npz"))]
mod zip;

use std::ops::Range;

pub(crate) use self::bind::bind;
use self::format::Format;
pub(crate) use self::frames::frames;
pub(crate) use self::graph::FileGraph;
use self::layers::Layers;
pub(crate) use self::metadata::Metadata;
pub(crate) use self::run_files::RunFiles;
pub use self::source::Folders;
pub(crate) use self::source::Source;
pub(crate) use self::zeros::{check as check_zeros, zeros};
use crate::errors::{Errors, Message};
use crate::frontend::ast::{self, Attributes, Choice, WeightsFile};
use crate::frontend::build::limits::MOST_LAYERS;
use crate::frontend::kinds::is_weighted;
#[cfg(feature = "onnx")]
use crate::frontend::onnx;
use crate::graph::Graph;
use crate::tensor::Tensor;

/// Tensors of one layer: no kind has as many.
const MOST_TENSORS: usize = 16;

/// Numbers of a file: 64 MiB of f32.
const MOST_NUMBERS: usize = 1 << 24;
/// Numbers that are read beyond those that the layers need, so that a message can say what there is instead.
const NUMBERS_READ: usize = 1 << 18;

/// Dimensions of a tensor: no layer has one of more.
const MOST_DIMENSIONS: usize = 4;

/// The tensors of a weights file, whatever its format. It knows nothing of the network.
pub(crate) struct Store {
    pub(crate) layers: Vec<Entry>,
    pub(crate) order: Order,
    /// The network, where files of that format say it, or why it cannot be one here: then `layers` are its own, one after
    /// the other.
    pub(crate) graph: Option<Result<FileGraph, Message>>,
    /// What else a model says.
    pub(crate) model: Option<Box<dyn Model>>,
    pub(crate) reference: Option<Reference>,
    /// What the file says of its signal, where it is that of a capture.
    pub(crate) metadata: Option<Metadata>,
}

/// What a model says beside its graph.
pub(crate) trait Model {
    /// The channels of the output that each of the model's outputs has, where it has several.
    fn outputs(&self) -> &[(String, Range<usize>)];

    /// The same of its inputs.
    fn inputs(&self) -> &[(String, Range<usize>)];

    /// The run that the file has as that of the stream whose graph is `graph`, and how far the model's own outputs are from
    /// it, or what is wrong with it.
    fn reference(&self, graph: &Graph) -> Result<Option<(Reference, Option<f64>)>, String>;
}

/// A run that the framework recorded.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// The frames that were pushed.
    pub(crate) input: Tensor,
    /// What each of them outputs.
    pub(crate) output: Vec<Option<Tensor>>,
    /// How far off an output may be, as part of itself, or of 1 where that is more.
    pub(crate) tolerance: f64,
}

impl Reference {
    pub(crate) const TOLERANCE: f64 = 1e-5;
}

/// What the order of a file's layers says.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    not(all(feature = "hdf5", feature = "npz", feature = "safetensors")),
    allow(dead_code, reason = "it is a format's that is not read")
)]
pub(crate) enum Order {
    /// It is that of the network's text.
    Text,
    /// It is that of the layers that the file itself says, which are the network's.
    Layers,
    /// It is that of a Keras model's layers, which is the text's where each follows the one before.
    Model,
    /// It is that, but only among layers of one class.
    Classes,
    /// It is that too, and every entry is one tensor: each layer takes as many as it needs.
    Arrays,
    /// Nothing.
    Nothing,
}

/// A layer of the file.
#[derive(Default)]
pub(crate) struct Entry {
    pub(crate) name: Option<String>,
    /// What Keras calls layers of its kind, where the file says it.
    pub(crate) class: Option<String>,
    pub(crate) tensors: Vec<(String, Tensor)>,
    /// Whether the tensors are those of Keras, in Keras' order, under names that say nothing.
    pub(crate) by_place: bool,
}

/// The weights file of a network.
pub(crate) struct File {
    /// `None` where it cannot be read, or there is none.
    pub(crate) source: Option<Source>,
    /// `None` where something in it is wrong.
    pub(crate) store: Option<Store>,
    /// The recorded run in a folder of its own.
    pub(crate) run: Option<RunFiles>,
}

impl File {
    /// The file of a network whose layers need so many numbers, where that is known.
    pub(crate) fn read(
        net: &ast::Net,
        file: Option<&WeightsFile>,
        needed: Option<usize>,
        folders: &Folders,
        errors: &mut Errors,
    ) -> Self {
        let source = file.and_then(|file| Source::read(file, source::WEIGHTS, folders, errors));
        let most = needed
            .map_or(MOST_NUMBERS, |needed| needed.saturating_add(NUMBERS_READ).min(MOST_NUMBERS));
        let is_onnx = |source: &Source| Format::of(source) == Format::Onnx;
        let run =
            net.attributes.reference.as_ref().filter(|_| source.as_ref().is_some_and(is_onnx));
        let run = run.and_then(|folder| RunFiles::read(folder, folders, errors));
        let attributes = &net.attributes;
        let read = |source| Store::read(source, most, attributes, run.as_ref(), errors);
        let store = source.as_ref().and_then(read);
        Self { source, store, run }
    }

    /// The graph that the file says, where it is one that can be here.
    pub(crate) fn take_graph(&mut self) -> Option<FileGraph> {
        let (source, store) = (self.source.as_ref()?, self.store.as_mut()?);
        Some(store.graph.take()?.ok()?.of(source))
    }

    /// The same of a network that has no list of layers. Where there is none, that is reported.
    pub(crate) fn require_graph(
        &mut self,
        net: &ast::Net,
        errors: &mut Errors,
    ) -> Option<FileGraph> {
        let (Some(source), Some(store)) = (&self.source, &mut self.store) else { return None };
        let (name, shown) = (&net.name, &source.shown);
        let why = match store.graph.take() {
            Some(Ok(file)) if file.graph.layers.is_empty() && store.model.is_none() => {
                Message::new(format!("`{shown}` has no layers"))
            }
            Some(Ok(file)) if file.needs.len() > MOST_LAYERS => {
                let count = file.needs.len();
                let text = format!("`{name}` has {count} layers, but the limit is {MOST_LAYERS}");
                errors.report(&source.written, text);
                return None;
            }
            Some(Ok(file)) => return Some(file.of(source)),
            Some(Err(why)) => why.after(format!("`{shown}`: ")),
            None => Message::new(format!("`{shown}` does not contain the layers of `{name}`")),
        };
        let help = format!("write the layers: `struct {name} < layer; layer >`");
        errors.report(&source.written, if why.has_help() { why } else { why.help(help) });
        None
    }
}

impl Store {
    /// Layers, of which nothing else is known.
    fn of(layers: Vec<Entry>, order: Order) -> Self {
        Self { layers, order, graph: None, model: None, reference: None, metadata: None }
    }

    /// What a file has, of so many numbers at most.
    fn read(
        source: &Source,
        most_numbers: usize,
        attributes: &Attributes,
        #[cfg_attr(
            not(feature = "onnx"),
            expect(unused_variables, reason = "only ONNX has such files")
        )]
        run: Option<&RunFiles>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let format = Format::of(source);
        let shown = &source.shown;
        if format == Format::Nam {
            return nam::read(source, attributes, errors);
        }
        let choices = attributes.submodel.iter().chain(&attributes.slim);
        for Choice { word, .. } in choices {
            let message = Message::new(format!("`{shown}` contains one model of one size"));
            errors.report(word, message.help(format!("remove `{word}`")));
        }
        for word in attributes.onnx_words.iter().filter(|_| format != Format::Onnx) {
            let text = format!("`{word}` is for an ONNX model, which `{shown}` is not");
            errors.report(word, Message::new(text).help(format!("remove `{word}`")));
        }
        let read = match format {
            Format::Json => json::read(source, most_numbers),
            #[cfg(feature = "onnx")]
            Format::Onnx => {
                let words = &attributes.onnx;
                let model = onnx::read(&source.bytes, words, run, &source.written);
                let store = model.map(|(graph, model)| Self {
                    graph: Some(Ok(FileGraph { graph, needs: Vec::new(), unspecified: &[] })),
                    model: Some(Box::new(model)),
                    ..Self::of(Vec::new(), Order::Layers)
                });
                store.map_err(|why| why.after(format!("`{shown}`: ")))
            }
            _ => {
                format.read(&source.bytes).map_err(|problem| problem.after(format!("`{shown}`: ")))
            }
        };
        let most = |store: Self| match store.order {
            Order::Arrays => Ok(store),
            _ if store.layers.len() <= MOST_LAYERS => Ok(store),
            _ => Err(format!("`{shown}`: more than {MOST_LAYERS} layers").into()),
        };
        read.and_then(most).map_err(|message| errors.report(&source.written, message)).ok()
    }
}

/// Reports a network that names no weights file, where a layer needs one.
pub(crate) fn none(net: &ast::Net, errors: &mut Errors) {
    if net.walk().into_iter().any(is_weighted) {
        let name = &net.name;
        let help = "write `#[weights = \"weights/net.json\"]` before it, or `#[weights = zeros]` until \
                    the network is trained";
        errors.report(name, Message::new(format!("`{name}` has no weights file")).help(help));
    }
}
