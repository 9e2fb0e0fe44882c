"""Models from files and from functions."""

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

from .framework import required
from .problems import first_line
from .trusted import keras_code

KERAS = (".keras", ".h5", ".hdf5")
PYTORCH = (".pt", ".pth")

TRUST = "pass --trust (in Python, trust=True) if you trust the file"


def load(model: str | os.PathLike[str], trust: bool = False) -> Any:
    """The model of a file of Keras, of one that `torch.save` wrote of a whole module, or of `module:function`.

    `trust` allows the file to run its code. Raises `ValueError` or `OSError`.
    """
    model = os.fspath(model)
    path, suffix = Path(model), Path(model).suffix
    if suffix in KERAS + PYTORCH:
        if not path.exists():
            raise FileNotFoundError(f"{path}: there is no such file")
        return load_keras(path, trust) if suffix in KERAS else load_torch(path, trust)
    module, colon, function = model.partition(":")
    if not colon:
        raise ValueError(
            f"{model}: a model must be a `.keras` or `.h5` file, a `.pt` or `.pth` file, or `module:function`"
        )
    return of_module(module, function)


def of_module(module: str, function: str) -> Any:
    """What a function of a module returns, or a model in a module."""
    sys.path.insert(0, os.getcwd())
    try:
        found = importlib.import_module(module)
    except Exception as error:
        raise ValueError(f"{module}: importing it failed: {first_line(error)}") from error
    finally:
        sys.path.remove(os.getcwd())
    if not hasattr(found, function):
        raise ValueError(f"{module}: the module has no `{function}`")
    value = getattr(found, function)
    is_model = hasattr(value, "forward") or hasattr(value, "call")
    if is_model and not isinstance(value, type):
        return value
    if not callable(value):
        raise ValueError(f"{module}:{function} is neither a model nor a function that returns one")
    try:
        return value()
    except Exception as error:
        raise ValueError(f"{module}:{function}() raised {type(error).__name__}: {first_line(error)}") from error


def load_keras(path: Path, trust: bool) -> Any:
    if not trust and (code := keras_code(path)):
        raise ValueError(f"{path}: loading it runs the code of {code}; {TRUST}")
    # TensorFlow first: only there, Keras exports recurrent layers.
    installed = [name for name in ("tensorflow", "jax", "torch") if importlib.util.find_spec(name)]
    os.environ.setdefault("KERAS_BACKEND", next(iter(installed), "tensorflow"))
    name = "keras" if importlib.util.find_spec("keras") else "tf_keras"
    keras = required(name, f"{path}")
    options = {} if path.suffix != ".keras" else {"safe_mode": not trust}
    try:
        return keras.models.load_model(path, compile=False, **options)
    except Exception as error:
        reason = first_line(error)
        raise ValueError(f"{path}: Keras does not load it: {reason}") from error


def load_torch(path: Path, trust: bool) -> Any:
    if not trust:
        raise ValueError(f"{path}: loading a saved module runs its code; {TRUST}, or use `module:function`")
    torch = required("torch", f"{path}")
    try:
        model = torch.load(path, map_location="cpu", weights_only=False)
    except Exception as error:
        raise ValueError(f"{path}: PyTorch does not load it: {first_line(error)}") from error
    if not isinstance(model, torch.nn.Module):
        kind = type(model).__name__
        raise ValueError(f"{path}: it contains a {kind}, and no module; use a `module:function` that loads it")
    return model
