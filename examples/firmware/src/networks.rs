//! The networks: the notebook's, and the waveshaper.

use streaming_net::streaming_net;

streaming_net! {
    /// Version 1 of the notebook: the convolution alone.
    #[weights = "../../tests/weights/notebook_v1.json"]
    pub struct V1 < conv(k=3, in=2, out=4, no_bias) >

    /// Version 2: with a bias.
    #[weights = "../../tests/weights/notebook_v2.json"]
    pub struct V2 < conv(k=3, in=2, out=4) >

    /// Version 3: with a bias and a rectifier.
    #[weights = "../../tests/weights/notebook_v3.json"]
    pub struct V3 < conv(k=3, in=2, out=4, relu) >

    /// Version 4: and a 1x1 convolution behind it.
    #[weights = "../../tests/weights/notebook_v4.json"]
    pub struct V4 <
        conv(k=3, in=2, out=4, relu);
        conv(k=1, out=5, relu)
    >

    /// Shapes a sine, channel 0, into a square (knob, channel 1, at 0) or a saw (knob at 1).
    #[weights = "../waveshaper/weights.json"]
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

    /// Every kind of layer and activation, small and large.
    #[weights = concat!(env!("OUT_DIR"), "/every.json")]
    pub struct Every <
        conv(k=3, in=2, out=20, stride=2);
        tanh();
        conv(k=2, out=20, dilation=6, causal, leaky_relu=0.1);
        depthwise(k=16, out=20, causal, elu=1.0);
        conv(k=2, out=8, groups=4, no_bias, sigmoid);
        dense(out=3, relu6);
        softmax()
    >
}
