"""A value of a PyTorch model, and what its axes are."""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..graph import Node, Op, chained
from ..refused import Refused, require

# The batch, frames, features, channels, and an axis of size 1 where frames were.
BATCH, TIME, FEATURES, CHANNELS, ONE = "BTFC1"


@dataclass(frozen=True)
class Signal:
    """What it is made of, its axes, and what it is for some input.

    The macro has a frame's features one after the other, each with its channels. Where PyTorch has the numbers of one
    frame in another order, `order` says which of the macro's each of them is.
    """

    node: Node
    axes: str
    sample: Any
    order: NDArray[np.intp] | None = None

    def made(self, *ops: Op, sample: Any = None, axes: str | None = None) -> "Signal":
        """What layers make of it."""
        return replace(
            self,
            node=chained(self.node, ops),
            axes=self.axes if axes is None else axes,
            sample=self.sample if sample is None else sample,
        )

    def size(self, axis: str) -> int:
        return int(self.sample.shape[self.axes.index(axis)]) if axis in self.axes else 1

    def axis(self, dim: int) -> str:
        return self.axes[dim]

    @property
    def timed(self) -> bool:
        return TIME in self.axes

    def over(self, dim: Any, axis: str, instead: str) -> None:
        """Refuses what is over another axis."""
        require(
            isinstance(dim, int) and self.axis(dim) == axis,
            f"the dimension is that of {NAMES[self.axis(dim or 0)]}",
            instead,
        )

    def plain(self) -> None:
        require(self.order is None, "the channels were flattened in another order", "flatten (batch, frames, channels)")


NAMES = {BATCH: "the batch", TIME: "frames", FEATURES: "features", CHANNELS: "channels", ONE: "an axis of one"}


class Hidden:
    """The state that a recurrent layer ends with."""


def permuted(signal: Signal, dims: list[int], sample: Any) -> Signal:
    return replace(signal, axes="".join(signal.axes[dim] for dim in dims), sample=sample)


def viewed(signal: Signal, sample: Any) -> Signal:
    """The same numbers in other axes: features and channels apart or together, or without axes of one."""
    old, new = tuple(signal.sample.shape), tuple(sample.shape)
    refused = Refused(
        f"the shape {list(old)} becomes {list(new)}", "reshape within frames: (features, channels) to channels, or back"
    )
    axes, at = "", 0
    left = list(zip(signal.axes, old, strict=True))
    while left:
        axis, size = left.pop(0)
        pair = math.prod(new[at : at + 2]) if at + 1 < len(new) else 0
        if axis == CHANNELS and FEATURES not in signal.axes and pair == size and len(new) - at > len(left) + 1:
            axes, at = axes + FEATURES + CHANNELS, at + 2
        elif axis == FEATURES and left and left[0][0] == CHANNELS and new[at : at + 1] == (size * left[0][1],):
            left.pop(0)
            axes, at = axes + CHANNELS, at + 1
        elif new[at : at + 1] == (size,):
            axes, at = axes + axis, at + 1
        elif size != 1 or axis in (BATCH, TIME):
            raise refused
    if any(size != 1 for size in new[at:]):
        raise refused
    return replace(signal, axes=axes + ONE * (len(new) - at), sample=sample)


def as_plane(signal: Signal) -> Signal:
    """Channels that an axis of one stands before are features of one channel."""
    if FEATURES in signal.axes or signal.axes[1] != ONE or CHANNELS not in signal.axes:
        return signal
    return replace(signal, axes=signal.axes.replace(CHANNELS, FEATURES).replace(ONE, CHANNELS))
