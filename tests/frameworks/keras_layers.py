"""A network for every kind of layer that Keras has."""

from golden import Golden
from keras_blocks import Chain, Function, L, Sliding, keras


def one(name: str, net: str, inputs: int, *layers, **when) -> Golden:
    return Golden(name, net, inputs, Chain(*layers), **when)


CONVOLUTIONS = [
    one("conv_valid", "conv(k=3, in=2, out=4, relu)", 2, L.Conv1D(4, 3, activation="relu"), first=2),
    one("conv_causal", "conv(k=4, in=2, out=3, causal, tanh)", 2,
        L.Conv1D(3, 4, padding="causal", activation="tanh")),
    one("conv_same", "conv(k=5, in=2, out=3, same, relu)", 2,
        L.Conv1D(3, 5, padding="same", activation="relu"), first=2, after=2),
    one("conv_same_even", "conv(k=4, in=2, out=3, same)", 2, L.Conv1D(3, 4, padding="same"), first=2, after=2),
    one("conv_same_dilated", "conv(k=4, in=2, out=3, dilation=3, same)", 2,
        L.Conv1D(3, 4, dilation_rate=3, padding="same"), first=5, after=5),
    one("conv_same_twice", "conv(k=3, in=2, out=3, same, relu); conv(k=6, out=2, same)", 2,
        L.Conv1D(3, 3, padding="same", activation="relu"), L.Conv1D(2, 6, padding="same"), first=4, after=4),
    one("conv_dilated", "conv(k=3, in=2, out=4, dilation=4)", 2, L.Conv1D(4, 3, dilation_rate=4), first=8),
    one("conv_dilated_causal", "conv(k=3, in=2, out=4, dilation=5, causal)", 2,
        L.Conv1D(4, 3, dilation_rate=5, padding="causal")),
    one("conv_strided", "conv(k=5, in=2, out=3, stride=2)", 2, L.Conv1D(3, 5, strides=2), first=4, stride=2),
    one("conv_strided_causal", "conv(k=4, in=2, out=3, stride=3, causal)", 2,
        L.Conv1D(3, 4, strides=3, padding="causal"), stride=3),
    one("conv_strided_twice", "conv(k=4, in=1, out=4, stride=2, relu); conv(k=3, out=2, stride=3)", 1,
        L.Conv1D(4, 4, strides=2, activation="relu"), L.Conv1D(2, 3, strides=3), first=7, stride=6, frames=40),
    one("conv_grouped", "conv(k=3, in=4, out=6, groups=2)", 4, L.Conv1D(6, 3, groups=2), first=2),
    one("conv_no_bias", "conv(k=2, in=3, out=4, no_bias, causal)", 3,
        L.Conv1D(4, 2, use_bias=False, padding="causal")),
    one("depthwise", "depthwise(k=3, in=4, relu)", 4, L.DepthwiseConv1D(3, activation="relu"), first=2),
    one("depthwise_multiplier", "depthwise(k=3, in=3, out=6)", 3, L.DepthwiseConv1D(3, depth_multiplier=2), first=2),
    one("depthwise_causal", "depthwise(k=4, in=3, causal, no_bias)", 3,
        L.ZeroPadding1D((3, 0)), L.DepthwiseConv1D(4, use_bias=False)),
    one("depthwise_same", "depthwise(k=6, in=2, out=4, same)", 2,
        L.DepthwiseConv1D(6, depth_multiplier=2, padding="same"), first=3, after=3),
    one("depthwise_strided", "depthwise(k=3, in=2, stride=2); dense(out=3)", 2,
        L.DepthwiseConv1D(3, strides=2), L.Dense(3), first=2, stride=2),
    one("dense", "dense(in=3, out=5, relu); dense(out=2, no_bias)", 3,
        L.Dense(5, activation="relu"), L.Dense(2, use_bias=False)),
    one("labelled", "mix: conv(k=3, in=2, out=2, causal, relu); level: dense(out=2)", 2,
        L.Conv1D(2, 3, padding="causal", activation="relu", name="mix"), L.Dense(2, name="level"), named=True),
]


def activation(name: str, flag: str, layer: str, function) -> Golden:
    """The activation as a flag and as a layer, of numbers that reach all of it."""
    return one(name, f"dense(in=3, out=4, {flag}); dense(out=4); {layer}", 3,
               L.Dense(4), function(), L.Dense(4), function(), spread=5.0)


ACTIVATIONS = [
    *(activation(name, name, f"{name}()", lambda name=name: L.Activation(name))
      for name in ("relu", "relu6", "selu", "silu", "tanh", "hard_tanh", "sigmoid", "hard_sigmoid", "softsign",
                   "softmax", "log_softmax", "softplus", "gelu", "mish", "log_sigmoid")),
    activation("hard_swish", "hard_swish", "hard_swish()", lambda: L.Activation("hard_silu")),
    activation("gelu_tanh", "gelu_tanh", "gelu_tanh()", lambda: Function(keras.ops.gelu, approximate=True)),
    one("thresholded_relu", "dense(in=3, out=4, thresholded_relu=0.5); dense(out=4); thresholded_relu(theta=0.25); "
        "dense(out=2)", 3, L.Dense(4), L.ReLU(threshold=0.5), L.Dense(4), L.ReLU(threshold=0.25), L.Dense(2), spread=5.0),
    activation("clip", "clip=[0.0, 2.5]", "clip(min=-0.75, max=1.5)",
               iter([L.ReLU(max_value=2.5), Function(keras.ops.clip, -0.75, 1.5)]).__next__),
    # Numbers that each of them takes, and that stay small.
    one("functions", "dense(in=3, out=4, abs); sqrt(); dense(out=4, erf); dense(out=4, square); clip(min=0.5, max=2.0); "
        "reciprocal(); power(exponent=1.5); log(); power(exponent=3.0); dense(out=4, softplus); power(exponent=-0.5); "
        "dense(out=3, exp)", 3,
        L.Dense(4), Function(keras.ops.abs), Function(keras.ops.sqrt), L.Dense(4), Function(keras.ops.erf), L.Dense(4),
        Function(keras.ops.square), Function(keras.ops.clip, 0.5, 2.0), Function(keras.ops.reciprocal),
        Function(keras.ops.power, 1.5), Function(keras.ops.log), Function(keras.ops.power, 3.0),
        L.Dense(4, activation="softplus"), Function(keras.ops.rsqrt), L.Dense(3, activation="exponential")),
    activation("leaky_relu", "leaky_relu=0.2", "leaky_relu(slope=0.2)", lambda: L.LeakyReLU(negative_slope=0.2)),
    activation("elu", "elu=0.75", "elu(alpha=0.75)", lambda: L.ELU(alpha=0.75)),
    one("prelu", "conv(k=2, in=2, out=4, causal); prelu(); dense(out=3)", 2,
        L.Conv1D(4, 2, padding="causal"), L.PReLU(shared_axes=[1]), L.Dense(3)),
    one("prelu_shared", "conv(k=2, in=2, out=4, causal); prelu(shared)", 2,
        L.Conv1D(4, 2, padding="causal"), L.PReLU(shared_axes=[1, 2])),
]


def pool(kind: str, layer: type, suffix: str, size: int, stride: int) -> Golden:
    """A pool behind a convolution whose first answer is at push 2."""
    written = f", stride={stride}" if stride != size else ""
    return one(f"{kind}{suffix}", f"conv(k=3, in=2, out=3); {kind}(size={size}{written})", 2,
               L.Conv1D(3, 3), layer(size, strides=stride), first=2 + size - 1, stride=stride, frames=30)


POOLS = [
    *(pool(kind, layer, suffix, size, stride)
      for kind, layer in (("max_pool", L.MaxPooling1D), ("avg_pool", L.AveragePooling1D))
      for suffix, size, stride in (("", 2, 2), ("_sliding", 4, 1), ("_overlapping", 5, 2), ("_with_gaps", 2, 3))),
    Golden("global_avg", "conv(k=3, in=2, out=4, causal, relu); global_avg(frames=7); dense(out=3, softmax)", 2,
           Sliding(Chain(L.Conv1D(4, 3, padding="causal", activation="relu")), 7,
                   Chain(L.GlobalAveragePooling1D(), L.Dense(3, activation="softmax"))), first=6),
    Golden("global_avg_of_many", "global_avg(in=3, frames=40)", 3,
           Sliding(Chain(), 40, Chain(L.GlobalAveragePooling1D())), first=39, frames=80, spread=4.0),
    Golden("flatten", "conv(k=3, in=3, out=4, relu); flatten(frames=4); dense(out=2)", 3,
           Sliding(Chain(), 6, Chain(L.Conv1D(4, 3, activation="relu"), L.Flatten(), L.Dense(2))), first=5),
    Golden("flatten_strided", "conv(k=4, in=2, out=3, stride=2, causal); flatten(frames=3); dense(out=2, tanh)", 2,
           Sliding(Chain(L.Conv1D(3, 4, strides=2, padding="causal")), 3,
                   Chain(L.Flatten(), L.Dense(2, activation="tanh"))), first=4, stride=2),
]


BATCH_NORM = "batch_norm(epsilon=0.001)"
NORMS = [
    one("batch_norm", f"conv(k=3, in=2, out=4); {BATCH_NORM}; relu()", 2,
        L.Conv1D(4, 3), L.BatchNormalization(), L.ReLU(), first=2),
    one("batch_norm_alone", "batch_norm(in=3, epsilon=0.001)", 3, L.BatchNormalization()),
    one("batch_norm_after_no_bias", f"conv(k=3, in=2, out=4, no_bias, causal); {BATCH_NORM}; tanh()", 2,
        L.Conv1D(4, 3, use_bias=False, padding="causal"), L.BatchNormalization(), L.Activation("tanh")),
    one("batch_norm_after_depthwise", f"depthwise(k=3, in=3, out=6); {BATCH_NORM}; silu()", 3,
        L.DepthwiseConv1D(3, depth_multiplier=2), L.BatchNormalization(), L.Activation("silu"), first=2),
    one("batch_norm_after_relu", f"conv(k=3, in=2, out=4, relu); {BATCH_NORM}", 2,
        L.Conv1D(4, 3, activation="relu"), L.BatchNormalization(), first=2),
    one("batch_norm_between", f"conv(k=3, in=2, out=4); {BATCH_NORM}; conv(k=2, out=3)", 2,
        L.Conv1D(4, 3), L.BatchNormalization(), L.Conv1D(3, 2), first=3),
    one("batch_norm_before_valid", f"dense(in=2, out=4, relu); {BATCH_NORM}; conv(k=3, out=3, no_bias)", 2,
        L.Dense(4, activation="relu"), L.BatchNormalization(), L.Conv1D(3, 3, use_bias=False), first=2),
    one("batch_norm_before_causal", f"dense(in=2, out=4, relu); {BATCH_NORM}; conv(k=3, out=3, causal)", 2,
        L.Dense(4, activation="relu"), L.BatchNormalization(), L.Conv1D(3, 3, padding="causal")),
    one("batch_norm_before_same", f"dense(in=2, out=4, relu); {BATCH_NORM}; conv(k=4, out=3, same)", 2,
        L.Dense(4, activation="relu"), L.BatchNormalization(), L.Conv1D(3, 4, padding="same"), first=2, after=2),
    one("batch_norm_before_grouped", f"dense(in=2, out=4, relu); {BATCH_NORM}; conv(k=2, out=6, groups=2)", 2,
        L.Dense(4, activation="relu"), L.BatchNormalization(), L.Conv1D(6, 2, groups=2), first=1),
    one("batch_norm_before_dense", f"conv(k=2, in=2, out=4, causal, relu); {BATCH_NORM}; dense(out=3, relu)", 2,
        L.Conv1D(4, 2, padding="causal", activation="relu"), L.BatchNormalization(), L.Dense(3, activation="relu")),
    one("batch_norm_before_pool", f"conv(k=2, in=2, out=4); {BATCH_NORM}; relu(); max_pool(size=3)", 2,
        L.Conv1D(4, 2), L.BatchNormalization(), L.ReLU(), L.MaxPooling1D(3), first=3, stride=3),
    one("batch_norm_after_pool", f"conv(k=2, in=2, out=6); max_pool(size=2); {BATCH_NORM}; dense(out=2)", 2,
        L.Conv1D(6, 2), L.MaxPooling1D(2), L.BatchNormalization(), L.Dense(2), first=2, stride=2),
    one("batch_norm_before_gru", f"dense(in=2, out=4, relu); {BATCH_NORM}; gru(units=3)", 2,
        L.Dense(4, activation="relu"), L.BatchNormalization(), L.GRU(3, return_sequences=True)),
    one("batch_norm_no_scale", "conv(k=2, in=2, out=3, relu); batch_norm(epsilon=0.01, no_scale); dense(out=2)", 2,
        L.Conv1D(3, 2, activation="relu"), L.BatchNormalization(epsilon=0.01, scale=False), L.Dense(2), first=1),
    one("batch_norm_no_center", "conv(k=2, in=2, out=3); batch_norm(epsilon=0.001, no_center); tanh()", 2,
        L.Conv1D(3, 2), L.BatchNormalization(center=False), L.Activation("tanh"), first=1),
    one("batch_norm_plain", "conv(k=2, in=2, out=3); batch_norm(epsilon=0.001, no_scale, no_center); relu()", 2,
        L.Conv1D(3, 2), L.BatchNormalization(scale=False, center=False), L.ReLU(), first=1),
    one("layer_norm", "conv(k=3, in=2, out=5, causal); layer_norm(epsilon=0.001); dense(out=2)", 2,
        L.Conv1D(5, 3, padding="causal"), L.LayerNormalization(), L.Dense(2)),
    one("layer_norm_alone", "layer_norm(in=4, epsilon=0.01)", 4, L.LayerNormalization(epsilon=0.01)),
    one("layer_norm_no_scale", "dense(in=2, out=4); layer_norm(epsilon=0.001, no_scale)", 2,
        L.Dense(4), L.LayerNormalization(scale=False)),
    one("layer_norm_no_center", "dense(in=2, out=4); layer_norm(epsilon=0.001, no_center)", 2,
        L.Dense(4), L.LayerNormalization(center=False)),
    one("layer_norm_plain", "dense(in=2, out=4); layer_norm(epsilon=0.001, no_scale, no_center)", 2,
        L.Dense(4), L.LayerNormalization(scale=False, center=False)),
]


def recurrent(name: str, net: str, inputs: int, *layers) -> Golden:
    return one(name, net, inputs, *layers, frames=40)


RECURRENT = [
    recurrent("gru", "gru(in=2, units=4)", 2, L.GRU(4, return_sequences=True)),
    recurrent("gru_reset_before", "gru(in=2, units=4, reset_before)", 2,
              L.GRU(4, reset_after=False, return_sequences=True)),
    recurrent("gru_no_bias", "gru(in=3, units=2, no_bias)", 3, L.GRU(2, use_bias=False, return_sequences=True)),
    recurrent("gru_reset_before_no_bias", "gru(in=2, units=3, reset_before, no_bias)", 2,
              L.GRU(3, reset_after=False, use_bias=False, return_sequences=True)),
    recurrent("gru_stacked", "gru(in=1, units=4, reset_after); gru(units=3); dense(out=2)", 1,
              L.GRU(4, return_sequences=True), L.GRU(3, return_sequences=True), L.Dense(2)),
    recurrent("lstm", "lstm(in=2, units=4)", 2, L.LSTM(4, return_sequences=True)),
    recurrent("lstm_no_bias", "lstm(in=3, units=2, no_bias)", 3, L.LSTM(2, use_bias=False, return_sequences=True)),
    recurrent("lstm_stacked", "lstm(in=1, units=4); lstm(units=3); dense(out=2)", 1,
              L.LSTM(4, return_sequences=True), L.LSTM(3, return_sequences=True), L.Dense(2)),
    one("gru_strided", "conv(k=3, in=1, out=4, stride=2, relu); gru(units=4); dense(out=1)", 1,
        L.Conv1D(4, 3, strides=2, activation="relu"), L.GRU(4, return_sequences=True), L.Dense(1),
        first=2, stride=2, frames=48),
]


def transposed(name: str, net: str, inputs: int, stride: int, *layers, after=0, **when) -> Golden:
    return one(name, net, inputs, *layers, block=stride, after=after, **when)


SLOW_TO_FAST = [
    transposed("upsample", "upsample(in=2, n=3)", 2, 3, L.UpSampling1D(3), frames=24),
    transposed("upsample_causal", "dense(in=2, out=3, relu); upsample(n=2); conv(k=4, out=2, causal)", 2, 2,
               L.Dense(3, activation="relu"), L.UpSampling1D(2), L.Conv1D(2, 4, padding="causal"), frames=24),
    transposed("conv_transpose", "conv_transpose(k=5, in=2, out=3, stride=2, relu)", 2, 2,
               L.Conv1DTranspose(3, 5, strides=2, activation="relu"), after=3, frames=24),
    transposed("conv_transpose_exact", "conv_transpose(k=3, in=2, out=2, stride=3)", 2, 3,
               L.Conv1DTranspose(2, 3, strides=3), frames=24),
    transposed("conv_transpose_multiple", "conv_transpose(k=4, in=3, out=2, stride=2, no_bias)", 3, 2,
               L.Conv1DTranspose(2, 4, strides=2, use_bias=False), after=2, frames=24),
    transposed("conv_transpose_with_gaps", "conv_transpose(k=2, in=2, out=2, stride=3, tanh)", 2, 3,
               L.Conv1DTranspose(2, 2, strides=3, activation="tanh"), frames=24),
    transposed("conv_transpose_one", "conv_transpose(k=4, in=2, out=3, stride=1)", 2, 1,
               L.Conv1DTranspose(3, 4), after=3, frames=24),
    transposed("conv_transpose_causal", "conv_transpose(k=4, in=2, out=3, stride=2, relu); conv(k=3, out=2, causal)",
               2, 2, L.Conv1DTranspose(3, 4, strides=2, activation="relu"), L.Conv1D(2, 3, padding="causal"),
               after=2, frames=24),
    transposed("conv_transpose_twice", "conv_transpose(k=4, in=2, out=3, stride=2, relu); "
               "conv_transpose(k=3, out=1, stride=2)", 2, 4,
               L.Conv1DTranspose(3, 4, strides=2, activation="relu"), L.Conv1DTranspose(1, 3, strides=2),
               after=5, frames=24),
    one("down_and_up", "conv(k=4, in=1, out=4, stride=2, causal, relu); conv_transpose(k=4, out=1, stride=2)", 1,
        L.Conv1D(4, 4, strides=2, padding="causal", activation="relu"), L.Conv1DTranspose(1, 4, strides=2),
        stride=2, block=2, after=2),
    one("delay", "conv(k=2, in=2, out=3, causal, relu); delay(frames=3); dense(out=2)", 2,
        L.Conv1D(3, 2, padding="causal", activation="relu"), L.Cropping1D((0, 3)), L.Dense(2), first=3, late=3),
]

GOLDENS = [*CONVOLUTIONS, *ACTIVATIONS, *POOLS, *NORMS, *RECURRENT, *SLOW_TO_FAST]
