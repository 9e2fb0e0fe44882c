//! What a kernel has to know of a convolution beside its weights.

/// The shape of a convolution, for one output frame. Bytes are what the assembly counts in.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct Shape {
    /// Outputs.
    pub(super) columns: usize,
    /// From one row of weights to the next.
    pub(super) row_bytes: usize,
    /// Inputs of a tap.
    pub(super) rows: usize,
    /// Taps beside the newest.
    pub(super) past: usize,
    /// The weights of the newest tap are so far into the kernel.
    pub(super) newest_bytes: usize,
    /// From the end of a tap's inputs to the next tap's in the ring: 0 where taps lie side by side.
    pub(super) step_bytes: usize,
    /// The length of the ring.
    pub(super) ring_bytes: usize,
    /// Channels of a frame in the ring, of which the inputs are some.
    pub(super) channels: usize,
}

/// The shape of a layer whose frames and kernel are arrays of these sizes, so that only a ring of past frames is to be looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LayerShape<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>(Shape);

impl<const TAPS: usize, const INPUTS: usize, const OUTPUTS: usize>
    LayerShape<TAPS, INPUTS, OUTPUTS>
{
    /// That of taps that are `dilation` frames apart.
    pub(crate) const fn new(dilation: usize) -> Self {
        assert!(TAPS >= 1 && INPUTS >= 1 && dilation >= 1, "a layer has taps and inputs");
        Self(Shape::conv(TAPS, INPUTS, OUTPUTS, dilation, 1))
    }

    /// The same without the sizes.
    #[inline(always)]
    #[cfg_attr(feature = "cmsis-dsp", allow(dead_code, reason = "CMSIS-DSP is told the sizes"))]
    pub(crate) const fn shape(&self) -> &Shape {
        &self.0
    }

    /// Whether a ring of so many frames has all past ones, and the frame at `oldest`.
    #[inline(always)]
    #[cfg_attr(not(assembly), allow(dead_code, reason = "the assembly looks at nothing itself"))]
    pub(super) const fn fits(&self, frames: usize, oldest: usize) -> bool {
        let Self(Shape { ring_bytes, .. }) = self;
        let frame = INPUTS * BYTES;
        TAPS == 1 || frames * frame >= *ring_bytes && oldest * frame < *ring_bytes
    }
}

/// Bytes of a number.
pub(super) const BYTES: usize = size_of::<f32>();

impl Shape {
    /// A convolution of `taps` taps, `dilation` frames apart. Each group of outputs sees as many inputs.
    pub(crate) const fn conv(
        taps: usize,
        inputs: usize,
        outputs: usize,
        dilation: usize,
        groups: usize,
    ) -> Self {
        let window = Self::window(taps, inputs / groups, outputs, dilation, inputs);
        Self { columns: outputs / groups, ..window }
    }

    /// A convolution of `rows` of the `channels` of a frame.
    pub(super) const fn window(
        taps: usize,
        rows: usize,
        outputs: usize,
        dilation: usize,
        channels: usize,
    ) -> Self {
        let past = taps - 1;
        Self {
            columns: outputs,
            row_bytes: outputs * BYTES,
            rows,
            past,
            newest_bytes: past * rows * outputs * BYTES,
            step_bytes: (dilation * channels - rows) * BYTES,
            ring_bytes: past * dilation * channels * BYTES,
            channels,
        }
    }

    /// One product of a row and a matrix.
    pub(crate) const fn dense(inputs: usize, outputs: usize) -> Self {
        Self::conv(1, inputs, outputs, 1, 1)
    }

    /// The sums of gates: products with `inputs` inputs and, as if they were past taps, with the last `units` outputs, whose
    /// weights come first.
    pub(crate) const fn gates(inputs: usize, units: usize, columns: usize) -> Self {
        Self {
            columns,
            row_bytes: columns * BYTES,
            rows: inputs,
            past: 1,
            newest_bytes: units * columns * BYTES,
            step_bytes: 0,
            ring_bytes: units * BYTES,
            channels: inputs,
        }
    }

    /// Whether memory of so many numbers has all that a kernel takes: sums, inputs of the newest tap, weights, and the ring
    /// from the first input on, with the index of its oldest frame.
    #[inline(always)]
    pub(super) const fn fits(
        &self,
        sums: usize,
        newest: usize,
        kernel: usize,
        (ring, oldest): (usize, usize),
    ) -> bool {
        // Taps that lie side by side are the whole ring, whatever their inputs are.
        let is_line = self.step_bytes == 0;
        let past_rows = if is_line { self.ring_bytes / BYTES } else { self.past * self.rows };
        let last_row = (self.newest_bytes + (self.rows - 1) * self.row_bytes) / BYTES;
        // The inputs of the last frame end so far before the ring does, where they are the first of its channels.
        let others = if is_line { 0 } else { self.channels - self.rows };
        sums >= self.columns
            && newest >= self.rows
            && kernel >= last_row + self.columns
            && self.newest_bytes >= past_rows * self.row_bytes
            && (self.past == 0
                || (ring + others) * BYTES >= self.ring_bytes
                    && (oldest == 0 || (oldest + 1) * self.channels * BYTES <= self.ring_bytes))
    }
}
