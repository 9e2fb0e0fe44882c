"""Layers of Keras of one input."""

from typing import Any

import keras
import numpy as np
from keras import layers as L

from .. import affine
from ..activations import INSTEAD, activation, clipped
from ..graph import Crop, Node, Op, Pad, chained
from ..refused import Refused, require
from ..words import Array, Word, pool
from . import convolutions, recurrent
from .operations import collapsed, reshaped
from .signal import Signal

# What trains only.
SKIPPED = (
    L.Dropout, L.SpatialDropout1D, L.SpatialDropout2D, L.GaussianNoise, L.GaussianDropout, L.AlphaDropout,
    L.ActivityRegularization, L.Identity, L.InputLayer,
)  # fmt: skip


def layers(layer: Any, signal: Signal) -> tuple[Node, bool]:
    """What a layer makes of a value, and whether that is still of frames."""
    match layer:
        case L.GlobalAveragePooling1D():
            require(signal.timed, "the input is one frame already", "remove the layer")
            return collapsed("global_avg", layer.name, signal)
        case L.Flatten():
            return collapsed("flatten", layer.name, signal) if signal.timed else (signal.node, False)
        case L.Reshape():
            return reshaped(layer.name, signal, layer.target_shape)
    return chained(signal.node, words(layer, signal)), signal.timed


def words(layer: Any, signal: Signal) -> list[Op]:
    """The layers that the macro has for one."""
    name = layer.name
    match layer:
        case L.TimeDistributed():
            require(
                not isinstance(layer.layer, keras.Model),
                "a model is applied to each frame",
                "use Dense, which acts on each frame without TimeDistributed",
            )
            inner = Signal(signal.node, signal.sample, signal.timed)
            return words(layer.layer, inner)
        case _ if isinstance(layer, SKIPPED):
            return []
        case L.ZeroPadding1D():
            return [Pad(layer.padding[0], name)]
        case L.ZeroPadding2D():
            (before, _), beside = layer.padding
            return [Pad(before, name, tuple(beside))]
        case L.Cropping1D():
            return [Crop(layer.cropping[0], name)]
        case L.MaxPooling1D() | L.AveragePooling1D():
            kind = "max_pool" if isinstance(layer, L.MaxPooling1D) else "avg_pool"
            size, stride = single(layer.pool_size), single(layer.strides)
            require(layer.padding == "valid" or size == 1, "the pool pads", "use padding='valid'")
            return [*pool(kind, name, size, stride)]
        case L.UpSampling1D():
            return [Word("upsample", name, {"n": layer.size})] if layer.size > 1 else []
        case L.BatchNormalization():
            return [batch_norm(layer, signal)]
        case L.LayerNormalization():
            axes = layer.axis if isinstance(layer.axis, list | tuple) else [layer.axis]
            flat = list(axes) in ([-1], [2 if signal.timed else 1]) and len(signal.shape) == 1
            require(flat, "the normalisation is not over the channels of each frame", "use axis=-1")
            require(not getattr(layer, "rms_scaling", False), "rms_scaling is set", "use rms_scaling=False")
            return [norm("layer_norm", layer, {})]
        case L.PReLU():
            return [prelu(layer, signal)]
        case L.Rescaling():
            scale, offset = (np.broadcast_to(np.float32(value), signal.shape) for value in (layer.scale, layer.offset))
            return [affine.scale(name, scale), *([affine.bias(name, offset)] if np.any(offset) else [])]
        case L.Normalization():
            mean, deviation = (
                np.asarray(keras.ops.convert_to_numpy(value)).reshape(-1) for value in (layer.mean, layer.variance)
            )
            deviation = np.maximum(np.sqrt(deviation), keras.config.epsilon())
            return [
                affine.bias(name, np.broadcast_to(-mean, signal.shape)),
                affine.scale(name, np.broadcast_to(1 / deviation, signal.shape)),
            ]
        case L.GRU() | L.LSTM():
            return [recurrent.word(layer)]
    if (own := convolutions.words(layer, signal)) is not None:
        return [*own, *function(layer.activation, name)]
    return activations(layer, signal)


def activations(layer: Any, signal: Signal) -> list[Op]:
    name = layer.name
    match layer:
        case L.Activation():
            return function(layer.activation, name)
        case L.ReLU():
            slope, least, most = float(layer.negative_slope or 0.0), float(layer.threshold or 0.0), layer.max_value
            require(
                (not slope) + (not least) + (most is None) >= 2,
                "the layer has more than one of negative_slope, threshold and max_value",
                "use one of them",
            )
            if slope:
                return [Word("leaky_relu", name, {"slope": slope})]
            if least:
                return [Word("thresholded_relu", name, {"theta": least})]
            if most in (None, 6):
                return [Word("relu" if most is None else "relu6", name)]
            return [clipped(0, most, name)]
        case L.LeakyReLU():
            return [Word("leaky_relu", name, {"slope": float(layer.negative_slope)})]
        case L.ELU():
            return [Word("elu", name, {"alpha": float(layer.alpha)})]
        case L.Softmax():
            require(layer.axis in (-1, signal.sample.ndim - 1), "the softmax is not over channels", "use axis=-1")
            return [Word("softmax", name)]
    raise Refused(*INSTEAD_OF.get(type(layer).__name__, (f"the macro has no `{type(layer).__name__}`", INSTEAD)))


# Common layers that cannot run on a stream.
INSTEAD_OF = {
    "Bidirectional": (
        "a backward pass needs later frames, which a stream does not have yet",
        "use the inner layer without Bidirectional",
    ),
    "GlobalMaxPooling1D": ("the macro has no maximum over all frames", "use GlobalAveragePooling1D or MaxPooling1D"),
    "GroupNormalization": (
        "the statistics need later frames, which a stream does not have yet",
        "use BatchNormalization or LayerNormalization",
    ),
    "MultiHeadAttention": ("attention reads all frames of the sequence", "use dilated convolutions or GRU"),
    "Attention": ("attention reads all frames of the sequence", "use dilated convolutions or GRU"),
    "SimpleRNN": ("the macro has no `SimpleRNN`", "use GRU or LSTM"),
    "Masking": ("a stream has no masked frames", "remove the layer"),
    "Embedding": ("the macro has no `Embedding`", "look up the rows before `push`"),
    "Permute": ("the layer exchanges frames and channels", "keep the order (frames, channels)"),
    "RepeatVector": ("the layer makes a sequence from one frame", "use UpSampling1D"),
}


def single(value: Any) -> int:
    return int(value[0] if isinstance(value, list | tuple) else value)


def function(function: Any, name: str) -> list[Op]:
    """An activation that a layer ends with."""
    if isinstance(function, L.Layer):
        return activations(function, Signal(None, np.zeros((1, 1, 1)), True))  # type: ignore[arg-type]
    kind = getattr(function, "__name__", str(function))
    built_in = getattr(function, "__module__", "").startswith("keras.")
    if function is None or (kind == "linear" and built_in):
        return []
    word = activation(kind, name) if built_in else None
    if word is None:
        raise Refused(f"the macro has no activation `{kind}`", INSTEAD)
    return [word]


def batch_norm(layer: Any, signal: Signal) -> Word:
    axis = layer.axis[0] if isinstance(layer.axis, list | tuple) else layer.axis
    require(axis in (-1, signal.sample.ndim - 1), "the normalisation is not over channels", "use axis=-1")
    word = norm("batch_norm", layer, {"moving_mean": layer.moving_mean, "moving_variance": layer.moving_variance})
    features = int(np.prod(signal.shape[:-1]))
    word.tensors = {key: np.tile(tensor, features) for key, tensor in word.tensors.items()}
    return word


def norm(kind: str, layer: Any, moving: dict[str, Any]) -> Word:
    flags = (*(() if layer.scale else ("no_scale",)), *(() if layer.center else ("no_center",)))
    own = {"gamma": layer.gamma if layer.scale else None, "beta": layer.beta if layer.center else None}
    tensors = {key: array(value) for key, value in (own | moving).items() if value is not None}
    return Word(kind, layer.name, {"epsilon": float(layer.epsilon)}, flags, tensors)


def prelu(layer: Any, signal: Signal) -> Word:
    alpha = array(layer.alpha)
    require(
        len(signal.shape) == 1 and alpha.ndim == 2 and alpha.shape[0] == 1,
        "each frame has its own slopes",
        "use shared_axes=[1]",
    )
    return Word(
        "prelu", layer.name, flags=("shared",) if alpha.size == 1 < signal.shape[0] else (), tensors={"alpha": alpha}
    )


def array(value: Any) -> Array:
    return np.asarray(keras.ops.convert_to_numpy(value), np.float32)
