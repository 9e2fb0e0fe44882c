use streaming_net::{Output, StreamingNet};

/// One frame after the other.
pub type Frames = Vec<Vec<f32>>;

/// A network that is under test.
pub struct Case {
    /// What tests call it.
    pub name: &'static str,
    /// Its layers, as they stand in the macro.
    pub net: &'static str,
    /// Its weights file, with what else that says.
    pub file: &'static str,
    /// A new one.
    pub new: fn() -> Box<dyn AnyNet>,
    /// One that has seen no frame.
    pub cold: fn() -> Box<dyn AnyNet>,
    /// What a new one has been given forever, where it is at rest.
    pub silence: Option<&'static [f32]>,
    /// [`StreamingNet::INPUTS`]
    pub inputs: usize,
    /// [`StreamingNet::OUTPUTS`]
    pub outputs: usize,
    /// [`StreamingNet::RECEPTIVE_FIELD`]
    pub receptive_field: usize,
    /// [`StreamingNet::MACS`]
    pub macs: usize,
    /// [`StreamingNet::STATE_BYTES`]
    pub state_bytes: usize,
    /// [`StreamingNet::WEIGHT_BYTES`]
    pub weight_bytes: usize,
}

impl Case {
    /// The case of a network type.
    #[must_use]
    pub const fn of<N>(name: &'static str, net: &'static str, file: &'static str) -> Self
    where
        N: StreamingNet + Clone + Default + 'static,
        for<'a> N::Input: TryFrom<&'a [f32]>,
    {
        Self {
            name,
            net,
            file,
            new: || Box::new(N::default()),
            cold: || Box::new(N::default()),
            silence: None,
            inputs: N::INPUTS,
            outputs: N::OUTPUTS,
            receptive_field: N::RECEPTIVE_FIELD,
            macs: N::MACS,
            state_bytes: N::STATE_BYTES,
            weight_bytes: N::WEIGHT_BYTES,
        }
    }

    /// The same, of one that is new after silence.
    #[must_use]
    pub const fn at_rest(self, silence: &'static [f32], cold: fn() -> Box<dyn AnyNet>) -> Self {
        Self { silence: Some(silence), cold, ..self }
    }

    /// The receptive field, and where that is all frames, as many as a drawn network needs to output.
    #[must_use]
    pub fn field(&self) -> usize {
        if self.receptive_field == usize::MAX { 81 } else { self.receptive_field }
    }
}

/// A [`StreamingNet`] of any shape.
pub trait AnyNet {
    /// [`StreamingNet::push`]
    fn push(&mut self, frame: &[f32]) -> Option<Vec<f32>>;
    /// [`StreamingNet::push_block`] with room for so many outputs; gives those that it wrote.
    fn push_block(&mut self, frames: &[Vec<f32>], room: usize) -> Frames;
    /// [`StreamingNet::reset`]
    fn reset(&mut self);
    /// [`Clone::clone`]
    fn boxed_clone(&self) -> Box<dyn AnyNet>;
}

impl<N> AnyNet for N
where
    N: StreamingNet + Clone + 'static,
    for<'a> N::Input: TryFrom<&'a [f32]>,
{
    fn push(&mut self, frame: &[f32]) -> Option<Vec<f32>> {
        let Ok(frame) = frame.try_into() else { unreachable!("a frame has INPUTS channels") };
        StreamingNet::push(self, frame).map(|output| output.numbers().to_vec())
    }

    fn push_block(&mut self, frames: &[Vec<f32>], room: usize) -> Frames {
        let input = frames.iter().map(|frame| N::Input::try_from(frame)).collect();
        let Ok(input): Result<Vec<_>, _> = input else {
            unreachable!("a frame has INPUTS channels")
        };
        let mut outputs = vec![N::Output::ZEROS; room];
        let written = StreamingNet::push_block(self, &input, &mut outputs);
        let (outputs, rest) = outputs.split_at(written);
        let untouched = rest.iter().flat_map(Output::numbers).all(|y| y.to_bits() == 0);
        assert!(untouched, "written beyond the {written} outputs");
        outputs.iter().map(|output| output.numbers().to_vec()).collect()
    }

    fn reset(&mut self) {
        StreamingNet::reset(self);
    }

    fn boxed_clone(&self) -> Box<dyn AnyNet> {
        Box::new(self.clone())
    }
}

impl dyn AnyNet {
    /// The outputs of the network to each frame.
    pub fn replay(&mut self, frames: &[Vec<f32>]) -> Vec<Option<Vec<f32>>> {
        frames.iter().map(|frame| self.push(frame)).collect()
    }
}
