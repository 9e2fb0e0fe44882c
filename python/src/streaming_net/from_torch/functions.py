"""Functions and methods of PyTorch."""

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from .. import affine
from ..activations import INSTEAD, activation, clipped
from ..graph import Crop, Half, Join, Node, Op, Pad
from ..refused import Refused, require
from ..words import Array, Word, pool
from .convolutions import array
from .shapes import channels, flattened, reshaped
from .signal import CHANNELS, FEATURES, ONE, TIME, Hidden, Signal, permuted

HALVES = "split the channels into two halves, and multiply a function of each half"

# Names of functions, with and without an underscore behind them; of what they do to each number.
SAME = ("contiguous", "clone", "detach", "dropout", "alpha_dropout", "feature_alpha_dropout", "to", "float", "double")
ACTIVATIONS = (
    "relu", "relu6", "leaky_relu", "elu", "selu", "silu", "softsign", "tanh", "sigmoid", "hardsigmoid", "hardswish",
    "mish", "logsigmoid", "exp", "log", "erf", "abs", "absolute", "square", "sqrt", "reciprocal",
)  # fmt: skip
ARITHMETIC = {
    "add": "add", "sub": "subtract", "subtract": "subtract", "mul": "multiply", "multiply": "multiply",
    "truediv": "divide", "div": "divide", "divide": "divide",
}  # fmt: skip
JOINS = {"add": "sum", "multiply": "product"}


def applied(kind: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], sample: Any) -> Any:
    """What a function makes of its arguments."""
    kind = kind.strip("_").removeprefix("i") if kind in ("iadd", "imul", "isub", "itruediv") else kind.strip("_")
    if kind == "getitem" and not isinstance(args[0], Signal):
        return args[0][args[1]]
    require(
        not any(isinstance(arg, Hidden) for arg in args),
        "the function reads the final state of a recurrent layer",
        LAST,
    )
    if kind in ARITHMETIC:
        return arithmetic(ARITHMETIC[kind], name, args, kwargs, sample)
    if kind in ("cat", "concat", "concatenate"):
        return concatenated(name, args[0], option(args, kwargs, 1, "dim", 0), sample)
    if kind == "stack":
        return list(args[0])
    if kind in ("sum", "prod") and isinstance(args[0], list):
        require(
            option(args, kwargs, 1, "dim", None) == 0,
            "the sum is over frames or channels",
            "stack values with dim=0, and sum over dim=0",
        )
        return joined("sum" if kind == "sum" else "product", name, args[0], sample)
    signal = args[0]
    require(isinstance(signal, Signal), f"the macro has no `{kind}`", INSTEAD)
    match kind:
        case _ if kind in SAME:
            return signal.made(sample=sample)
        case _ if kind in ACTIVATIONS:
            number = {"leaky_relu": ("negative_slope", 0.01), "elu": ("alpha", 1.0)}.get(kind)
            word = activation(kind, name, *([option(args, kwargs, 1, *number)] if number else []))
            assert word is not None
            return signal.made(word, sample=sample)
        case "hardtanh":
            limits = option(args, kwargs, 1, "min_val", -1.0), option(args, kwargs, 2, "max_val", 1.0)
            return signal.made(clipped(*limits, name), sample=sample)
        case "clamp" | "clip":
            limits = option(args, kwargs, 1, "min", None), option(args, kwargs, 2, "max", None)
            numbers = all(limit is None or isinstance(limit, int | float) for limit in limits)
            require(numbers, "a limit is not a number", "use one number for all channels")
            return signal.made(clipped(*limits, name), sample=sample)
        case "gelu":
            return signal.made(gelu(name, option(args, kwargs, 1, "approximate", "none")), sample=sample)
        case "softplus":
            return signal.made(softplus(name, option(args, kwargs, 1, "beta", 1)), sample=sample)
        case "threshold":
            limits = option(args, kwargs, 1, "threshold", 0), option(args, kwargs, 2, "value", 0)
            return signal.made(threshold(name, *limits), sample=sample)
        case "rsqrt":
            return signal.made(Word("power", name, {"exponent": -0.5}), sample=sample)
        case "pow":
            exponent = option(args, kwargs, 1, "exponent", None)
            require(isinstance(exponent, int | float), "the exponent is not a number", "use a number as the exponent")
            return signal.made(Word("power", name, {"exponent": float(exponent)}), sample=sample)
        case "neg":
            return signal.made(affine.scale(name, -np.ones(channels(signal))), sample=sample)
        case "softmax" | "log_softmax":
            return softmax(kind, signal, name, option(args, kwargs, 1, "dim", None), sample)
        case "glu":
            return gated(signal, name, option(args, kwargs, 1, "dim", -1), sample)
        case "pad":
            plain = option(args, kwargs, 2, "mode", "constant") == "constant" and not option(
                args, kwargs, 3, "value", None
            )
            require(plain, "the padding is not zeros", "pad with zeros")
            return signal.made(*padded(signal, name, option(args, kwargs, 1, "pad", ())), sample=sample)
        case "getitem":
            return taken(signal, name, args[1], sample)
        case "narrow":
            key = [slice(None)] * len(signal.axes)
            key[args[1]] = slice(args[2], args[2] + args[3])
            return taken(signal, name, tuple(key), sample)
        case "chunk" | "split" | "tensor_split":
            signal.over(option(args, kwargs, 2, "dim", 0), CHANNELS, HALVES)
            sizes = {part.shape for part in sample}
            require(
                len(sample) == 2 and len(sizes) == 1 and signal.order is None,
                "the split is not into two halves of the channels",
                HALVES,
            )
            return [signal.made(Half(which, name), sample=part) for which, part in enumerate(sample)]
        case "transpose" | "swapaxes" | "swapdims":
            dims = list(range(len(signal.axes)))
            one, other = (option(args, kwargs, place, f"dim{place - 1}", None) for place in (1, 2))
            dims[one], dims[other] = dims[other], dims[one]
            return permuted(signal, dims, sample)
        case "permute":
            return permuted(signal, list(args[1] if isinstance(args[1], list | tuple) else args[1:]), sample)
        case "mT" | "mH":
            return permuted(signal, [0, 2, 1], sample)
        case "mean":
            return mean(signal, name, option(args, kwargs, 1, "dim", None), sample)
        case "flatten":
            return flattened(
                signal, name, option(args, kwargs, 1, "start_dim", 0), option(args, kwargs, 2, "end_dim", -1), sample
            )
        case "unflatten" | "squeeze" | "unsqueeze" | "view" | "reshape":
            return reshaped(signal, name, kind, args, sample)
        case "adaptive_avg_pool1d":
            return adaptive(signal, name, args[1], sample)
        case "max_pool1d" | "avg_pool1d":
            size = option(args, kwargs, 1, "kernel_size", 1)
            stride, padding = option(args, kwargs, 2, "stride", None) or size, option(args, kwargs, 3, "padding", 0)
            one, apart, zeros = (single(value) for value in (size, stride, padding))
            return signal.made(*pooled(signal, kind[:8], name, one, apart, zeros), sample=sample)
        case "interpolate":
            mode = option(args, kwargs, 3, "mode", "nearest")
            return signal.made(
                *upsampled(signal, name, mode, option(args, kwargs, 2, "scale_factor", None)), sample=sample
            )
    raise Refused(f"the macro has no `{kind}`", INSTEAD)


LAST = "use the newest output of the recurrent layer: out[:, -1]"


def option(args: tuple[Any, ...], kwargs: dict[str, Any], place: int, name: str, default: Any) -> Any:
    return args[place] if place < len(args) else kwargs.get(name, default)


def single(value: Any) -> int:
    return int(value[0] if isinstance(value, list | tuple) else value)


def joined(kind: str, name: str, signals: list[Any], sample: Any) -> Signal:
    require(
        all(isinstance(signal, Signal) for signal in signals),
        "an operand is not a value of the network",
        "join values of the network only",
    )
    first: Signal = signals[0]
    for signal in signals:
        require(signal.axes == first.axes, "the operands have different axes", "transpose one of the operands")
        alike = all(signal.size(axis) == first.size(axis) for axis in (CHANNELS, FEATURES)) or kind == "concat"
        require(alike, "the operands have different shapes", "give all operands the same channels")
        signal.plain()
    return replace(first, node=Node(Join(kind, name), [signal.node for signal in signals]), sample=sample)


def concatenated(name: str, signals: Any, dim: int, sample: Any) -> Signal:
    signals[0].over(dim, CHANNELS, "concatenate channels")
    require(
        FEATURES not in signals[0].axes,
        "the concatenation is over the channels of each feature",
        "flatten the features of a frame first",
    )
    return joined("concat", name, list(signals), sample)


def arithmetic(kind: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], sample: Any) -> Signal:
    one, other = args[0], option(args, kwargs, 1, "other", None)
    require(
        not kwargs.get("alpha"), "alpha scales the second operand", "multiply the operand first, and leave alpha out"
    )
    if isinstance(one, Signal) and isinstance(other, Signal):
        if kind == "subtract":
            other = other.made(affine.scale(name, -np.ones(channels(other))))
            kind = "add"
        require(kind in JOINS, "the divisor is a value of the network", "multiply by a constant, or by another value")
        return joined(JOINS[kind], name, [one, other], sample)
    signal, number = (one, other) if isinstance(one, Signal) else (other, one)
    words = affine.arithmetic(kind, name, constant(number, signal), signal is one)
    signal.plain()
    return signal.made(*words, sample=sample)


def constant(value: Any, signal: Signal) -> Array:
    """A number for each channel."""
    tensor = torch.as_tensor(value)
    shape = (1,) * (len(signal.axes) - tensor.ndim) + tuple(tensor.shape)
    fits = all(size == 1 or axis == CHANNELS for size, axis in zip(shape, signal.axes, strict=True))
    require(fits, "the constant does not have one number per channel", "use one number per channel")
    numbers = array(tensor).reshape(-1)
    return np.tile(np.broadcast_to(numbers, (signal.size(CHANNELS),)), signal.size(FEATURES))


def gelu(name: str, approximate: str) -> Word:
    return Word("gelu_tanh" if approximate == "tanh" else "gelu", name)


def softplus(name: str, beta: float) -> Word:
    # Beyond its threshold, PyTorch gives x, which f32's softplus is there too.
    require(beta == 1, "beta is not 1", "use beta=1")
    return Word("softplus", name)


def threshold(name: str, theta: float, value: float) -> Word:
    require(value == 0, "the value below the threshold is not 0", "use value=0")
    return Word("thresholded_relu", name, {"theta": float(theta)})


def softmax(kind: str, signal: Signal, name: str, dim: Any, sample: Any) -> Signal:
    signal.over(dim, CHANNELS, "use the dimension of the channels")
    require(
        FEATURES not in signal.axes,
        "the function is applied to each feature by itself",
        "flatten the features of a frame first",
    )
    return signal.made(Word(kind, name), sample=sample)


def gated(signal: Signal, name: str, dim: int, sample: Any) -> Signal:
    signal.over(dim, CHANNELS, "use the dimension of the channels")
    require(
        FEATURES not in signal.axes,
        "the function is applied to each feature by itself",
        "flatten the features of a frame first",
    )
    signal.plain()
    return signal.made(Word("gated", name, flags=("linear", "sigmoid")), sample=sample)


def padded(signal: Signal, name: str, padding: Any) -> list[Op]:
    """Zeros, and crops where they are less than none."""
    if isinstance(padding, int):
        padding = [padding, padding]
    pairs = list(zip(padding[::2], padding[1::2], strict=True))
    frames, beside = 0, (0, 0)
    for axis, pair in zip(reversed(signal.axes), pairs, strict=False):
        require(axis in (TIME, FEATURES) or pair == (0, 0), "the padding is over channels", "pad frames only")
        frames = pair[0] if axis == TIME else frames
        beside = pair if axis == FEATURES else beside
    if frames < 0:
        return [Crop(-frames, name)]
    return [Pad(frames, name, beside)] if frames or any(beside) else []


def pooled(signal: Signal, kind: str, name: str, size: int, stride: int, padding: int) -> list[Op]:
    signal.over(-1, TIME, "transpose the input, so that frames come last")
    require(padding == 0, "the pool pads", "use padding=0")
    return [*pool(kind, name, size, stride)]


def upsampled(signal: Signal, name: str, mode: str, factor: Any) -> list[Op]:
    factor = factor[0] if isinstance(factor, list | tuple) else factor
    require(
        mode == "nearest" and factor is not None and factor == int(factor),
        "the upsampling does not repeat each frame a whole number of times",
        "use mode='nearest' and a whole scale_factor",
    )
    signal.over(-1, TIME, "transpose the input, so that frames come last")
    return [Word("upsample", name, {"n": int(factor)})] if factor > 1 else []


def taken(signal: Signal, name: str, key: Any, sample: Any) -> Signal:
    """A part of the frames, the newest of them, or a half of the channels."""
    keys = list(key) if isinstance(key, tuple) else [key]
    if any(part is Ellipsis for part in keys):
        at = next(place for place, part in enumerate(keys) if part is Ellipsis)
        keys[at : at + 1] = [slice(None)] * (len(signal.axes) - len(keys) + 1)
    keys += [slice(None)] * (len(signal.axes) - len(keys))
    for place, (part, axis) in enumerate(zip(keys, signal.axes, strict=False)):
        size = signal.sample.shape[place]
        if part == slice(None) or part == slice(0, size):
            continue
        if axis == TIME and part in (-1, size - 1):
            # Of a stream, the newest frame is the one at hand.
            return replace(signal, axes=signal.axes.replace(TIME, ""), sample=sample)
        require(
            isinstance(part, slice) and part.step in (None, 1), "the index selects single frames or channels", HALVES
        )
        start, stop, _ = part.indices(size)
        if axis == TIME:
            signal = signal.made(Crop(start, name)) if start else signal
        else:
            halves = [(0, size // 2), (size // 2, size)]
            is_half = axis == CHANNELS and FEATURES not in signal.axes and (start, stop) in halves and size % 2 == 0
            require(
                is_half and signal.order is None,
                "the slice is neither a range of frames nor a half of the channels",
                HALVES,
            )
            signal = signal.made(Half(halves.index((start, stop)), name))
    return replace(signal, sample=sample)


def mean(signal: Signal, name: str, dim: Any, sample: Any) -> Signal:
    dims = list(dim) if isinstance(dim, list | tuple) else [dim]
    require(
        len(dims) == 1 and isinstance(dims[0], int),
        "the mean is not over frames only",
        "take the mean over the dimension of the frames",
    )
    signal.over(dims[0], TIME, "take the mean over the dimension of the frames")
    kept = ONE if sample.ndim == signal.sample.ndim else ""
    axes = signal.axes.replace(TIME, kept)
    frames = signal.size(TIME)
    words = [Word("global_avg", name, {"frames": frames})] if frames > 1 else []
    return signal.made(*words, sample=sample, axes=axes)


def adaptive(signal: Signal, name: str, size: Any, sample: Any) -> Signal:
    require(single(size) == 1, "the pool divides the sequence into parts", "use AdaptiveAvgPool1d(1) or AvgPool1d")
    return mean(signal, name, -1, sample)
