"""The frames that are drawn as what an answer sees are those that its gradient is of."""

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from streaming_net import export
from streaming_net.__main__ import main
from streaming_net.timeline import Timeline


class Residual(nn.Module):
    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(2, 2, 3, dilation=dilation)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x)
        return x[..., x.size(2) - y.size(2) :] + torch.tanh(y)


class Beside(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.wide, self.narrow = nn.Conv1d(2, 2, 5, padding=2), nn.Conv1d(2, 2, 3, dilation=2, padding=2)

    def forward(self, x: Tensor) -> Tensor:
        return self.wide(x) * torch.sigmoid(self.narrow(x))


MODELS = {
    "dilated": nn.Sequential(nn.Conv1d(2, 3, 3, dilation=5), nn.Tanh(), nn.Conv1d(3, 2, 2)),
    "strided": nn.Sequential(nn.Conv1d(2, 3, 4, stride=2), nn.AvgPool1d(3, 2), nn.Conv1d(3, 2, 2, dilation=2)),
    "residual": nn.Sequential(Residual(1), Residual(3), Residual(9)),
    "beside": nn.Sequential(Beside(), nn.Conv1d(2, 2, 3, stride=2, padding=1)),
    "transposed": nn.Sequential(nn.Conv1d(2, 2, 3, dilation=2), nn.ConvTranspose1d(2, 2, 5, stride=2)),
}


@pytest.mark.parametrize("name", MODELS)
def test_the_frames_that_an_answer_sees(name: str, tmp_path: Path) -> None:
    exported = export(MODELS[name], tmp_path / "net.safetensors", show=False)
    timeline = Timeline(exported.chain)
    answer = timeline.newest(40)
    x = torch.randn(1, 2, 100, requires_grad=True)
    MODELS[name](x)[0, 0, answer].backward()
    assert x.grad is not None
    frames = x.grad.abs().sum(1)[0].nonzero().flatten().tolist()
    assert sorted(timeline.sees(answer)[0]) == frames


def test_the_command_draws_an_exported_file(tmp_path: Path) -> None:
    file, picture = str(tmp_path / "net.safetensors"), tmp_path / "timeline.svg"
    export(MODELS["residual"], file, show=False)
    assert main(["draw", file, "-o", str(picture)]) == 0
    assert "conv(k=3, dilation=9)" in picture.read_text()
