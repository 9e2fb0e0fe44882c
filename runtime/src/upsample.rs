/// Repeats `frame` `TIMES` times: Keras'
/// [`UpSampling1D`](https://keras.io/api/layers/reshaping_layers/up_sampling1d/), and PyTorch's `Upsample`, `nearest`.
///
/// ```
/// use streaming_net::__private::upsample;
/// assert_eq!(upsample::<3, 2>([1.0, -2.0]), [[1.0, -2.0], [1.0, -2.0], [1.0, -2.0]]);
/// ```
#[inline(always)]
#[must_use]
pub const fn upsample<const TIMES: usize, const CHANNELS: usize>(
    frame: [f32; CHANNELS],
) -> [[f32; CHANNELS]; TIMES] {
    [frame; TIMES]
}

/// Joins several outputs of a layer that upsamples into one. `ALL` is `OUTPUTS * FRAMES`.
///
/// ```
/// assert_eq!(streaming_net::__private::joined([[[1.0], [2.0]], [[3.0], [4.0]]]), [[1.0], [2.0], [3.0], [4.0]]);
/// ```
#[inline(always)]
#[must_use]
pub fn joined<
    const CHANNELS: usize,
    const FRAMES: usize,
    const OUTPUTS: usize,
    const ALL: usize,
>(
    outputs: [[[f32; CHANNELS]; FRAMES]; OUTPUTS],
) -> [[f32; CHANNELS]; ALL] {
    const { assert!(ALL == OUTPUTS * FRAMES, "the frames of all outputs") }
    let mut all = [[0.0; CHANNELS]; ALL];
    for (place, frame) in all.iter_mut().zip(outputs.as_flattened()) {
        *place = *frame;
    }
    all
}
