"""Exports trained Keras and PyTorch networks for the Rust macro `streaming_net!`."""

from .export import Exported, export
from .problems import Problem, Unsupported

__all__ = ["Exported", "Problem", "Unsupported", "export"]
