"""Layers of Keras of further kinds: pools with padding and over features, reductions, and others."""

from collections.abc import Callable

from keras import ops

from golden import Golden
from keras_blocks import Branches, Chain, L, Sliding
from keras_layers import one
from keras_planes import plane


def of(function: Callable) -> L.Layer:
    return L.Lambda(function)


def transposed(name: str, net: str, inputs: int, stride: int, *layers: L.Layer, after: int, first: int) -> Golden:
    return one(name, net, inputs, *layers, block=stride, after=after, first=first, frames=24)


CONVOLUTIONS = [
    plane("conv2d_grouped", "conv2d(k=2, features=5, feature_k=2, feature_dilation=2, in=20, out=4, groups=2, relu)", 5,
          4, 3 * 4, L.Conv2D(4, 2, groups=2, dilation_rate=(1, 2), activation="relu"), first=1),
    plane("depthwise2d_multiplier", "depthwise2d(k=2, features=5, feature_k=3, in=10, out=4)", 5, 2, 3 * 4,
          L.DepthwiseConv2D((2, 3), depth_multiplier=2), first=1),
    plane("conv_transpose2d", "conv_transpose2d(features=4, feature_k=3, feature_stride=2, in=8, out=3, tanh)", 4, 2,
          9 * 3, L.Conv2DTranspose(3, (1, 3), strides=(1, 2), activation="tanh")),
    plane("conv_transpose2d_same",
          "conv_transpose2d(features=3, feature_k=5, feature_stride=2, in=6, out=2, feature_same, no_bias)", 3, 2, 6 * 2,
          L.Conv2DTranspose(2, (1, 5), strides=(1, 2), padding="same", use_bias=False)),
    transposed("conv_transpose_same", "conv_transpose(k=5, in=2, out=3, stride=2, same, tanh)", 2, 2,
               L.Conv1DTranspose(3, 5, strides=2, padding="same", activation="tanh"), first=1, after=2),
    transposed("conv_transpose_same_of_three", "conv_transpose(k=8, in=2, out=2, stride=3, same)", 2, 3,
               L.Conv1DTranspose(2, 8, strides=3, padding="same"), first=1, after=3),
    transposed("split", "conv(k=3, in=2, out=6, causal, tanh); split(n=2); dense(out=2)", 2, 2,
               L.Conv1D(6, 3, padding="causal", activation="tanh"), L.Reshape((-1, 3)), L.Dense(2), first=0, after=0),
]

POOLS = [
    one("max_pool_same", "conv(k=2, in=2, out=3, causal); max_pool(size=3, stride=1, same)", 2,
        L.Conv1D(3, 2, padding="causal"), L.MaxPooling1D(3, strides=1, padding="same"), first=1, after=1),
    one("avg_pool_same", "conv(k=2, in=2, out=3, causal); avg_pool(size=4, stride=1, same)", 2,
        L.Conv1D(3, 2, padding="causal"), L.AveragePooling1D(4, strides=1, padding="same"), first=2, after=2),
    Golden("global_max", "conv(k=3, in=2, out=4, causal, relu); global_max(frames=7); dense(out=3)", 2,
           Sliding(Chain(L.Conv1D(4, 3, padding="causal", activation="relu")), 7,
                   Chain(L.GlobalMaxPooling1D(), L.Dense(3))), first=6),
    plane("max_pool2d", "max_pool2d(k=2, features=6, feature_k=3, in=12, stride=1)", 6, 2, 2 * 2,
          L.MaxPooling2D((2, 3), strides=(1, 3)), first=1),
    plane("max_pool2d_same",
          "max_pool2d(k=3, features=5, feature_k=2, in=10, stride=1, feature_stride=1, same, feature_same)", 5, 2, 5 * 2,
          L.MaxPooling2D((3, 2), strides=1, padding="same"), first=1, after=1),
    plane("avg_pool2d", "avg_pool2d(k=2, features=6, feature_k=2, in=12)", 6, 2, 3 * 2, L.AveragePooling2D(2), first=1,
          stride=2),
    plane("avg_pool2d_same",
          "avg_pool2d(k=4, features=5, feature_k=3, in=10, stride=1, feature_stride=1, same, feature_same)", 5, 2, 5 * 2,
          L.AveragePooling2D((4, 3), strides=1, padding="same"), first=2, after=2),
]

REDUCTIONS = [
    *(plane(f"reduce_{name}", f"reduce_{name}(features=5, in=10); dense(out=3)", 5, 2, 2,
            of(lambda x, function=function: function(x, axis=2)), behind=[L.Dense(3)])
      for name, function in (("mean", ops.mean), ("sum", ops.sum), ("max", ops.max), ("min", ops.min))),
    plane("reduce_mean_of_channels", "reduce_mean(features=5, in=15, over_channels)", 5, 3, 5,
          of(lambda x: ops.mean(x, axis=3))),
    one("reduce_max_of_all", "reduce_max(in=5); dense(out=2)", 5,
        of(lambda x: ops.max(x, axis=2, keepdims=True)), L.Dense(2)),
    plane("expand", "product < | reduce_mean(in=12, features=4); dense(out=3, sigmoid); expand(features=4) >", 4, 3, 12,
          Branches(L.Multiply(), Chain(),
                   Chain(of(lambda x: ops.mean(x, axis=2)), L.Dense(3, activation="sigmoid"),
                         of(lambda x: ops.broadcast_to(x[:, :, None], (ops.shape(x)[0], ops.shape(x)[1], 4, 3)))))),
    plane("expand_channels", "product < | reduce_max(in=12, features=4, over_channels); expand(channels=3) >", 4, 3, 12,
          Branches(L.Multiply(), Chain(),
                   Chain(of(lambda x: ops.max(x, axis=3)),
                         of(lambda x: ops.broadcast_to(x[..., None], (ops.shape(x)[0], ops.shape(x)[1], 4, 3)))))),
    plane("permute", "permute(in=12, features=4); conv2d(k=2, features=3, feature_k=2, out=2)", 4, 3, 2 * 2,
          L.Permute((1, 3, 2)), L.Conv2D(2, 2), first=1),
    one("slice", "concat < slice(in=7, start=1, out=3) | slice(start=0, out=3, step=3) >; dense(out=2)", 7,
        Branches(L.Concatenate(), Chain(of(lambda x: x[..., 1:4])), Chain(of(lambda x: x[..., ::3]))), L.Dense(2)),
]


def joined(name: str, join: L.Layer) -> Golden:
    return one(name, f"{name} < conv(k=3, in=2, out=3, same) | conv(k=2, out=3, causal, sigmoid) >", 2,
               Branches(join, Chain(L.Conv1D(3, 3, padding="same")),
                        Chain(L.Conv1D(3, 2, padding="causal", activation="sigmoid"))), first=1, after=1)


JOINS = [
    joined("difference", L.Subtract()),
    joined("quotient", of(lambda x: x[0] / x[1])),
    joined("minimum", L.Minimum()),
    joined("maximum", L.Maximum()),
]

NORMS = [
    plane("layer_norm_features", "layer_norm(in=12, features=3, epsilon=0.001)", 3, 4, 12, L.LayerNormalization()),
    plane("group_norm", "group_norm(in=12, features=3, groups=2, epsilon=0.001)", 3, 4, 12,
          L.TimeDistributed(L.GroupNormalization(groups=2))),
]

RECURRENT = [
    one("rnn", "rnn(in=2, units=4); dense(out=2)", 2, L.SimpleRNN(4, return_sequences=True), L.Dense(2), frames=40),
    one("rnn_relu", "rnn(in=2, units=3, relu, no_bias)", 2,
        L.SimpleRNN(3, activation="relu", use_bias=False, return_sequences=True), frames=40, spread=0.5),
]

GOLDENS = [*CONVOLUTIONS, *POOLS, *REDUCTIONS, *JOINS, *NORMS, *RECURRENT]
