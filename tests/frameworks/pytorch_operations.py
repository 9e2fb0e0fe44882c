"""Layers of PyTorch of further kinds: pools with padding and over features, reductions, and others."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d, Linear, Sequential

from golden import Golden
from pytorch_blocks import Branches, Causal, Frames, Plane, Sliding
from pytorch_layers import one


class Of(nn.Module):
    """A function of its input."""

    def __init__(self, function: Callable[[Tensor], Tensor]):
        super().__init__()
        self.function = function

    def forward(self, x: Tensor) -> Tensor:
        return self.function(x)


class Joined(Branches):
    """A function of what two modules give."""

    def __init__(self, function: Callable[[Tensor, Tensor], Tensor], *branches: nn.Module):
        super().__init__(*branches)
        self.function = function

    def forward(self, x: Tensor) -> Tensor:
        return self.function(*self.all(x))


class EachFrame(nn.Module):
    """A module of every frame by itself, `(batch * frames, channels, features)`."""

    def __init__(self, module: nn.Module):
        super().__init__()
        self.module = module

    def forward(self, x: Tensor) -> Tensor:
        frames = x.transpose(1, 2)
        return self.module(frames.flatten(0, 1)).unflatten(0, frames.shape[:2]).transpose(1, 2)


def plane(name: str, net: str, features: int, channels: int, *modules: nn.Module, **when) -> Golden:
    return Golden(name, net, features * channels, Plane(features, *modules), **when)


def frames_of(times: int) -> Of:
    """The first channels as the first frame."""
    return Of(lambda x: x.unflatten(1, (times, -1)).permute(0, 2, 3, 1).flatten(2))


def shuffled(times: int) -> Of:
    """`nn.PixelShuffle` in one dimension."""
    return Of(lambda x: x.unflatten(1, (-1, times)).permute(0, 1, 3, 2).flatten(2))


CONVOLUTIONS = [
    plane("conv2d_grouped", "conv2d(k=2, features=5, feature_k=3, feature_pad=1, in=20, out=4, groups=2, relu)", 5, 4,
          Conv2d(4, 4, (2, 3), padding=(0, 1), groups=2), nn.ReLU(), first=1),
    plane("conv2d_dilated", "conv2d(k=2, dilation=2, features=7, feature_k=3, feature_dilation=2, in=7, out=2)", 7, 1,
          Conv2d(1, 2, (2, 3), dilation=2), first=2),
    plane("depthwise2d_multiplier", "depthwise2d(k=2, features=5, feature_k=3, in=10, out=4)", 5, 2,
          Conv2d(2, 4, (2, 3), groups=2), first=1),
    plane("conv_transpose2d", "conv_transpose2d(features=4, feature_k=3, feature_stride=2, in=8, out=3, tanh)", 4, 2,
          ConvTranspose2d(2, 3, (1, 3), stride=(1, 2)), nn.Tanh()),
    plane("conv_transpose2d_padded",
          "conv_transpose2d(features=4, feature_k=4, feature_stride=3, feature_pad=2, feature_output_pad=1, in=8, out=2)",
          4, 2, ConvTranspose2d(2, 2, (1, 4), stride=(1, 3), padding=(0, 2), output_padding=(0, 1))),
    plane("conv_transpose2d_grouped",
          "conv_transpose2d(features=3, feature_k=3, feature_stride=2, feature_pad=1, in=12, out=6, groups=2, no_bias)",
          3, 4, ConvTranspose2d(4, 6, (1, 3), stride=(1, 2), padding=(0, 1), groups=2, bias=False)),
    one("conv_transpose_padded", "conv_transpose(k=4, in=2, out=3, stride=2, pad=1, relu)", 2,
        ConvTranspose1d(2, 3, 4, stride=2, padding=1), nn.ReLU(), block=2, first=1, after=2, frames=24),
    one("conv_transpose_padded_more", "conv_transpose(k=7, in=2, out=2, stride=3, pad=4)", 2,
        ConvTranspose1d(2, 2, 7, stride=3, padding=4, output_padding=1), block=3, first=2, after=3, frames=24),
    one("conv_transpose_padded_stride", "conv_transpose(k=5, in=2, out=2, stride=2, pad=2); conv(k=2, out=2, causal)", 2,
        ConvTranspose1d(2, 2, 5, stride=2, padding=2), Causal(Conv1d(2, 2, 2)), block=2, first=1, after=1, frames=24),
    one("conv_transpose_padded_one", "conv_transpose(k=4, in=2, out=3, stride=1, pad=1)", 2,
        ConvTranspose1d(2, 3, 4, padding=1), first=1, after=2, frames=24),
    one("split", "conv(k=1, in=2, out=6, tanh); split(n=2); dense(out=2)", 2,
        Conv1d(2, 6, 1), nn.Tanh(), frames_of(2), Conv1d(3, 2, 1), block=2, frames=24),
    one("pixel_shuffle", "conv(k=2, in=2, out=6, causal); pixel_shuffle(n=3); dense(out=2)", 2,
        Causal(Conv1d(2, 6, 2)), shuffled(3), Conv1d(2, 2, 1), block=3, frames=24),
]

POOLS = [
    one("max_pool_padded", "conv(k=2, in=2, out=3); max_pool(size=3, stride=2, pad=1)", 2,
        Conv1d(2, 3, 2), nn.MaxPool1d(3, 2, 1), first=2, stride=2, after=1),
    one("max_pool_dilated", "max_pool(in=2, size=3, stride=1, dilation=2, pad=1)", 2,
        nn.MaxPool1d(3, 1, 1, dilation=2), first=3, after=1),
    one("avg_pool_padded", "avg_pool(in=2, size=4, stride=2, pad=2, count_include_pad)", 2,
        nn.AvgPool1d(4, 2, 2), first=1, stride=2, after=1),
    one("avg_pool_padded_not_counted", "avg_pool(in=2, size=3, stride=1, pad=1)", 2,
        nn.AvgPool1d(3, 1, 1, count_include_pad=False), first=1, after=1),
    Golden("global_max", "conv(k=3, in=2, out=4, relu); global_max(frames=8); dense(out=3)", 2,
           Sliding(Sequential(Conv1d(2, 4, 3), nn.ReLU()), 8,
                   Sequential(nn.AdaptiveMaxPool1d(1), nn.Flatten(), Linear(4, 3))), first=9),
    plane("max_pool2d", "max_pool2d(k=2, features=6, feature_k=3, in=12, stride=1, feature_stride=2, feature_pad=1)", 6,
          2, nn.MaxPool2d((2, 3), (1, 2), (0, 1)), first=1),
    plane("max_pool2d_padded", "max_pool2d(k=3, features=5, feature_k=2, in=5, stride=2, pad=1)", 5, 1,
          nn.MaxPool2d((3, 2), (2, 2), (1, 0)), first=1, stride=2),
    plane("avg_pool2d", "avg_pool2d(k=2, features=6, feature_k=2, in=12, pad=1, feature_pad=1, count_include_pad)", 6, 2,
          nn.AvgPool2d(2, padding=1), stride=2, after=1),
    plane("avg_pool2d_not_counted",
          "avg_pool2d(k=3, features=5, feature_k=3, in=10, stride=1, feature_stride=1, pad=1, feature_pad=1)", 5, 2,
          nn.AvgPool2d(3, 1, 1, count_include_pad=False), first=1, after=1),
]

REDUCTIONS = [
    *(one(f"reduce_{name}", f"reduce_{name}(features=5, in=10); dense(out=3)", 10,
          Of(lambda x, function=function: function(x.unflatten(1, (5, 2)), 1)), Conv1d(2, 3, 1))
      for name, function in (("mean", torch.mean), ("sum", torch.sum), ("max", torch.amax), ("min", torch.amin))),
    one("reduce_sum_of_channels", "reduce_sum(features=5, in=15, over_channels)", 15,
        Of(lambda x: x.unflatten(1, (5, 3)).sum(2))),
    one("reduce_mean_of_all", "reduce_mean(in=5); dense(out=2)", 5,
        Of(lambda x: x.mean(1, keepdim=True)), Conv1d(1, 2, 1)),
    plane("expand", "product < | reduce_mean(in=12, features=4); dense(out=3, sigmoid); expand(features=4) >", 4, 3,
          Joined(torch.mul, nn.Identity(),
                 Sequential(Of(lambda x: x.mean(3)), Conv1d(3, 3, 1), nn.Sigmoid(),
                            Of(lambda x: x[..., None].expand(-1, -1, -1, 4))))),
    plane("permute", "permute(in=12, features=4); conv2d(k=2, features=3, feature_k=2, out=2)", 4, 3,
          Of(lambda x: x.transpose(1, 3)), Conv2d(4, 2, 2), first=1),
    one("slice", "concat < slice(in=7, start=1, out=3) | slice(start=0, out=3, step=3) >; dense(out=2)", 7,
        Joined(lambda a, b: torch.cat([a, b], 1), Of(lambda x: x[:, 1:4]), Of(lambda x: x[:, ::3])), Conv1d(6, 2, 1)),
]


def joined(name: str, function: Callable[[Tensor, Tensor], Tensor]) -> Golden:
    return one(name, f"{name} < conv(k=3, in=2, out=3, same) | conv(k=2, out=3, causal, sigmoid) >", 2,
               Joined(function, Conv1d(2, 3, 3, padding=1), Sequential(Causal(Conv1d(2, 3, 2)), nn.Sigmoid())),
               first=1, after=1)


JOINS = [
    joined("difference", torch.sub),
    joined("quotient", torch.div),
    joined("minimum", torch.minimum),
    joined("maximum", torch.maximum),
]

NORMS = [
    # Of the channels of every feature, which are innermost there.
    plane("layer_norm_features", "layer_norm(in=12, features=3, epsilon=0.00001)", 3, 4,
          Of(lambda x: x.permute(0, 2, 3, 1)), nn.LayerNorm(4), Of(lambda x: x.permute(0, 3, 1, 2))),
    plane("group_norm", "group_norm(in=12, features=3, groups=2, epsilon=0.00001)", 3, 4, EachFrame(nn.GroupNorm(2, 4))),
]

RECURRENT = [
    one("rnn", "rnn(in=2, units=4); dense(out=2)", 2, Frames(nn.RNN(2, 4, batch_first=True)), Conv1d(4, 2, 1),
        frames=40),
    one("rnn_relu", "rnn(in=2, units=3, relu, no_bias)", 2,
        Frames(nn.RNN(2, 3, nonlinearity="relu", bias=False, batch_first=True)), frames=40, spread=0.5),
]

GOLDENS = [*CONVOLUTIONS, *POOLS, *REDUCTIONS, *JOINS, *NORMS, *RECURRENT]
