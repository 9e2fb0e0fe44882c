"""Keras' GRU and LSTM."""

from typing import Any

import keras
import numpy as np
from keras import layers as L

from ..refused import require
from ..words import Word


def word(layer: Any) -> Word:
    """One frame for each, of all before it."""
    require(
        layer.return_sequences,
        "return_sequences=False: the layer has an output only for the last frame",
        "use return_sequences=True: each push then gives the output of the newest frame",
    )
    require(
        not layer.go_backwards,
        "go_backwards needs later frames, which a stream does not have yet",
        "use go_backwards=False",
    )
    usual = [getattr(function, "__name__", "") for function in (layer.activation, layer.recurrent_activation)]
    require(
        usual == ["tanh", "sigmoid"],
        f"the activations are {' and '.join(usual)}",
        "use tanh and sigmoid, the defaults of Keras",
    )
    cell = layer.cell
    own = {
        "kernel": cell.kernel,
        "recurrent_kernel": cell.recurrent_kernel,
        "bias": cell.bias if cell.use_bias else None,
    }
    tensors = {
        key: np.asarray(keras.ops.convert_to_numpy(value), np.float32)
        for key, value in own.items()
        if value is not None
    }
    flags = ["no_bias"] if not cell.use_bias else []
    if isinstance(layer, L.LSTM):
        return Word("lstm", layer.name, {"units": layer.units}, tuple(flags), tensors)
    before = [] if cell.reset_after else ["reset_before"]
    return Word("gru", layer.name, {"units": layer.units}, (*before, *flags), tensors)
