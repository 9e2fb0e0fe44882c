//! The network as it was written: nothing is known yet of kinds, keys or shapes.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

pub(crate) struct Net {
    pub(crate) attributes: Attributes,
    pub(crate) visibility: TokenStream,
    pub(crate) name: Ident,
    pub(crate) layers: Vec<Layer>,
    /// The kinds that were written, each with its keys and flags, for editors.
    pub(crate) words: Vec<(Ident, Vec<Ident>)>,
    /// Whether there is a list of layers: where not, the weights file says them.
    pub(crate) are_written: bool,
    /// Whether all of them could be made out.
    pub(crate) layers_are_whole: bool,
}

impl Net {
    /// Every layer, those of branches before the layer that they belong to.
    pub(crate) fn walk(&self) -> Vec<&Layer> {
        let mut walked = Vec::new();
        self.layers.iter().for_each(|layer| layer.walk(&mut walked));
        walked
    }

    /// Whether it begins as if silence had gone on forever.
    pub(crate) fn starts_at_rest(&self) -> bool {
        matches!(self.attributes.start, Some(Start::Rest { .. }))
    }

    /// The path by which the user's crate knows `streaming-net`.
    pub(crate) fn krate(&self) -> TokenStream {
        self.attributes.krate.clone().unwrap_or_else(|| quote!(::streaming_net))
    }

    /// The path of what only expansions use of it.
    pub(crate) fn private(&self) -> TokenStream {
        let krate = self.krate();
        quote!(#krate::__private)
    }

    /// Whether its frames and weights are integers.
    pub(crate) fn is_integer(&self) -> bool {
        matches!(self.attributes.numbers, Some(Numbers::I16 { .. }))
    }

    pub(crate) fn math(&self) -> Math {
        self.attributes.math.unwrap_or_default()
    }
}

/// What stands before a network in `#[…]`.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) weights: Option<Weights>,
    /// `#[weights("clean.nam", "lead.nam")]`: all files of a list, of which `weights` is the first.
    pub(crate) files: Vec<NamedFile>,
    /// `#[submodel = 0]`: which of a weights file's models is meant.
    pub(crate) submodel: Option<Choice>,
    /// `#[slim = 2]`: the channels that are left of a slimmable model's.
    pub(crate) slim: Option<Choice>,
    pub(crate) budget: Option<Budget>,
    pub(crate) start: Option<Start>,
    pub(crate) math: Option<Math>,
    pub(crate) block: Option<Block>,
    /// What is said of a model beside its file.
    pub(crate) onnx: Words,
    /// `#[reference = "test_data_set_0"]`: the folder of a recorded run.
    pub(crate) reference: Option<WeightsFile>,
    pub(crate) numbers: Option<Numbers>,
    /// `#[calibrate = "frames.npz"]`: frames from which the ranges of integers come.
    pub(crate) calibrate: Option<WeightsFile>,
    /// The names of those attributes.
    pub(crate) onnx_words: Vec<Ident>,
    /// The word in `#[self_test]`.
    pub(crate) self_test: Option<Ident>,
    /// The path in `#[crate = ::path]`.
    pub(crate) krate: Option<TokenStream>,
    /// What goes on to the struct: all others.
    pub(crate) passed_on: Vec<Attribute>,
}

impl Attributes {}

/// What the user says of a model beside its file.
#[derive(Clone, Debug, Default)]
#[cfg_attr(not(feature = "onnx"), allow(dead_code, reason = "no model is read"))]
pub(crate) struct Words {
    /// `#[time = 2]`: the axis of time of the inputs.
    pub(crate) time: Option<usize>,
    /// `#[window = 64]`: the frames that the model takes at once.
    pub(crate) window: Option<usize>,
    /// `#[hop = 16]`: pushes from output to output of a window.
    pub(crate) hop: Option<usize>,
    /// `#[carry]`: a window sees the frames before it, where the model sees zeros.
    pub(crate) carries: bool,
    /// `#[input(sr = 16000)]`: inputs that are constants.
    pub(crate) inputs: Vec<(String, f64)>,
    /// `#[shape(input = [1, 576])]`: the shapes of inputs.
    pub(crate) shapes: Vec<(String, Vec<usize>)>,
    /// `#[state(h = "hn")]`: inputs that are the state before a step, and the outputs that are it behind.
    pub(crate) states: Vec<(String, String)>,
}

/// An outer attribute, `#[name …]`.
pub(crate) struct Attribute {
    pub(crate) name: Option<Ident>,
    pub(crate) tokens: TokenStream,
}

impl ToTokens for Attribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.tokens.clone());
    }
}

/// The value of `#[weights = …]`.
pub(crate) enum Weights {
    File(WeightsFile),
    /// The word in `#[weights = zeros]`: no file; every tensor has the value at which it is neutral.
    Zeros(Ident),
}

impl Weights {
    pub(crate) fn file(&self) -> Option<&WeightsFile> {
        match self {
            Self::File(file) => Some(file),
            Self::Zeros(_) => None,
        }
    }
}

/// `"clean.nam"` or `clean = "amps/1.nam"` in a list of weights files.
pub(crate) struct NamedFile {
    /// The constant of the file: `CLEAN`.
    pub(crate) name: Ident,
    pub(crate) file: WeightsFile,
}

/// `#[weights = "path"]`, or `#[reference = "path"]`
#[derive(Clone)]
pub(crate) struct WeightsFile {
    pub(crate) folder: Folder,
    /// The path below that folder; `None` where what was written is none, which has been reported.
    pub(crate) path: Option<String>,
    /// What was written, for its span.
    pub(crate) tokens: TokenStream,
}

/// `#[word = number]`
pub(crate) struct Choice {
    pub(crate) word: Ident,
    /// `None` where what is written is none, which has been reported.
    pub(crate) number: Option<Number>,
}

/// `#[math = "fast"]`: which of an activation's functions is meant, where it has two.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Math {
    #[default]
    Exact,
    Fast,
}

/// `#[block = "fast"]`: whether `push_block` has lines of several frames.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Block {
    /// Where that saves at least 10 % of the instructions.
    #[default]
    WhereItSaves,
    /// Wherever every operation has such a line.
    Fast,
    /// Nowhere: it takes the least code and stack.
    Small,
}

/// `#[numbers = "i16"]`, `#[numbers(i16, input = 1.0)]` or `#[numbers = "f32"]`
pub(crate) enum Numbers {
    F32,
    I16 {
        /// What was written, for its span.
        word: TokenStream,
        /// What full scale of the input means.
        input: Option<Number>,
    },
}

/// `#[budget(ram = 4096, …)]`
pub(crate) struct Budget {
    pub(crate) arguments: Vec<Argument>,
}

/// `#[start = "rest"]`: what a network begins with.
pub(crate) enum Start {
    /// Nothing: zeros where a layer pads, and else no output.
    Cold,
    /// What it comes to in silence, which is a frame of zeros where no other is stated.
    Rest { frame: Option<Vec<Number>> },
}

/// Where a weights path starts.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Folder {
    /// `"path"`: the folder of the user's `Cargo.toml`.
    Manifest,
    /// `concat!(env!("OUT_DIR"), "/path")`: where the user's build script writes.
    OutDir,
}

/// `label: kind(arguments)`, or `label: kind(arguments) < chain | chain >`
pub(crate) struct Layer {
    pub(crate) label: Option<Ident>,
    pub(crate) kind: Ident,
    /// `None` where they cannot be made out, which has been reported.
    pub(crate) arguments: Option<Vec<Argument>>,
    /// The chains between `<` and `>`, where there are any.
    pub(crate) branches: Vec<Vec<Layer>>,
    /// The kind that was written, where this layer is part of what that stands for.
    pub(crate) stands_for: Option<&'static str>,
}

impl Layer {
    /// The argument of that key, or the flag.
    pub(crate) fn argument(&self, key: &str) -> Option<&Argument> {
        self.arguments.iter().flatten().find(|argument| argument.key == key)
    }

    /// The kind that the user wrote.
    pub(crate) fn written(&self) -> String {
        self.stands_for.map_or_else(|| self.kind.to_string(), ToOwned::to_owned)
    }

    /// The layers of its branches, and then it: the order of the weights file.
    pub(crate) fn walk<'a>(&'a self, walked: &mut Vec<&'a Layer>) {
        self.branches.iter().flatten().for_each(|layer| layer.walk(walked));
        walked.push(self);
    }

    /// The number of that key, where it is given and is one.
    pub(crate) fn number(&self, key: &str) -> Option<&Number> {
        match &self.argument(key)?.value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The numbers of that key, where a list is given.
    pub(crate) fn list(&self, key: &str) -> Option<&[Number]> {
        match &self.argument(key)?.value {
            Some(Value::List(numbers)) => Some(numbers),
            _ => None,
        }
    }
}

/// `key = value`, or a flag, which has no value.
pub(crate) struct Argument {
    pub(crate) key: Ident,
    pub(crate) value: Option<Value>,
}

pub(crate) enum Value {
    Number(Number),
    /// `[number, number]`
    List(Vec<Number>),
    /// No number: right for no key, but what is to be said of it depends on the key.
    Other {
        tokens: TokenStream,
        /// What was written, without quotes.
        text: String,
        problem: &'static str,
    },
    /// Something that has been reported.
    Broken,
}

/// A literal with its sign.
#[derive(Clone)]
pub(crate) struct Number {
    /// `None` where the literal has a decimal point or an exponent.
    pub(crate) whole: Option<i128>,
    pub(crate) real: f64,
    /// What was written, for its span.
    pub(crate) tokens: TokenStream,
}
