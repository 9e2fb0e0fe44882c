/// A streaming network: one frame in, at most one frame out.
///
/// [`streaming_net!`](crate::streaming_net) implements this for every network that it expands to, so that firmware can
/// be written once for all networks of a shape.
///
/// ```
/// use streaming_net::StreamingNet;
///
/// /// Filters a block of mono samples in place; where the network does not answer, the sample becomes 0.
/// fn filter<N: StreamingNet<Input = [f32; 1], Output = [f32; 1]>>(net: &mut N, block: &mut [f32]) {
///     for sample in block {
///         *sample = net.push([*sample]).map_or(0.0, |[y]| y);
///     }
/// }
/// ```
pub trait StreamingNet {
    /// An input frame, `[f32; INPUTS]`.
    type Input: Copy + AsRef<[f32]> + AsMut<[f32]>;
    /// An output frame, `[f32; OUTPUTS]`, or of a network that upsamples several, `[[f32; OUTPUTS]; FRAMES]`.
    type Output: Answer;

    /// Channels of an input frame.
    const INPUTS: usize;
    /// Channels of an output frame.
    const OUTPUTS: usize;
    /// Input frames that one output frame depends on.
    const RECEPTIVE_FIELD: usize;
    /// Multiply-accumulates of the costliest push.
    const MACS: usize;
    /// Bytes of RAM that the network holds between pushes.
    const STATE_BYTES: usize;
    /// Bytes of weights in flash.
    const WEIGHT_BYTES: usize;

    /// Takes the next input frame, and returns the output frame where the whole-sequence network has one for a
    /// sequence that ends here.
    fn push(&mut self, frame: Self::Input) -> Option<Self::Output>;

    /// Takes the next input frames, and writes the output frames that [`push`](Self::push) would return to the front of
    /// `answers`, the same to the last bit. Returns how many it wrote: never more than there are frames, and where
    /// `answers` has no room, the rest is lost while the network goes on in time.
    fn push_block(&mut self, frames: &[Self::Input], answers: &mut [Self::Output]) -> usize;

    /// Forgets every frame, as if new.
    fn reset(&mut self);
}

/// What a push answers: an output frame, or of a network that upsamples several.
///
/// ```
/// use streaming_net::Answer;
///
/// assert_eq!([1.0, 2.0].numbers(), [1.0, 2.0]);
/// assert_eq!([[1.0], [2.0], [3.0]].numbers(), [1.0, 2.0, 3.0]);
/// assert_eq!(<[[f32; 1]; 3]>::FRAMES, 3);
/// ```
pub trait Answer: Copy {
    /// The frames of an answer.
    const FRAMES: usize;

    /// An answer of zeros: room for one.
    const ZEROS: Self;

    /// The numbers of all frames, those of the first one first.
    fn numbers(&self) -> &[f32];
}

impl<const CHANNELS: usize> Answer for [f32; CHANNELS] {
    const FRAMES: usize = 1;
    const ZEROS: Self = [0.0; CHANNELS];

    fn numbers(&self) -> &[f32] {
        self
    }
}

impl<const CHANNELS: usize, const FRAMES: usize> Answer for [[f32; CHANNELS]; FRAMES] {
    const FRAMES: usize = FRAMES;
    const ZEROS: Self = [[0.0; CHANNELS]; FRAMES];

    fn numbers(&self) -> &[f32] {
        self.as_flattened()
    }
}
