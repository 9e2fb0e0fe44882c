"""The command, as it is typed."""

from pathlib import Path

import keras
import numpy as np
import pytest
import torch
from keras import layers as L

from streaming_net.__main__ import main


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "model.keras"
    keras.Sequential([keras.Input((None, 1)), L.Conv1D(4, 3, padding="causal", activation="tanh"), L.Dense(1)]).save(path)
    return str(path)


def test_a_file_of_keras(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "net.safetensors"
    assert main(["export", model, "-o", str(output), "--name", "Amp", "--weights", "weights/net.safetensors"]) == 0
    printed = capsys.readouterr()
    layers = "        conv(k=3, in=1, out=4, causal, tanh);\n        dense(out=1)"
    attribute = '    #[weights = "weights/net.safetensors"]'
    assert printed.out == f"streaming_net! {{\n{attribute}\n    pub struct Amp <\n{layers}\n    >\n}}\n"
    assert "answers from frame 0 on" in printed.err
    assert output.exists()


def test_a_function_that_makes_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "amplifier.py").write_text("from torch import nn\ndef net():\n    return nn.Sequential(nn.Conv1d(2, 3, 2))\n")
    np.save(tmp_path / "x.npy", np.ones((50, 2)))
    monkeypatch.chdir(tmp_path)
    assert main(["export", "amplifier:net", "-o", "net.json", "--reference", "x.npy"]) == 0
    assert "conv(k=2, in=2, out=3)" in capsys.readouterr().out


def test_a_saved_module_has_to_be_trusted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.pt"
    torch.save(torch.nn.Sequential(torch.nn.Conv1d(2, 3, 2)), path)
    command = ["export", str(path), "-o", str(tmp_path / "net.json")]
    assert main(command) == 2
    assert "--trust" in capsys.readouterr().err
    assert main([*command, "--trust"]) == 0


def test_layers_in_the_way_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "model.keras"
    layers = [keras.Input((None, 1)), L.Dense(4, activation="gelu", name="first"), L.GlobalMaxPooling1D(name="second")]
    keras.Sequential(layers).save(path)
    assert main(["export", str(path), "-o", str(tmp_path / "net.json")]) == 1
    told = capsys.readouterr().err
    assert "first" in told
    assert "second" in told
    assert not (tmp_path / "net.json").exists()
