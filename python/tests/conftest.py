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
import pytest

from streaming_net import Exported, export

pytest.register_assert_rewrite("goldens", "pages")
os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

ROOT = Path(__file__).parents[2]
EXPORTED = ROOT / "target" / "exported"
sys.path.append(str(ROOT / "tests" / "frameworks"))


def has(package: str, major: int = 0) -> bool:
    try:
        return int(version(package).partition(".")[0]) >= major
    except PackageNotFoundError:
        return False


HERE = {
    "keras": has("keras", 3),
    "pytorch": has("torch"),
    "tf_keras": has("keras", 3) and os.environ["KERAS_BACKEND"] == "tensorflow",
}
collect_ignore_glob = [f"test_{framework}_*.py" for framework, is_here in HERE.items() if not is_here]


@pytest.fixture(autouse=True)
def precision(request: pytest.FixtureRequest) -> None:
    """Networks that have recorded runs are of float64, others as users have them."""
    kind = "float64" if request.path.stem.endswith("goldens") else "float32"
    np.random.seed(1)
    if "keras" in request.path.stem and (keras := sys.modules.get("keras")):
        keras.backend.set_floatx(kind)
        keras.utils.set_random_seed(1)
        if HERE["keras"]:
            keras.config.set_dtype_policy(kind)
            if jax := sys.modules.get("jax"):
                jax.config.update("jax_enable_x64", kind == "float64")
    if torch := sys.modules.get("torch"):
        torch.set_default_dtype(getattr(torch, kind))
        torch.manual_seed(1)


@pytest.fixture
def exported() -> Callable[..., Exported]:
    """Exports a model for the Rust tests: its file, and the call of the macro as it is printed."""
    EXPORTED.mkdir(parents=True, exist_ok=True)

    def run(model: Any, name: str, /, *, ending: str = "safetensors", **options: Any) -> Exported:
        file = f"{name}.{ending}"
        result = export(model, EXPORTED / file, weights=f"../../target/exported/{file}", show=False, **options)
        (EXPORTED / f"{name}.rs").write_text(f"{result}\n")
        return result

    return run


@pytest.fixture
def beside() -> Callable[[Exported, str], Path]:
    """Where another file of an exported network's weights belongs: the same call with it is to answer the same run."""

    def run(exported: Exported, ending: str) -> Path:
        name = exported.path.stem
        folder = EXPORTED / name
        folder.mkdir(exist_ok=True)
        call = exported.macro.replace(f"{name}.{exported.path.suffix[1:]}", f"{name}/net.{ending}")
        assert call != exported.macro
        (folder / f"{ending.replace('.', '_')}.rs").write_text(f"{call}\n")
        return folder / f"net.{ending}"

    return run
