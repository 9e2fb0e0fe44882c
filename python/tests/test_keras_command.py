"""The command with models of Keras, as it is typed."""

import json
import zipfile
from pathlib import Path
from typing import Any

import h5py
import keras
import pytest
from keras import layers as L

from streaming_net.__main__ import main


def save(path: Path, *layers: Any) -> str:
    keras.Sequential([keras.Input((None, 1)), *layers]).save(path)
    return str(path)


def test_a_file_of_keras(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = save(tmp_path / "model.keras", L.Conv1D(4, 3, padding="causal", activation="tanh"), L.Dense(1))
    output = tmp_path / "net.onnx"
    assert main(["export", model, "-o", str(output), "--name", "Amp", "--weights", "weights/net.onnx"]) == 0
    printed = capsys.readouterr()
    assert printed.out == 'streaming_net! {\n    #[weights = "weights/net.onnx"]\n    pub struct Amp;\n}\n'
    assert output.exists()


def test_an_old_file(tmp_path: Path) -> None:
    model = save(tmp_path / "model.h5", L.Conv1D(4, 3), L.ReLU())
    assert main(["export", model, "-o", str(tmp_path / "net.onnx")]) == 0


def error_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["export", *arguments, "-o", "never.onnx"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: ")
    assert printed.err.count("\n") == 1
    return printed.err


@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_code_has_to_be_trusted(tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str) -> None:
    keras.config.enable_unsafe_deserialization()
    try:
        model = save(tmp_path / f"model.{ending}", L.Dense(2), L.Lambda(lambda x: x * 2, name="twice"))
    finally:
        keras.config.disable_unsafe_deserialization() if hasattr(
            keras.config, "disable_unsafe_deserialization"
        ) else None
    message = error_of(capsys, model)
    assert "loading it runs the code of `twice` (Lambda); pass --trust (in Python, trust=True)" in message


def test_a_function_of_any_module_has_to_be_trusted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = save(tmp_path / "model.keras", L.Dense(2, activation="relu"))
    with zipfile.ZipFile(model) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = parts["config.json"].decode()
    for module, name in (
        ("os", "system"),
        ("keras.config", "enable_unsafe_deserialization"),
        ("keras.utils", "get_file"),
        ("builtins", "exec"),
    ):
        function = {"module": module, "class_name": "function", "config": name, "registered_name": name}
        changed = config.replace('"activation": "relu"', f'"activation": {json.dumps(function)}')
        assert changed != config
        with zipfile.ZipFile(model, "w") as archive:
            for part, content in (parts | {"config.json": changed.encode()}).items():
                archive.writestr(part, content)
        assert f"runs the code of `{module}.{name}`" in error_of(capsys, model)
    with zipfile.ZipFile(model, "w") as archive:
        for part, content in (parts | {"model.weights.npz": b""}).items():
            archive.writestr(part, content)
    assert "runs the code of pickled arrays" in error_of(capsys, model)


def test_files_that_are_no_models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.keras").write_text("no archive")
    assert "text.keras: it is no file of a Keras model" in error_of(capsys, str(tmp_path / "text.keras"))
    with zipfile.ZipFile(tmp_path / "empty.keras", "w"):
        pass
    assert "empty.keras: it is no file of a Keras model" in error_of(capsys, str(tmp_path / "empty.keras"))
    with h5py.File(tmp_path / "model.weights.h5", "w"):
        pass
    assert "it contains weights, and no model" in error_of(capsys, str(tmp_path / "model.weights.h5"))
    # Keras 3 does not have an argument of Keras 2's layer.
    with h5py.File(tmp_path / "old.h5", "w") as file:
        layer = {"class_name": "DepthwiseConv2D", "config": {"name": "d", "kernel_size": 3, "groups": 1, "no_such": 1}}
        file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"layers": [layer]}})
    assert "old.h5: Keras does not load it: " in error_of(capsys, str(tmp_path / "old.h5"))


def test_layers_in_the_way_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layers = [L.Dense(4, name="first"), L.Dense(4, name="second")]
    model = save(tmp_path / "model.keras", *layers)
    broken = keras.saving.load_model(model)
    for layer in broken.layers:
        layer.bias.assign([float("nan")] * 4)
    broken.save(model)
    assert main(["export", model, "-o", str(tmp_path / "net.onnx")]) == 1
    reason = "its weights contain NaN or infinity"
    assert capsys.readouterr().err == f"error: first (Dense): {reason}\nerror: second (Dense): {reason}\n"
    assert not (tmp_path / "net.onnx").exists()
