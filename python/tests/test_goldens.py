"""Every network that has a recorded run of Keras or PyTorch is exported, and answers at the same pushes."""

from collections.abc import Callable

import keras_goldens
import numpy as np
import pytest
import pytorch_goldens
from golden import Golden

from streaming_net import Exported


def check(golden: Golden, exported: Exported) -> None:
    timing = exported.timing
    assert (timing.first, timing.stride, timing.frames) == (golden.first, golden.stride, golden.block), exported.net
    assert len(exported.recorded.input) >= 500
    assert np.ptp(exported.recorded.output) > 0.0


@pytest.mark.parametrize("name", keras_goldens.GOLDENS)
def test_keras(name: str, exported: Callable[..., Exported]) -> None:
    golden = keras_goldens.GOLDENS[name]
    check(golden, exported(keras_goldens.model(golden), f"keras_{name}"))


@pytest.mark.parametrize("name", pytorch_goldens.GOLDENS)
def test_pytorch(name: str, exported: Callable[..., Exported]) -> None:
    golden = pytorch_goldens.GOLDENS[name]
    model, window = pytorch_goldens.model(golden)
    frames = golden.random("inputs").normal(0.0, golden.spread, (600, golden.inputs))
    check(golden, exported(model, f"pytorch_{name}", window=window, reference=frames))

