"""Exported networks go to `target/exported/`, where the Rust tests compile and replay them."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Without a compiler, Keras answers sooner than on jax.
os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

# Before what would choose another backend.
import keras
import pytest
import torch

from streaming_net import Exported, export

ROOT = Path(__file__).parents[2]
EXPORTED = ROOT / "target" / "exported"
sys.path.insert(0, str(ROOT / "tests" / "frameworks"))


@pytest.fixture(scope="session")
def folder() -> Path:
    EXPORTED.mkdir(parents=True, exist_ok=True)
    return EXPORTED


@pytest.fixture(autouse=True)
def precision(request: pytest.FixtureRequest) -> None:
    """Networks that have recorded runs are of float64, others as users have them."""
    precise = request.path.stem == "test_goldens"
    keras.config.set_floatx("float64" if precise else "float32")
    keras.config.set_dtype_policy(keras.config.floatx())
    torch.set_default_dtype(torch.float64 if precise else torch.float32)
    keras.utils.set_random_seed(1)
    torch.manual_seed(1)


@pytest.fixture
def exported(folder: Path) -> Callable[..., Exported]:
    """Exports a model for the Rust tests: its file, and where `printed`, the call of the macro as it is."""

    def run(model: Any, file: str, /, *, printed: bool = False, **options: Any) -> Exported:
        weights = f"../target/exported/{file}.json"
        result = export(model, folder / f"{file}.json", weights=weights, **options)
        if printed:
            (folder / f"{file}.rs").write_text(f"{result}\n")
        return result

    return run
