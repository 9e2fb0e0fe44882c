//! Networks drawn from the fuzzer's bytes, with the files that fit them, and mistakes in either.

mod file;
mod others;
mod text;

use arbitrary::{Arbitrary, Result, Unstructured};

/// A network as a user would write it, and its weights file, with one mistake or none.
#[derive(Debug)]
pub struct Drawn {
    pub text: String,
    pub file: String,
    pub mistake: Option<Mistake>,
    pub inputs: usize,
    pub outputs: usize,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub enum Mistake {
    // In the text.
    NoInput,
    OtherInput,
    UnknownKind,
    UnknownKey,
    ZeroTaps,
    TapsTwice,
    TwoActivations,
    NoSemicolon,
    Unclosed,
    StrayClose,
    OneBranch,
    SquareBrackets,
    TapOfNothing,
    NoDilations,
    // In the file.
    NoFile,
    LayerLeftOut,
    LayerTooMany,
    TapLeftOut,
    Ragged,
    NotANumber,
    TooLarge,
    Text,
    TwoBiases,
    NoBias,
    Truncated,
}

impl Drawn {
    /// Whether the mistake leaves the channels of both ends known.
    pub fn shape_is_known(&self) -> bool {
        self.mistake != Some(Mistake::NoInput)
    }
}

impl<'a> Arbitrary<'a> for Drawn {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mistake: Option<Mistake> = u.arbitrary()?;
        let inputs = u.int_in_range(1..=4)?;
        let mut draw = Draw { u, count: 0, small: false };
        draw.small = draw.u.arbitrary()?;
        let mut layers = vec![draw.conv(inputs, Place::default())?];
        let place = draw.chain(&mut layers, Place::default())?;
        // Most mistakes are made in the last layer, which is one that has what it takes to make them.
        let last = draw.conv(layers[layers.len() - 1].outputs, place)?;
        layers.push(last);
        let small = draw.small;
        let outputs = layers[layers.len() - 1].outputs;
        let labelled = u.arbitrary()?;
        let text = text::write(&layers, labelled, mistake, u)?;
        let file = file::write(&layers, labelled, small, mistake, u)?;
        Ok(Self { text, file, mistake, inputs, outputs })
    }
}

/// Draws layers, each with a number of its own.
struct Draw<'u, 'a> {
    u: &'u mut Unstructured<'a>,
    count: usize,
    /// Whether all weights are small: numbers that become part of others are not to leave f32.
    small: bool,
}

/// What a layer may be where it stands.
#[derive(Clone, Copy, Default)]
struct Place {
    /// How many layers it is a branch in.
    depth: usize,
    /// Whether a push gives it several frames.
    upsampled: bool,
}

#[derive(Arbitrary, Clone, Copy, PartialEq)]
enum Kind {
    Conv,
    Depthwise,
    Dense,
    Activation,
    Other,
}

struct Layer {
    /// Its number in the network, for labels.
    id: usize,
    place: Place,
    kind: Kind,
    taps: usize,
    inputs: usize,
    outputs: usize,
    groups: usize,
    bias: bool,
    /// Of the kinds that are convolutions and activations, nothing.
    other: Other,
}

/// What is written of another layer.
#[derive(Default)]
struct Other {
    /// Kind and arguments.
    written: String,
    branches: Vec<Vec<Layer>>,
    /// The entries of the file that it needs behind those of its branches: their tensors and shapes.
    entries: Vec<Vec<(&'static str, Vec<usize>)>>,
}

impl Draw<'_, '_> {
    /// Adds up to three layers. Where the next one stands.
    fn chain(&mut self, layers: &mut Vec<Layer>, mut place: Place) -> Result<Place> {
        for _ in 0..self.u.int_in_range(0..=3)? {
            let before = layers.last().expect("a first layer").outputs;
            let layer = self.layer(before, place)?;
            place.upsampled |= layer.upsamples();
            layers.push(layer);
        }
        Ok(place)
    }

    fn layer(&mut self, inputs: usize, place: Place) -> Result<Layer> {
        let kind = self.u.arbitrary()?;
        let (taps, groups) = (self.u.int_in_range(1..=4)?, *self.u.choose(&[1, 1, inputs])?);
        // Channels multiply from layer to layer, and files are to stay small.
        let multiplier = if inputs > 6 { 1 } else { self.u.int_in_range(1..=2)? };
        let (taps, groups, outputs) = match kind {
            Kind::Conv => (taps, groups, groups * multiplier),
            Kind::Depthwise => (taps, inputs, inputs * multiplier),
            Kind::Dense => (1, 1, self.u.int_in_range(1..=5)?),
            Kind::Activation => (1, 1, inputs),
            Kind::Other => return self.other(inputs, place),
        };
        let bias = self.u.arbitrary()?;
        Ok(Layer { kind, taps, outputs, groups, bias, ..self.plain(inputs, place) })
    }

    /// A convolution with a bias and more than one tap.
    fn conv(&mut self, inputs: usize, place: Place) -> Result<Layer> {
        let (taps, outputs) = (self.u.int_in_range(2..=4)?, self.u.int_in_range(1..=5)?);
        Ok(Layer { kind: Kind::Conv, taps, outputs, ..self.plain(inputs, place) })
    }

    /// An activation, to be made something else.
    fn plain(&mut self, inputs: usize, place: Place) -> Layer {
        self.count += 1;
        Layer {
            id: self.count,
            place,
            kind: Kind::Activation,
            taps: 1,
            inputs,
            outputs: inputs,
            groups: 1,
            bias: true,
            other: Other::default(),
        }
    }
}

impl Layer {
    /// How many entries of the file are its own.
    fn entries(&self) -> usize {
        match self.kind {
            Kind::Activation => 0,
            Kind::Other => self.other.entries.len(),
            _ => 1,
        }
    }

    fn upsamples(&self) -> bool {
        ["upsample", "conv_transpose"].iter().any(|kind| self.other.written.starts_with(kind))
    }
}
