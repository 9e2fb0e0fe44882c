"""Records what PyTorch answers, into `tests/weights/pytorch/`."""

from golden import WEIGHTS, record, remove_others
from pytorch_blocks import FRAMEWORK, answers, fill
from pytorch_branches import GOLDENS as BRANCHES
from pytorch_branches import UNEVEN
from pytorch_layers import GOLDENS as LAYERS
from pytorch_networks import GOLDENS as NETWORKS
from pytorch_operations import GOLDENS as OPERATIONS
from pytorch_planes import GOLDENS as PLANES

if __name__ == "__main__":
    goldens = [*LAYERS, *BRANCHES, *NETWORKS, *PLANES, *OPERATIONS, *UNEVEN]
    folder = WEIGHTS / "pytorch"
    remove_others(folder, goldens)
    for golden in goldens:
        record(golden, FRAMEWORK, folder, fill(golden, golden.random("weights")), answers(golden.model))
    print(f"{FRAMEWORK}: {len(goldens)} networks")
