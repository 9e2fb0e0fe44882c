"""Every network that has a recorded run of PyTorch is exported, and answers at the same pushes."""

from collections.abc import Callable

import of_pytorch
import pytest
from goldens import check

from streaming_net import Exported


@pytest.mark.parametrize("name", of_pytorch.GOLDENS)
def test_golden(name: str, exported: Callable[..., Exported]) -> None:
    golden = of_pytorch.GOLDENS[name]
    model, window = of_pytorch.model(golden)
    frames = golden.random("inputs").normal(0.0, golden.spread, (600, golden.inputs))
    check(golden, exported(model, f"pytorch_{name}", window=window, reference=frames))
