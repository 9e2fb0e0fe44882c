"""Whether loading a file of Keras runs code of the file. Not every version of Keras checks it for every format."""

import builtins
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .framework import required

# Layers that run code of the file, or of another file.
CODE = {"Lambda", "__lambda__", "TFOpLambda", "SlicingOpLambda", "ClassMethod", "InstanceMethod", "InstanceProperty"}
CODE |= {"TorchModuleWrapper", "TFSMLayer", "JaxLayer", "FlaxLayer"}

# Modules whose classes and functions only compute.
PURE = re.compile(
    r"builtins|(tf_)?keras(\.src)?(\.(engine|mixed_precision|dtype_policies|initializers|regularizers|constraints|activations"
    r"|ops|layers|models|backend\.common\.keras_tensor)(\.[a-z0-9_.]+)?)?"
)


def keras_code(path: Path) -> str | None:
    """What in a file would run code, or `None`."""
    try:
        text = of_archive(path) if zipfile.is_zipfile(path) else of_hdf5(path)
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: it is no file of a Keras model ({error})") from None
    if text is None:
        return "pickled arrays"
    try:
        config = json.loads(text)
    except ValueError:
        raise ValueError(f"{path}: its configuration is no JSON") from None
    return next(code(config), None)


def of_archive(path: Path) -> str | None:
    with zipfile.ZipFile(path) as archive:
        # Keras loads these with their pickles.
        if any(name.endswith((".npz", ".npy", ".pkl")) for name in archive.namelist()):
            return None
        return archive.read("config.json").decode()


def of_hdf5(path: Path) -> str:
    h5py = required("h5py", f"{path}")
    with h5py.File(path) as file:
        if "model_config" not in file.attrs:
            raise ValueError(f"{path}: it contains weights, and no model: load it into the model")
        text = file.attrs["model_config"]
    return text.decode() if isinstance(text, bytes) else str(text)


def code(config: Any) -> Iterator[str]:
    """Everything in a configuration that would run code."""
    if isinstance(config, dict):
        kind, module, inner = config.get("class_name"), config.get("module"), config.get("config")
        called = inner if kind == "function" else kind
        if isinstance(kind, str) and kind in CODE:
            name = inner.get("name") if isinstance(inner, dict) else None
            yield f"`{name}` ({kind})" if name else kind
        elif isinstance(module, str) and kind is not None and not is_pure(module, called):
            yield f"`{module}.{called}`"
        for key, value in config.items():
            # What a model was trained with is not loaded.
            if key not in ("compile_config", "training_config"):
                yield from code(value)
    elif isinstance(config, list):
        for value in config:
            yield from code(value)


def is_pure(module: str, name: Any) -> bool:
    # Of this module, Keras has activations and others of its own, which Python does not have.
    is_python = module == "builtins" and hasattr(builtins, str(name))
    return bool(PURE.fullmatch(module)) and not is_python
