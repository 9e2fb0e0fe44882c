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

/// Splits a frame into `TIMES` frames of `CHANNELS` channels, the first numbers first. `ALL` is `TIMES * CHANNELS`.
///
/// ```
/// assert_eq!(streaming_net::__private::split::<2, 2, 4>([1.0, 2.0, 3.0, 4.0]), [[1.0, 2.0], [3.0, 4.0]]);
/// ```
#[inline(always)]
#[must_use]
pub fn split<const TIMES: usize, const CHANNELS: usize, const ALL: usize>(
    frame: [f32; ALL],
) -> [[f32; CHANNELS]; TIMES] {
    const { assert!(ALL == TIMES * CHANNELS, "the channels of all frames") }
    let mut frames = [[0.0; CHANNELS]; TIMES];
    for (place, x) in frames.as_flattened_mut().iter_mut().zip(frame) {
        *place = x;
    }
    frames
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
