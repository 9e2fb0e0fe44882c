"""Models of PyTorch as users write them; what is printed for them is compiled as it is."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from streaming_net import Exported, Unsupported, export

try:
    from torch.nn.utils.parametrizations import weight_norm
except ImportError:
    # Before PyTorch 2.0.
    from torch.nn.utils import weight_norm

Export = Callable[..., Exported]


class Chomp(nn.Module):
    def __init__(self, frames: int) -> None:
        super().__init__()
        self.frames = frames

    def forward(self, x: Tensor) -> Tensor:
        return x[:, :, : -self.frames].contiguous()


class Temporal(nn.Module):
    """A block of the TCN of Bai, Kolter and Koltun."""

    def __init__(self, inputs: int, outputs: int, dilation: int) -> None:
        super().__init__()
        pad = 2 * dilation
        first = weight_norm(nn.Conv1d(inputs, outputs, 3, padding=pad, dilation=dilation))
        second = weight_norm(nn.Conv1d(outputs, outputs, 3, padding=pad, dilation=dilation))
        self.net = nn.Sequential(
            first, Chomp(pad), nn.ReLU(), nn.Dropout(0.2), second, Chomp(pad), nn.ReLU(), nn.Dropout(0.2)
        )
        self.downsample = nn.Conv1d(inputs, outputs, 1) if inputs != outputs else None

    def forward(self, x: Tensor) -> Tensor:
        shortcut = x if self.downsample is None else self.downsample(x)
        return F.relu(self.net(x) + shortcut)


def test_a_trained_tcn(exported: Export) -> None:
    model = nn.Sequential(Temporal(2, 8, 1), Temporal(8, 8, 2), Temporal(8, 8, 4), nn.Conv1d(8, 1, 1))
    inputs = torch.randn(64, 2, 64)
    target = torch.cumsum(inputs, dim=2)[:, :1] * 0.1
    optimizer = torch.optim.Adam(model.parameters(), 0.005)
    losses = []
    for _ in range(40):
        loss = F.mse_loss(model(inputs), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0]
    result = exported(model, "trained_pytorch", name="Tcn")
    assert model.training
    block = (
        "residual < conv(k=3, out=8, dilation=2, causal, relu); conv(k=3, out=8, dilation=2, causal, relu) >; relu()"
    )
    assert block in result.net


class Recurrent(nn.Module):
    """Of (batch, frames, channels)."""

    def __init__(self) -> None:
        super().__init__()
        self.gru = nn.GRU(3, 5, num_layers=2, batch_first=True)
        self.norm = nn.LayerNorm(5)
        self.out = nn.Linear(5, 2)

    def forward(self, x: Tensor, state: Tensor | None = None) -> Tensor:
        y, _ = self.gru(x, state)
        return torch.sigmoid(self.out(self.norm(y)))


def test_channels_last(exported: Export) -> None:
    result = exported(Recurrent(), "recurrent")
    assert result.net == "gru(in=3, units=5); gru(units=5); layer_norm(epsilon=0.00001); dense(out=2, sigmoid)"


class Classifier(nn.Module):
    def __init__(self, last: str) -> None:
        super().__init__()
        self.last = last
        self.conv = nn.Conv1d(3, 4, 3)
        self.norm = nn.BatchNorm1d(4)
        self.lstm = nn.LSTM(4, 4, batch_first=True)
        self.out = nn.Linear(32 if last in ("flatten", "view") else 4, 2)

    def forward(self, x: Tensor) -> Tensor:
        y = F.max_pool1d(F.leaky_relu(self.norm(self.conv(x))), 2)
        match self.last:
            case "flatten":
                y = torch.flatten(y, 1)
            case "view":
                y = y.view(y.size(0), -1)
            case "mean":
                y = y.mean(dim=-1)
            case "pool":
                y = F.adaptive_avg_pool1d(y, 1).squeeze(-1)
            case "newest":
                y = self.lstm(y.permute(0, 2, 1))[0][:, -1]
        return F.softmax(self.out(y), dim=1)


@pytest.mark.parametrize("last", ["flatten", "view", "mean", "pool", "newest"])
def test_classifiers(exported: Export, last: str) -> None:
    model = Classifier(last).eval()
    nn.init.uniform_(model.norm.running_mean)
    result = exported(model, f"classifier_pytorch_{last}", window=18)
    start = "conv(k=3, in=3, out=4); batch_norm(epsilon=0.00001); leaky_relu(slope=0.01); max_pool(size=2)"
    middle = {"flatten": "flatten(frames=8)", "view": "flatten(frames=8)", "newest": "lstm(units=4)"}
    assert result.net == f"{start}; {middle.get(last, 'global_avg(frames=8)')}; dense(out=2, softmax)"


class WaveNet(nn.Module):
    """Valid convolutions, whose residuals and skips are cropped at the front."""

    def __init__(self) -> None:
        super().__init__()
        self.front = nn.Conv1d(1, 4, 1)
        self.gates = nn.ModuleList(nn.Conv1d(4, 8, 2, dilation=dilation) for dilation in (1, 2, 4))
        self.skips = nn.ModuleList(nn.Conv1d(4, 6, 1, bias=False) for _ in range(3))
        self.mixes = nn.ModuleList(nn.Conv1d(4, 4, 1) for _ in range(3))
        self.out = nn.Conv1d(6, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.front(x)
        frames = x.size(2) - 7
        total = 0
        for gate, skip, mix in zip(self.gates, self.skips, self.mixes, strict=True):
            a, b = gate(x).chunk(2, dim=1)
            y = a.tanh() * b.sigmoid()
            total = skip(y)[..., -frames:] + total
            x = x[:, :, -y.size(2) :] + mix(y)
        return self.out(F.silu(total))


def test_a_wavenet(exported: Export) -> None:
    result = exported(WaveNet(), "wavenet_pytorch")
    assert result.timing.first == 7
    assert result.net.count("skip(out=6)") == 3


class Plane(nn.Module):
    """(batch, mels, frames)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(1, 3, (4, 3), stride=(2, 1)), nn.BatchNorm2d(3), nn.ReLU())
        self.out = nn.Conv1d(12, 2, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.out(self.conv(x.unsqueeze(1)).flatten(1, 2))


def test_planes(exported: Export) -> None:
    frames = np.random.default_rng(4).normal(size=(1, 10, 600))
    result = exported(Plane().eval(), "planes_pytorch", reference=frames)
    plane = "conv2d(k=3, features=10, feature_k=4, feature_stride=2, in=10, out=3)"
    assert result.net == f"{plane}; batch_norm(epsilon=0.00001); relu(); conv(k=2, out=2)"


def test_up_and_down(exported: Export) -> None:
    model = nn.Sequential(
        nn.ConstantPad1d((3, 0), 0.0),
        nn.Conv1d(1, 4, 4, stride=2),
        nn.PReLU(4),
        nn.ConvTranspose1d(4, 2, 4, stride=2),
        nn.Hardtanh(),
    )
    result = exported(model, "up_and_down")
    assert (
        result.net
        == "conv(k=4, in=1, out=4, stride=2, causal); prelu(); conv_transpose(k=4, out=2, stride=2, hard_tanh)"
    )


class Looking(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(1, 4)
        self.both = nn.GRU(4, 2, batch_first=True, bidirectional=True)
        self.mix = nn.Conv1d(4, 4, 3, padding=4)

    def forward(self, x: Tensor) -> Tensor:
        y = F.celu(self.mix(self.norm(x)))
        return self.both(y.transpose(1, 2))[0]


def test_every_layer_in_the_way_is_named() -> None:
    with pytest.raises(Unsupported) as raised:
        export(Looking(), "never.json")
    layers = [problem.layer.partition(" ")[0] for problem in raised.value.problems]
    assert layers == ["norm", "mix", "celu", "both"]


class Branching(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x if x.sum() > 0 else -x


def test_what_cannot_be_traced_is_told() -> None:
    with pytest.raises(Unsupported, match="without branches or loops that depend on values"):
        export(Branching(), "never.json", reference=np.zeros((10, 2)))


def test_a_length_that_is_not_taken_is_told() -> None:
    with pytest.raises(ValueError, match="pass that number as `window`"):
        export(Classifier("flatten"), "never.json")


class MeanOfAll(nn.Module):
    def __init__(self, last: str) -> None:
        super().__init__()
        self.last = last
        self.conv = nn.Conv1d(3, 4, 3)
        self.pool = nn.AdaptiveAvgPool1d(1)
        self.out = nn.Linear(4, 2)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.conv(x))
        return self.out(y.mean(-1) if self.last == "mean" else self.pool(y).squeeze(-1))


@pytest.mark.parametrize(("last", "layer"), [("mean", "mean (mean)"), ("pool", "pool (AdaptiveAvgPool1d)")])
def test_the_mean_of_all_frames_needs_a_window(exported: Export, last: str, layer: str) -> None:
    model = MeanOfAll(last)
    with pytest.raises(Unsupported) as raised:
        export(model, "never.json")
    (problem,) = raised.value.problems
    assert problem.layer == layer
    assert problem.reason == "the layer averages all frames of the input, and the model does not fix their number"
    assert "`window=N`" in problem.instead
    # A run is recorded of any number of frames, so that a reference does not say the window.
    with pytest.raises(Unsupported, match="--window N"):
        export(model, "never.json", reference=np.zeros((1, 3, 40)))
    result = exported(model, f"window_pytorch_{last}", window=20)
    assert result.net == "conv(k=3, in=3, out=4, relu); global_avg(frames=18); dense(out=2)"
    assert (result.timing.first, result.timing.stride) == (19, 1)
