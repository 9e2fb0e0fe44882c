"""Models of Keras 2."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
import tf_keras
from tf_keras import layers as L

from streaming_net import Exported

Export = Callable[..., Exported]


class Gate(L.Layer):
    """A layer of a user's own, of TensorFlow's functions."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.both = L.Conv1D(2 * channels, 3, padding="causal")
        self.channels = channels

    def call(self, x: tf.Tensor) -> tf.Tensor:
        both = self.both(x)
        return x + tf.tanh(both[..., : self.channels]) * tf.sigmoid(both[..., self.channels :])


def test_a_trained_network(exported: Export) -> None:
    x = tf_keras.Input((None, 2))
    y = L.Conv1D(4, 3, padding="causal", dilation_rate=2)(x)
    y = L.LeakyReLU(0.1)(L.BatchNormalization()(y))
    y = L.GRU(4, return_sequences=True)(L.Concatenate()([y, Gate(2)(x)]))
    model = tf_keras.Model(x, L.Dense(1)(y))
    model.compile("adam", "mse")
    inputs = np.random.default_rng(0).normal(size=(16, 64, 2)).astype("float32")
    model.fit(inputs, inputs[..., :1], epochs=2, verbose=0)
    result = exported(model, "trained_tf_keras", reference=inputs[:10].reshape(-1, 2))
    assert result.framework == f"tf_keras {tf_keras.__version__}"
    assert result.outputs["output"].shape == (1, 640, 1)


def test_old_weights_in_keras_3(exported: Export, tmp_path: Path) -> None:
    """Case 27: as `docs/book/src/from_keras.md` says."""

    def model(package: Any) -> Any:
        layers = package.layers
        stack = [layers.Conv1D(4, 3, activation="relu"), layers.BatchNormalization(), layers.Dense(2)]
        return package.Sequential([package.Input((None, 3)), *stack])

    old, new = model(tf_keras), model(keras)
    old.save_weights(tmp_path / "old.h5")
    new.load_weights(tmp_path / "old.h5")
    x = np.random.default_rng(0).normal(size=(1, 20, 3)).astype("float32")
    assert np.allclose(old(x), new(x), atol=1e-6)
    assert exported(new, "old_weights_keras", reference=x).framework.startswith("keras 3")


def test_mixed_precision(exported: Export) -> None:
    """Case 9."""
    tf_keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        x = tf_keras.Input((None, 2))
        y = L.Conv1D(3, 3, activation="tanh")(x)
        model = tf_keras.Model(x, y + L.Dense(3)(y))
    finally:
        tf_keras.mixed_precision.set_global_policy("float32")
    output = exported(model, "mixed_tf_keras").outputs["output"]
    assert not np.array_equal(np.float16(output), output)
    assert model.layers[1].compute_dtype == "float16"


def test_a_window(exported: Export) -> None:
    layers = [tf_keras.Input((16, 3)), L.Conv1D(4, 3, activation="relu"), L.Flatten(), L.Dense(2, activation="softmax")]
    assert exported(tf_keras.Sequential(layers), "window_tf_keras").window == 16
