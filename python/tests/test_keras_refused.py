"""What is refused of Keras' models, and the message: one line for each layer."""

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers as L

from streaming_net import Unsupported, export

BACKEND = keras.backend.backend()


def said(model: Any, **options: Any) -> str:
    """The message of what is wrong with the call."""
    with pytest.raises((ValueError, ImportError)) as raised:
        export(model, "never.onnx", **options)
    assert "\n" not in str(raised.value)
    assert not Path("never.onnx").exists()
    return str(raised.value)


def refused(model: Any, **options: Any) -> str:
    """The message of why the model cannot be exported."""
    with pytest.raises(Unsupported) as raised:
        export(model, "never.onnx", **options)
    assert len(str(raised.value).splitlines()) == len(raised.value.problems)
    return str(raised.value)


@pytest.fixture
def model() -> Any:
    return keras.Sequential([keras.Input((None, 3)), L.Conv1D(4, 3, name="first"), L.Dense(2, name="second")])


def test_weights_that_are_no_numbers(model: Any) -> None:
    """Case 28."""
    model.layers[1].bias.assign([0.0, np.nan])
    assert refused(model) == "second (Dense): its weights contain NaN or infinity"


def test_quantised_weights(model: Any) -> None:
    """Case 8."""
    model(np.zeros((1, 9, 3), "float32"))
    model.quantize("int8")
    assert "second (Dense): its weights are quantised; export the model as it was before" in refused(model)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (np.zeros((400, 4)), "`reference` has the shape (400, 4), and the model takes (1, frames, 3)"),
        (np.zeros((1, 400, 4)), "`reference` has the shape (1, 400, 4), and the model takes (1, frames, 3)"),
        (np.zeros((2, 40, 3)), "`reference` is a batch of 2: pass a batch of one"),
        (np.zeros((1, 1, 40, 3)), "`reference` has the shape (1, 1, 40, 3), and the model takes (1, frames, 3)"),
        (np.full((40, 3), np.inf), "`reference` contains NaN or infinity"),
        ([np.zeros((40, 3))] * 2, "`reference` has 2 arrays, but the model has 1 inputs"),
    ],
)
def test_references(model: Any, reference: Any, message: str) -> None:
    """Case 29."""
    assert message in said(model, reference=reference)


def test_a_reference_that_is_too_short(model: Any) -> None:
    assert "2 frames" in said(model, reference=np.zeros((2, 3)))


def test_shapes_of_inputs(model: Any) -> None:
    window = keras.Sequential([keras.Input((20, 3)), L.Flatten(), L.Dense(2)])
    assert "takes 20 frames at once, but `window` is 30" in said(window, window=30)
    assert "`reference` has 19 frames, fewer than the 20 of a window" in said(window, reference=np.zeros((19, 3)))
    batch = keras.Sequential([keras.Input(batch_shape=(4, None, 3)), L.Dense(2)])
    assert "takes a batch of 4: build it with a batch of 1" in said(batch)
    plane = keras.Sequential([keras.Input((None, None, 1)), L.Conv2D(2, 3)])
    assert "build the model with one axis of no fixed length" in said(plane)
    assert "or pass `time`" in said(model, time=3)


class Own(keras.Model):
    def call(self, x: Any) -> Any:
        return x


def test_a_model_of_the_users_own_without_reference() -> None:
    assert "the model does not state the shape of its input: pass `reference`" in said(Own())


def test_a_missing_exporter(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    exporter = {"tensorflow": "tf2onnx", "jax": "jax2onnx", "torch": "torch"}[BACKEND]
    monkeypatch.setitem(sys.modules, exporter, None)
    assert f"needs `{exporter}`: run `pip install {exporter}`" in said(model)


def test_a_backend_without_export(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keras.backend, "backend", lambda: "numpy")
    assert "Keras exports no ONNX on its backend `numpy`" in said(model)
    assert "KERAS_BACKEND=tensorflow" in said(model)


def test_recurrent_layers_on_another_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    model = keras.Sequential([keras.Input((None, 3)), L.GRU(2, name="cell")])
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    message = refused(model)
    assert message.startswith("cell (GRU): Keras exports recurrent layers on its backend `jax` as a loop")
    assert message.endswith("export that with KERAS_BACKEND=tensorflow in the environment")


def test_several_inputs_on_another_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = [keras.Input((None, 1), name=name) for name in ("sound", "knobs")]
    model = keras.Model(inputs, L.Add()(inputs))
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    assert "knobs: Keras exports one input on its backend `jax`; save the model" in refused(model)


def test_the_policy_is_as_before_a_refusal() -> None:
    model = keras.Sequential([keras.Input((None, 3)), L.Dense(2, dtype="mixed_float16")])
    said(model, reference=np.zeros((9, 4)))
    assert model.layers[0].dtype_policy.name == "mixed_float16"
