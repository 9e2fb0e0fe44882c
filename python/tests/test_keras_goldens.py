"""Every network that has a recorded run of Keras is exported, and answers at the same pushes."""

from collections.abc import Callable

import of_keras
import pytest
from goldens import check

from streaming_net import Exported


@pytest.mark.parametrize("name", of_keras.GOLDENS)
def test_golden(name: str, exported: Callable[..., Exported]) -> None:
    golden = of_keras.GOLDENS[name]
    check(golden, exported(of_keras.model(golden), f"keras_{name}"))
