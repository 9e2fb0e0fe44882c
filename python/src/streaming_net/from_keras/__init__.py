"""Keras 3, of any backend."""

from .walk import traced

__all__ = ["traced"]
