"""PyTorch."""

from .walk import traced

__all__ = ["traced"]
