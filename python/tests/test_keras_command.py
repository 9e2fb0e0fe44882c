"""The command with models of Keras, as it is typed."""

from pathlib import Path

import keras
import pytest
from keras import layers as L

from streaming_net.__main__ import main


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "model.keras"
    keras.Sequential([keras.Input((None, 1)), L.Conv1D(4, 3, padding="causal", activation="tanh"), L.Dense(1)]).save(
        path
    )
    return str(path)


def test_a_file_of_keras(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "net.safetensors"
    assert main(["export", model, "-o", str(output), "--name", "Amp", "--weights", "weights/net.safetensors"]) == 0
    printed = capsys.readouterr()
    layers = "        conv(k=3, in=1, out=4, causal, tanh);\n        dense(out=1)"
    attribute = '    #[weights = "weights/net.safetensors"]'
    assert printed.out == f"streaming_net! {{\n{attribute}\n    pub struct Amp <\n{layers}\n    >\n}}\n"
    assert "first output at frame 0" in printed.err
    assert output.exists()


def test_layers_in_the_way_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "model.keras"
    layers = [keras.Input((None, 1)), L.Dense(4, activation="celu", name="first"), L.GlobalMaxPooling1D(name="second")]
    keras.Sequential(layers).save(path)
    assert main(["export", str(path), "-o", str(tmp_path / "net.json")]) == 1
    told = capsys.readouterr().err
    assert "first" in told
    assert "second" in told
    assert not (tmp_path / "net.json").exists()
