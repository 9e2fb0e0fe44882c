"""A network for every kind of layer that PyTorch has."""

from collections import OrderedDict

import torch
from torch import nn
from torch.nn import Conv1d, ConvTranspose1d, Linear, Sequential

from golden import Golden
from pytorch_blocks import Bias, Causal, Cropped, F, Frames, Function, Oldest, Scale, Sliding, without_bias


def one(name: str, net: str, inputs: int, *modules: nn.Module, **when) -> Golden:
    return Golden(name, net, inputs, Sequential(*modules), **when)


CONVOLUTIONS = [
    one("conv_valid", "conv(k=3, in=2, out=4, relu)", 2, Conv1d(2, 4, 3), nn.ReLU(), first=2),
    one("conv_causal", "conv(k=3, in=2, out=3, causal, tanh)", 2, Causal(Conv1d(2, 3, 3)), nn.Tanh()),
    # The zeros on both sides, and those behind the end cut off, as Bai's TCN does.
    one("conv_causal_cropped", "conv(k=3, in=2, out=3, dilation=2, causal)", 2,
        Conv1d(2, 3, 3, dilation=2, padding=4), Cropped(0, 4)),
    one("conv_same", "conv(k=5, in=2, out=3, same, relu)", 2,
        Conv1d(2, 3, 5, padding="same"), nn.ReLU(), first=2, after=2),
    one("conv_same_even", "conv(k=4, in=2, out=3, same)", 2, Conv1d(2, 3, 4, padding="same"), first=2, after=2),
    one("conv_same_dilated", "conv(k=4, in=2, out=3, dilation=3, same)", 2,
        Conv1d(2, 3, 4, dilation=3, padding="same"), first=5, after=5),
    one("conv_pad", "conv(k=5, in=2, out=3, pad=2)", 2, Conv1d(2, 3, 5, padding=2), first=2, after=2),
    one("conv_pad_less", "conv(k=5, in=2, out=3, pad=1, relu)", 2, Conv1d(2, 3, 5, padding=1), nn.ReLU(), first=3,
        after=1),
    one("conv_pad_all", "conv(k=3, in=2, out=3, dilation=2, stride=2, pad=4)", 2,
        Conv1d(2, 3, 3, dilation=2, stride=2, padding=4), stride=2, after=2),
    one("conv_pad_strided", "conv(k=5, in=2, out=3, stride=2, pad=2)", 2, Conv1d(2, 3, 5, stride=2, padding=2),
        first=2, stride=2, after=1),
    one("conv_pad_strided_more", "conv(k=4, in=2, out=3, stride=3, pad=1, tanh)", 2,
        Conv1d(2, 3, 4, stride=3, padding=1), nn.Tanh(), first=2, stride=3),
    one("conv_pad_strided_twice", "conv(k=3, in=1, out=4, stride=2, pad=1, relu); conv(k=3, out=3, stride=2, pad=1)", 1,
        Conv1d(1, 4, 3, stride=2, padding=1), nn.ReLU(), Conv1d(4, 3, 3, stride=2, padding=1),
        first=3, stride=4, after=1, frames=42),
    one("conv_strided", "conv(k=5, in=2, out=3, stride=2)", 2, Conv1d(2, 3, 5, stride=2), first=4, stride=2),
    one("conv_dilated", "conv(k=3, in=2, out=4, dilation=4)", 2, Conv1d(2, 4, 3, dilation=4), first=8),
    one("conv_dilated_strided", "conv(k=3, in=2, out=4, dilation=3, stride=2)", 2,
        Conv1d(2, 4, 3, dilation=3, stride=2), first=6, stride=2),
    one("conv_grouped", "conv(k=3, in=4, out=6, groups=2)", 4, Conv1d(4, 6, 3, groups=2), first=2),
    one("conv_no_bias", "conv(k=2, in=3, out=4, no_bias)", 3, Conv1d(3, 4, 2, bias=False), first=1),
    one("depthwise", "depthwise(k=3, in=4, relu)", 4, Conv1d(4, 4, 3, groups=4), nn.ReLU(), first=2),
    one("depthwise_multiplier", "depthwise(k=3, in=3, out=6, causal)", 3, Causal(Conv1d(3, 6, 3, groups=3))),
    one("depthwise_pad_strided", "depthwise(k=5, in=3, stride=2, pad=2, no_bias)", 3,
        Conv1d(3, 3, 5, stride=2, padding=2, groups=3, bias=False), first=2, stride=2, after=1),
    one("dense", "dense(in=3, out=5, relu); dense(out=2, no_bias)", 3,
        Frames(Linear(3, 5)), nn.ReLU(), Frames(Linear(5, 2, bias=False))),
    one("dense_by_conv", "dense(in=3, out=5, relu); dense(out=2)", 3, Conv1d(3, 5, 1), nn.ReLU(), Conv1d(5, 2, 1)),
    # As many taps as channels: nothing but the names says the order.
    one("conv_square", "conv(k=3, in=3, out=3, causal)", 3, Causal(Conv1d(3, 3, 3))),
    Golden("labelled", "mix: conv(k=3, in=2, out=2, relu); level: dense(out=2)", 2,
           Sequential(OrderedDict(mix=Conv1d(2, 2, 3), relu=nn.ReLU(), level=Conv1d(2, 2, 1))), first=2, named=True),
]


def activation(name: str, flag: str, layer: str, *functions: nn.Module) -> Golden:
    """The activation as a flag and as a layer, of numbers that reach all of it."""
    first, second = functions
    return one(name, f"dense(in=3, out=4, {flag}); dense(out=4); {layer}", 3,
               Conv1d(3, 4, 1), first, Conv1d(4, 4, 1), second, spread=5.0)


PLAIN = {
    "relu": nn.ReLU, "relu6": nn.ReLU6, "selu": nn.SELU, "silu": nn.SiLU, "tanh": nn.Tanh, "hard_tanh": nn.Hardtanh,
    "sigmoid": nn.Sigmoid, "hard_sigmoid": nn.Hardsigmoid, "hard_swish": nn.Hardswish, "softsign": nn.Softsign,
    "softplus": nn.Softplus, "gelu": nn.GELU, "mish": nn.Mish, "log_sigmoid": nn.LogSigmoid,
}

ACTIVATIONS = [
    *(activation(name, name, f"{name}()", module(), module()) for name, module in PLAIN.items()),
    activation("softmax", "softmax", "softmax()", nn.Softmax(dim=1), nn.Softmax(dim=1)),
    activation("log_softmax", "log_softmax", "log_softmax()", nn.LogSoftmax(dim=1), Function(F.log_softmax, 1)),
    activation("gelu_tanh", "gelu_tanh", "gelu_tanh()", *(nn.GELU(approximate="tanh") for _ in range(2))),
    activation("thresholded_relu", "thresholded_relu=0.5", "thresholded_relu(theta=-0.25)",
               nn.Threshold(0.5, 0.0), Function(F.threshold, -0.25, 0.0)),
    activation("clip", "clip=[0.0, 2.5]", "clip(min=-0.75, max=1.5)", Function(torch.clamp, 0.0, 2.5), nn.Hardtanh(-0.75, 1.5)),
    # Numbers that each of them takes, and that stay small.
    one("functions", "dense(in=3, out=4, abs); sqrt(); dense(out=4, erf); dense(out=4, square); clip(min=0.5, max=2.0); "
        "reciprocal(); power(exponent=1.5); log(); power(exponent=3.0); dense(out=4, softplus); power(exponent=-0.5); "
        "dense(out=3, exp)", 3,
        Conv1d(3, 4, 1), Function(torch.abs), Function(torch.sqrt), Conv1d(4, 4, 1), Function(torch.erf),
        Conv1d(4, 4, 1), Function(torch.square), Function(torch.clamp, 0.5, 2.0), Function(torch.reciprocal),
        Function(torch.pow, 1.5), Function(torch.log), Function(torch.pow, 3.0), Conv1d(4, 4, 1),
        Function(F.softplus), Function(torch.rsqrt), Conv1d(4, 3, 1), Function(torch.exp)),
    activation("leaky_relu", "leaky_relu=0.01", "leaky_relu(slope=0.2)", nn.LeakyReLU(), nn.LeakyReLU(0.2)),
    activation("elu", "elu=1.0", "elu(alpha=0.75)", nn.ELU(), nn.ELU(0.75)),
    one("prelu", "conv(k=2, in=2, out=4, causal); prelu(); dense(out=3)", 2,
        Causal(Conv1d(2, 4, 2)), nn.PReLU(4), Conv1d(4, 3, 1)),
    one("prelu_shared", "conv(k=2, in=2, out=4, causal); prelu(shared)", 2, Causal(Conv1d(2, 4, 2)), nn.PReLU()),
]


def pool(kind: str, module: type, suffix: str, size: int, stride: int) -> Golden:
    """A pool behind a convolution whose first answer is at push 2."""
    written = f", stride={stride}" if stride != size else ""
    return one(f"{kind}{suffix}", f"conv(k=3, in=2, out=3); {kind}(size={size}{written})", 2,
               Conv1d(2, 3, 3), module(size, stride=stride), first=2 + size - 1, stride=stride, frames=30)


POOLS = [
    *(pool(kind, module, suffix, size, stride)
      for kind, module in (("max_pool", nn.MaxPool1d), ("avg_pool", nn.AvgPool1d))
      for suffix, size, stride in (("", 3, 3), ("_sliding", 3, 1), ("_overlapping", 4, 3), ("_with_gaps", 1, 2))),
    Golden("global_avg", "conv(k=3, in=2, out=4, relu); global_avg(frames=8); dense(out=3, softmax)", 2,
           Sliding(Sequential(Conv1d(2, 4, 3), nn.ReLU()), 8,
                   Sequential(nn.AdaptiveAvgPool1d(1), nn.Flatten(), Linear(4, 3), nn.Softmax(dim=1))), first=9),
    Golden("flatten", "conv(k=3, in=3, out=4, relu); flatten(frames=4); dense(out=2)", 3,
           Sliding(nn.Identity(), 6, Sequential(Conv1d(3, 4, 3), nn.ReLU(), Oldest(), Linear(16, 2))), first=5),
    Golden("flatten_pad_strided", "conv(k=3, in=2, out=3, stride=2, pad=1); flatten(frames=3); dense(out=2, tanh)", 2,
           Sliding(Conv1d(2, 3, 3, stride=2, padding=1), 3, Sequential(Oldest(), Linear(9, 2), nn.Tanh())),
           first=5, stride=2),
]

BATCH_NORM = "batch_norm(epsilon=0.00001)"

NORMS = [
    one("batch_norm", f"conv(k=3, in=2, out=4); {BATCH_NORM}; relu()", 2,
        Conv1d(2, 4, 3), nn.BatchNorm1d(4), nn.ReLU(), first=2),
    one("batch_norm_after_no_bias", f"conv(k=3, in=2, out=4, no_bias); {BATCH_NORM}; tanh()", 2,
        Conv1d(2, 4, 3, bias=False), nn.BatchNorm1d(4), nn.Tanh(), first=2),
    one("batch_norm_after_relu", f"conv(k=3, in=2, out=4, relu); {BATCH_NORM}", 2,
        Conv1d(2, 4, 3), nn.ReLU(), nn.BatchNorm1d(4), first=2),
    one("batch_norm_before_valid", f"dense(in=2, out=4, relu); {BATCH_NORM}; conv(k=3, out=3, no_bias)", 2,
        Conv1d(2, 4, 1), nn.ReLU(), nn.BatchNorm1d(4), Conv1d(4, 3, 3, bias=False), first=2),
    one("batch_norm_before_causal", f"dense(in=2, out=4, relu); {BATCH_NORM}; conv(k=3, out=3, causal)", 2,
        Conv1d(2, 4, 1), nn.ReLU(), nn.BatchNorm1d(4), Causal(Conv1d(4, 3, 3))),
    one("batch_norm_before_pad", f"dense(in=2, out=4, relu); {BATCH_NORM}; conv(k=3, out=3, stride=2, pad=1)", 2,
        Conv1d(2, 4, 1), nn.ReLU(), nn.BatchNorm1d(4), Conv1d(4, 3, 3, stride=2, padding=1), first=1, stride=2),
    one("batch_norm_before_dense", f"conv(k=2, in=2, out=4, relu); {BATCH_NORM}; dense(out=3, tanh)", 2,
        Conv1d(2, 4, 2), nn.ReLU(), nn.BatchNorm1d(4), Frames(Linear(4, 3)), nn.Tanh(), first=1),
    one("batch_norm_after_transpose", f"conv_transpose(k=4, in=2, out=3, stride=2); {BATCH_NORM}; relu()", 2,
        ConvTranspose1d(2, 3, 4, stride=2), nn.BatchNorm1d(3), nn.ReLU(), block=2, after=2, frames=24),
    one("batch_norm_plain",
        "conv(k=2, in=2, out=3); batch_norm(epsilon=0.001, no_scale, no_center); relu()", 2,
        Conv1d(2, 3, 2), nn.BatchNorm1d(3, eps=0.001, affine=False), nn.ReLU(), first=1),
    one("layer_norm", "conv(k=3, in=2, out=5); layer_norm(epsilon=0.00001); dense(out=2)", 2,
        Conv1d(2, 5, 3), Frames(nn.LayerNorm(5)), Conv1d(5, 2, 1), first=2),
    one("layer_norm_no_center", "dense(in=2, out=4); layer_norm(epsilon=0.00001, no_center)", 2,
        Conv1d(2, 4, 1), Frames(without_bias(nn.LayerNorm(4)))),
    one("layer_norm_plain", "dense(in=2, out=4); layer_norm(epsilon=0.001, no_scale, no_center)", 2,
        Conv1d(2, 4, 1), Frames(nn.LayerNorm(4, eps=0.001, elementwise_affine=False))),
    one("scale_and_bias", "conv(k=2, in=2, out=3); scale(); tanh(); bias(); dense(out=2)", 2,
        Conv1d(2, 3, 2), Scale(3), nn.Tanh(), Bias(3), Conv1d(3, 2, 1), first=1),
    one("scale_before_causal", "scale(in=2); bias(); conv(k=3, out=3, causal)", 2,
        Scale(2), Bias(2), Causal(Conv1d(2, 3, 3))),
]


def recurrent(name: str, net: str, inputs: int, *modules: nn.Module) -> Golden:
    return one(name, net, inputs, *modules, frames=40)


RECURRENT = [
    recurrent("gru", "gru(in=2, units=4)", 2, Frames(nn.GRU(2, 4, batch_first=True))),
    recurrent("gru_no_bias", "gru(in=3, units=2, no_bias)", 3, Frames(nn.GRU(3, 2, bias=False, batch_first=True))),
    recurrent("gru_stacked", "gru(in=1, units=4); gru(units=4); dense(out=2)", 1,
              Frames(nn.GRU(1, 4, num_layers=2, batch_first=True)), Frames(Linear(4, 2))),
    recurrent("lstm", "lstm(in=2, units=4)", 2, Frames(nn.LSTM(2, 4, batch_first=True))),
    recurrent("lstm_no_bias", "lstm(in=3, units=2, no_bias)", 3, Frames(nn.LSTM(3, 2, bias=False, batch_first=True))),
    recurrent("lstm_stacked", "lstm(in=1, units=4); lstm(units=4); dense(out=2)", 1,
              Frames(nn.LSTM(1, 4, num_layers=2, batch_first=True)), Frames(Linear(4, 2))),
    one("gru_pad_strided", "conv(k=5, in=1, out=4, stride=3, pad=2, relu); gru(units=4); dense(out=1)", 1,
        Conv1d(1, 4, 5, stride=3, padding=2), nn.ReLU(), Frames(nn.GRU(4, 4, batch_first=True)), Conv1d(4, 1, 1),
        first=2, stride=3, frames=48),
]

SLOW_TO_FAST = [
    one("upsample", "dense(in=2, out=3, relu); upsample(n=3); conv(k=2, out=2, causal)", 2,
        Conv1d(2, 3, 1), nn.ReLU(), nn.Upsample(scale_factor=3), Causal(Conv1d(3, 2, 2)), block=3, frames=24),
    one("conv_transpose", "conv_transpose(k=5, in=2, out=3, stride=2, relu)", 2,
        ConvTranspose1d(2, 3, 5, stride=2), nn.ReLU(), block=2, after=3, frames=24),
    one("conv_transpose_exact", "conv_transpose(k=3, in=2, out=2, stride=3, no_bias)", 2,
        ConvTranspose1d(2, 2, 3, stride=3, bias=False), block=3, frames=24),
    # PyTorch's length ends with the newest frame's last tap; `output_padding` has the gap behind it too.
    one("conv_transpose_with_gaps", "conv_transpose(k=2, in=2, out=2, stride=3)", 2,
        ConvTranspose1d(2, 2, 2, stride=3, output_padding=1), block=3, frames=24),
    one("conv_transpose_square", "conv_transpose(k=3, in=3, out=3, stride=2)", 3,
        ConvTranspose1d(3, 3, 3, stride=2), block=2, after=1, frames=24),
    one("down_and_up", "conv(k=4, in=1, out=4, stride=2, pad=1, relu); conv_transpose(k=4, out=1, stride=2)", 1,
        Conv1d(1, 4, 4, stride=2, padding=1), nn.ReLU(), ConvTranspose1d(4, 1, 4, stride=2),
        first=2, stride=2, block=2, after=4),
]

GOLDENS = [*CONVOLUTIONS, *ACTIVATIONS, *POOLS, *NORMS, *RECURRENT, *SLOW_TO_FAST]
