"""Models of Keras as users write them; what is printed for them is compiled as it is."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import onnx
import pytest
from keras import layers as L
from keras import ops

from streaming_net import Exported

Export = Callable[..., Exported]
BACKEND = keras.backend.backend()


def shape(exported: Exported) -> tuple[tuple[int, ...], tuple[int, ...]]:
    (given,), (made,) = exported.inputs.values(), exported.outputs.values()
    return given.shape, made.shape


def block(x: Any, channels: int, dilation: int) -> Any:
    y = L.Conv1D(channels, 3, padding="causal", dilation_rate=dilation, use_bias=False)(x)
    y = L.BatchNormalization()(y)
    y = L.ReLU()(y)
    y = L.SpatialDropout1D(0.1)(y)
    shortcut = x if x.shape[-1] == channels else L.Conv1D(channels, 1)(x)
    return L.Activation("relu")(L.Add()([y, shortcut]))


def test_a_trained_tcn(exported: Export) -> None:
    x = keras.Input((None, 2))
    y = x
    for dilation in (1, 2):
        y = block(y, 8, dilation)
    model = keras.Model(x, L.Dense(1)(y))
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    random = np.random.default_rng(0)
    inputs = random.normal(size=(64, 64, 2)).astype("float32")
    target = np.cumsum(inputs, axis=1)[..., :1] * 0.1
    losses = model.fit(inputs, target, epochs=5, batch_size=16, verbose=0).history["loss"]
    assert losses[-1] < losses[0]
    result = exported(model, "trained_keras", name="Tcn", reference=inputs[:10].reshape(-1, 2))
    assert "pub struct Tcn;" in result.macro
    assert shape(result) == ((1, 640, 2), (1, 640, 1))
    metadata = {entry.key: entry.value for entry in onnx.load(result.path).metadata_props}
    assert metadata["streaming_net.time"] == "1"
    assert metadata["streaming_net.framework"] == f"keras {keras.__version__} ({BACKEND})"


class Gate(keras.layers.Layer):
    """A layer of a user's own."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.filter = L.Conv1D(channels, 2, dilation_rate=dilation, padding="causal", activation="tanh")
        self.gate = L.Conv1D(channels, 2, dilation_rate=dilation, padding="causal")
        self.mix = L.Dense(channels)

    def call(self, x: Any) -> Any:
        return x + self.mix(self.filter(x) * ops.sigmoid(self.gate(x)))


class Stack(keras.Model):
    """A model of a user's own."""

    def __init__(self) -> None:
        super().__init__()
        self.front = L.Dense(4)
        self.blocks = [Gate(4, dilation) for dilation in (1, 2)]

    def call(self, x: Any) -> Any:
        x = 2.0 * self.front(x) - 1.0
        for gate in self.blocks:
            x = gate(x)
        return x


def test_a_model_of_the_users_own(exported: Export) -> None:
    """Case 10: with frames as the documentation has them."""
    frames = np.random.default_rng(2).normal(size=(80, 3))
    assert shape(exported(Stack(), "own_keras", reference=frames)) == ((1, 80, 3), (1, 80, 4))


class Conv(L.Conv1D):
    """Case 1: a layer of a user's own, of a layer."""


class Norm(L.BatchNormalization):
    pass


def subclasses() -> keras.Model:
    return keras.Sequential([keras.Input((None, 2)), Conv(4, 3, padding="causal"), Norm(), L.Dense(3)])


def functions() -> keras.Model:
    """Case 2."""
    x = keras.Input((None, 3))
    y = keras.activations.relu(L.Dense(4)(x))
    z = keras.activations.relu(L.Dense(4)(y), negative_slope=0.1, max_value=2.0)
    return keras.Model(x, ops.log_softmax(L.Dense(2)(L.Concatenate()([y, z]))))


def inverted() -> keras.Model:
    """Case 7."""
    own = L.Normalization(mean=[1.0, 2.0], variance=[4.0, 9.0], invert=True)
    return keras.Sequential([keras.Input((None, 2)), L.Normalization(mean=[1.0, 2.0], variance=[4.0, 9.0]), own])


def planes() -> keras.Model:
    """Case 20: channels of frames with features are appended."""
    x = keras.Input((None, 10, 1))
    y = L.ReLU()(L.Conv2D(4, (3, 4), strides=(1, 2), use_bias=False)(x))
    z = L.DepthwiseConv2D(3, padding="same")(y)
    y = L.Lambda(lambda t: ops.abs(t))(L.MaxPooling2D(2)(L.Concatenate(axis=-1)([y, z])))
    return keras.Model(x, L.Dense(3)(L.Reshape((-1, 16))(y)))


def channels_first() -> keras.Model:
    """Case 15."""
    x = keras.Input((3, None))
    return keras.Model(x, L.Permute((2, 1))(L.Conv1D(4, 3, padding="causal")(L.Permute((2, 1))(x))))


CASES = {
    "subclasses": (subclasses, 1),
    "functions": (functions, 1),
    "inverted": (inverted, 1),
    "planes": (planes, 1),
    "channels_first": (channels_first, 2),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str, exported: Export) -> None:
    make, time = CASES[name]
    result = exported(make(), f"case_keras_{name}")
    assert (result.time, result.window) == (time, None)


def test_an_inverse_normalisation(exported: Export) -> None:
    own = L.Normalization(mean=[1.0, 2.0], variance=[4.0, 9.0], invert=True)
    model = keras.Sequential([keras.Input((None, 2)), own])
    result = exported(model, "inverse_keras", reference=np.ones((30, 2)))
    assert np.allclose(result.outputs["output"], [3.0, 5.0])


@pytest.mark.parametrize("last", ["mean", "flatten"])
def test_windows(exported: Export, last: str) -> None:
    """Case 18: no layer behind one that makes one frame is refused. The length is the model's or the user's."""
    collapse = L.GlobalAveragePooling1D() if last == "mean" else L.Flatten()
    length = None if last == "mean" else 20
    layers = [
        keras.Input((length, 3)),
        L.SeparableConv1D(6, 3, activation="relu"),
        L.Conv1D(4, 4, strides=2, activation="relu"),
        collapse,
        L.Dropout(0.5),
        L.Dense(3, activation="softmax"),
    ]
    result = exported(keras.Sequential(layers), f"classifier_keras_{last}", window=20 if length is None else None)
    assert (result.time, result.window) == (1, 20)
    assert shape(result) == ((1, 40, 3), (1, 3))


def test_pools_that_leave_frames_over(exported: Export) -> None:
    """Case 26."""
    layers = [keras.Input((16, 5)), L.Conv1D(4, 3), L.MaxPooling1D(2), L.Conv1D(4, 3), L.MaxPooling1D(2), L.Flatten()]
    assert exported(keras.Sequential([*layers, L.Dense(2)]), "left_over_keras").window == 16


def test_a_pool_over_the_whole_window(exported: Export) -> None:
    """Case 14: `Flatten` of one frame."""
    layers = [keras.Input((20, 3)), L.Conv1D(4, 3), L.MaxPooling1D(18), L.Flatten(), L.Dense(2)]
    assert exported(keras.Sequential(layers), "one_frame_keras").window == 20


class Excited(L.Layer):
    """Case 21, within each frame."""

    def __init__(self) -> None:
        super().__init__()
        self.squeeze, self.excite = L.Dense(2, activation="relu"), L.Dense(4, activation="sigmoid")

    def call(self, x: Any) -> Any:
        return x * self.excite(self.squeeze(x))


def test_a_layer_that_multiplies(exported: Export) -> None:
    model = keras.Sequential([keras.Input((None, 4)), Excited(), L.Dense(2)])
    assert exported(model, "excited_keras").time == 1


def test_a_window_of_many_frames(exported: Export) -> None:
    """Case 11."""
    model = keras.Sequential([keras.Input((700, 1)), L.AveragePooling1D(10), L.Flatten(), L.Dense(2)])
    assert exported(model, "long_keras").window == 700


def test_a_window_that_pads(exported: Export) -> None:
    """Case 17: `same` with a stride."""
    layers = [keras.Input((16, 3)), L.Conv1D(4, 3, strides=2, padding="same"), L.GlobalAveragePooling1D(), L.Dense(2)]
    result = exported(keras.Sequential(layers), "padded_keras", carry=True)
    assert "    #[carry]\n" in result.macro


def test_frames_without_time(exported: Export) -> None:
    """Case 18."""
    model = keras.Sequential([keras.Input((20,)), L.Dense(4, activation="relu"), L.BatchNormalization(), L.Dense(20)])
    result = exported(model, "mlp_keras")
    assert (result.time, result.window) == (None, None)
    assert shape(result) == ((600, 20), (600, 20))


def test_mixed_precision(exported: Export) -> None:
    """Case 9."""
    keras.config.set_dtype_policy("mixed_float16")
    try:
        model = keras.Sequential([keras.Input((None, 2)), L.Conv1D(4, 3, activation="tanh"), L.Dense(2)])
    finally:
        keras.config.set_dtype_policy("float32")
    result = exported(model, "mixed_keras")
    assert {layer.dtype_policy.name for layer in model.layers} == {"mixed_float16"}
    assert not np.array_equal(np.float16(result.outputs["output"]), result.outputs["output"])


if BACKEND == "tensorflow":

    class Cell(L.GRU):
        """Case 1."""

    def test_recurrent_layers(exported: Export) -> None:
        """Case 19: a stateful layer starts from zeros, and keeps the state that it had."""
        layers = [keras.Input(batch_shape=(1, None, 3)), L.LSTM(3, stateful=True, return_sequences=True), Cell(3)]
        model = keras.Sequential(layers)
        model(np.ones((1, 5, 3), "float32"))
        states = [state.numpy() for state in model.layers[0].states]
        result = exported(model, "recurrent_keras")
        assert shape(result) == ((1, 600, 3), (1, 3))
        assert model.layers[0].stateful
        assert all(np.array_equal(state, was) for state, was in zip(model.layers[0].states, states, strict=True))
        assert np.ptp(states[0]) > 0

    def test_several_inputs_and_outputs(exported: Export) -> None:
        sound, knobs = keras.Input((None, 1), name="sound"), keras.Input((None, 2), name="knobs")
        y = L.Dense(4, activation="tanh")(L.Concatenate()([sound, knobs]))
        model = keras.Model([sound, knobs], {"pitch": L.Dense(1)(y), "voice": L.Dense(2, activation="sigmoid")(y)})
        result = exported(model, "several_keras")
        assert list(result.inputs) == ["sound", "knobs"]
        assert list(result.outputs) == ["pitch", "voice"]
