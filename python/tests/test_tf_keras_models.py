"""Models of tf.keras, on TensorFlow."""

from collections.abc import Callable

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers as L

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
        return x + L.Multiply()(
            [L.Activation("tanh")(both[..., : self.channels]), L.Activation("sigmoid")(both[..., self.channels :])]
        )


def test_a_trained_network(exported: Export) -> None:
    x = tf.keras.Input((None, 2))
    y = L.Conv1D(6, 3, padding="causal", dilation_rate=2)(x)
    y = L.LeakyReLU(0.1)(L.BatchNormalization()(y))
    y = L.GRU(4, return_sequences=True)(L.Concatenate()([y, L.Dense(2, activation="tanh")(x)]))
    model = tf.keras.Model(x, L.Dense(1)(y))
    model.compile("adam", "mse")
    inputs = np.random.default_rng(0).normal(size=(16, 64, 2)).astype("float32")
    model.fit(inputs, inputs[..., :1], epochs=2, verbose=0)
    result = exported(model, "trained_tf_keras", reference=inputs[:10].reshape(-1, 2))
    assert result.net.startswith(
        "concat < conv(k=3, in=2, out=6, dilation=2, causal); batch_norm(epsilon=0.001); leaky_relu"
    )
    assert len(result.recorded.input) == 640


def test_a_layer_of_the_users_own(exported: Export) -> None:
    model = tf.keras.Sequential([tf.keras.Input((None, 4)), Gate(4), L.Dense(2)])
    result = exported(model, "own_tf_keras")
    assert result.net == "residual < conv(k=3, in=4, out=8, causal); gated() >; dense(out=2)"
