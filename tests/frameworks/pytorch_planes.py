"""Convolutions of PyTorch over time and features."""

from torch import nn
from torch.nn import Conv1d, Conv2d, Sequential

from golden import Golden
from pytorch_blocks import Plane

GOLDENS = [
    Golden("conv2d", "conv2d(k=3, features=5, feature_k=2, in=10, out=3, relu)", 10,
           Plane(5, Conv2d(2, 3, (3, 2)), nn.ReLU()), first=2),
    Golden("conv2d_feature_stride", "conv2d(k=3, features=8, feature_k=3, feature_stride=2, in=8, out=3, no_bias)", 8,
           Plane(8, Conv2d(1, 3, 3, stride=(1, 2), bias=False)), first=2),
    Golden("conv2d_feature_same", "conv2d(k=2, features=5, feature_k=3, feature_same, in=10, out=2, tanh)", 10,
           Plane(5, Conv2d(2, 2, (2, 3), padding=(0, 1)), nn.Tanh()), first=1),
    Golden("conv2d_same", "conv2d(k=4, features=5, feature_k=4, feature_same, in=5, out=2, same)", 5,
           Plane(5, Conv2d(1, 2, 4, padding="same")), first=2, after=2),
    Golden("conv2d_causal", "conv2d(k=3, features=4, feature_k=2, in=8, out=2, causal, relu)", 8,
           Plane(4, nn.ZeroPad2d((0, 0, 2, 0)), Conv2d(2, 2, (3, 2)), nn.ReLU())),
    # As many taps as channels in every direction: nothing but the names says the order.
    Golden("conv2d_square", "conv2d(k=3, features=4, feature_k=3, in=12, out=3)", 12,
           Plane(4, Conv2d(3, 3, 3)), first=2),
    Golden("depthwise2d", "depthwise2d(k=3, features=5, feature_k=2, in=15, relu)", 15,
           Plane(5, Conv2d(3, 3, (3, 2), groups=3), nn.ReLU()), first=2),
    Golden("depthwise2d_strided",
           "depthwise2d(k=3, features=7, feature_k=3, feature_stride=2, in=14, stride=2, pad=1)", 14,
           Plane(7, Conv2d(2, 2, 3, stride=2, padding=(1, 0), groups=2)), first=1, stride=2),
    Golden("conv2d_stacked", "conv2d(k=3, features=8, feature_k=3, feature_stride=2, in=8, out=4, pad=1, relu); "
           "conv2d(k=3, features=3, feature_k=3, feature_same, out=2, stride=2, pad=1, relu); dense(out=3)", 8,
           Sequential(Plane(8, Conv2d(1, 4, 3, stride=(1, 2), padding=(1, 0)), nn.ReLU(),
                            Conv2d(4, 2, 3, stride=(2, 1), padding=1), nn.ReLU()), Conv1d(6, 3, 1)),
           first=2, stride=2, after=1),
]
