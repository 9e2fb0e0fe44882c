"""Modules of PyTorch."""

from typing import Any

from torch import nn

from ..activations import INSTEAD, activation, clipped
from ..graph import Op
from ..refused import Refused, require
from ..words import Word
from . import convolutions, functions, shapes
from .convolutions import array
from .signal import CHANNELS, FEATURES, Hidden, Signal, as_plane, viewed

SKIPPED = (nn.Identity, nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.AlphaDropout, nn.FeatureAlphaDropout)

# Their names as functions, and the attribute that has their number.
ACTIVATIONS = {
    nn.ReLU: ("relu", None), nn.ReLU6: ("relu6", None), nn.LeakyReLU: ("leaky_relu", "negative_slope"),
    nn.ELU: ("elu", "alpha"), nn.SELU: ("selu", None), nn.SiLU: ("silu", None), nn.Softsign: ("softsign", None),
    nn.Tanh: ("tanh", None), nn.Sigmoid: ("sigmoid", None), nn.Hardsigmoid: ("hard_sigmoid", None),
    nn.Hardswish: ("hard_swish", None), nn.Mish: ("mish", None), nn.LogSigmoid: ("log_sigmoid", None),
}  # fmt: skip


def applied(module: Any, name: str, args: list[Any], sample: Any) -> Any:
    """What a module makes of its arguments."""
    signal = args[0]
    require(
        isinstance(signal, Signal) and all(other is None for other in args[1:]),
        "the module has several inputs",
        "use a module with one input",
    )
    if isinstance(module, nn.Conv2d):
        signal = as_plane(signal)
    if isinstance(module, SKIPPED):
        return signal.made(sample=sample)
    if (found := ACTIVATIONS.get(type(module))) is not None:
        kind, number = found
        word = activation(kind, name, *([getattr(module, number)] if number else []))
        assert word is not None
        return signal.made(word, sample=sample)
    match module:
        case nn.GRU() | nn.LSTM():
            return signal.made(*convolutions.recurrent(module, name, signal), sample=sample[0]), Hidden()
        case nn.AdaptiveAvgPool1d():
            return functions.adaptive(signal, name, module.output_size, sample)
        case nn.Flatten():
            return shapes.flattened(signal, name, module.start_dim, module.end_dim, sample)
        case nn.Unflatten():
            return viewed(signal, sample)
        case nn.GLU():
            return functions.gated(signal, name, module.dim, sample)
        case nn.Softmax() | nn.LogSoftmax():
            kind = "softmax" if isinstance(module, nn.Softmax) else "log_softmax"
            return functions.softmax(kind, signal, name, module.dim, sample)
        case nn.Linear() | nn.Conv1d():
            read = convolutions.linear if isinstance(module, nn.Linear) else convolutions.conv1d
            return Signal(signal.made(read(module, name, signal)).node, signal.axes, sample)
    return signal.made(*words(module, name, signal), sample=sample)


def words(module: Any, name: str, signal: Signal) -> list[Op]:
    match module:
        case nn.ConvTranspose1d():
            return [convolutions.transposed(module, name, signal)]
        case nn.Conv2d():
            return convolutions.conv2d(module, name, signal)
        case nn.BatchNorm1d() | nn.BatchNorm2d():
            signal.over(1, CHANNELS, "transpose the input, so that channels come second")
            signal.plain()
            return [convolutions.norm("batch_norm", module, name, signal.size(FEATURES))]
        case nn.LayerNorm():
            signal.over(-1, CHANNELS, "transpose the input, so that channels come last")
            flat = len(module.normalized_shape) == 1 and FEATURES not in signal.axes
            require(flat, "the normalisation is not over the channels of a frame", "normalise over channels only")
            signal.plain()
            return [convolutions.norm("layer_norm", module, name)]
        case nn.PReLU():
            alone = module.num_parameters == 1
            require(
                alone or (signal.axis(1) == CHANNELS and FEATURES not in signal.axes),
                "the slopes are not one per channel",
                "transpose the input, so that channels come second",
            )
            shared = ("shared",) if alone and signal.size(CHANNELS) * signal.size(FEATURES) > 1 else ()
            return [Word("prelu", name, flags=shared, tensors={"weight": array(module.weight)})]
        case nn.Hardtanh():
            return [clipped(module.min_val, module.max_val, name)]
        case nn.GELU():
            return [functions.gelu(name, module.approximate)]
        case nn.Softplus():
            return [functions.softplus(name, module.beta)]
        case nn.Threshold():
            return [functions.threshold(name, module.threshold, module.value)]
        case nn.MaxPool1d() | nn.AvgPool1d():
            kind = "max_pool" if isinstance(module, nn.MaxPool1d) else "avg_pool"
            size, stride, padding = (
                functions.single(value) for value in (module.kernel_size, module.stride, module.padding)
            )
            dilated = functions.single(getattr(module, "dilation", 1)) != 1
            require(
                not dilated and not module.ceil_mode,
                "the pool is dilated, or ceil_mode is set",
                "use dilation=1 and ceil_mode=False",
            )
            return functions.pooled(signal, kind, name, size, stride, padding)
        case nn.Upsample():
            return functions.upsampled(signal, name, module.mode, module.scale_factor)
        case nn.ConstantPad1d() | nn.ConstantPad2d():
            # ZeroPad1d and ZeroPad2d are of these classes, but for ZeroPad2d before PyTorch 2.1.
            require(module.value == 0, "the padding is not zeros", "pad with zeros")
            return functions.padded(signal, name, module.padding)
        case nn.ZeroPad2d():
            return functions.padded(signal, name, module.padding)
    raise Refused(*INSTEAD_OF.get(type(module).__name__, (f"the macro has no `{type(module).__name__}`", INSTEAD)))


# Common modules that cannot run on a stream.
INSTEAD_OF = {
    "GroupNorm": (
        "the statistics need later frames, which a stream does not have yet",
        "use BatchNorm1d, or LayerNorm over the channels of each frame",
    ),
    "InstanceNorm1d": (
        "the statistics need later frames, which a stream does not have yet",
        "use BatchNorm1d, or LayerNorm over the channels of each frame",
    ),
    "MultiheadAttention": ("attention reads all frames of the sequence", "use dilated convolutions or GRU"),
    "TransformerEncoderLayer": ("attention reads all frames of the sequence", "use dilated convolutions or GRU"),
    "RNN": ("the macro has no `RNN`", "use GRU or LSTM"),
    "AdaptiveMaxPool1d": ("the macro has no maximum over all frames", "use AdaptiveAvgPool1d(1) or MaxPool1d"),
    "Embedding": ("the macro has no `Embedding`", "look up the rows before `push`"),
}
