"""Whole networks of Keras, as they are published, only small."""

from golden import Golden
from keras_blocks import Branches, Chain, Halves, L, Residual, Skip, Skips, Sliding


def causal(channels: int, taps: int, **options) -> L.Conv1D:
    return L.Conv1D(channels, taps, padding="causal", **options)


def tcn() -> Golden:
    """Bai, Kolter and Koltun, arXiv:1803.01271: residual blocks of two dilated causal convolutions."""
    text, parts = [], []
    for block, dilation in enumerate((1, 2, 4, 8)):
        first = "in=2, " if block == 0 else ""
        dilated = f", dilation={dilation}" if dilation > 1 else ""
        project = "(project)" if block == 0 else ""
        text += [f"residual{project} < conv(k=3, {first}out=8{dilated}, causal, relu); "
                 f"conv(k=3, out=8{dilated}, causal, relu) >", "relu()"]
        convs = (causal(8, 3, dilation_rate=dilation, activation="relu") for _ in range(2))
        parts += [Residual(Chain(*convs), L.Conv1D(8, 1) if block == 0 else None), L.ReLU()]
    return Golden("tcn", "; ".join([*text, "dense(out=2)"]), 2, Chain(*parts, L.Dense(2)), frames=80)


def wavenet() -> Golden:
    """van den Oord et al., arXiv:1609.03499: one convolution for filter and gate."""
    text, blocks = [], []
    dilations = [1, 2, 4, 8, 16] * 2
    for block, dilation in enumerate(dilations):
        dilated = f", dilation={dilation}" if dilation > 1 else ""
        gate = f"conv(k=2, out=8{dilated}, causal); gated(); skip(out=6)"
        last = block == len(dilations) - 1
        text.append(gate if last else f"residual < {gate}; conv(k=1, out=4) >")
        parts = causal(8, 2, dilation_rate=dilation), Halves("tanh", "sigmoid"), Skip(L.Conv1D(6, 1))
        blocks.append(Chain(*parts) if last else Residual(Chain(*parts, L.Conv1D(4, 1))))
    net = ["conv(k=2, in=1, out=4, causal)", f"skips < {'; '.join(text)} >", "relu()", "conv(k=1, out=6, relu)",
           "conv(k=1, out=1)"]
    return Golden("wavenet", "; ".join(net), 1,
                  Chain(causal(4, 2), Skips(*blocks), L.ReLU(), L.Conv1D(6, 1, activation="relu"), L.Conv1D(1, 1)),
                  frames=80)


def keywords() -> Golden:
    """Zhang et al., arXiv:1711.07128 (DS-CNN), over time: depthwise-separable convolutions, batch norms, the mean."""
    norm = "batch_norm(epsilon=0.001); relu()"
    text = [f"conv(k=5, in=8, out=8, stride=2, no_bias); {norm}"]
    parts = [L.Conv1D(8, 5, strides=2, use_bias=False), L.BatchNormalization(), L.ReLU()]
    for stride in (1, 2, 1):
        strided = f", stride={stride}" if stride > 1 else ""
        text.append(f"depthwise(k=3{strided}, no_bias); {norm}; dense(out=8, no_bias); {norm}")
        parts += [L.DepthwiseConv1D(3, strides=stride, use_bias=False), L.BatchNormalization(), L.ReLU(),
                  L.Dense(8, use_bias=False), L.BatchNormalization(), L.ReLU()]
    text.append("global_avg(frames=6); dense(out=4, softmax)")
    answers = Chain(L.GlobalAveragePooling1D(), L.Dense(4, activation="softmax"))
    # The last depthwise convolution answers push 20 first: 4 + 2 * 2 + 2 * 2 + 4 * 2; the mean needs six of its frames.
    return Golden("keywords", "; ".join(text), 8, Sliding(Chain(*parts), 6, answers), first=20 + 4 * 5, stride=4,
                  frames=80)


def amp() -> Golden:
    """Wright et al., DAFx 2019, for guitar amplifiers: a recurrent layer learns what is to be added to the input."""
    return Golden("amp", "sum < conv(k=3, in=1, out=4, causal, tanh); gru(units=8); dense(out=1) | >", 1,
                  Branches(L.Add(), Chain(causal(4, 3, activation="tanh"), L.GRU(8, return_sequences=True), L.Dense(1)),
                           Chain()), frames=80)


def wavenet_stack() -> Golden:
    """Every block alike: nothing takes what the last 1x1 convolution gives, and the file has it."""
    blocks = [Residual(Chain(causal(8, 3, dilation_rate=dilation), Halves("tanh", "sigmoid"), Skip(L.Conv1D(6, 1)),
                             L.Conv1D(4, 1))) for dilation in (1, 2, 4)]
    return Golden("wavenet_stack", "conv(k=1, in=2, out=4); wavenet(channels=4, k=3, dilations=[1, 2, 4], skip=6, "
                  "gated, causal); relu(); dense(out=1)", 2,
                  Chain(L.Conv1D(4, 1), Skips(*blocks), L.ReLU(), L.Dense(1)), frames=40)


GOLDENS = [tcn(), wavenet(), wavenet_stack(), keywords(), amp()]
