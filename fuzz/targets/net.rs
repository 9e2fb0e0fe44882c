//! Networks drawn from the fuzzer's bytes, with the files that fit them, and mistakes in either.

mod file;
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
        let mut layers = vec![Layer::conv(u, inputs)?];
        for _ in 0..u.int_in_range(0..=3)? {
            layers.push(Layer::draw(u, layers[layers.len() - 1].outputs)?);
        }
        // Most mistakes are made in the last layer, which is one that has what it takes to make them.
        layers.push(Layer::conv(u, layers[layers.len() - 1].outputs)?);
        let outputs = layers[layers.len() - 1].outputs;
        let labelled = u.arbitrary()?;
        let text = text::write(&layers, labelled, mistake, u)?;
        let file = file::write(&layers, labelled, mistake, u)?;
        Ok(Self { text, file, mistake, inputs, outputs })
    }
}

#[derive(Arbitrary, Clone, Copy, PartialEq)]
enum Kind {
    Conv,
    Depthwise,
    Dense,
    Activation,
}

struct Layer {
    kind: Kind,
    taps: usize,
    inputs: usize,
    outputs: usize,
    groups: usize,
    bias: bool,
}

impl Layer {
    fn draw(u: &mut Unstructured<'_>, inputs: usize) -> Result<Self> {
        let kind = u.arbitrary()?;
        let (taps, groups) = (u.int_in_range(1..=4)?, *u.choose(&[1, 1, inputs])?);
        // Channels multiply from layer to layer, and files are to stay small.
        let multiplier = if inputs > 6 { 1 } else { u.int_in_range(1..=2)? };
        let (taps, groups, outputs) = match kind {
            Kind::Conv => (taps, groups, groups * multiplier),
            Kind::Depthwise => (taps, inputs, inputs * multiplier),
            Kind::Dense => (1, 1, u.int_in_range(1..=5)?),
            Kind::Activation => (1, 1, inputs),
        };
        Ok(Self { kind, taps, inputs, outputs, groups, bias: u.arbitrary()? })
    }

    /// A convolution with a bias and more than one tap.
    fn conv(u: &mut Unstructured<'_>, inputs: usize) -> Result<Self> {
        let (taps, outputs) = (u.int_in_range(2..=4)?, u.int_in_range(1..=5)?);
        Ok(Self { kind: Kind::Conv, taps, inputs, outputs, groups: 1, bias: true })
    }

    fn has_weights(&self) -> bool {
        self.kind != Kind::Activation
    }
}
