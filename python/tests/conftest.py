"""Exported networks go to `target/exported/`, where the package `tests/exported` compiles and replays them.

Tests of a framework that is not there are left out; `check` has an environment for each.
"""

import os
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from streaming_net import Exported, export

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

ROOT = Path(__file__).parents[2]
EXPORTED = ROOT / "target" / "exported"
sys.path.append(str(ROOT / "tests" / "frameworks"))


def has(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


HERE = {"keras": has("keras"), "pytorch": has("torch"), "tf_keras": has("tf_keras")}
collect_ignore_glob = [f"test_{framework}_*.py" for framework, is_here in HERE.items() if not is_here]


@pytest.fixture(autouse=True)
def seeds(request: pytest.FixtureRequest) -> None:
    np.random.seed(1)
    if "keras" in request.path.stem and (keras := sys.modules.get("keras")):
        keras.utils.set_random_seed(1)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(1)
        torch.set_default_dtype(torch.float32)


@pytest.fixture
def exported() -> Callable[..., Exported]:
    """Exports a model for the Rust tests: its file, and the call of the macro as it is printed."""

    def run(model: Any, name: str, /, **options: Any) -> Exported:
        backend = os.environ["KERAS_BACKEND"]
        path = EXPORTED / (f"{name}.onnx" if backend == "tensorflow" else f"{name}_{backend}.onnx")
        result = export(model, path, weights=f"../../target/exported/{path.name}", show=False, **options)
        path.with_suffix(".rs").write_text(f"{result}\n")
        onnx.checker.check_model(onnx.load(path))
        return result

    return run
