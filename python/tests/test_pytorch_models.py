"""Models of PyTorch as users write them; what is printed for them is compiled as it is."""

from collections.abc import Callable
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from streaming_net import Exported

try:
    from torch.nn.utils.parametrizations import weight_norm
except ImportError:
    # Before PyTorch 2.0.
    from torch.nn.utils import weight_norm

Export = Callable[..., Exported]


def shape(exported: Exported) -> tuple[tuple[int, ...], tuple[int, ...]]:
    (given,), (made,) = exported.inputs.values(), exported.outputs.values()
    return given.shape, made.shape


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
    model = nn.Sequential(Temporal(2, 8, 1), Temporal(8, 8, 2), nn.Conv1d(8, 1, 1))
    inputs = torch.randn(64, 2, 64)
    target = torch.cumsum(inputs, dim=2)[:, :1] * 0.1
    optimizer = torch.optim.Adam(model.parameters(), 0.005)
    losses = []
    for _ in range(20):
        loss = F.mse_loss(model(inputs), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0]
    before = {name: value.clone() for name, value in model.state_dict().items()}
    result = exported(model, "trained_pytorch", name="Tcn")
    assert "pub struct Tcn;" in result.macro
    assert (result.time, result.window) == (2, None)
    assert shape(result) == ((1, 2, 600), (1, 1, 600))
    # The model is as before, and can be trained on.
    assert model.training and all(module.training for module in model.modules())
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    F.mse_loss(model(inputs), target).backward()
    optimizer.step()


def test_the_file(exported: Export) -> None:
    result = exported(nn.Sequential(nn.Conv1d(2, 3, 3), nn.Tanh()), "file_pytorch", seed=5)
    proto = onnx.load(result.path)
    metadata = {entry.key: entry.value for entry in proto.metadata_props}
    assert metadata == {"streaming_net.framework": f"torch {torch.__version__}", "streaming_net.time": "2"}
    run = {constant.name: onnx.numpy_helper.to_array(constant) for constant in proto.graph.initializer}
    assert run["reference.input"].shape == (1, 2, 600)
    assert np.array_equal(run["reference.output"], result.outputs["output"])
    (dimension,) = [axis.dim_param for axis in proto.graph.input[0].type.tensor_type.shape.dim if axis.dim_param]
    assert dimension == "time"


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
    frames = np.random.default_rng(1).normal(size=(80, 3))
    assert shape(exported(Recurrent(), "recurrent", reference=frames)) == ((1, 80, 3), (1, 80, 2))


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
        return F.log_softmax(self.out(y), dim=1)


@pytest.mark.parametrize("last", ["flatten", "view", "mean", "pool", "newest"])
def test_windows(exported: Export, last: str) -> None:
    model = Classifier(last).eval()
    nn.init.uniform_(model.norm.running_mean)
    result = exported(model, f"classifier_pytorch_{last}", window=18, carry=last == "newest")
    assert (result.time, result.window) == (2, 18)
    assert ("#[carry]" in result.macro) == (last == "newest")
    # The window comes twice, so that the stream has a past before the second one.
    (frames,) = result.inputs.values()
    assert frames.shape[2] == 36
    assert np.array_equal(frames[..., :18], frames[..., -18:])


def test_a_window_of_many_frames(exported: Export) -> None:
    model = nn.Sequential(nn.Conv1d(1, 2, 9, stride=8), nn.Flatten(), nn.Linear(2 * 87, 2))
    assert exported(model, "long_pytorch", window=700).window == 700


class Causal(nn.Conv1d):
    """Case 1: a class of a user's own, of a layer."""

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(F.pad(x, (2, 0)))


class Norm(nn.BatchNorm1d):
    pass


class Cell(nn.GRU):
    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x.transpose(1, 2))[0].transpose(1, 2)


class SequenceFirst(nn.Module):
    """Case 3."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm, self.fc = nn.LSTM(3, 4), nn.Linear(4, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.lstm(x.permute(1, 0, 2))[0][-1])


class Hidden(nn.Module):
    """Case 4, and case 22 for the first state."""

    def __init__(self, kind: type) -> None:
        super().__init__()
        self.cell, self.fc = kind(3, 4, batch_first=True), nn.Linear(4, 2)

    def forward(self, x: Tensor) -> Tensor:
        if isinstance(self.cell, nn.GRU):
            return self.fc(self.cell(x, torch.zeros(1, x.size(0), 4))[1][-1])
        return self.fc(self.cell(x)[1][0].squeeze(0))


class LstmFcn(nn.Module):
    """Case 5."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm, self.conv, self.out = nn.LSTM(3, 4, batch_first=True), nn.Conv1d(3, 4, 3), nn.Linear(8, 2)

    def forward(self, x: Tensor) -> Tensor:
        newest = self.lstm(x)[0][:, -1]
        return self.out(torch.cat([newest, self.conv(x.transpose(1, 2)).mean(-1)], 1))


class Buffered(nn.Module):
    """Case 6."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv1d(2, 3, 3)
        self.register_buffer("past", torch.zeros(1, 2, 2))

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(torch.cat([self.past, x], -1))


class Spectrum(nn.Module):
    """No layer states its one channel."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("basis", torch.randn(6, 1, 8))

    def forward(self, x: Tensor) -> Tensor:
        y = F.conv1d(x, self.basis, stride=4)
        return torch.sqrt(y[:, :3] ** 2 + y[:, 3:] ** 2 + 1e-3)


class Skipping(nn.Module):
    """The first layer of `modules()` is not the first one that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.last, self.first = nn.Conv1d(5, 1, 1), nn.Conv1d(2, 5, 3, padding="valid")

    def forward(self, x: Tensor) -> Tensor:
        return self.last(torch.relu(self.first(x)))


CASES: dict[str, tuple[Callable[[], nn.Module], dict[str, Any]]] = {
    "subclasses": (lambda: nn.Sequential(Causal(2, 4, 3), Norm(4), Cell(4, 3, batch_first=True)), {}),
    "sequence_first": (SequenceFirst, {}),
    "hidden_gru": (lambda: Hidden(nn.GRU), {}),
    "hidden_lstm": (lambda: Hidden(nn.LSTM), {}),
    "lstm_fcn": (LstmFcn, {"window": 16, "carry": True}),
    "buffered": (Buffered, {}),
    "spectrum": (Spectrum, {}),
    "skipping": (Skipping, {}),
    "same_even": (lambda: nn.Conv1d(2, 3, 4, padding="same"), {}),
    "half": (lambda: nn.Sequential(nn.Conv1d(2, 3, 3), nn.Tanh()).half(), {}),
    "up_and_down": (
        lambda: nn.Sequential(nn.Conv1d(1, 4, 4, stride=2), nn.PReLU(4), nn.ConvTranspose1d(4, 2, 4, 2)),
        {},
    ),
    "mlp": (lambda: nn.Sequential(nn.Linear(6, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 6)), {}),
    "frames_first": (lambda: nn.Sequential(nn.Linear(3, 4), nn.GELU(), nn.Linear(4, 2)), {}),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str, exported: Export) -> None:
    made, options = CASES[name]
    result = exported(made(), f"case_pytorch_{name}", **options)
    time = {"mlp": None, "sequence_first": 1, "hidden_gru": 1, "hidden_lstm": 1, "lstm_fcn": 1, "frames_first": 1}
    assert result.time == time.get(name, 2)


class Order(nn.Module):
    """(time, batch, channels)"""

    def __init__(self) -> None:
        super().__init__()
        self.lstm, self.fc = nn.LSTM(3, 4), nn.Linear(4, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(self.lstm(x)[0])


def test_time_first(exported: Export) -> None:
    assert shape(exported(Order(), "time_first_pytorch")) == ((600, 1, 3), (600, 1, 2))
    frames = np.random.default_rng(1).normal(size=(50, 1, 3))
    assert exported(Order(), "time_first_given_pytorch", reference=frames).time == 0


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
            total = skip(y)[..., y.size(2) - frames :] + total
            x = x[:, :, x.size(2) - y.size(2) :] + mix(y)
        return self.out(F.silu(total))


def test_a_wavenet(exported: Export) -> None:
    assert shape(exported(WaveNet(), "wavenet_pytorch")) == ((1, 1, 600), (1, 1, 593))


class Plane(nn.Module):
    """(batch, mels, frames)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(1, 3, (4, 3), stride=(2, 1)), nn.BatchNorm2d(3), nn.ReLU())
        self.out = nn.Conv1d(12, 2, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.out(self.conv(x.unsqueeze(1)).flatten(1, 2))


def test_planes(exported: Export) -> None:
    frames = np.random.default_rng(4).normal(size=(1, 10, 60))
    assert exported(Plane().eval(), "planes_pytorch", reference=frames).time == 2
    # Both axes of a plane could be time.
    plane = nn.Conv2d(1, 2, 3)
    frames = np.random.default_rng(4).normal(size=(1, 1, 6, 60))
    assert exported(plane, "plane_pytorch", reference=frames, time=3).time == 3


class Several(nn.Module):
    """Two inputs and two outputs."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.gru = nn.Linear(3, 4), nn.GRU(4, 4, batch_first=True)

    def forward(self, sound: Tensor, knobs: Tensor) -> dict[str, Tensor]:
        y = torch.tanh(self.conv(torch.cat([sound, knobs], 2)))
        z, _ = self.gru(y)
        return {"pitch": y, "voice": z}


def test_several_inputs_and_outputs(exported: Export) -> None:
    random = np.random.default_rng(2)
    frames = [random.normal(size=(1, 70, 1)), random.normal(size=(1, 70, 2))]
    result = exported(Several(), "several_pytorch", reference=frames)
    assert list(result.inputs) == ["sound", "knobs"]
    assert list(result.outputs) == ["pitch", "voice"]


def test_large_weights(exported: Export) -> None:
    """Case 12."""
    model = nn.Sequential(nn.Conv1d(512, 512, 1), nn.Tanh(), nn.Conv1d(512, 2, 1))
    result = exported(model, "large_pytorch", reference=np.random.default_rng(1).normal(size=(20, 512)))
    assert "    #[budget(flash = 1170000)]\n" in result.macro
