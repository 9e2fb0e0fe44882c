"""Functions of PyTorch that change the axes of a value."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..refused import require
from ..words import Word
from .signal import BATCH, CHANNELS, FEATURES, ONE, TIME, Signal, viewed


def channels(signal: Signal) -> int:
    return signal.size(CHANNELS) * signal.size(FEATURES)


def flattened(signal: Signal, name: str, start: int, end: int, sample: Any) -> Signal:
    """One frame of all, or a frame's features and channels as its channels."""
    merged = signal.axes[start:] if end in (-1, len(signal.axes) - 1) else signal.axes[start : end + 1]
    require(BATCH not in merged, "the batch is flattened", "use start_dim=1")
    if TIME not in merged:
        return beside(signal, merged, sample)
    frames, width = signal.size(TIME), channels(signal)
    require(
        FEATURES not in signal.axes and signal.order is None,
        "frames are flattened together with features",
        "flatten the features of a frame first",
    )
    words = [Word("flatten", name, {"frames": frames})] if frames > 1 else []
    order = None
    if merged.replace(ONE, "") == CHANNELS + TIME:
        order = transposed_order(frames, width)
    return replace(signal.made(*words, sample=sample, axes=BATCH + CHANNELS), order=order)


def beside(signal: Signal, merged: str, sample: Any) -> Signal:
    """A frame's features and channels as its channels."""
    order = transposed_order(signal.size(FEATURES), signal.size(CHANNELS)) if merged == CHANNELS + FEATURES else None
    if order is None:
        return viewed(signal, sample)
    signal.plain()
    return replace(signal, axes=signal.axes.replace(merged, CHANNELS), sample=sample, order=order)


def transposed_order(outer: int, inner: int) -> NDArray[np.intp]:
    """Where the macro, which has the `outer` ones outside, has the numbers that are in the other order."""
    return np.arange(outer * inner).reshape(outer, inner).T.reshape(-1)


def reshaped(signal: Signal, name: str, kind: str, args: tuple[Any, ...], sample: Any) -> Signal:
    if kind == "unsqueeze":
        dim = args[1] % sample.ndim
        axis = ONE if CHANNELS in signal.axes else CHANNELS
        return replace(signal, axes=signal.axes[:dim] + axis + signal.axes[dim:], sample=sample)
    if kind == "squeeze" and len(args) > 1:
        dim = args[1] % len(signal.axes)
        require(
            signal.axes[dim] != TIME or sample.ndim == len(signal.axes),
            "the dimension of the frames is removed",
            "keep the dimension of the frames",
        )
        gone = sample.ndim < len(signal.axes)
        return replace(
            signal, axes=signal.axes[:dim] + signal.axes[dim + gone :] if gone else signal.axes, sample=sample
        )
    if TIME in signal.axes and sample.ndim == 2 and math.prod(sample.shape[1:]) == channels(signal) * signal.size(TIME):
        return flattened(signal, name, 1, -1, sample)
    return viewed(signal, sample)
