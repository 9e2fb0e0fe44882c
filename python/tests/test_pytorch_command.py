"""The command with models of PyTorch, as it is typed: one line for an error, 1 for a refusal and 2 for a wrong call."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from streaming_net.__main__ import main

MODULE = """
from torch import nn

def net():
    return nn.Sequential(nn.Conv1d(2, 3, 2))

def of(x):
    return x

def boom():
    raise RuntimeError("no checkpoint\\nat all")

def broken():
    made = net()
    nn.init.constant_(made[0].bias, float("nan"))
    return made

instance = net()
number = 3
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "amplifier.py").write_text(MODULE)
    (tmp_path / "broken_module.py").write_text("import no_such_module\n")
    np.save(tmp_path / "x.npy", np.ones((50, 2)))
    (tmp_path / "text.npy").write_text("no array")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "amplifier", raising=False)
    return tmp_path


def test_a_function_that_makes_a_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "crate").mkdir()
    (folder / "crate" / "Cargo.toml").touch()
    command = ["export", "amplifier:net", "--reference", "x.npy", "--name", "Amp", "-o"]
    assert main([*command, "crate/weights/net.onnx"]) == 0
    printed = capsys.readouterr()
    assert printed.out == 'streaming_net! {\n    #[weights = "weights/net.onnx"]\n    pub struct Amp;\n}\n'
    assert printed.err == "crate/weights/net.onnx: 60 bytes of weights, (1, 2, 50) recorded\n"
    assert main([*command, "net.onnx"]) == 0
    assert '#[weights = "net.onnx"]' in capsys.readouterr().out
    assert main(["export", "amplifier:instance", "-o", "net.onnx"]) == 0


@pytest.mark.parametrize(
    ("model", "options", "code", "message"),
    [
        ("amplifier:broken", [], 1, "0 (Conv1d): its weights contain NaN or infinity"),
        ("amplifier:Net", [], 2, "amplifier: the module has no `Net`"),
        ("amplifier:of", [], 2, "amplifier:of() raised TypeError: of() missing 1 required positional argument: 'x'"),
        ("amplifier:boom", [], 2, "amplifier:boom() raised RuntimeError: no checkpoint"),
        ("amplifier:number", [], 2, "amplifier:number is neither a model nor a function that returns one"),
        ("nomodule:net", [], 2, "nomodule: importing it failed: No module named 'nomodule'"),
        ("broken_module:net", [], 2, "broken_module: importing it failed: No module named 'no_such_module'"),
        ("amplifier", [], 2, "amplifier: a model must be a `.keras` or `.h5` file"),
        ("amplifier:net", ["--name", "my net"], 2, "name='my net' is not the name of a Rust struct"),
        ("amplifier:net", ["--reference", "y.npy"], 2, "y.npy: there is no such file"),
        ("amplifier:net", ["--reference", "text.npy"], 2, "text.npy: it is no array that `np.save` wrote"),
        ("amplifier:net", ["--carry"], 2, "`carry` is for windows"),
        ("net.pt", [], 2, "net.pt: there is no such file"),
        ("net.keras", [], 2, "net.keras: there is no such file"),
    ],
)
def test_what_is_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str], model: str, options: list[str], code: int, message: str
) -> None:
    """Case 13."""
    assert main(["export", model, "-o", "net.onnx", *options]) == code
    printed = capsys.readouterr()
    assert printed.err.startswith(f"error: {message}")
    assert printed.err.count("\n") == 1
    assert printed.out == ""
    assert not (folder / "net.onnx").exists()


def test_a_saved_module_has_to_be_trusted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.pt"
    torch.save(torch.nn.Sequential(torch.nn.Conv1d(2, 3, 2)), path)
    command = ["export", str(path), "-o", str(tmp_path / "net.onnx")]
    assert main(command) == 2
    assert "--trust" in capsys.readouterr().err
    assert main([*command, "--trust"]) == 0
    for name, content in (("state.pt", {"weight": torch.zeros(1)}), ("text.pth", None)):
        path = tmp_path / name
        torch.save(content, path) if content else path.write_text("no archive")
        assert main(["export", str(path), "--trust", "-o", str(tmp_path / "net.onnx")]) == 2
    printed = capsys.readouterr().err.splitlines()
    assert printed[-2].endswith("it contains a dict, and no module; use a `module:function` that loads it")
    assert "PyTorch does not load it" in printed[-1]


@pytest.mark.skipif("keras" in sys.modules, reason="Keras is installed")
def test_keras_is_not_installed(folder: Path) -> None:
    """Case 13, in a process of its own."""
    (folder / "net.keras").write_bytes(b"PK\x05\x06" + bytes(18))
    code = (
        "import sys; sys.modules['keras'] = sys.modules['tf_keras'] = None; from streaming_net.__main__ import main; "
    )
    command = [sys.executable, "-c", code + "sys.exit(main())", "export", "net.keras", "--trust", "-o", "net.onnx"]
    source = str(Path(__file__).parents[1] / "src")
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": source}, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("error: net.keras needs `")
    assert done.stderr.count("\n") == 1
