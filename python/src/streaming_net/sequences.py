"""Whole sequences: the input of the recorded run, and networks of a fixed length slid over them."""

from typing import Any

import numpy as np

from .words import Array

# Frames of the recorded run where none are given.
FRAMES = 600


def given(reference: Any, shape: tuple[int, ...] | None, time: int, random: np.random.Generator) -> Array:
    """The input of the recorded run as the model takes it, without the batch.

    `shape` is what the model says that it takes, and `time` the axis of frames in it; other axes have their sizes.
    """
    if reference is None:
        if shape is None:
            raise ValueError("the number of input channels is unknown: pass `reference`, the input of the recorded run")
        rest = [size for axis, size in enumerate(shape) if axis != time]
        return np.moveaxis(random.standard_normal((FRAMES, *rest)).astype(np.float32), 0, time)
    array = np.asarray(reference, np.float32)
    rank = len(shape) if shape else array.ndim - 1
    if array.ndim == rank + 1:
        array = array[0]
    elif array.ndim == 2:
        rest = [size for axis, size in enumerate(shape or ()) if axis != time]
        array = np.moveaxis(array.reshape(-1, *rest) if rest else array, 0, time)
    if array.ndim != rank:
        raise ValueError(
            f"`reference` has {array.ndim} axes: pass (frames, channels), or a batch of one as the model takes it"
        )
    return array


def windows(sequence: Array, frames: int) -> Array:
    """Every so many frames in a row of `(1, time, …)`: `(windows, frames, …)`."""
    every = np.lib.stride_tricks.sliding_window_view(sequence[0], frames, axis=0)
    return np.moveaxis(every, -1, 1)
