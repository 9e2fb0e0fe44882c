//! Pools: the maximum or the mean of each channel over a window of frames, without padding. The first output is at push
//! `SIZE - 1`, counted from 0, then at one push in `STRIDE`.

mod padded;
mod reduction;

use core::marker::PhantomData;

use crate::delay_line::DelayLine;
use crate::schedule::ScheduledHistory;
use crate::schedule::in_32_bits;

pub use self::padded::{
    Padded, PaddedHistory, ScheduledPaddedHistory, avg_pool, avg_pool_with_zeros, max_pool,
};
pub(crate) use self::reduction::share;
pub use self::reduction::{LongMean, LongSum, Max, Mean, Min, Reduction, Sum};

/// The maximum of each channel over windows of `SIZE` frames that do not overlap, `STRIDE >= SIZE`: Keras'
/// [`MaxPooling1D`](https://keras.io/api/layers/pooling_layers/max_pooling1d/). NaN counts as the maximum, as in Keras.
///
/// ```
/// use streaming_net::__private::MaxPool;
///
/// let mut pool = MaxPool::<1, 2, 2>::new();
/// assert_eq!([3.0, 1.0, -4.0, -2.0].map(|x| pool.push([x])), [None, Some([3.0]), None, Some([-2.0])]);
/// ```
pub type MaxPool<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> =
    Pool<Max, CHANNELS, SIZE, STRIDE>;

/// The mean of each channel over windows of `SIZE` frames, at most 128, that do not overlap, `STRIDE >= SIZE`: Keras'
/// [`AveragePooling1D`](https://keras.io/api/layers/pooling_layers/average_pooling1d/).
///
/// ```
/// use streaming_net::__private::AvgPool;
///
/// let mut pool = AvgPool::<1, 2, 3>::new();
/// let outputs = [3.0, 1.0, 9.0, -4.0, -2.0].map(|x| pool.push([x]));
/// assert_eq!(outputs, [None, Some([2.0]), None, None, Some([-3.0])]);
/// ```
pub type AvgPool<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> =
    Pool<Mean, CHANNELS, SIZE, STRIDE>;

/// An [`AvgPool`] with windows of any length.
///
/// ```
/// use streaming_net::__private::LongAvgPool;
///
/// let mut pool = LongAvgPool::<1, 65_536, 65_536>::new();
/// let outputs = (0..65_536).filter_map(|_| pool.push([0.1])).collect::<Vec<_>>();
/// assert_eq!(outputs, [[0.1]]); // A plain sum gives 0.10006.
/// ```
pub type LongAvgPool<const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> =
    Pool<LongMean, CHANNELS, SIZE, STRIDE>;

/// A [`MaxPool`] with windows that overlap: they have `PAST + 1` frames, more than `STRIDE`.
///
/// ```
/// use streaming_net::__private::MaxPoolOverlapping;
///
/// let mut pool = MaxPoolOverlapping::<1, 1, 1>::new();
/// assert_eq!([3.0, 1.0, -4.0].map(|x| pool.push([x])), [None, Some([3.0]), Some([1.0])]);
/// ```
pub type MaxPoolOverlapping<const CHANNELS: usize, const PAST: usize, const STRIDE: usize> =
    PoolOverlapping<Max, CHANNELS, PAST, STRIDE>;

/// An [`AvgPool`] with windows that overlap: they have `PAST + 1` frames, at most 128 and more than `STRIDE`.
///
/// ```
/// use streaming_net::__private::AvgPoolOverlapping;
///
/// let mut pool = AvgPoolOverlapping::<1, 3, 2>::new();
/// let outputs = [1.0, 2.0, 3.0, 6.0, 9.0, 2.0].map(|x| pool.push([x]));
/// assert_eq!(outputs, [None, None, None, Some([3.0]), None, Some([5.0])]);
/// ```
pub type AvgPoolOverlapping<const CHANNELS: usize, const PAST: usize, const STRIDE: usize> =
    PoolOverlapping<Mean, CHANNELS, PAST, STRIDE>;

/// An [`AvgPoolOverlapping`] with windows of any length.
pub type LongAvgPoolOverlapping<const CHANNELS: usize, const PAST: usize, const STRIDE: usize> =
    PoolOverlapping<LongMean, CHANNELS, PAST, STRIDE>;

/// A pool with windows that do not overlap. It keeps the state of the reduction `R` for each channel, and no frames.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Pool<R: Reduction, const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> {
    kept: [R::Kept; CHANNELS],
    /// The position of the next frame: below `SIZE` in the window, from there to `STRIDE` between windows.
    place: u32,
}

impl<R: Reduction, const CHANNELS: usize, const SIZE: usize, const STRIDE: usize>
    Pool<R, CHANNELS, SIZE, STRIDE>
{
    const SIZE: u32 = {
        assert!(SIZE >= 1, "a window has a frame");
        assert!(SIZE <= STRIDE, "these windows do not overlap");
        assert!(SIZE <= R::LONGEST, "the sum of so many frames is not exact enough");
        in_32_bits(SIZE)
    };
    const STRIDE: u32 = in_32_bits(STRIDE);

    /// A pool before its first push.
    #[must_use]
    pub const fn new() -> Self {
        Self { kept: [R::NOTHING; CHANNELS], place: 0 }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Sets the state to the last frame of a window whose other frames reduce to `kept`. The next push returns an
    /// output.
    pub const fn fill(&mut self, kept: &[R::Kept; CHANNELS]) {
        self.kept = *kept;
        self.place = Self::SIZE - 1;
    }

    /// Takes the next frame and returns the result of the window that ends with it, if one does.
    #[inline(always)]
    pub fn push(&mut self, frame: [f32; CHANNELS]) -> Option<[f32; CHANNELS]> {
        if self.place == 0 {
            self.kept = frame.map(R::first);
        } else if self.place < Self::SIZE {
            add(&mut self.kept, R::next, &frame);
        }
        self.place += 1;
        let is_due = self.place == Self::SIZE;
        if self.place == Self::STRIDE {
            self.place = 0;
        }
        is_due.then(|| self.kept.map(|kept| R::output(kept, SIZE)))
    }
}

impl<R: Reduction, const CHANNELS: usize, const SIZE: usize, const STRIDE: usize> Default
    for Pool<R, CHANNELS, SIZE, STRIDE>
{
    fn default() -> Self {
        Self::new()
    }
}

/// A pool with overlapping windows of `PAST + 1` frames. It keeps `PAST` frames.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct PoolOverlapping<
    R: Reduction,
    const CHANNELS: usize,
    const PAST: usize,
    const STRIDE: usize,
> {
    history: ScheduledHistory<CHANNELS, PAST, 1, PAST, STRIDE>,
    reduction: PhantomData<R>,
}

impl<R: Reduction, const CHANNELS: usize, const PAST: usize, const STRIDE: usize>
    PoolOverlapping<R, CHANNELS, PAST, STRIDE>
{
    /// A pool before its first push.
    #[must_use]
    pub const fn new() -> Self {
        const { assert!(PAST < R::LONGEST, "the sum of so many frames is not exact enough") }
        Self { history: ScheduledHistory::new(), reduction: PhantomData }
    }

    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {
        self.history.reset();
    }

    /// Sets the state to the one after pushing `frame` forever. The next push returns an output.
    pub const fn fill(&mut self, frame: &[f32; CHANNELS]) {
        self.history.fill(&[*frame]);
    }

    /// Takes the next frame and returns the result of the window that ends with it, if one does.
    #[inline(always)]
    pub fn push(&mut self, frame: [f32; CHANNELS]) -> Option<[f32; CHANNELS]> {
        self.history.push(&frame, |past| {
            let mut kept = frame.map(R::first);
            for frame in past.iter() {
                add(&mut kept, R::next, frame);
            }
            kept.map(|kept| R::output(kept, PAST + 1))
        })
    }
}

impl<R: Reduction, const CHANNELS: usize, const PAST: usize, const STRIDE: usize> Default
    for PoolOverlapping<R, CHANNELS, PAST, STRIDE>
{
    fn default() -> Self {
        Self::new()
    }
}

#[inline(always)]
fn add<K: Copy>(kept: &mut [K], next: impl Fn(K, f32) -> K, frame: &[f32]) {
    for (kept, x) in kept.iter_mut().zip(frame) {
        *kept = next(*kept, *x);
    }
}
