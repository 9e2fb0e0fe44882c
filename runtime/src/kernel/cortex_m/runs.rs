//! The runs of a product, as the assembly reads them.
#![allow(
    unsafe_code,
    reason = "runs are in memory that is written when they are added; each use has its proof"
)]

use core::marker::PhantomData;
use core::mem::MaybeUninit;
#[cfg(helium)]
use core::ptr::null;
use core::slice;

use super::BYTES;
use crate::kernel::runs::{MOST_RUNS, Taps};

/// Taps at equal distances, for several frames, and their weights.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct Run<'a> {
    pub(super) inputs: *const f32,
    pub(super) frame_bytes: usize,
    pub(super) taps: usize,
    pub(super) step_bytes: usize,
    pub(super) weights: *const f32,
    pub(super) rows: usize,
    pub(super) memory: PhantomData<&'a [f32]>,
}

impl<'a> Run<'a> {
    /// No tap.
    #[cfg(helium)]
    pub(super) const NONE: Self = Self {
        inputs: null(),
        frame_bytes: 0,
        taps: 0,
        step_bytes: 0,
        weights: null(),
        rows: 0,
        memory: PhantomData,
    };

    /// Taps for so many frames of so many columns, if there are some, and inputs and weights for them.
    pub(crate) fn new(
        inputs: &'a [f32],
        weights: &'a [f32],
        taps: Taps,
        frames: usize,
        columns: usize,
    ) -> Option<Self> {
        let fit = taps.fit(inputs.len(), weights.len(), frames, columns);
        fit.then(|| Self {
            inputs: inputs.as_ptr(),
            frame_bytes: taps.frame * BYTES,
            taps: taps.count,
            step_bytes: taps.step * BYTES,
            weights: weights.as_ptr(),
            rows: taps.rows,
            memory: PhantomData,
        })
    }

    /// The same, with taps that lie side by side as one.
    pub(super) const fn join(&mut self) {
        if self.step_bytes == self.rows * BYTES {
            self.rows *= self.taps;
            self.taps = 1;
        }
    }
}

/// Some runs, at most [`MOST_RUNS`]. Memory for more is not written, which would take as long as a small layer.
#[derive(Debug)]
pub(crate) struct Runs<'a> {
    /// The first `count` are written.
    runs: [MaybeUninit<Run<'a>>; MOST_RUNS],
    count: usize,
}

impl<'a> Runs<'a> {
    /// No runs.
    #[inline(always)]
    pub(crate) const fn new() -> Self {
        Self { runs: [const { MaybeUninit::uninit() }; MOST_RUNS], count: 0 }
    }

    /// Adds a run, if there is room for it.
    #[inline(always)]
    pub(crate) fn push(&mut self, run: Run<'a>) {
        if let Some(place) = self.runs.get_mut(self.count) {
            place.write(run);
            self.count += 1;
        }
    }

    #[cfg(not(helium))]
    #[inline(always)]
    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The runs that were added.
    #[inline(always)]
    pub(crate) fn all(&mut self) -> &mut [Run<'a>] {
        // SAFETY: `push` alone changes `count`, one up for the place that it has just written, and never beyond the last. The runs
        // are borrowed for as long as the slice.
        unsafe { slice::from_raw_parts_mut(self.runs.as_mut_ptr().cast(), self.count) }
    }
}
