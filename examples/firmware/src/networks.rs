//! The networks: the notebook's and the waveshaper, some that together have every kind of layer, and some that Keras
//! recorded.

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

    /// Every convolution over time, small and large, with each padding.
    #[weights = concat!(env!("OUT_DIR"), "/convolutions.json")]
    pub struct Convolutions <
        conv(k=3, in=2, out=20, stride=2);
        tanh();
        conv(k=2, out=20, dilation=6, causal, leaky_relu=0.1);
        depthwise(k=16, out=20, causal, elu=1.0);
        conv(k=2, out=8, groups=4, no_bias, sigmoid);
        conv(k=3, out=8, same, relu);
        conv(k=4, out=4, pad=2, stride=2, relu);
        dense(out=3, relu6);
        softmax()
    >

    /// Every convolution over time and features.
    #[weights = concat!(env!("OUT_DIR"), "/planes.json")]
    pub struct Planes <
        dense(in=2, out=24);
        conv2d(k=3, features=12, feature_k=3, out=4, causal, relu);
        depthwise2d(k=2, features=10, feature_k=3, feature_same, tanh);
        conv2d(k=2, features=10, feature_k=4, feature_stride=3, out=1, same, no_bias)
    >

    /// Every layer of layers, whose branches have outputs at once and at different times.
    #[weights = concat!(env!("OUT_DIR"), "/branches.json")]
    pub struct Branches <
        residual(project) < conv(k=3, in=2, out=6, same, relu) >;
        residual(center) < conv(k=3, out=6, dilation=2, relu) >;
        concat < conv(k=5, out=4, same) | delay(frames=1) | >;
        product < dense(out=16, sigmoid) | >;
        gated < dense(out=8) | conv(k=2, out=8, causal) >;
        gated(linear, hard_sigmoid);
        early: skips < residual < conv(k=2, out=4, causal); skip() >; conv(k=3, out=4, same); skip() >;
        wavenet(channels=4, k=3, dilations=[1, 2], skip=20, gated, causal);
        conditioned < dense(out=2) | skips <
            conv(k=2, out=4, causal);
            mixin(tanh);
            skip();
            head(k=2, out=3);
            dense(out=6);
            blended();
            skip()
        > >;
        sum <
            dense(out=2, silu) | conv(k=2, out=2, dilation=20, causal); delay(frames=2) |
            from(early); dense(out=2)
        >
    >

    /// Every recurrent layer, small and large.
    #[weights = concat!(env!("OUT_DIR"), "/recurrent.json")]
    pub struct Recurrent <
        gru(in=2, units=18);
        gru(units=4, reset_before);
        lstm(units=10);
        lstm(units=3, no_bias);
        gru(units=4);
        gru(units=10, reset_before);
        lstm(units=17);
        dense(out=3)
    >

    /// Every layer that puts frames together.
    #[weights = concat!(env!("OUT_DIR"), "/pools.json")]
    pub struct Pools <
        max_pool(in=2, size=3, stride=1);
        avg_pool(size=3, stride=2);
        conv(k=2, out=5, causal);
        max_pool(size=2);
        avg_pool(size=40, stride=1);
        max_pool(size=2, stride=3);
        avg_pool(size=2);
        global_avg(frames=11);
        flatten(frames=3);
        dense(out=3)
    >

    /// Every other layer of frames with features.
    #[weights = concat!(env!("OUT_DIR"), "/features.json")]
    pub struct Features <
        dense(in=2, out=24);
        conv2d(k=3, features=12, feature_k=3, feature_dilation=2, feature_pad=2, out=4, groups=2, causal, relu);
        depthwise2d(k=1, features=12, feature_k=2, feature_stride=2, out=8);
        max_pool2d(k=2, features=6, feature_k=3, stride=1, feature_stride=1, causal, feature_same);
        avg_pool2d(k=1, features=6, feature_k=2);
        layer_norm(features=3, epsilon=0.001);
        conv_transpose2d(features=3, feature_k=4, feature_stride=2, out=4, feature_same, tanh);
        group_norm(features=6, groups=2, epsilon=0.001);
        product < | reduce_mean(features=6); dense(out=4, sigmoid); expand(features=6) >;
        difference < | reduce_max(features=6, over_channels); expand(channels=4) >;
        quotient < | reduce_sum(); sigmoid(); expand(channels=24) >;
        minimum < | permute(features=6) >;
        maximum < | slice(start=0, out=12, step=2); expand(features=2) >;
        reduce_min(features=6)
    >

    /// Every other layer that puts frames together, or makes several of one.
    #[weights = concat!(env!("OUT_DIR"), "/windows.json")]
    pub struct Windows <
        dense(in=2, out=4);
        avg_pool(size=3, stride=1, same, count_include_pad);
        avg_pool(size=3, stride=1, causal);
        max_pool(size=3, stride=2, pad=1);
        global_max(frames=3);
        rnn(units=5);
        rnn(units=3, relu);
        conv_transpose(k=4, out=8, stride=2, same);
        split(n=2);
        pixel_shuffle(n=2)
    >

    /// Every layer of each frame.
    #[weights = concat!(env!("OUT_DIR"), "/frames.json")]
    pub struct Frames <
        batch_norm(in=2, epsilon=0.001);
        linear();
        conv(k=1, out=12, selu);
        layer_norm(epsilon=0.00001);
        prelu();
        scale(softsign);
        prelu(shared);
        bias(hard_tanh);
        layer_norm(epsilon=0.001, no_scale, no_center);
        hard_swish();
        leaky_relu(slope=0.1);
        elu(alpha=1.0);
        relu6();
        silu();
        tanh();
        hard_sigmoid();
        leaky_hard_tanh(min=-1, max=1, min_slope=0.01, max_slope=0.01);
        rational_tanh();
        dense(out=3, relu);
        sigmoid();
        softmax()
    >

    /// Functions of a frame side by side, so that each takes the input.
    #[weights = concat!(env!("OUT_DIR"), "/functions.json")]
    pub struct Functions <
        concat(in=2) <
            concat <
                gelu() | gelu_tanh() | mish() | softplus() | log_sigmoid() | thresholded_relu(theta=0.5)
                | clip(min=-1, max=2) | log_softmax()
            >
        |
            concat <
                exp() | log() | erf() | abs() | square() | sqrt() | reciprocal() | power(exponent=1.5)
            >
        >;
        dense(out=3)
    >

    /// Every layer that gives several frames.
    #[weights = concat!(env!("OUT_DIR"), "/upsampling.json")]
    pub struct Upsampling <
        conv(k=3, in=2, out=4, causal);
        upsample(n=2);
        conv_transpose(k=5, out=3, stride=2, tanh);
        conv(k=3, out=9, causal);
        conv_transpose(k=3, out=9, stride=1);
        dense(out=2)
    >

    /// One that begins at rest, with everything that a layer may keep.
    #[weights = concat!(env!("OUT_DIR"), "/resting.json")]
    #[start = "rest"]
    pub struct Resting <
        conv(k=3, in=2, out=4, stride=2, tanh);
        conv(k=1, out=4, stride=2);
        sum < conv(k=3, out=4, same) | dense(out=4) >;
        max_pool(size=2);
        avg_pool(size=3, stride=1);
        global_avg(frames=5);
        flatten(frames=2);
        delay(frames=2);
        gru(units=3);
        lstm(units=2);
        conv_transpose(k=3, out=3, stride=2);
        conv(k=3, out=2, dilation=2, causal)
    >

    /// A temporal convolutional network, trained by nobody and recorded in Keras, as are those below.
    #[weights = "../../tests/weights/keras/tcn.json"]
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

    /// A WaveNet.
    #[weights = "../../tests/weights/keras/wavenet_stack.json"]
    pub struct WaveNet <
        conv(k=1, in=2, out=4);
        wavenet(channels=4, k=3, dilations=[1, 2, 4], skip=6, gated, causal);
        relu();
        dense(out=1)
    >

    /// A keyword spotter, with its normalisation.
    #[weights = "../../tests/weights/keras/keywords.json"]
    pub struct Keywords <
        conv(k=5, in=8, out=8, stride=2, no_bias);
        batch_norm(epsilon=0.001);
        relu();
        depthwise(k=3, no_bias);
        batch_norm(epsilon=0.001);
        relu();
        dense(out=8, no_bias);
        batch_norm(epsilon=0.001);
        relu();
        depthwise(k=3, stride=2, no_bias);
        batch_norm(epsilon=0.001);
        relu();
        dense(out=8, no_bias);
        batch_norm(epsilon=0.001);
        relu();
        depthwise(k=3, no_bias);
        batch_norm(epsilon=0.001);
        relu();
        dense(out=8, no_bias);
        batch_norm(epsilon=0.001);
        relu();
        global_avg(frames=6);
        dense(out=4, softmax)
    >

    /// A capture of an amplifier.
    #[weights = "../../tests/weights/keras/amp.json"]
    pub struct Amp <
        sum <
            conv(k=3, in=1, out=4, causal, tanh);
            gru(units=8);
            dense(out=1)
        | >
    >
}
