"""Exports trained Keras and PyTorch networks for the Rust macro `streaming_net!`."""

from .draw import draw
from .export import export
from .exported import Exported
from .problems import Problem, Unsupported

__all__ = ["Exported", "Problem", "Unsupported", "draw", "export"]
