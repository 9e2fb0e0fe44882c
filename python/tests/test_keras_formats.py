"""Files that Keras, NumPy and RTNeural write of a model: by the printed call, they answer as the export does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers as L

from streaming_net import Exported

Export = Callable[..., Exported]
Beside = Callable[[Exported, str], Path]


@pytest.fixture
def model() -> keras.Model:
    """A layer of every kind whose tensors RTNeural writes, trained a little, so that no number is what it began as."""
    model = keras.Sequential(
        [
            keras.Input((None, 2)),
            L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu"),
            L.BatchNormalization(),
            L.PReLU(shared_axes=[1]),
            L.GRU(5, return_sequences=True),
            L.LSTM(4, return_sequences=True),
            L.Conv1D(4, 2, padding="causal", groups=2, activation="tanh"),
            L.Dense(2),
        ]
    )
    model.compile("adam", "mse")
    random = np.random.default_rng(1)
    model.fit(random.normal(size=(32, 16, 2)), random.normal(size=(32, 16, 2)), verbose=0)
    return model


def test_json(model: keras.Model, exported: Export) -> None:
    assert len(exported(model, "formats_keras_json", ending="json").recorded.input) >= 500


def test_what_others_write(model: keras.Model, exported: Export, beside: Beside) -> None:
    result = exported(model, "formats_keras")
    assert len(result.recorded.input) >= 500
    model.save(beside(result, "keras"))
    model.save_weights(beside(result, "weights.h5"))
    np.savez(beside(result, "npz"), *model.get_weights())
    beside(result, "json").write_text(json.dumps(rtneural(model)))


def rtneural(model: keras.Model) -> dict[str, Any]:
    """What RTNeural's `model_utils.py` writes."""
    kinds = {
        L.Conv1D: "conv1d",
        L.BatchNormalization: "batchnorm",
        L.PReLU: "prelu",
        L.GRU: "gru",
        L.LSTM: "lstm",
        L.Dense: "dense",
    }
    layers = []
    for layer in model.layers:
        activation = getattr(layer, "activation", None)
        entry: dict[str, Any] = {
            "type": kinds[type(layer)],
            "activation": activation.__name__ if activation else "",
            "shape": list(layer.output.shape),
            "weights": [weights.tolist() for weights in layer.get_weights()],
        }
        if isinstance(layer, L.Conv1D):
            entry |= {"kernel_size": layer.kernel_size, "dilation": layer.dilation_rate, "groups": layer.groups}
        if isinstance(layer, L.BatchNormalization):
            entry |= {"epsilon": layer.epsilon}
        layers.append(entry)
    return {"in_shape": list(model.input_shape), "layers": layers}
