"""Convolutions of Keras over time and features."""

from golden import Golden
from keras_blocks import Chain, L


def plane(
    name: str, net: str, features: int, channels: int, outputs: int, *layers: L.Layer, behind=(), **when
) -> Golden:
    """Frames are flat, features by channels, before the layers and behind them: `outputs` numbers there."""
    flat = L.Reshape((-1, outputs))
    return Golden(name, net, features * channels,
                  Chain(L.Reshape((-1, features, channels)), *layers, flat, *behind), **when)


def causal(before: int, after: int = 0) -> L.ZeroPadding2D:
    """Zeros before the first frame, and beside the features."""
    return L.ZeroPadding2D(((2, 0), (before, after)))


GOLDENS = [
    plane("conv2d", "conv2d(k=3, features=5, feature_k=2, in=10, out=3, relu)", 5, 2, 4 * 3,
          L.Conv2D(3, (3, 2), activation="relu"), first=2),
    plane("conv2d_no_bias", "conv2d(k=2, features=4, feature_k=3, in=4, out=2, no_bias)", 4, 1, 2 * 2,
          L.Conv2D(2, (2, 3), use_bias=False), first=1),
    plane("conv2d_feature_stride", "conv2d(k=3, features=8, feature_k=3, feature_stride=2, in=8, out=3)", 8, 1, 3 * 3,
          L.Conv2D(3, 3, strides=(1, 2)), first=2),
    plane("conv2d_feature_same", "conv2d(k=3, features=5, feature_k=4, feature_same, in=10, out=2, causal, tanh)", 5, 2,
          5 * 2, causal(1, 2), L.Conv2D(2, (3, 4), activation="tanh")),
    plane("conv2d_causal", "conv2d(k=3, features=4, feature_k=2, in=8, out=2, causal, relu)", 4, 2, 3 * 2,
          causal(0), L.Conv2D(2, (3, 2), activation="relu")),
    plane("conv2d_same", "conv2d(k=4, features=5, feature_k=4, feature_same, in=5, out=2, same)", 5, 1, 5 * 2,
          L.Conv2D(2, 4, padding="same"), first=2, after=2),
    plane("conv2d_same_feature_stride",
          "conv2d(k=3, features=8, feature_k=3, feature_stride=2, feature_same, in=8, out=2, same)", 8, 1, 4 * 2,
          L.Conv2D(2, 3, strides=(1, 2), padding="same"), first=1, after=1),
    plane("conv2d_strided", "conv2d(k=3, features=4, feature_k=2, in=4, out=2, stride=2)", 4, 1, 3 * 2,
          L.Conv2D(2, (3, 2), strides=(2, 1)), first=2, stride=2),
    plane("depthwise2d", "depthwise2d(k=3, features=5, feature_k=2, in=15, relu)", 5, 3, 4 * 3,
          L.DepthwiseConv2D((3, 2), activation="relu"), first=2),
    plane("depthwise2d_same", "depthwise2d(k=3, features=6, feature_k=3, feature_same, in=12, same, no_bias)", 6, 2, 6 * 2,
          L.DepthwiseConv2D(3, padding="same", use_bias=False), first=1, after=1),
    plane("conv2d_stacked", "conv2d(k=3, features=8, feature_k=3, feature_stride=2, in=8, out=4, causal, relu); "
          "conv2d(k=3, features=3, feature_k=3, feature_same, out=2, causal, relu); dense(out=3)", 8, 1, 3 * 2,
          causal(0), L.Conv2D(4, 3, strides=(1, 2), activation="relu"), causal(1, 1),
          L.Conv2D(2, 3, activation="relu"), behind=[L.Dense(3)]),
]
