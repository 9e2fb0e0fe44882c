//! Convolutions over time and the features of a frame, which lie one after the other, each with its channels.

mod depthwise;

pub use self::depthwise::DepthwiseConv2d;
use super::history::{DelayLine, Past};
use super::kernel::{self, Rows, Window, Word, packed};

/// The weights of a convolution over time and features, in flash: the rows of [`Conv`](super::Conv), which every position of an
/// output frame has. A position has `OUTPUTS` numbers, those of a group `GROUP`.
///
/// `WINDOW` are the numbers that an output reads, an even count: of the frame under each tap, the oldest first, `WIDTH` features,
/// of each the channels of a group, and a zero where the count would be odd. `WORDS` are `OUTPUTS * (1 + WINDOW / 2)`.
///
/// A frame has `FEATURES` features. Under place `w` of the window at position `p` lies feature
/// `p * STRIDE - PADDING + w * DILATION`; where it `IS_TRANSPOSED`, feature `(p + PADDING - w * DILATION) / STRIDE`, if that is a
/// whole number. Beside the features are zeros. An output frame has `OUTPUT` numbers.
///
/// ```
/// use streaming_net::__private::integer::{Conv2d, History};
///
/// // Two frames, two features: the differences between features beside each other, and to the frame before.
/// static EDGE: Conv2d<4, 1, 3, 1, 3, 2, 1, 1, 0, false, 2> =
///     Conv2d::new([[1, -1, -1, 1]], [0], [0], -32_768);
///
/// let mut history = History::<3, 1, 1>::new();
/// assert_eq!(EDGE.push(&mut history, [1, 2, 4]), [1, 2]);
/// assert_eq!(EDGE.push(&mut history, [1, 2, 9]), [0, 5]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Conv2d<
    const WINDOW: usize,
    const OUTPUTS: usize,
    const WORDS: usize,
    const GROUP: usize,
    const FEATURES: usize,
    const WIDTH: usize,
    const STRIDE: usize,
    const DILATION: usize,
    const PADDING: usize,
    const IS_TRANSPOSED: bool,
    const OUTPUT: usize,
> {
    words: [Word; WORDS],
    shifts: [u8; OUTPUTS],
    low: i16,
}

impl<
    const WINDOW: usize,
    const OUTPUTS: usize,
    const WORDS: usize,
    const GROUP: usize,
    const FEATURES: usize,
    const WIDTH: usize,
    const STRIDE: usize,
    const DILATION: usize,
    const PADDING: usize,
    const IS_TRANSPOSED: bool,
    const OUTPUT: usize,
>
    Conv2d<
        WINDOW,
        OUTPUTS,
        WORDS,
        GROUP,
        FEATURES,
        WIDTH,
        STRIDE,
        DILATION,
        PADDING,
        IS_TRANSPOSED,
        OUTPUT,
    >
{
    /// As [`Conv::new`](super::Conv::new).
    ///
    /// # Panics
    ///
    /// Where a shape or `low` is another one. It is called when compiled.
    #[must_use]
    pub const fn new(
        weights: [[i16; WINDOW]; OUTPUTS],
        bias: [i32; OUTPUTS],
        shifts: [u8; OUTPUTS],
        low: i16,
    ) -> Self {
        assert!(low == 0 || low == i16::MIN, "a rectifier, or nothing");
        assert!(FEATURES >= 1 && STRIDE >= 1 && DILATION >= 1, "at least 1");
        assert!(OUTPUT.is_multiple_of(OUTPUTS), "every position has as many outputs");
        Self { words: packed(&weights, &bias, GROUP), shifts, low }
    }

    /// Takes the next input frame and returns the output frame, as an `Option` if the history has a schedule.
    #[inline(always)]
    pub fn push<const INPUTS: usize, D: DelayLine<INPUTS>>(
        &self,
        history: &mut D,
        frame: [i16; INPUTS],
    ) -> D::Output<[i16; OUTPUT]> {
        history.push(frame, |past| self.of(past, &frame))
    }

    /// The output frame for `frame`, for a kernel of one tap.
    ///
    /// ```
    /// use streaming_net::__private::integer::Conv2d;
    ///
    /// // Linear interpolation by 2 between features.
    /// static RAMP: Conv2d<4, 1, 3, 1, 2, 3, 2, 1, 1, true, 3> =
    ///     Conv2d::new([[1, 2, 1, 0]], [1], [1], -32_768);
    /// assert_eq!(RAMP.apply([4, 8]), [4, 6, 8]);
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn apply<const INPUTS: usize>(&self, frame: [i16; INPUTS]) -> [i16; OUTPUT] {
        self.of(Past::NONE, &frame)
    }

    #[inline(always)]
    fn of<const INPUTS: usize>(
        &self,
        past: Past<'_, INPUTS>,
        frame: &[i16; INPUTS],
    ) -> [i16; OUTPUT] {
        let windows = const {
            assert!(INPUTS.is_multiple_of(FEATURES), "every feature has as many channels");
            let channels = INPUTS / FEATURES;
            let of_group = channels / (OUTPUTS / GROUP);
            let is_row = of_group == channels && DILATION == 1 && !IS_TRANSPOSED;
            Windows {
                channels,
                of_group,
                features: FEATURES,
                width: WIDTH,
                stride: STRIDE,
                dilation: DILATION,
                padding: PADDING,
                is_transposed: IS_TRANSPOSED,
                is_row,
            }
        };
        let frames = Frames::of(past, frame);
        let mut outputs = [0; OUTPUT];
        let mut window = Window([0; WINDOW]);
        for (position, outputs) in outputs.as_chunks_mut::<OUTPUTS>().0.iter_mut().enumerate() {
            let words = self.words.chunks(const { GROUP * (1 + WINDOW / 2) });
            let (shifts, _) = self.shifts.as_chunks::<GROUP>();
            let (groups, _) = outputs.as_chunks_mut::<GROUP>();
            let groups = groups.iter_mut().zip(words.zip(shifts)).enumerate();
            for (group, (outputs, (words, shifts))) in groups {
                gather(&frames, &windows, position, group, &mut window.0);
                let rows = Rows::new::<WINDOW>(words, shifts, self.low == 0);
                kernel::sums(rows, &window, outputs);
            }
        }
        outputs
    }
}

/// The frames under the taps.
#[derive(Clone, Copy)]
struct Frames<'a> {
    /// All past frames, in a ring.
    numbers: &'a [i16],
    /// The first number of the oldest frame, and numbers from tap to tap.
    place: usize,
    step: usize,
    /// Taps without that of the newest frame.
    taps: usize,
    newest: &'a [i16],
}

impl<'a> Frames<'a> {
    #[inline(always)]
    fn of<const INPUTS: usize>(past: Past<'a, INPUTS>, newest: &'a [i16; INPUTS]) -> Self {
        let (numbers, place, step) = past.numbers();
        Self { numbers, place, step, taps: past.taps(), newest }
    }

    /// The frame under each tap and what lies behind it, the oldest frame first.
    #[inline(always)]
    fn iter(&self) -> impl Iterator<Item = &'a [i16]> {
        let Self { numbers, mut place, step, taps, newest } = *self;
        (0..=taps).map(move |tap| {
            if tap == taps {
                return newest;
            }
            let frame = numbers.get(place..).unwrap_or_default();
            place += step;
            if place >= numbers.len() {
                place -= numbers.len();
            }
            frame
        })
    }
}

/// How windows lie on the features of a frame.
struct Windows {
    /// Those of a feature, and of a group.
    channels: usize,
    of_group: usize,
    features: usize,
    width: usize,
    stride: usize,
    dilation: usize,
    padding: usize,
    is_transposed: bool,
    /// Whether what lies under a window are numbers side by side.
    is_row: bool,
}

impl Windows {
    /// The feature under a place of the window at a position.
    #[inline(always)]
    fn feature(&self, position: usize, place: usize) -> Option<usize> {
        let place = place * self.dilation;
        let feature = if self.is_transposed {
            let at = (position + self.padding).checked_sub(place)?;
            let feature = at.checked_div(self.stride)?;
            (feature * self.stride == at).then_some(feature)?
        } else {
            (position * self.stride + place).checked_sub(self.padding)?
        };
        (feature < self.features).then_some(feature)
    }
}

/// Writes what a group has under the window at a position to the front of `window`. One function for all layers.
#[inline(never)]
fn gather(
    frames: &Frames<'_>,
    windows: &Windows,
    position: usize,
    group: usize,
    window: &mut [i16],
) {
    let (mut left, of_group) = (window, windows.of_group);
    for frame in frames.iter() {
        let Some((own, later)) = left.split_at_mut_checked(windows.width * of_group) else {
            return;
        };
        left = later;
        if windows.is_row {
            row(frame, windows, position, own);
            continue;
        }
        for (place, to) in own.chunks_exact_mut(of_group.max(1)).enumerate() {
            let first = windows
                .feature(position, place)
                .map(|feature| feature * windows.channels + group * of_group);
            match first.and_then(|first| frame.get(first..first + of_group)) {
                Some(from) => copy(to, from),
                None => to.fill(0),
            }
        }
    }
}

/// The numbers of one frame where they lie side by side, and zeros beside the features.
#[inline(always)]
fn row(frame: &[i16], windows: &Windows, position: usize, to: &mut [i16]) {
    let start = position * windows.stride;
    let feature = start.saturating_sub(windows.padding);
    let before = windows.padding.saturating_sub(start).min(windows.width);
    let count = (windows.width - before).min(windows.features.saturating_sub(feature));
    let (zeros, to) = to.split_at_mut((before * windows.channels).min(to.len()));
    let (to, behind) = to.split_at_mut((count * windows.channels).min(to.len()));
    zeros.fill(0);
    behind.fill(0);
    copy(to, frame.get(feature * windows.channels..).unwrap_or_default());
}

#[inline(always)]
fn copy(to: &mut [i16], from: &[i16]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
}
