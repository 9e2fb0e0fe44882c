/// `TIMES` output frames for `frame`, each the same: Keras'
/// [`UpSampling1D`](https://keras.io/api/layers/reshaping_layers/up_sampling1d/), and PyTorch's `Upsample`, `nearest`.
///
/// ```
/// use streaming_net::upsample;
/// assert_eq!(upsample::<3, 2>([1.0, -2.0]), [[1.0, -2.0], [1.0, -2.0], [1.0, -2.0]]);
/// ```
#[inline(always)]
#[must_use]
pub const fn upsample<const TIMES: usize, const CHANNELS: usize>(
    frame: [f32; CHANNELS],
) -> [[f32; CHANNELS]; TIMES] {
    [frame; TIMES]
}
