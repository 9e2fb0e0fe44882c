"""Keras' convolutions over time, and over time and features."""

from typing import Any

import keras
import numpy as np
from keras import layers as L

from ..refused import require
from ..words import Array, Word
from .signal import Signal


def words(layer: Any, signal: Signal) -> list[Word] | None:
    """The words for a convolution, without its activation; `None` for other layers."""
    match layer:
        case L.Dense():
            require(
                len(signal.shape) == 1,
                "Dense is applied to each feature by itself",
                "flatten the features of a frame first",
            )
            return [Word("dense", layer.name, {"out": layer.units}, bias(layer), tensors(layer))]
        case L.DepthwiseConv1D():
            return [over_time("depthwise", layer, multiplied(layer, signal), tensors(layer))]
        case L.SeparableConv1D():
            return separable(layer, signal)
        case L.Conv1DTranspose():
            return [transposed(layer)]
        case L.Conv1D():
            if layer.groups > 1 and layer.groups == signal.shape[-1]:
                out = {"out": layer.filters} if layer.filters > layer.groups else {}
                return [over_time("depthwise", layer, out, tensors(layer))]
            return [over_time("conv", layer, {"out": layer.filters}, tensors(layer))]
        case L.DepthwiseConv2D():
            require(layer.depth_multiplier == 1, "depth_multiplier is not 1", "use depth_multiplier=1")
            return [plane("depthwise2d", layer, signal)]
        case L.Conv2D():
            require(layer.groups == 1, "the convolution has groups", "use DepthwiseConv2D, or groups=1")
            return [plane("conv2d", layer, signal)]
    return None


def multiplied(layer: Any, signal: Signal) -> dict[str, float]:
    return {"out": layer.depth_multiplier * signal.shape[-1]} if layer.depth_multiplier > 1 else {}


def bias(layer: Any) -> tuple[str, ...]:
    return () if layer.use_bias else ("no_bias",)


def tensors(layer: Any) -> dict[str, Array]:
    found = {"kernel": layer.kernel, "bias": layer.bias if layer.use_bias else None}
    return {key: array(value) for key, value in found.items() if value is not None}


def array(value: Any) -> Array:
    return np.asarray(keras.ops.convert_to_numpy(value), np.float32)


def over_time(kind: str, layer: Any, out: dict[str, float], own: dict[str, Array]) -> Word:
    """A convolution with the padding of Keras."""
    require(layer.data_format == "channels_last", "the channels come first", "use data_format='channels_last'")
    k, stride, dilation = layer.kernel_size[0], layer.strides[0], layer.dilation_rate[0]
    groups = getattr(layer, "groups", 1) if kind == "conv" else 1
    # A kernel of one tap has nothing to pad or to dilate.
    dilation = dilation if k > 1 else 1
    if k == stride == groups == 1 and kind == "conv":
        return Word("dense", layer.name, out, bias(layer), own)
    numbers = {"k": k, **out} | {
        key: value for key, value in (("dilation", dilation), ("stride", stride), ("groups", groups)) if value > 1
    }
    return Word(kind, layer.name, numbers, bias(layer), own, before(layer.padding, (k - 1) * dilation, stride))


def before(padding: str, past: int, stride: int) -> int | None:
    """The zeros before the first frame."""
    require(
        padding != "same" or stride == 1 or past == 0,
        "with a stride, padding='same' depends on the length of the sequence",
        "use padding='causal'",
    )
    return None if padding == "valid" or past == 0 else past if padding == "causal" else past // 2


def separable(layer: Any, signal: Signal) -> list[Word]:
    kernel, mix = array(layer.depthwise_kernel), array(layer.pointwise_kernel)
    depthwise = over_time("depthwise", layer, multiplied(layer, signal), {"kernel": kernel})
    depthwise.flags = ("no_bias",)
    own = {"kernel": mix} | ({"bias": array(layer.bias)} if layer.use_bias else {})
    return [depthwise, Word("dense", layer.name, {"out": layer.filters}, bias(layer), own)]


def transposed(layer: Any) -> Word:
    k, stride = layer.kernel_size[0], layer.strides[0]
    cut = (k - stride) // 2 if layer.padding == "same" and k > stride else 0
    require(cut == 0, "padding='same' drops the first outputs", "use padding='valid'")
    require(layer.dilation_rate[0] == 1, "the convolution is dilated", "use dilation_rate=1")
    require(layer.data_format == "channels_last", "the channels come first", "use data_format='channels_last'")
    return Word(
        "conv_transpose", layer.name, {"k": k, "out": layer.filters, "stride": stride}, bias(layer), tensors(layer)
    )


def plane(kind: str, layer: Any, signal: Signal) -> Word:
    """A convolution over frames of features by channels."""
    require(
        len(signal.shape) == 2,
        "a frame does not have the shape (features, channels)",
        "reshape frames to (features, channels)",
    )
    require(layer.data_format == "channels_last", "the channels come first", "use data_format='channels_last'")
    (k, feature_k), (stride, feature_stride) = layer.kernel_size, layer.strides
    dilation, feature_dilation = layer.dilation_rate
    require(
        feature_dilation == 1 or feature_k == 1, "the convolution is dilated over features", "dilate over time only"
    )
    own = {"k": k, "features": signal.shape[0], "feature_k": feature_k}
    own |= {"feature_stride": feature_stride} if feature_stride > 1 else {}
    own |= {"out": layer.filters} if kind == "conv2d" else {}
    own |= {key: value for key, value in (("dilation", dilation if k > 1 else 1), ("stride", stride)) if value > 1}
    zeros = before(layer.padding, (k - 1) * dilation, stride)
    flags = ("feature_same",) if layer.padding == "same" and feature_k > 1 else ()
    return Word(kind, layer.name, own, (*flags, *bias(layer)), tensors(layer), zeros)
