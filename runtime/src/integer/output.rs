use super::kernel::{self, HALF, Rows, Window, Word};
use super::saturated;
use crate::sealed::Sealed;

/// What sums of products become: numbers of 16 bits, or what is added to fine sums, of 32.
pub trait Output: Copy + Sealed {
    /// Nothing.
    const ZERO: Self;

    /// Whether that is the least output of a rectifier.
    #[doc(hidden)]
    fn is_rectified(low: Self) -> bool;

    /// Makes nothing of outputs to which sums are added.
    #[doc(hidden)]
    fn begin(outputs: &mut [Self]);

    /// What the sums of one window become, of which there are as many as `rows`.
    #[doc(hidden)]
    fn sums<const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        window: &Window<WINDOW>,
        outputs: &mut [Self; OUTPUTS],
    );

    /// The same of two windows.
    #[doc(hidden)]
    fn sums_of_two(rows: Rows<'_>, windows: &[Word], outputs: &mut [Self]);

    /// The same of two windows of known lengths, for a shape for which there is a kernel.
    #[cfg(helium)]
    #[doc(hidden)]
    fn sums_of_windows<const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        windows: &[Window<WINDOW>; 2],
        outputs: &mut [[Self; OUTPUTS]; 2],
    );

    /// The same of frames that lie side by side under each tap, for a shape for which there is a kernel. Returns whether it has.
    #[cfg(all(dsp, not(helium)))]
    #[doc(hidden)]
    fn sums_of_frames<'t, const CHANNELS: usize, const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        under: impl Fn(usize) -> &'t [i16],
        outputs: &mut [[Self; OUTPUTS]],
    ) -> bool;

    /// The same of windows that lie in one line, if there is a kernel that can. Returns whether it has.
    #[doc(hidden)]
    fn side_by_side(rows: Rows<'_>, line: &[i16], step: usize, outputs: &mut [Self]) -> bool;

    /// The same of a row of one weight.
    #[doc(hidden)]
    fn product(row: (Word, Word, u8), number: i16, is_rectified: bool, output: &mut Self);
}

impl Sealed for i16 {}
impl Sealed for i32 {}

impl Output for i16 {
    const ZERO: Self = 0;

    #[inline(always)]
    fn is_rectified(low: Self) -> bool {
        low == 0
    }

    #[inline(always)]
    fn begin(_: &mut [Self]) {}

    #[inline(always)]
    fn sums<const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        window: &Window<WINDOW>,
        outputs: &mut [Self; OUTPUTS],
    ) {
        kernel::sums(rows, window, outputs);
    }

    #[inline(always)]
    fn sums_of_two(rows: Rows<'_>, windows: &[Word], outputs: &mut [Self]) {
        kernel::sums_of_two(rows, windows, outputs);
    }

    #[cfg(helium)]
    #[inline(always)]
    fn sums_of_windows<const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        windows: &[Window<WINDOW>; 2],
        outputs: &mut [[Self; OUTPUTS]; 2],
    ) {
        kernel::sums_of_windows(rows, windows, outputs);
    }

    #[cfg(all(dsp, not(helium)))]
    #[inline(always)]
    fn sums_of_frames<'t, const CHANNELS: usize, const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        under: impl Fn(usize) -> &'t [i16],
        outputs: &mut [[Self; OUTPUTS]],
    ) -> bool {
        kernel::sums_of_frames::<CHANNELS, WINDOW, OUTPUTS>(rows, under, outputs)
    }

    #[inline(always)]
    fn side_by_side(rows: Rows<'_>, line: &[i16], step: usize, outputs: &mut [Self]) -> bool {
        kernel::side_by_side(rows, line, step, outputs)
    }

    #[inline(always)]
    fn product(row: (Word, Word, u8), number: i16, is_rectified: bool, output: &mut Self) {
        let number = saturated(kernel::product(row, number));
        *output = if is_rectified { number.max(0) } else { number };
    }
}

impl Output for i32 {
    const ZERO: Self = HALF;

    #[inline(always)]
    fn is_rectified(_: Self) -> bool {
        false
    }

    #[inline(always)]
    fn begin(outputs: &mut [Self]) {
        outputs.fill(Self::ZERO);
    }

    #[inline(always)]
    fn sums<const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        window: &Window<WINDOW>,
        outputs: &mut [Self; OUTPUTS],
    ) {
        kernel::add_sums(rows, window, outputs);
    }

    #[inline(always)]
    fn sums_of_two(rows: Rows<'_>, windows: &[Word], outputs: &mut [Self]) {
        kernel::add_sums_of_two(rows, windows, outputs);
    }

    #[cfg(helium)]
    #[inline(always)]
    fn sums_of_windows<const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        windows: &[Window<WINDOW>; 2],
        outputs: &mut [[Self; OUTPUTS]; 2],
    ) {
        kernel::add_sums_of_windows(rows, windows, outputs);
    }

    #[cfg(all(dsp, not(helium)))]
    #[inline(always)]
    fn sums_of_frames<'t, const CHANNELS: usize, const WINDOW: usize, const OUTPUTS: usize>(
        rows: Rows<'_>,
        under: impl Fn(usize) -> &'t [i16],
        outputs: &mut [[Self; OUTPUTS]],
    ) -> bool {
        kernel::add_sums_of_frames::<CHANNELS, WINDOW, OUTPUTS>(rows, under, outputs)
    }

    #[inline(always)]
    fn side_by_side(_: Rows<'_>, _: &[i16], _: usize, _: &mut [Self]) -> bool {
        false
    }

    #[inline(always)]
    fn product(row: (Word, Word, u8), number: i16, _: bool, output: &mut Self) {
        *output = kernel::fine(*output + kernel::product(row, number));
    }
}
