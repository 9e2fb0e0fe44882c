//! Networks of 16-bit integers. The host's tests have the same ones.

use streaming_net::streaming_net;

streaming_net! {
    /// The waveshaper.
    #[weights = "../waveshaper/weights.json"]
    #[numbers = "i16"]
    #[block = "fast"]
    pub struct Waveshaper <
        conv(k=4, in=2, out=4, causal, relu);
        conv(k=1, out=4, relu);
        conv(k=4, out=4, dilation=4, causal, relu);
        conv(k=1, out=4, relu);
        conv(k=4, out=4, dilation=16, causal, relu);
        conv(k=1, out=4, relu);
        conv(k=4, out=8, dilation=64, causal, relu);
        conv(k=1, out=8, relu);
        conv(k=1, out=1)
    >

    /// A temporal convolutional network.
    #[weights = "../../tests/weights/keras/tcn.json"]
    #[numbers = "i16"]
    #[block = "fast"]
    pub struct Tcn <
        residual(project) <
            conv(k=3, in=2, out=8, causal, relu);
            conv(k=3, out=8, causal, relu)
        >;
        relu();
        residual <
            conv(k=3, out=8, dilation=2, causal, relu);
            conv(k=3, out=8, dilation=2, causal, relu)
        >;
        relu();
        residual <
            conv(k=3, out=8, dilation=4, causal, relu);
            conv(k=3, out=8, dilation=4, causal, relu)
        >;
        relu();
        residual <
            conv(k=3, out=8, dilation=8, causal, relu);
            conv(k=3, out=8, dilation=8, causal, relu)
        >;
        relu();
        dense(out=2)
    >

    /// A `WaveNet`.
    #[weights = "../../tests/weights/keras/wavenet_stack.json"]
    #[numbers = "i16"]
    #[block = "fast"]
    pub struct WaveNet <
        conv(k=1, in=2, out=4);
        wavenet(channels=4, k=3, dilations=[1, 2, 4], skip=6, gated, causal);
        relu();
        dense(out=1)
    >

    /// A capture of an amplifier.
    #[weights = "../../tests/weights/keras/amp.json"]
    #[numbers = "i16"]
    pub struct Amp <
        sum <
            conv(k=3, in=1, out=4, causal, tanh);
            gru(units=8);
            dense(out=1)
        | >
    >

    /// A long short-term memory.
    #[weights = "../../tests/weights/keras/lstm.json"]
    #[numbers = "i16"]
    pub struct Lstm < lstm(in=2, units=4) >

    /// Convolutions of groups.
    #[weights = "../../tests/weights/keras/depthwise_strided.json"]
    #[numbers = "i16"]
    pub struct Depthwise < depthwise(k=3, in=2, stride=2); dense(out=3) >

    /// The network that hears sounds.
    #[weights = "../keyword/weights.json"]
    #[numbers = "i16"]
    pub struct Keyword <
        conv(k=5, in=16, out=16, stride=2, no_bias); batch_norm(epsilon=0.001); relu();
        depthwise(k=5, no_bias); batch_norm(epsilon=0.001); relu();
        dense(out=16, no_bias); batch_norm(epsilon=0.001); relu();
        depthwise(k=5, no_bias); batch_norm(epsilon=0.001); relu();
        dense(out=16, no_bias); batch_norm(epsilon=0.001); relu();
        global_avg(frames=16);
        dense(out=5, softmax)
    >

    /// Normalised frames.
    #[weights = "../../tests/weights/keras/layer_norm.json"]
    #[numbers = "i16"]
    pub struct LayerNorm < conv(k=3, in=2, out=5, causal); layer_norm(epsilon=0.001); dense(out=2) >

    /// Frames whose groups of channels are normalised.
    #[weights = "../../tests/weights/keras/group_norm.json"]
    #[numbers = "i16"]
    pub struct GroupNorm < group_norm(in=12, features=3, groups=2, epsilon=0.001) >

    /// Two frames for one, and a convolution of each.
    #[weights = "../../tests/weights/keras/upsample_causal.json"]
    #[numbers = "i16"]
    pub struct Upsampled < dense(in=2, out=3, relu); upsample(n=2); conv(k=4, out=2, causal) >

    /// Transposed convolutions.
    #[weights = "../../tests/weights/keras/conv_transpose_twice.json"]
    #[numbers = "i16"]
    pub struct Transposed <
        conv_transpose(k=4, in=2, out=3, stride=2, relu);
        conv_transpose(k=3, out=1, stride=2)
    >

    /// Cells with a state of their own before the first frame.
    #[weights = "../../tests/weights/nam/lstm.nam"]
    #[numbers(i16, input = 1.0)]
    #[calibrate = "../../tests/weights/integers/frames.json"]
    pub struct Started;

    /// What it comes to in silence is what it begins with.
    #[weights = "../../tests/weights/expansions/resting.json"]
    #[numbers = "i16"]
    #[start = "rest"]
    pub struct Resting <
        conv(k=3, in=1, out=2, relu);
        conv(k=2, out=1, dilation=2, causal);
        avg_pool(size=2)
    >

    /// Means of windows that begin before the first frame and the first feature.
    #[weights = "../../tests/weights/pytorch/avg_pool2d_not_counted.json"]
    #[numbers = "i16"]
    pub struct Means <
        avg_pool2d(k=3, features=5, feature_k=3, in=10, stride=1, feature_stride=1, pad=1, feature_pad=1)
    >

    /// Maxima of such windows.
    #[weights = "../../tests/weights/keras/max_pool2d_same.json"]
    #[numbers = "i16"]
    pub struct Maxima <
        max_pool2d(k=3, features=5, feature_k=2, in=10, stride=1, feature_stride=1, same, feature_same)
    >

    /// Sums over features.
    #[weights = "../../tests/weights/keras/reduce_sum.json"]
    #[numbers = "i16"]
    pub struct Sums < reduce_sum(features=5, in=10); dense(out=3) >

    /// Convolutions over time and features.
    #[weights = "../../tests/weights/keras/conv2d_stacked.json"]
    #[numbers = "i16"]
    pub struct Features <
        conv2d(k=3, features=8, feature_k=3, feature_stride=2, in=8, out=4, causal, relu);
        conv2d(k=3, features=3, feature_k=3, feature_same, out=2, causal, relu);
        dense(out=3)
    >

    /// The same of each channel by itself.
    #[weights = "../../tests/weights/keras/depthwise2d.json"]
    #[numbers = "i16"]
    pub struct DepthwiseFeatures < depthwise2d(k=3, features=5, feature_k=2, in=15, relu) >
}

/// Numbers of 16 bits that a network cannot foresee, from one end of their range to the other.
#[derive(Clone, Debug)]
pub struct Noise(u32);

impl Noise {
    /// The first of them is next.
    #[must_use]
    pub const fn new() -> Self {
        Self(1)
    }

    /// The next one: the upper half of a linear congruential generator.
    pub fn number(&mut self) -> i16 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [high, low, ..] = self.0.to_be_bytes();
        i16::from_be_bytes([high, low])
    }

    /// The next frame, of which every other one is at the ends of the range.
    pub fn frame<const CHANNELS: usize>(&mut self, push: usize) -> [i16; CHANNELS] {
        core::array::from_fn(|_| match self.number() {
            number if push.is_multiple_of(2) => number,
            number if number < 0 => i16::MIN,
            _ => i16::MAX,
        })
    }
}

impl Default for Noise {
    fn default() -> Self {
        Self::new()
    }
}
