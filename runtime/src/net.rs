use crate::Metadata;
use crate::sealed::Sealed;

/// A streaming network: one frame in, at most one frame out.
///
/// [`streaming_net!`](crate::streaming_net) implements this for every network that it expands to, so that firmware can
/// be written once for all networks of a shape. `T` is the type of the numbers: `f32`, or `i16` of a network of
/// `#[numbers = "i16"]`.
///
/// ```
/// use streaming_net::StreamingNet;
///
/// /// Filters a block of mono samples in place; a push without an output gives 0.
/// fn filter<N: StreamingNet<Input = [f32; 1], Output = [f32; 1]>>(net: &mut N, block: &mut [f32]) {
///     for sample in block {
///         *sample = net.push([*sample]).map_or(0.0, |[y]| y);
///     }
/// }
/// ```
pub trait StreamingNet<T = f32> {
    /// An input frame, `[T; INPUTS]`.
    type Input: Copy + AsRef<[T]> + AsMut<[T]>;
    /// An output: `[T; OUTPUTS]`, or `[[T; OUTPUTS]; FRAMES]` of a network that upsamples.
    type Output: Output<T>;

    /// Channels of an input frame.
    const INPUTS: usize;
    /// Channels of an output frame.
    const OUTPUTS: usize;
    /// The number of newest input frames that an output depends on.
    const RECEPTIVE_FIELD: usize;
    /// Multiply-accumulates of the costliest push.
    const MACS: usize;
    /// Bytes of RAM that the network holds between pushes.
    const STATE_BYTES: usize;
    /// Bytes of weights in flash.
    const WEIGHT_BYTES: usize;

    /// What the weights file states about the signal: [`Metadata::NONE`], unless the file is that of a capture. With
    /// several weights files, what all of them state alike.
    const METADATA: Metadata = Metadata::NONE;
    /// The name of the capture.
    const NAME: Option<&'static str> = Self::METADATA.name;
    /// The sample rate that the network was trained for, in frames per second.
    const SAMPLE_RATE: Option<f32> = Self::METADATA.sample_rate;
    /// How loud the capture is, in dB.
    const LOUDNESS: Option<f32> = Self::METADATA.loudness;
    /// The analog level in dBu of an input of amplitude 1.
    const INPUT_LEVEL_DBU: Option<f32> = Self::METADATA.input_level_dbu;
    /// The analog level in dBu of an output of amplitude 1.
    const OUTPUT_LEVEL_DBU: Option<f32> = Self::METADATA.output_level_dbu;
    /// The gain in dB that the file asks the player for, before the network.
    const IN_GAIN_DB: Option<f32> = Self::METADATA.in_gain_db;
    /// The gain in dB that the file asks the player for, after the network.
    const OUT_GAIN_DB: Option<f32> = Self::METADATA.out_gain_db;
    /// The output in the steady state, such as the offset of a capture in silence. `None` where the steady state is not
    /// known.
    const OUTPUT_AT_REST: Option<Self::Output> = None;

    /// Takes the next input frame. Returns the output that the framework's network gives for a sequence that ends with
    /// this frame, or `None` if that network gives none.
    fn push(&mut self, frame: Self::Input) -> Option<Self::Output>;

    /// Pushes several input frames, writes their outputs to the start of `outputs` and returns how many it wrote, at
    /// most one for each input frame. The outputs are bit for bit those of [`push`](Self::push). If `outputs` is too
    /// short, the remaining outputs are dropped; the state still advances.
    fn push_block(&mut self, frames: &[Self::Input], outputs: &mut [Self::Output]) -> usize;

    /// Returns to the initial state, which is that of a new network.
    fn reset(&mut self);
}

/// The output of a push: one frame, or several frames of a network that upsamples.
///
/// ```
/// use streaming_net::Output;
///
/// assert_eq!([1.0, 2.0].numbers(), [1.0, 2.0]);
/// assert_eq!([[1.0], [2.0], [3.0]].numbers(), [1.0, 2.0, 3.0]);
/// assert_eq!(<[[f32; 1]; 3]>::FRAMES, 3);
/// ```
pub trait Output<T = f32>: Copy + Sealed {
    /// The number of frames in an output.
    const FRAMES: usize;

    /// An output of zeros, to reserve memory for one.
    const ZEROS: Self;

    /// The numbers of all frames, those of the first frame first.
    fn numbers(&self) -> &[T];
}

impl<const CHANNELS: usize> Output for [f32; CHANNELS] {
    const FRAMES: usize = 1;
    const ZEROS: Self = [0.0; CHANNELS];

    fn numbers(&self) -> &[f32] {
        self
    }
}

impl<const CHANNELS: usize, const FRAMES: usize> Output for [[f32; CHANNELS]; FRAMES] {
    const FRAMES: usize = FRAMES;
    const ZEROS: Self = [[0.0; CHANNELS]; FRAMES];

    fn numbers(&self) -> &[f32] {
        self.as_flattened()
    }
}

impl<const CHANNELS: usize> Output<i16> for [i16; CHANNELS] {
    const FRAMES: usize = 1;
    const ZEROS: Self = [0; CHANNELS];

    fn numbers(&self) -> &[i16] {
        self
    }
}

impl<const CHANNELS: usize, const FRAMES: usize> Output<i16> for [[i16; CHANNELS]; FRAMES] {
    const FRAMES: usize = FRAMES;
    const ZEROS: Self = [[0; CHANNELS]; FRAMES];

    fn numbers(&self) -> &[i16] {
        self.as_flattened()
    }
}
