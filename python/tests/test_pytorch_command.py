"""The command with models of PyTorch, as it is typed."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from streaming_net.__main__ import main


def test_a_function_that_makes_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "amplifier.py").write_text(
        "from torch import nn\ndef net():\n    return nn.Sequential(nn.Conv1d(2, 3, 2))\n"
    )
    np.save(tmp_path / "x.npy", np.ones((50, 2)))
    (tmp_path / "crate").mkdir()
    (tmp_path / "crate" / "Cargo.toml").touch()
    monkeypatch.chdir(tmp_path)
    command = ["export", "amplifier:net", "--reference", "x.npy", "--tolerance", "0.001", "-o"]
    assert main([*command, "crate/weights/net.json"]) == 0
    printed = capsys.readouterr().out
    assert "conv(k=2, in=2, out=3)" in printed
    assert '#[weights = "weights/net.json"]' in printed
    assert json.loads((tmp_path / "crate" / "weights" / "net.json").read_text())["reference"]["tolerance"] == 0.001
    assert main([*command, "net.json"]) == 0
    assert '#[weights = "net.json"]' in capsys.readouterr().out


def test_a_saved_module_has_to_be_trusted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.pt"
    torch.save(torch.nn.Sequential(torch.nn.Conv1d(2, 3, 2)), path)
    command = ["export", str(path), "-o", str(tmp_path / "net.json")]
    assert main(command) == 2
    assert "--trust" in capsys.readouterr().err
    assert main([*command, "--trust"]) == 0
