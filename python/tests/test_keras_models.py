"""Models of Keras as users write them; what is printed for them is compiled as it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers as L
from keras import ops

from streaming_net import Exported, Unsupported, export

Export = Callable[..., Exported]


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
    for dilation in (1, 2, 4):
        y = block(y, 8, dilation)
    model = keras.Model(x, L.Dense(1)(y))
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    random = np.random.default_rng(0)
    inputs = random.normal(size=(64, 64, 2)).astype("float32")
    target = np.cumsum(inputs, axis=1)[..., :1] * 0.1
    losses = model.fit(inputs, target, epochs=5, batch_size=16, verbose=0).history["loss"]
    assert losses[-1] < losses[0]
    result = exported(model, "trained_keras", name="Tcn", reference=inputs[:10].reshape(-1, 2))
    assert "residual(project) <" in result.macro
    assert result.macro.count("residual") == 3
    assert len(result.recorded.input) == 640


def test_nested_models(exported: Export) -> None:
    backbone = keras.Sequential([keras.Input((None, 3)), L.Conv1D(6, 3, activation="tanh"), L.MaxPooling1D(2)])
    x = keras.Input((None, 3))
    model = keras.Sequential([keras.Input((None, 3)), keras.Model(x, L.LayerNormalization()(backbone(x))), L.Dense(2)])
    result = exported(model, "nested")
    assert result.net == "conv(k=3, in=3, out=6, tanh); max_pool(size=2); layer_norm(epsilon=0.001); dense(out=2)"


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
        for block in self.blocks:
            x = block(x)
        return x


def test_layers_and_models_of_the_users_own(exported: Export) -> None:
    gate = "residual < gated < conv(k=2, out=4{0}, causal) | conv(k=2, out=4{0}, causal) >; dense(out=4) >"
    blocks = f"{gate.format('')}; {gate.format(', dilation=2')}"
    frames = np.random.default_rng(2).normal(size=(1, 600, 3))
    result = exported(Stack(), "own_keras", reference=frames)
    assert result.net == f"dense(in=3, out=4); scale(); bias(); {blocks}"


def test_functions_and_skips_that_are_added_up(exported: Export) -> None:
    x = keras.Input((None, 1))
    y, total = L.Conv1D(4, 1)(x), None
    for dilation in (1, 2, 4):
        both = L.Conv1D(8, 2, dilation_rate=dilation, padding="causal")(y)
        taken = ops.tanh(both[..., :4]) * ops.sigmoid(both[..., 4:])
        skip = L.Conv1D(6, 1)(taken)
        total = skip if total is None else total + skip
        y = y + L.Conv1D(4, 1)(taken)
    model = keras.Model(x, L.Dense(1)(ops.relu(total)))
    result = exported(model, "skips_keras")
    first = "residual < conv(k=2, out=8, causal); gated(); skip(out=6); dense(out=4) >"
    assert result.net.startswith(f"dense(in=1, out=4); skips < {first}; residual <")
    assert result.net.endswith("gated(); skip(out=6) >; relu(); dense(out=1)")


@pytest.mark.parametrize("last", ["mean", "flatten"])
def test_classifiers_of_a_fixed_length(exported: Export, last: str) -> None:
    collapse = L.GlobalAveragePooling1D() if last == "mean" else L.Flatten()
    model = keras.Sequential(
        [
            keras.Input((20, 3)),
            L.SeparableConv1D(6, 3, activation="relu"),
            L.Conv1D(4, 4, strides=2, activation="relu"),
            collapse,
            L.Dropout(0.5),
            L.Dense(3, activation="softmax"),
        ]
    )
    result = exported(model, f"classifier_keras_{last}")
    expected = "global_avg(frames=8)" if last == "mean" else "flatten(frames=8)"
    assert f"{expected}; dense(out=3, softmax)" in result.net
    assert (result.timing.first, result.timing.stride) == (19, 2)


def test_what_comes_before_and_each_frame_by_itself(exported: Export) -> None:
    frames = np.random.default_rng(3).normal(3.0, 2.0, (1, 600, 2))
    normal = L.Normalization()
    normal.adapt(frames[0])
    model = keras.Sequential(
        [
            keras.Input((None, 2)),
            normal,
            L.Rescaling(0.5, 0.1),
            L.TimeDistributed(L.Dense(3)),
            L.LeakyReLU(0.1),
            L.LSTM(4, return_sequences=True),
        ]
    )
    result = exported(model, "prepared", reference=frames)
    assert result.net == "bias(in=2); scale(); scale(); bias(); dense(out=3, leaky_relu=0.1); lstm(units=4)"


def test_planes(exported: Export) -> None:
    x = keras.Input((None, 10, 1))
    y = L.Conv2D(4, (3, 4), strides=(1, 2), use_bias=False)(x)
    y = L.ReLU()(L.BatchNormalization()(y))
    y = L.DepthwiseConv2D(3, padding="same")(y)
    y = L.Reshape((-1, 16))(L.ReLU()(y))
    result = exported(keras.Model(x, L.GRU(3, return_sequences=True)(y)), "planes_keras")
    assert result.inputs == 10
    assert "depthwise2d(k=3, features=4, feature_k=3, same, feature_same, relu); gru(units=3)" in result.net


def test_every_layer_in_the_way_is_named() -> None:
    x = keras.Input((None, 4))
    y = L.Conv1D(4, 3, strides=2, padding="same", name="halve")(x)
    y = L.Dense(4, activation="celu", name="mix")(y)
    y = L.Bidirectional(L.GRU(2, return_sequences=True), name="both")(y)
    y = y + L.MultiHeadAttention(2, 2, name="attend")(y, y)
    y = L.LSTM(3, name="last")(y)
    with pytest.raises(Unsupported) as raised:
        export(keras.Model(x, y), "never.json")
    layers = [problem.layer for problem in raised.value.problems]
    assert layers == [
        "halve (Conv1D)",
        "mix (Dense)",
        "both (Bidirectional)",
        "attend (MultiHeadAttention)",
        "last (LSTM)",
    ]
    assert "return_sequences=True" in str(raised.value)


def test_crops(tmp_path: Path) -> None:
    x = keras.Input((None, 2))
    y = L.Add()([L.Cropping1D((0, 2))(x), L.Conv1D(2, 3)(x)])
    delayed = export(keras.Model(x, y), tmp_path / "net.json")
    assert delayed.net == "sum < delay(in=2, frames=2) | conv(k=3, out=2) >"
    cropped = keras.Sequential([keras.Input((None, 2)), L.Cropping1D((3, 0)), L.Conv1D(2, 3, padding="causal")])
    with pytest.raises(Unsupported, match="starts after cropped frames"):
        export(cropped, "never.json")


def sequence_model(last: Any) -> keras.Model:
    """A model that takes inputs of any length, and makes one output of all frames."""
    return keras.Sequential([keras.Input((None, 3)), L.Conv1D(4, 3, activation="relu"), last, L.Dense(2)])


class Mean(L.Layer):
    def call(self, x: Any) -> Any:
        return ops.mean(x, axis=1)


@pytest.mark.parametrize("last", [L.GlobalAveragePooling1D, Mean])
def test_the_mean_of_all_frames_needs_a_window(exported: Export, last: Any) -> None:
    model = sequence_model(last())
    with pytest.raises(Unsupported) as raised:
        export(model, "never.json")
    (problem,) = raised.value.problems
    assert problem.reason == "the layer averages all frames of the input, and the model does not fix their number"
    assert "`window=N`" in problem.instead
    # A run is recorded of any number of frames, so that a reference does not say the window.
    with pytest.raises(Unsupported, match="--window N"):
        export(model, "never.json", reference=np.zeros((1, 40, 3)))
    result = exported(model, f"window_keras_{last.__name__.lower()}", window=20)
    assert result.net == "conv(k=3, in=3, out=4, relu); global_avg(frames=18); dense(out=2)"
    assert (result.timing.first, result.timing.stride) == (19, 1)
