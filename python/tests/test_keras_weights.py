"""What is written."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers as L
from safetensors import safe_open

from streaming_net import export


@pytest.fixture
def model() -> keras.Model:
    taps = L.Conv1D(3, 3, strides=2, activation="relu", name="taps")
    return keras.Sequential([keras.Input((None, 2)), taps, L.Dense(2, name="mix"), L.GRU(2, return_sequences=True)])


def test_json(model: keras.Model, tmp_path: Path) -> None:
    frames = np.linspace(-1.0, 1.0, 40).reshape(20, 2)
    exported = export(model, tmp_path / "a" / "net.json", reference=frames)
    file = json.loads((tmp_path / "a" / "net.json").read_text())
    assert file["net"] == exported.net == "conv(k=3, in=2, out=3, stride=2, relu); dense(out=2); gru(units=2)"
    assert [layer["name"] for layer in file["layers"]][:2] == ["taps", "mix"]
    assert np.float32(file["layers"][0]["kernel"]).tolist() == model.layers[0].kernel.numpy().tolist()
    output = file["reference"]["output"]
    assert [answer is not None for answer in output[:6]] == [False, False, True, False, True, False]
    expected = keras.ops.convert_to_numpy(model(np.float32(frames)[np.newaxis]))[0]
    assert np.allclose([answer for answer in output if answer], expected, atol=1e-6)


def test_safetensors(model: keras.Model, tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    exported = export(model, path, weights="weights/net.safetensors")
    assert '#[weights = "weights/net.safetensors"]' in exported.macro
    with safe_open(path, "np") as file:
        metadata = file.metadata()
        names = json.loads(metadata["streaming_net.layers"])
        assert names[:2] == ["taps", "mix"]
        tensors = {name.rpartition(".")[0] for name in file.keys()}  # noqa: SIM118
        assert tensors == {*names, "reference"}
        assert metadata["streaming_net.tolerance"] == "0.00001"
        assert np.array_equal(file.get_tensor("taps.kernel"), model.layers[0].kernel.numpy())
        assert metadata["streaming_net.net"] == exported.net
        answered = file.get_tensor("reference.answered")
        assert answered.dtype == np.uint8
        assert answered.tolist() == [int(frame >= 2 and frame % 2 == 0) for frame in range(600)]
        assert file.get_tensor("reference.input").shape == (600, 2)
        assert file.get_tensor("reference.output").shape == (299, 2)


def test_the_same_noise_at_every_run(model: keras.Model, tmp_path: Path) -> None:
    for name in "ab":
        export(model, tmp_path / f"{name}.json", seed=5)
    assert (tmp_path / "a.json").read_text() == (tmp_path / "b.json").read_text()


def test_another_suffix(model: keras.Model, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"`\.json` or `\.safetensors`"):
        export(model, tmp_path / "net.npz")
