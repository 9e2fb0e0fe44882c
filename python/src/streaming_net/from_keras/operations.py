"""Functions of Keras, and layers of several inputs."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from ..activations import INSTEAD, activation, clipped
from ..affine import arithmetic, scale
from ..graph import Crop, Half, Join, Node, Pad, chained
from ..refused import Refused, require
from ..words import Array, Word
from .signal import Signal

Made = list[tuple[Node, bool]]

JOINS = {"Add": "sum", "Multiply": "product", "Concatenate": "concat"}

# Their names as functions, and the attribute that has their number.
FUNCTIONS = {
    "Relu": ("relu", None),
    "Relu6": ("relu6", None),
    "LeakyRelu": ("leaky_relu", "negative_slope"),
    "Elu": ("elu", "alpha"),
    "Selu": ("selu", None),
    "Silu": ("silu", None),
    "Softsign": ("softsign", None),
    "Tanh": ("tanh", None),
    "Sigmoid": ("sigmoid", None),
    "Softplus": ("softplus", None),
    "Mish": ("mish", None),
    "LogSigmoid": ("log_sigmoid", None),
    "Exp": ("exp", None),
    "Log": ("log", None),
    "Erf": ("erf", None),
    "Abs": ("abs", None),
    "Absolute": ("abs", None),
    "Square": ("square", None),
    "Sqrt": ("sqrt", None),
    "Reciprocal": ("reciprocal", None),
    "HardTanh": ("hard_tanh", None),
    "HardSigmoid": ("hard_sigmoid", None),
    "HardSilu": ("hard_swish", None),
    "Softmax": ("softmax", None),
    "LogSoftmax": ("log_softmax", None),
}


def operands(operation: Any, args: Sequence[Any], kwargs: dict[str, Any], inputs: list[Signal]) -> Made:
    """What an operation makes of its inputs, and whether that is still of frames."""
    kind, name = type(operation).__name__, operation.name
    if kind in JOINS and len(inputs) > 1:
        if kind == "Concatenate":
            axis = operation.axis
            require(
                axis in (-1, inputs[0].sample.ndim - 1) and len(inputs[0].shape) == 1,
                "the concatenation is not over channels",
                "concatenate channels: axis=-1",
            )
        require(
            len({signal.shape for signal in inputs}) == 1 or kind == "Concatenate",
            "the operands have different shapes",
            "give all operands the same channels",
        )
        nodes = [signal.node for signal in inputs]
        return [(Node(Join(JOINS[kind], name), nodes), inputs[0].timed)]
    if len(inputs) != 1:
        return joined(kind, name, inputs)
    signal = inputs[0]
    others = [value for value in keras.tree.flatten((args, kwargs)) if is_array(value)]
    match kind:
        case _ if kind in FUNCTIONS:
            function, number = FUNCTIONS[kind]
            word = activation(function, name, *([getattr(operation, number)] if number else []))
            assert word is not None
            ops: list[Any] = [word]
        case "Gelu":
            ops = [Word("gelu_tanh" if operation.approximate else "gelu", name)]
        case "Clip":
            ops = [clipped(operation.x_min, operation.x_max, name)]
        case "Rsqrt":
            ops = [Word("power", name, {"exponent": -0.5})]
        case "Power" if others and isinstance(args[0], Signal) and np.ndim(others[0]) == 0:
            ops = [Word("power", name, {"exponent": float(numbers(others[0]))})]
        case "Add" | "Subtract" | "Multiply" | "Divide" | "TrueDivide" if others:
            ops = [*arithmetic(kind.lower(), name, constant(others[0], signal), isinstance(args[0], Signal))]
        case "GetItem":
            ops = taken(name, args[1], signal)
        case "Split":
            sections, axis = operation.indices_or_sections, operation.axis
            require(
                sections == 2 and axis in (-1, signal.sample.ndim - 1),
                "the split is not into two halves of the channels",
                HALVES,
            )
            return [(Node(Half(which, name), [signal.node]), signal.timed) for which in (0, 1)]
        case "Glu":
            ops = [Word("gated", name, flags=("linear", "sigmoid"))]
        case "Pad":
            _, frames, *rest = operation._process_pad_width(operation.pad_width)
            require(len(rest) == 1 and not any(rest[0]), "the padding is not over frames", "pad frames only")
            ops = [Pad(int(frames[0]), name)]
        case "Matmul" if others and np.ndim(others[0]) == 2:
            kernel = numbers(others[0])
            ops = [Word("dense", name, {"out": kernel.shape[1]}, ("no_bias",), {"kernel": kernel})]
        case "Mean":
            require(
                signal.timed and operation.axis in (1, (1,), [1]),
                "the mean is not over frames",
                "take the mean over frames: axis=1",
            )
            return [collapsed("global_avg", name, signal)]
        case "Reshape":
            return [reshaped(name, signal, operation.newshape)]
        case _:
            raise Refused(f"the macro has no `{kind}`", INSTEAD)
    return [(chained(signal.node, ops), signal.timed)]


HALVES = "split the channels into two halves, and multiply a function of each half"


def joined(kind: str, name: str, inputs: list[Signal]) -> Made:
    nodes = [signal.node for signal in inputs]
    channels = inputs[0].shape[-1]
    match kind:
        case "Subtract" if len(inputs) == 2:
            nodes[1] = chained(nodes[1], [scale(name, np.full(channels, -1.0))])
            return [(Node(Join("sum", name), nodes), inputs[0].timed)]
        case "Average":
            node = Node(Join("sum", name), nodes)
            return [(chained(node, [scale(name, np.full(channels, 1 / len(nodes)))]), inputs[0].timed)]
        case "Stack" | "Sum":
            raise Refused("the macro cannot stack values", "add them with keras.layers.Add or +")
    raise Refused(f"the macro cannot join values by `{kind}`", "use Add, Multiply or Concatenate")


def is_array(value: Any) -> bool:
    return isinstance(value, int | float | np.ndarray | keras.Variable) or keras.ops.is_tensor(value)


def numbers(value: Any) -> Array:
    return np.asarray(keras.ops.convert_to_numpy(value), np.float32)


def constant(value: Any, signal: Signal) -> Array:
    """A number for each channel."""
    array = numbers(value)
    fits = all(size == 1 for size in array.shape[:-1])
    require(
        fits and len(signal.shape) == 1,
        "the constant does not have one number per channel",
        "use one number per channel",
    )
    return np.broadcast_to(array.reshape(-1), signal.shape)


def taken(name: str, key: Any, signal: Signal) -> list[Any]:
    """A part of the frames, or of the channels."""
    keys = list(key) if isinstance(key, tuple) else [key]
    if Ellipsis in keys:
        at = keys.index(Ellipsis)
        keys[at : at + 1] = [slice(None)] * (signal.sample.ndim - len(keys) + 1)
    keys += [slice(None)] * (signal.sample.ndim - len(keys))
    require(
        all(isinstance(part, slice) and part.step in (None, 1) for part in keys),
        "the index selects single frames or channels",
        HALVES,
    )
    sizes = signal.sample.shape
    bounds = [part.indices(size)[:2] for part, size in zip(keys, sizes, strict=True)]
    whole = [bound == (0, size) for bound, size in zip(bounds, sizes, strict=True)]
    channels = sizes[-1]
    if signal.timed and all(whole[:1] + whole[2:]):
        return [Crop(bounds[1][0], name)]
    halves = [(0, channels // 2), (channels // 2, channels)]
    require(
        all(whole[:-1]) and channels % 2 == 0 and bounds[-1] in halves,
        "the slice is neither a range of frames nor a half of the channels",
        HALVES,
    )
    return [Half(halves.index(bounds[-1]), name)]


def collapsed(kind: str, name: str, signal: Signal) -> tuple[Node, bool]:
    """One frame of all."""
    if signal.frames == 1:
        return signal.node, False
    return Node(Word(kind, name, {"frames": signal.frames}), [signal.node]), False


def reshaped(name: str, signal: Signal, shape: Sequence[int | None]) -> tuple[Node, bool]:
    """The same numbers: of each frame where frames stay, or of all of them as one."""
    if not signal.timed:
        return signal.node, False
    sizes = list(shape)
    if len(sizes) == 1:
        return collapsed("flatten", name, signal)
    frame, given = int(np.prod(signal.shape)), [size for size in sizes[1:] if size not in (None, -1)]
    product = int(np.prod(given))
    stays = product == frame if len(given) == len(sizes) - 1 else frame % product == 0 and sizes[0] == signal.frames
    require(stays, "the reshape moves numbers between frames", "reshape within frames, or flatten all frames")
    return signal.node, True
