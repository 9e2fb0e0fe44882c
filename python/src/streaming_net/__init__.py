"""Exports trained Keras and PyTorch networks for the Rust macro `streaming_net!`."""

from .export import export
from .exported import Exported
from .load import load
from .problems import Problem, Unsupported

__all__ = ["Exported", "Problem", "Unsupported", "export", "load"]
