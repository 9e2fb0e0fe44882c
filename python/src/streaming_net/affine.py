"""Numbers that a value is multiplied by, or that are added to it."""

import numpy as np

from .refused import require
from .words import Array, Word


def scale(name: str, array: Array) -> Word:
    return Word("scale", name, tensors={"scale": np.asarray(array, np.float32)})


def bias(name: str, array: Array) -> Word:
    return Word("bias", name, tensors={"bias": np.asarray(array, np.float32)})


def arithmetic(operation: str, name: str, array: Array, value_first: bool) -> list[Word]:
    """What `value + array` is, or `array + value`; an array of a number for each channel."""
    neutral = 0.0 if operation in ("add", "subtract") else 1.0
    if np.all(array == neutral) and (value_first or operation in ("add", "multiply")):
        return []
    match operation:
        case "add":
            return [bias(name, array)]
        case "multiply":
            return [scale(name, array)]
        case "subtract" if value_first:
            return [bias(name, -array)]
        case "subtract":
            return [scale(name, -np.ones_like(array)), bias(name, array)]
    require(value_first, "the divisor is a value of the network", "multiply by a constant, or by another value")
    return [scale(name, 1 / array)]
