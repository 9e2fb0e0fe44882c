use crate::history::repeat;
use crate::pool::share;
use crate::schedule::in_32_bits;

/// The mean of the newest `FRAMES` frames, from push `FRAMES - 1` on, at every push: Keras'
/// [`GlobalAveragePooling1D`](https://keras.io/api/layers/pooling_layers/global_average_pooling1d/) of a sequence of so many.
///
/// The frames are kept in `BLOCKS` blocks, each with its sum. A push replaces the oldest frame, sums its block anew, and then
/// the sums of all blocks: no rounding stays and adds up, a NaN leaves with its frame, and a push takes at most
/// `⌈FRAMES / BLOCKS⌉ + BLOCKS` additions a channel, the fewest where `BLOCKS` is near the square root of `FRAMES`.
///
/// ```
/// use streaming_net::GlobalAvg;
///
/// let mut mean = GlobalAvg::<1, 4, 2>::new();
/// let answers = [1.0, 2.0, 3.0, 6.0, 9.0].map(|x| mean.push([x]));
/// assert_eq!(answers, [None, None, None, Some([3.0]), Some([5.0])]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct GlobalAvg<const CHANNELS: usize, const FRAMES: usize, const BLOCKS: usize> {
    frames: [[f32; CHANNELS]; FRAMES],
    sums: [[f32; CHANNELS]; BLOCKS],
    /// Counts the first `FRAMES` pushes, then on through as many places.
    count: u32,
}

impl<const CHANNELS: usize, const FRAMES: usize, const BLOCKS: usize>
    GlobalAvg<CHANNELS, FRAMES, BLOCKS>
{
    /// Frames of a block; of the last one, what is left.
    const BLOCK: usize = {
        assert!(FRAMES >= 1 && BLOCKS >= 1, "a mean is that of at least one frame");
        let block = FRAMES.div_ceil(BLOCKS);
        assert!(FRAMES.div_ceil(block) == BLOCKS, "every block has a frame");
        block
    };
    const FULL: u32 = in_32_bits(FRAMES);
    const END: u32 = in_32_bits(2 * FRAMES);

    /// No frames: the next push is number 0.
    #[must_use]
    pub const fn new() -> Self {
        Self { frames: [[0.0; CHANNELS]; FRAMES], sums: [[0.0; CHANNELS]; BLOCKS], count: 0 }
    }

    /// Forgets every frame, as if new.
    pub fn reset(&mut self) {
        self.frames.as_flattened_mut().fill(0.0);
        self.sums.as_flattened_mut().fill(0.0);
        self.count = 0;
    }

    /// Makes every frame this one, so that the next push is answered.
    ///
    /// ```
    /// let mut mean = streaming_net::GlobalAvg::<1, 4, 2>::new();
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

    /// Takes the next frame; the answer is the mean of the newest `FRAMES`.
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

    /// Puts a frame into its place; returns the sum of all frames.
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

/// The sum of so many equal frames.
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
