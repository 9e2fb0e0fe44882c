//! The reference of networks of 16-bit integers: whole sequences, first in f64 for the ranges, then in i64. It shares no code
//! with the compiler or the runtime; `docs/book/src/integers.md` is what it follows.

mod cell;
mod ends;
mod features;
mod fine;
mod floats;
mod frames;
mod graph;
mod norm;
mod pool;
mod quantised;
mod softmax;

use serde_json::Value;
use streaming_net::{Output, StreamingNet};

use self::graph::Graph;
use self::quantised::Quantised;

/// Networks that are drawn from a fixed seed.
pub mod drawn {
    use crate::{IntegerCase, RestingCase};
    include!(concat!(env!("OUT_DIR"), "/integers.rs"));
}

/// Captures of amplifiers, whose residual blocks see their input, with weights from a fixed seed.
pub mod captures {
    use crate::AnyIntegerNet;
    include!(concat!(env!("OUT_DIR"), "/captures.rs"));
}

/// A network of integers that is under test.
pub struct IntegerCase {
    /// What tests call it.
    pub name: &'static str,
    /// Its layers, as they stand in the macro.
    pub net: &'static str,
    /// Its layers as the reference reads them, and the frames that it is calibrated with.
    pub said: &'static str,
    /// What 1 of an input frame, and of an output frame, stands for.
    pub scales: [f32; 2],
    /// A new one.
    pub new: fn() -> Box<dyn AnyIntegerNet>,
}

impl IntegerCase {
    /// The case of a network type.
    #[must_use]
    pub const fn of<N>(
        name: &'static str,
        net: &'static str,
        said: &'static str,
        scales: [f32; 2],
    ) -> Self
    where
        N: StreamingNet<i16> + Default + 'static,
        for<'a> N::Input: TryFrom<&'a [i16]>,
    {
        Self { name, net, said, scales, new: || Box::new(N::default()) }
    }

    /// What the reference makes of it.
    #[must_use]
    #[allow(clippy::missing_panics_doc, reason = "it is of a network that was compiled")]
    pub fn reference(&self) -> Reference {
        let said: Value = serde_json::from_str(self.said).expect("it was written");
        let mut graph = Graph::of(&said["topology"]);
        let input: Vec<Vec<f32>> = serde_json::from_value(said["input"].clone()).expect("frames");
        let input: Vec<Vec<f64>> =
            input.into_iter().map(|frame| frame.into_iter().map(f64::from).collect()).collect();
        let quantised = Quantised::of(&mut graph, &input, said["full"].as_f64());
        Reference { graph, quantised, input }
    }
}

/// A network of integers, and the same one that starts in its steady state.
pub struct RestingCase {
    /// What tests call it.
    pub name: &'static str,
    /// Channels of an input frame.
    pub inputs: usize,
    /// What the network says that its output is under constant input.
    pub output: &'static [i16],
    /// One that has seen no frame.
    pub cold: fn() -> Box<dyn AnyIntegerNet>,
    /// One that has seen silence forever.
    pub resting: fn() -> Box<dyn AnyIntegerNet>,
}

impl RestingCase {
    /// The case of two network types.
    #[must_use]
    pub const fn of<C, R>(name: &'static str, inputs: usize, output: &'static [i16]) -> Self
    where
        C: StreamingNet<i16> + Default + 'static,
        R: StreamingNet<i16> + Default + 'static,
        for<'a> C::Input: TryFrom<&'a [i16]>,
        for<'a> R::Input: TryFrom<&'a [i16]>,
    {
        let cold: fn() -> Box<dyn AnyIntegerNet> = || Box::new(C::default());
        Self { name, inputs, output, cold, resting: || Box::new(R::default()) }
    }
}

/// A [`StreamingNet`] of integers, of any shape.
pub trait AnyIntegerNet {
    /// [`StreamingNet::push`]
    fn push(&mut self, frame: &[i16]) -> Option<Vec<i16>>;
    /// [`StreamingNet::push_block`] with an output for each frame at most.
    fn push_block(&mut self, frames: &[Vec<i16>]) -> Vec<Vec<i16>>;
    /// [`StreamingNet::reset`]
    fn reset(&mut self);
}

impl<N> AnyIntegerNet for N
where
    N: StreamingNet<i16> + 'static,
    for<'a> N::Input: TryFrom<&'a [i16]>,
{
    fn push(&mut self, frame: &[i16]) -> Option<Vec<i16>> {
        let Ok(frame) = frame.try_into() else { unreachable!("a frame has INPUTS channels") };
        StreamingNet::push(self, frame).map(|output| output.numbers().to_vec())
    }

    fn push_block(&mut self, frames: &[Vec<i16>]) -> Vec<Vec<i16>> {
        let input = frames.iter().map(|frame| N::Input::try_from(frame)).collect();
        let Ok(input): Result<Vec<_>, _> = input else {
            unreachable!("a frame has INPUTS channels")
        };
        let mut outputs = vec![<N::Output as Output<i16>>::ZEROS; input.len()];
        let written = StreamingNet::push_block(self, &input, &mut outputs);
        outputs.iter().take(written).map(|output| output.numbers().to_vec()).collect()
    }

    fn reset(&mut self) {
        StreamingNet::reset(self);
    }
}

/// A network as the reference computes it.
pub struct Reference {
    graph: Graph,
    quantised: Quantised,
    /// The frames that the network is calibrated with.
    pub input: Vec<Vec<f64>>,
}

impl Reference {
    /// What 1 of an input frame, and of an output frame, stands for.
    #[must_use]
    pub fn scales(&self) -> [f64; 2] {
        [self.quantised.scale(0), self.quantised.scale(self.graph.nodes.len() - 1)]
    }

    /// Sums that keep a fraction from one addition to the next.
    #[must_use]
    pub fn long_sums(&self) -> usize {
        self.graph.long_sums()
    }

    /// The frames that stand for those that the network is calibrated with.
    #[must_use]
    #[allow(clippy::missing_panics_doc, reason = "it is of a network that was compiled")]
    pub fn rounded_input(&self) -> Vec<Vec<i16>> {
        let scale = self.quantised.scale(0);
        let number = |x: &f64| i16::try_from(quantised::nearest(x / scale)).expect("16 bits");
        self.input.iter().map(|frame| frame.iter().map(number).collect()).collect()
    }

    /// The outputs of the network to each frame.
    #[must_use]
    #[allow(clippy::missing_panics_doc, reason = "it is of a network that was compiled")]
    pub fn replay(&self, input: &[Vec<i16>]) -> Vec<Option<Vec<i16>>> {
        let wide = |frame: &Vec<i16>| Some(frame.iter().map(|x| i64::from(*x)).collect());
        let outputs = self.quantised.replay(&self.graph, input.iter().map(wide).collect());
        let narrow = |x: &i64| i16::try_from(*x).expect("16 bits");
        // The frames of a push lie one after the other.
        outputs
            .chunks(outputs.len() / input.len())
            .map(|frames| {
                let frames: Option<Vec<_>> = frames.iter().map(Option::as_ref).collect();
                Some(frames?.into_iter().flatten().map(narrow).collect())
            })
            .collect()
    }
}
