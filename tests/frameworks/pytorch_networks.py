"""Whole networks of PyTorch, as they are published, only small."""

from torch import nn
from torch.nn import Conv1d, Linear, Sequential

from golden import Golden
from pytorch_blocks import Causal, Frames, Gated, Residual, Skip, Skips, Sliding


def tcn() -> Golden:
    """Bai, Kolter and Koltun, arXiv:1803.01271: residual blocks of two dilated causal convolutions."""
    text, modules = [], []
    for block, dilation in enumerate((1, 2, 4, 8)):
        inputs = 2 if block == 0 else 8
        first = "in=2, " if block == 0 else ""
        dilated = f", dilation={dilation}" if dilation > 1 else ""
        project = "(project)" if block == 0 else ""
        text += [f"residual{project} < conv(k=3, {first}out=8{dilated}, causal, relu); "
                 f"conv(k=3, out=8{dilated}, causal, relu) >", "relu()"]
        convs = Sequential(Causal(Conv1d(inputs, 8, 3, dilation=dilation)), nn.ReLU(),
                           Causal(Conv1d(8, 8, 3, dilation=dilation)), nn.ReLU())
        modules += [Residual(convs, Conv1d(2, 8, 1) if block == 0 else None), nn.ReLU()]
    return Golden("tcn", "; ".join([*text, "dense(out=2)"]), 2, Sequential(*modules, Conv1d(8, 2, 1)), frames=80)


def wavenet() -> Golden:
    """van den Oord et al., arXiv:1609.03499: filter and gate apart. The last 1x1 convolution is for nothing."""
    text, blocks = [], []
    for dilation in [1, 2, 4, 8, 16] * 2:
        conv = f"conv(k=2, out=4{f', dilation={dilation}' if dilation > 1 else ''}, causal)"
        text.append(f"residual < gated < {conv} | {conv} >; skip(out=6); conv(k=1, out=4) >")
        gate = Gated(*(Causal(Conv1d(4, 4, 2, dilation=dilation)) for _ in range(2)))
        blocks.append(Residual(Sequential(gate, Skip(Conv1d(4, 6, 1)), Conv1d(4, 4, 1))))
    net = ["conv(k=2, in=1, out=4, causal)", f"skips < {'; '.join(text)} >", "relu()", "conv(k=1, out=6, relu)",
           "conv(k=1, out=1)"]
    return Golden("wavenet", "; ".join(net), 1,
                  Sequential(Causal(Conv1d(1, 4, 2)), Skips(*blocks), nn.ReLU(), Conv1d(6, 6, 1), nn.ReLU(),
                             Conv1d(6, 1, 1)), frames=80)


def keywords() -> Golden:
    """Zhang et al., arXiv:1711.07128 (DS-CNN), over time: depthwise-separable convolutions, batch norms, the mean."""
    norm = "batch_norm(epsilon=0.00001); relu()"
    text = [f"conv(k=5, in=8, out=8, stride=2, pad=2, no_bias); {norm}"]
    modules = [Conv1d(8, 8, 5, stride=2, padding=2, bias=False), nn.BatchNorm1d(8), nn.ReLU()]
    for stride in (1, 2, 1):
        strided = f", stride={stride}" if stride > 1 else ""
        text.append(f"depthwise(k=3{strided}, pad=1, no_bias); {norm}; conv(k=1, out=8, no_bias); {norm}")
        modules += [Conv1d(8, 8, 3, stride=stride, padding=1, groups=8, bias=False), nn.BatchNorm1d(8), nn.ReLU(),
                    Conv1d(8, 8, 1, bias=False), nn.BatchNorm1d(8), nn.ReLU()]
    text.append("global_avg(frames=6); dense(out=4, softmax)")
    answers = Sequential(nn.AdaptiveAvgPool1d(1), nn.Flatten(), Linear(8, 4), nn.Softmax(dim=1))
    # The last depthwise convolution answers push 10 first: 2 + 1 * 2 + 1 * 2 + 1 * 4; the mean needs six of its frames.
    return Golden("keywords", "; ".join(text), 8, Sliding(Sequential(*modules), 6, answers), first=10 + 4 * 5, stride=4,
                  after=2, frames=80)


def amp() -> Golden:
    """Wright et al., DAFx 2019, for guitar amplifiers: a recurrent layer learns what is to be added to the input."""
    gru = Frames(nn.GRU(4, 8, batch_first=True))
    return Golden("amp", "residual < conv(k=3, in=1, out=4, causal, tanh); gru(units=8); dense(out=1) >", 1,
                  Residual(Sequential(Causal(Conv1d(1, 4, 3)), nn.Tanh(), gru, Frames(Linear(8, 1)))), frames=80)


GOLDENS = [tcn(), wavenet(), keywords(), amp()]
