"""PyTorch's convolutions over time, and over time and features."""

from typing import Any

import numpy as np
from torch import nn

from ..graph import Op, Pad
from ..refused import Refused, require
from ..words import Array, Word
from .signal import CHANNELS, FEATURES, Signal


def array(tensor: Any) -> Array:
    return np.asarray(tensor.detach().cpu().numpy(), np.float32)


def tensors(module: Any) -> dict[str, Array]:
    found = {"weight": module.weight, "bias": module.bias}
    return {key: array(value) for key, value in found.items() if value is not None}


def bias(module: Any) -> tuple[str, ...]:
    return () if module.bias is not None else ("no_bias",)


def conv1d(module: Any, name: str, signal: Signal) -> Word:
    time_last(signal)
    own = tensors(module)
    if signal.order is not None:
        require(
            module.groups == 1,
            "the channels were flattened in another order than (features, channels)",
            "flatten (features, channels)",
        )
        own["weight"] = own["weight"][:, np.argsort(signal.order)]
    k, stride, dilation = module.kernel_size[0], module.stride[0], module.dilation[0]
    dilation = dilation if k > 1 else 1
    inputs, outputs, groups = module.in_channels, module.out_channels, module.groups
    depthwise = groups > 1 and groups == inputs
    if k == stride == groups == 1:
        require(module.padding in ((0,), "same", "valid"), "a convolution with one tap pads", "use padding=0")
        return Word("dense", name, {"out": outputs}, bias(module), own)
    numbers = {"k": k} | ({} if depthwise and outputs == inputs else {"out": outputs})
    numbers |= {key: value for key, value in (("dilation", dilation), ("stride", stride)) if value > 1}
    numbers |= {"groups": groups} if groups > 1 and not depthwise else {}
    zeros = before(module.padding, 0, (k - 1) * dilation, module.padding_mode)
    return Word("depthwise" if depthwise else "conv", name, numbers, bias(module), own, zeros)


def before(padding: Any, axis: int, past: int, mode: str) -> int | None:
    """The zeros before the first frame."""
    require(mode == "zeros", f"the padding mode is `{mode}`", "use padding_mode='zeros'")
    if padding == "valid" or (past == 0 and padding == "same"):
        return None
    if padding == "same":
        return past // 2
    zeros = int(padding[axis])
    require(
        zeros <= past,
        f"{zeros} zeros stand before the first frame, but the kernel only reads {past} past frames",
        f"pad with at most {past} zeros at the front, which is causal padding",
    )
    return zeros or None


def time_last(signal: Signal) -> None:
    if signal.axes != "BCT":
        raise Refused("the input is not (batch, channels, frames)", "transpose the input")


def transposed(module: Any, name: str, signal: Signal) -> Word:
    time_last(signal)
    signal.plain()
    require(module.padding[0] == 0, "the padding drops the first outputs", "use padding=0")
    require(
        module.dilation[0] == 1 and module.groups == 1,
        "the convolution is dilated or has groups",
        "use dilation=1 and groups=1",
    )
    numbers = {"k": module.kernel_size[0], "out": module.out_channels, "stride": module.stride[0]}
    return Word("conv_transpose", name, numbers, bias(module), tensors(module))


def conv2d(module: Any, name: str, signal: Signal) -> list[Op]:
    """Over (frames, features), or (features, frames)."""
    require(
        signal.axes in ("BCTF", "BCFT"), "the input is not (batch, channels, frames, features)", "permute the input"
    )
    time = signal.axes.index("T") - 2
    beside = 1 - time
    inputs, groups = module.in_channels, module.groups
    depthwise = groups > 1 and groups == inputs == module.out_channels
    require(groups == 1 or depthwise, "the convolution has groups", "use groups=1, or one group per channel")
    require(
        module.dilation[beside] == 1 or module.kernel_size[beside] == 1,
        "the convolution is dilated over features",
        "dilate over frames only",
    )
    k, feature_k = module.kernel_size[time], module.kernel_size[beside]
    dilation, stride, feature_stride = module.dilation[time] if k > 1 else 1, module.stride[time], module.stride[beside]
    numbers = {"k": k, "features": signal.size(FEATURES), "feature_k": feature_k}
    numbers |= {"feature_stride": feature_stride} if feature_stride > 1 else {}
    numbers |= {} if depthwise else {"out": module.out_channels}
    numbers |= {key: value for key, value in (("dilation", dilation), ("stride", stride)) if value > 1}
    zeros = before(module.padding, time, (k - 1) * dilation, module.padding_mode)
    own = tensors(module)
    if time == 1:
        own["weight"] = own["weight"].swapaxes(2, 3)
    same = module.padding == "same" and feature_k > 1
    flags = (*(("feature_same",) if same else ()), *bias(module))
    edge = 0 if isinstance(module.padding, str) else int(module.padding[beside])
    numbers["features"] += 2 * edge
    word = Word("depthwise2d" if depthwise else "conv2d", name, numbers, flags, own, zeros)
    return [Pad(0, name, (edge, edge)), word] if edge else [word]


def linear(module: Any, name: str, signal: Signal) -> Word:
    """Of each frame. Where its inputs are in another order than the macro's, so are its weights."""
    signal.over(-1, CHANNELS, "transpose the input, so that channels come last")
    require(
        FEATURES not in signal.axes,
        "Linear is applied to each feature by itself",
        "flatten the features of a frame first",
    )
    own = tensors(module)
    if signal.order is not None:
        own["weight"] = own["weight"][:, np.argsort(signal.order)]
    return Word("dense", name, {"out": module.out_features}, bias(module), own)


def norm(kind: str, module: Any, name: str, features: int = 1) -> Word:
    """BatchNorm and LayerNorm; of several features, each has the numbers of the channels."""
    scaled = module.weight is not None
    centered = getattr(module, "bias", None) is not None
    flags = (*(() if scaled else ("no_scale",)), *(() if centered else ("no_center",)))
    own = {"weight": module.weight if scaled else None, "bias": module.bias if centered else None}
    if kind == "batch_norm":
        require(module.running_mean is not None, "the layer has no running statistics", "use track_running_stats=True")
        own |= {"running_mean": module.running_mean, "running_var": module.running_var}
    found = {key: np.tile(array(value), features) for key, value in own.items() if value is not None}
    return Word(kind, name, {"epsilon": float(module.eps)}, flags, found)


def recurrent(module: Any, name: str, signal: Signal) -> list[Op]:
    """GRU and LSTM: a word for each of its layers."""
    kind = "gru" if isinstance(module, nn.GRU) else "lstm"
    require(
        not module.bidirectional,
        "a backward pass needs later frames, which a stream does not have yet",
        "use bidirectional=False",
    )
    require(getattr(module, "proj_size", 0) == 0, "proj_size is not 0", "use proj_size=0, and a Linear after the layer")
    expected = "BTC" if module.batch_first else "TBC"
    require(
        signal.axes == expected,
        "the input is not (batch, frames, channels)",
        "use batch_first=True, and transpose the input",
    )
    signal.plain()
    names = ("weight_ih", "weight_hh", *(("bias_ih", "bias_hh") if module.bias else ()))
    words: list[Op] = []
    for layer in range(module.num_layers):
        own = {key: array(getattr(module, f"{key}_l{layer}")) for key in names}
        flags = () if module.bias else ("no_bias",)
        words.append(Word(kind, name, {"units": module.hidden_size}, flags, own))
    return words
