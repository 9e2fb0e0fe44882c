"""Models from the command line."""

import importlib
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

from safetensors import safe_open

KERAS = (".keras", ".h5")
PYTORCH = (".pt", ".pth")


def load(model: str, trust: bool) -> Any:
    """The model of a file of Keras, of one that `torch.save` wrote of a whole module, or of `module:function`."""
    suffix = Path(model).suffix
    if suffix in KERAS:
        return load_keras(model)
    if suffix in PYTORCH:
        return load_torch(model, trust)
    module, colon, function = model.partition(":")
    if not colon:
        raise ValueError(
            f"{model}: a model must be a `.keras` or `.h5` file, a `.pt` or `.pth` file, or `module:function`"
        )
    sys.path.insert(0, os.getcwd())
    return getattr(importlib.import_module(module), function)()


def load_keras(path: str) -> Any:
    if "KERAS_BACKEND" not in os.environ:
        backends = (configured_backend(), "tensorflow", "jax", "torch")
        os.environ["KERAS_BACKEND"] = next((name for name in backends if importlib.util.find_spec(name)), "tensorflow")
    import keras

    return keras.saving.load_model(path, compile=False)


def configured_backend() -> str:
    """What Keras' own configuration says, which Keras writes by itself, whether or not that backend is there."""
    file = Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "keras.json"
    try:
        return str(json.loads(file.read_text())["backend"])
    except (OSError, ValueError, KeyError):
        return "tensorflow"


def load_torch(path: str, trust: bool) -> Any:
    if not trust:
        raise ValueError(f"{path}: loading a saved module runs its code; pass --trust, or use `module:function`")
    import torch

    model = torch.load(path, map_location="cpu", weights_only=False)
    if not isinstance(model, torch.nn.Module):
        raise ValueError(
            f"{path}: the file contains a {type(model).__name__}, not a module; use a `module:function` that loads it"
        )
    return model


def net_of(path: Path) -> str:
    """The layers of a weights file that was exported."""
    if path.suffix == ".json":
        net = json.loads(path.read_text()).get("net")
    else:
        with safe_open(path, "np") as file:
            net = (file.metadata() or {}).get("streaming_net.net")
    if net is None:
        raise ValueError(f"{path}: the file does not list its layers; pass the layers as text, or the model")
    return str(net)
