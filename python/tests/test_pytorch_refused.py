"""What is refused, and the message: one line for each layer."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from streaming_net import Unsupported, export


def said(model: nn.Module, **options: Any) -> str:
    """The message of what is wrong with the call."""
    with pytest.raises(ValueError) as raised:
        export(model, "never.onnx", **options)
    assert "\n" not in str(raised.value)
    assert not Path("never.onnx").exists()
    return str(raised.value)


def refused(model: nn.Module, **options: Any) -> str:
    """The message of why the model cannot be exported."""
    with pytest.raises(Unsupported) as raised:
        export(model, "never.onnx", **options)
    assert len(str(raised.value).splitlines()) == len(raised.value.problems)
    assert not Path("never.onnx").exists()
    return str(raised.value)


def conv() -> nn.Module:
    return nn.Sequential(nn.Conv1d(3, 4, 3), nn.ReLU())


def test_weights_that_are_no_numbers() -> None:
    """Case 28."""
    model = nn.Sequential(nn.Conv1d(3, 4, 3), nn.BatchNorm1d(4), nn.Conv1d(4, 1, 1))
    nn.init.constant_(model[0].bias, torch.nan)
    nn.init.constant_(model[1].running_var, torch.inf)
    reason = "its weights contain NaN or infinity"
    assert refused(model) == f"0 (Conv1d): {reason}\n1 (BatchNorm1d): {reason}"


class Log(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.log(x)


def test_outputs_that_are_no_numbers() -> None:
    frames = np.array([[1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
    assert "`output` in the recorded run is NaN" in refused(Log(), reference=frames[None], time=1)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (np.zeros((400, 4)), "does not run on `reference` of the shape (400, 4): 0 (Conv1d): Given groups=1"),
        (np.zeros((1, 4, 400)), "does not run on `reference` of the shape (1, 4, 400): 0 (Conv1d): Given groups=1"),
        (np.zeros((2, 3)), "(2, 3): 0 (Conv1d): "),
        (np.zeros((3, 3)), "the model runs on (1, 3, 3) with time=2 and (1, 3, 3) with time=1: pass `time`"),
        (np.zeros((1, 3, 3)), "which axis of `reference` (1, 3, 3) is time is not clear"),
        (np.zeros((2, 3, 40)), "`reference` is a batch of 2: pass a batch of one"),
        (np.zeros((1, 40)), "does not run on `reference`"),
        (np.zeros(40), "`reference` has the shape (40,): pass (frames, channels)"),
        (np.full((40, 3), np.nan), "`reference` contains NaN or infinity"),
        (np.zeros((0, 3)), "`reference` has the shape (0, 3)"),
        ("frames.npy", "`reference` is not an array of numbers"),
        ([np.zeros((1, 3, 40)), np.zeros((1, 3, 40))], "does not run on `reference` of the shape (1, 3, 40)"),
    ],
)
def test_references(reference: Any, message: str) -> None:
    """Case 29."""
    assert message in said(conv(), reference=reference)


def test_a_window_that_is_not_said() -> None:
    model = nn.Sequential(nn.Conv1d(3, 4, 3), nn.Flatten(), nn.Linear(64, 2))
    assert "pass `window=18` if it takes that number of frames at once" in said(model, reference=np.zeros((18, 3)))
    assert "pass `reference` in the shape that it has (2 (Linear): " in said(model)
    assert "fewer than the 18 of a window" in said(model, window=18, reference=np.zeros((1, 3, 17)), time=2)


def test_words_that_do_not_fit() -> None:
    assert "window=0 is not a number of frames" in said(conv(), window=0)
    assert "`carry` is for windows" in said(conv(), carry=True)
    assert "time=-1 is not an axis, counted from 0" in said(conv(), time=-1)
    assert "has no axis of time" in said(nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)), window=9)


def test_a_plane_without_reference() -> None:
    """Case 24."""
    model = nn.Sequential(nn.Conv2d(1, 3, 3), nn.Flatten(1, 2))
    assert "the shape of the input is unknown: pass `reference` in the shape that it has (0 (Conv2d): " in said(model)
    frames = np.zeros((1, 1, 9, 40))
    assert "which axis of `reference` (1, 1, 9, 40) is time is not clear: pass `time`" in said(model, reference=frames)


class Loop(nn.Module):
    """Its trace is of a fixed number of frames."""

    def forward(self, x: Tensor) -> Tensor:
        state, states = torch.zeros_like(x[:, 0]), []
        for at in range(x.shape[1]):
            state = 0.5 * state + x[:, at]
            states.append(state)
        return torch.stack(states, 1)


def test_a_loop_over_frames() -> None:
    pytest.importorskip("onnxruntime")
    message = refused(Loop(), reference=np.zeros((1, 9, 2)) + 1, time=1)
    assert "instead of (1, 9, 2); if the model has loops over frames" in message


class Cube(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.linalg.eigvalsh(x @ x.transpose(1, 2))


def test_an_operation_that_pytorch_does_not_export() -> None:
    message = refused(Cube(), reference=np.ones((1, 4, 9)), time=2)
    assert message.startswith("the export by PyTorch: Exporting the operator 'aten::")
    assert "Please feel free" not in message


def test_the_model_is_as_before_a_refusal() -> None:
    model = nn.Sequential(nn.Conv1d(3, 4, 3, padding="same"), nn.BatchNorm1d(4), nn.Flatten(), nn.Linear(9, 9))
    model[1].eval()
    said(model)
    assert [module.training for module in model] == [True, False, True, True]
    assert model[0].padding_mode == "zeros"
    assert {value.dtype for value in model.parameters()} == {torch.float32}
    assert torch.get_default_dtype() == torch.float32
