"""The networks that PyTorch's recorded runs are of, as a user would have them."""

from typing import Any

import torch
from golden import Golden
from pytorch_blocks import Sliding, fill
from pytorch_branches import GOLDENS as BRANCHES
from pytorch_layers import GOLDENS as LAYERS
from pytorch_networks import GOLDENS as NETWORKS
from pytorch_planes import GOLDENS as PLANES
from torch import nn

GOLDENS = {golden.name: golden for golden in [*LAYERS, *BRANCHES, *NETWORKS, *PLANES]}


def model(golden: Golden) -> tuple[nn.Module, int | None]:
    """The network as one module, and the frames that it takes, where it makes one of all."""
    fill(golden, golden.random("weights"))
    network: Any = golden.model
    if not isinstance(network, Sliding):
        return network, None
    window = next(
        length for length in range(1, 200) if frames_of(network.front, length, golden.inputs) == network.frames
    )
    return nn.Sequential(network.front, network.network), window


def frames_of(front: nn.Module, length: int, inputs: int) -> int:
    try:
        return front.eval()(torch.zeros(1, inputs, length, dtype=torch.float64)).shape[2]
    except RuntimeError:
        return 0
