use crate::history::repeat;
use crate::pool::share;
use crate::schedule::in_32_bits;

/// The mean of the newest `FRAMES` frames, at every push from number `FRAMES - 1` on: Keras'
/// [`GlobalAveragePooling1D`](https://keras.io/api/layers/pooling_layers/global_average_pooling1d/) of a sequence of
/// `FRAMES` frames.
///
/// The frames are kept in `BLOCKS` blocks, each with its sum. A push replaces the oldest frame, computes the sum of its
/// block again, and adds the sums of all blocks. So no rounding error accumulates, a NaN leaves with its frame, and a
/// push takes at most `⌈FRAMES / BLOCKS⌉ + BLOCKS` additions per channel, which is least if `BLOCKS` is near the square
/// root of `FRAMES`.
///
/// ```
/// use streaming_net::__private::GlobalAvg;
///
/// let mut mean = GlobalAvg::<1, 4, 2>::new();
/// let outputs = [1.0, 2.0, 3.0, 6.0, 9.0].map(|x| mean.push([x]));
/// assert_eq!(outputs, [None, None, None, Some([3.0]), Some([5.0])]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GlobalAvg<const CHANNELS: usize, const FRAMES: usize, const BLOCKS: usize> {
    frames: [[f32; CHANNELS]; FRAMES],
    sums: [[f32; CHANNELS]; BLOCKS],
    /// Counts the first `FRAMES` pushes, then cycles through as many places.
    count: u32,
}

impl<const CHANNELS: usize, const FRAMES: usize, const BLOCKS: usize>
    GlobalAvg<CHANNELS, FRAMES, BLOCKS>
{
    /// The number of frames in a block; the last block has the remaining ones.
    const BLOCK: usize = {
        assert!(FRAMES >= 1 && BLOCKS >= 1, "a mean is that of at least one frame");
        let block = FRAMES.div_ceil(BLOCKS);
        assert!(FRAMES.div_ceil(block) == BLOCKS, "every block has a frame");
        block
    };
    const FULL: u32 = in_32_bits(FRAMES);
    const END: u32 = in_32_bits(2 * FRAMES);

    /// A layer before its first push.
    #[must_use]
    pub const fn new() -> Self {
        Self { frames: [[0.0; CHANNELS]; FRAMES], sums: [[0.0; CHANNELS]; BLOCKS], count: 0 }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.frames.as_flattened_mut().fill(0.0);
        self.sums.as_flattened_mut().fill(0.0);
        self.count = 0;
    }

    /// Sets every frame to this one. The next push returns an output.
    ///
    /// ```
    /// let mut mean = streaming_net::__private::GlobalAvg::<1, 4, 2>::new();
    /// mean.fill(&[1.0]);
    /// assert_eq!(mean.push([3.0]), Some([1.5]));
    /// ```
    pub const fn fill(&mut self, frame: &[f32; CHANNELS]) {
        repeat(self.frames.as_flattened_mut(), frame, 0);
        repeat(self.sums.as_flattened_mut(), &times(frame, Self::BLOCK), 0);
        if let Some(last) = self.sums.last_mut() {
            *last = times(frame, FRAMES - (BLOCKS - 1) * Self::BLOCK);
        }
        self.count = Self::FULL;
    }

    /// Takes the next frame and returns the mean of the newest `FRAMES` frames.
    #[inline(always)]
    pub fn push(&mut self, frame: [f32; CHANNELS]) -> Option<[f32; CHANNELS]> {
        let place = self.count.checked_sub(Self::FULL).unwrap_or(self.count);
        self.count += 1;
        let is_full = self.count >= Self::FULL;
        if self.count == Self::END {
            self.count = Self::FULL;
        }
        let sum = self.replace(place as usize, frame);
        is_full.then(|| sum.map(|sum| sum * share(FRAMES)))
    }

    /// Stores a frame and returns the sum of all frames.
    #[inline(never)]
    fn replace(&mut self, place: usize, frame: [f32; CHANNELS]) -> [f32; CHANNELS] {
        if let Some(oldest) = self.frames.get_mut(place) {
            *oldest = frame;
        }
        let block = place / Self::BLOCK;
        let frames = self.frames.chunks(Self::BLOCK).nth(block).unwrap_or_default();
        if let Some(sum) = self.sums.get_mut(block) {
            *sum = add_up(frames);
        }
        add_up(&self.sums)
    }
}

impl<const CHANNELS: usize, const FRAMES: usize, const BLOCKS: usize> Default
    for GlobalAvg<CHANNELS, FRAMES, BLOCKS>
{
    fn default() -> Self {
        Self::new()
    }
}

/// The sum of equal frames.
const fn times<const CHANNELS: usize>(frame: &[f32; CHANNELS], count: usize) -> [f32; CHANNELS] {
    let mut sum = *frame;
    let mut channels: &mut [f32] = &mut sum;
    while let Some((channel, others)) = channels.split_first_mut() {
        #[allow(clippy::cast_precision_loss, reason = "the sum has the same 24 bits")]
        {
            *channel *= count as f32;
        }
        channels = others;
    }
    sum
}

#[inline(always)]
fn add_up<const CHANNELS: usize>(frames: &[[f32; CHANNELS]]) -> [f32; CHANNELS] {
    let mut sums = [0.0; CHANNELS];
    for frame in frames {
        for (sum, x) in sums.iter_mut().zip(frame) {
            *sum += x;
        }
    }
    sums
}
