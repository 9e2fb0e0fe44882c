"""What the exporter asks of a framework."""

import importlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .problems import first_line

Array = NDArray[Any]

# The version of the operations. All exporters write it, and it has layer normalisation.
OPSET = 16


@dataclass(frozen=True)
class Shape:
    """The shape of an input with its batch of one. A length that differs from run to run is `None`."""

    lengths: tuple[int | None, ...]
    # The axis of time; `None` where each push takes a whole input.
    time: int | None

    def of_frames(self, frames: int | None) -> "Shape":
        """The shape with another number of frames."""
        return replace(self, lengths=tuple(frames if at == self.time else own for at, own in enumerate(self.lengths)))


class Failed(Exception):
    """The framework does not run the model on an input. `layers` ran before the one that raised."""

    def __init__(self, reason: str, layers: int = 0) -> None:
        super().__init__(reason)
        self.layers = layers


class Framework(ABC):
    """A model in its framework, in evaluation mode while `ready()` is entered."""

    # The framework and its version, such as `torch 1.13.1`.
    version: str
    # The axes of time that are tried where the model does not state its shape.
    axes: tuple[int | None, ...] = (2, 1, 0, None)

    @abstractmethod
    def ready(self) -> AbstractContextManager[None]:
        """Sets the model to float32 and evaluation mode, and sets back on leaving what was before."""

    @abstractmethod
    def weights(self) -> Iterator[tuple[str, Array]]:
        """The layer of each weight, and the weight."""

    @abstractmethod
    def shapes(self, time: int | None) -> list[Shape] | None:
        """The shapes of the inputs, where the model states them."""

    def channels(self) -> list[int] | None:
        """The channels that an input could have by the model's layers. `None`: they must not be tried."""
        return None

    @abstractmethod
    def run(self, inputs: Sequence[Array], strict: bool = False) -> dict[str, Array]:
        """The outputs by names. Raises `Failed`. With `strict`, recurrent layers refuse a batch other than one."""

    @abstractmethod
    def write(self, path: str, inputs: Sequence[Array], shapes: Sequence[Shape]) -> list[str]:
        """Writes the model as ONNX. Returns the names of the inputs."""

    def failure(self, inputs: Sequence[Array], strict: bool = False) -> Failed | None:
        """Why the model does not run on these inputs; `None` where it runs."""
        try:
            self.run(inputs, strict)
        except Failed as failed:
            return failed
        return None


def floats(array: Any) -> Array:
    """As an array of float32."""
    return np.ascontiguousarray(array, np.float32)


def required(module: str, why: str) -> ModuleType:
    """Imports a module, or says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ModuleNotFoundError(f"{why} needs `{module}`: run `pip install {module}` ({first_line(error)})") from None


def flat(values: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The values in nested tuples, lists and dicts, each with a name."""
    if isinstance(values, dict):
        named: list[tuple[str, Any]] = [(str(key), value) for key, value in values.items()]
    elif isinstance(values, tuple) and hasattr(values, "_fields"):
        named = list(zip(values._fields, values, strict=True))
    elif isinstance(values, (tuple, list)):
        named = [(str(place), value) for place, value in enumerate(values)]
    else:
        yield name or "output", values
        return
    for key, value in named:
        plain = key if name else (f"output_{key}" if key.isdigit() else key)
        yield from flat(value, f"{name}_{key}" if name else plain)
