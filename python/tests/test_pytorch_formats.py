"""Files that users of PyTorch write of a model: by the printed call, they answer as the export does."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import save_file
from torch import nn

from streaming_net import Exported

Export = Callable[..., Exported]
Beside = Callable[[Exported, str], Path]


@pytest.fixture
def model() -> nn.Module:
    return nn.Sequential(
        nn.Conv1d(2, 4, 3, dilation=2), nn.PReLU(4), nn.BatchNorm1d(4), nn.Conv1d(4, 6, 2, stride=2), nn.Tanh()
    )


def test_json(model: nn.Module, exported: Export) -> None:
    assert len(exported(model, "formats_pytorch_json", ending="json").recorded.input) >= 500


def test_what_others_write(model: nn.Module, exported: Export, beside: Beside) -> None:
    result = exported(model, "formats_pytorch")
    assert len(result.recorded.input) >= 500
    save_file(model.state_dict(), beside(result, "safetensors"))
    named = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    np.savez(beside(result, "npz"), **named)
