use crate::DelayLine;

/// Decides which pushes a layer answers: push number `FIRST`, counted from 0, and from there on every `STRIDE`-th.
///
/// A stride of 2 with nothing to wait for:
///
/// ```
/// let mut schedule = streaming_net::Schedule::<0, 2>::new();
/// assert_eq!([0, 1, 2, 3].map(|_| schedule.is_due()), [true, false, true, false]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule<const FIRST: usize, const STRIDE: usize> {
    /// Counts up to `FIRST`, then on through the `STRIDE` phases. It starts at 0, as all state does, so that a network
    /// in a `static` takes no flash for its initial value.
    count: u32,
}

impl<const FIRST: usize, const STRIDE: usize> Schedule<FIRST, STRIDE> {
    const FIRST_COUNT: u32 = in_32_bits(FIRST);
    const END: u32 = {
        assert!(STRIDE >= 1, "a stride is at least 1");
        in_32_bits(FIRST + STRIDE)
    };

    /// A schedule whose next push is number 0.
    #[must_use]
    pub const fn new() -> Self {
        Self { count: 0 }
    }

    /// Starts again with push number 0.
    pub const fn reset(&mut self) {
        self.count = 0;
    }

    /// Counts one push, and tells whether it is answered.
    #[inline(always)]
    pub const fn is_due(&mut self) -> bool {
        let due = self.count == Self::FIRST_COUNT;
        let next = self.count + 1;
        self.count = if next < Self::END { next } else { Self::FIRST_COUNT };
        due
    }
}

impl<const FIRST: usize, const STRIDE: usize> Default for Schedule<FIRST, STRIDE> {
    fn default() -> Self {
        Self::new()
    }
}

/// A layer with one tap and a stride: nothing to keep, yet not every push is answered.
impl<const CHANNELS: usize, const FIRST: usize, const STRIDE: usize> DelayLine<CHANNELS, 0>
    for Schedule<FIRST, STRIDE>
{
    type Answer<T> = Option<T>;

    #[inline(always)]
    fn push<T>(
        &mut self,
        _: [f32; CHANNELS],
        answer: impl FnOnce(&[[f32; CHANNELS]; 0]) -> T,
    ) -> Option<T> {
        self.is_due().then(|| answer(&[]))
    }
}

/// A count of frames as state keeps it: as small on a 64-bit host as on a microcontroller.
pub(crate) const fn in_32_bits(frames: usize) -> u32 {
    assert!(frames < u32::MAX as usize, "frames are counted in 32 bits");
    #[allow(clippy::cast_possible_truncation, reason = "it is in range, as just asserted")]
    {
        frames as u32
    }
}
