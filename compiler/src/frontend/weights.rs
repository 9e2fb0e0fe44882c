//! The weights file: found, read into a [`Store`], and bound to the layers that need its tensors.

mod assign;
mod bind;
mod format;
#[cfg(feature = "hdf5")]
mod hdf5;
mod json;
#[cfg(feature = "hdf5")]
mod keras;
mod keras_words;
mod nam;
#[cfg(any(feature = "npz", feature = "safetensors"))]
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
#[cfg(feature = "safetensors")]
mod safetensors;
mod source;
mod topology;
mod words;
mod zeros;
#[cfg(any(feature = "hdf5", feature = "npz"))]
mod zip;

pub(crate) use self::bind::bind;
use self::format::Format;
pub use self::source::Folders;
pub(crate) use self::source::Source;
pub(crate) use self::topology::Topology;
pub(crate) use self::zeros::{check as check_zeros, zeros};
use crate::errors::Errors;
use crate::frontend::ast::{self, Attributes, Choice, Weights};
use crate::frontend::kinds::{MOST_LAYERS, is_weighted};
use crate::frontend::onnx;
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
    /// The network's layers, where files of that format say them: then `layers` are theirs, one after the other.
    pub(crate) topology: Option<Topology>,
    pub(crate) reference: Option<Reference>,
    /// The frames a second that the network is made for.
    pub(crate) sample_rate: Option<f64>,
    /// The network, where files of that format say all of it.
    pub(crate) network: Option<onnx::Network>,
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
}

impl File {
    /// The file of a network whose layers need so many numbers, where that is known.
    pub(crate) fn read(
        net: &ast::Net,
        needed: Option<usize>,
        folders: &Folders,
        errors: &mut Errors,
    ) -> Self {
        let file = net.attributes.weights.as_ref().and_then(Weights::file);
        let source = file.and_then(|file| Source::read(file, folders, errors));
        let most = needed
            .map_or(MOST_NUMBERS, |needed| needed.saturating_add(NUMBERS_READ).min(MOST_NUMBERS));
        let store =
            source.as_ref().and_then(|source| Store::read(source, most, &net.attributes, errors));
        Self { source, store }
    }
}

/// Makes the layers that the file says those of a network that has no list of them.
pub(crate) fn take_layers(net: &mut ast::Net, mut file: File, errors: &mut Errors) -> File {
    net.layers_are_whole = false;
    let (Some(source), Some(store)) = (&file.source, &mut file.store) else { return file };
    let (name, shown) = (&net.name, &source.shown);
    if store.network.is_some() {
        net.layers_are_whole = true;
        return file;
    }
    let said = store.topology.take().map(|topology| topology.layers(source));
    let why = match said {
        Some(Ok(layers)) if layers.is_empty() => format!("`{shown}` has no layers"),
        Some(Ok(layers)) => {
            net.layers = layers;
            net.layers_are_whole = true;
            return file;
        }
        Some(Err(why)) => format!("`{shown}`: {why}"),
        None => format!("`{shown}` does not contain the layers of `{name}`"),
    };
    let help = format!("\nhelp: write the layers: `struct {name} < layer; layer >`");
    let help = if why.contains("\nhelp: ") { String::new() } else { help };
    errors.report(&source.written, format!("{why}{help}"));
    file
}

impl Store {
    /// Layers, of which nothing else is known.
    fn of(layers: Vec<Entry>, order: Order) -> Self {
        Self { layers, order, topology: None, reference: None, sample_rate: None, network: None }
    }

    /// What a file has, of so many numbers at most.
    fn read(
        source: &Source,
        most_numbers: usize,
        attributes: &Attributes,
        errors: &mut Errors,
    ) -> Option<Self> {
        let format = Format::of(source);
        let shown = &source.shown;
        if format == Format::Nam {
            return nam::read(source, attributes, errors);
        }
        let choices = attributes.submodel.iter().chain(&attributes.slim);
        for Choice { word, .. } in choices {
            let message =
                format!("`{shown}` contains one model of one size\nhelp: remove `{word}`");
            errors.report(word, message);
        }
        for word in attributes.onnx_words.iter().filter(|_| format != Format::Onnx) {
            let message = format!("`{word}` is said of an ONNX model, which `{shown}` is not");
            errors.report(word, format!("{message}\nhelp: remove `{word}`"));
        }
        let read = match format {
            Format::Json => json::read(source, most_numbers),
            Format::Onnx => {
                let words = attributes.of_onnx();
                let network = onnx::read(&source.bytes, &words, &source.written)
                    .map_err(|why| format!("`{shown}`: {why}"));
                network.map(|network| Self {
                    network: Some(network),
                    ..Self::of(Vec::new(), Order::Nothing)
                })
            }
            _ => format.read(&source.bytes).map_err(|problem| format!("`{shown}`: {problem}")),
        };
        let most = |store: Self| match store.order {
            Order::Arrays => Ok(store),
            _ if store.layers.len() <= MOST_LAYERS => Ok(store),
            _ => Err(format!("`{shown}`: more than {MOST_LAYERS} layers")),
        };
        read.and_then(most).map_err(|message| errors.report(&source.written, message)).ok()
    }
}

/// Reports a network that names no weights file, where a layer needs one.
pub(crate) fn none(net: &ast::Net, errors: &mut Errors) {
    if net.walk().into_iter().any(is_weighted) {
        let name = &net.name;
        let help = "help: write `#[weights = \"weights/net.json\"]` before it, or `#[weights = zeros]` until \
                    the network is trained";
        errors.report(name, format!("`{name}` has no weights file\n{help}"));
    }
}
