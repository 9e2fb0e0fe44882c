"""A value of a Keras model."""

from dataclasses import dataclass
from typing import Any

from ..graph import Node


@dataclass(frozen=True)
class Signal:
    """What it is made of, and what it is for some input: `(1, frames, …)`, or `(1, …)` where frames became one."""

    node: Node
    sample: Any
    timed: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """What a frame is made of."""
        return tuple(self.sample.shape[2 if self.timed else 1 :])

    @property
    def frames(self) -> int:
        return int(self.sample.shape[1])

    @property
    def symbolic(self) -> tuple[int | None, ...]:
        return (None, None, *self.shape) if self.timed else (None, *self.shape)
