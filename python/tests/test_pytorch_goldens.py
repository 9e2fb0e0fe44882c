"""Every network that has a recorded run of PyTorch is exported, but those that PyTorch cannot export."""

from collections.abc import Callable

import of_pytorch
import pytest
import torch

from streaming_net import Exported, Unsupported

# Names of networks, and the operations: PyTorch 1.13 exports no `unflatten`, and no version a threshold other than 0.
NOT_EXPORTED = {"conv2d": "unflatten", "depthwise2d": "unflatten", "thresholded_relu": "threshold"}
# In f32, the logarithm of the exported file is infinite for the large numbers of this run.
INFINITE = "log_sigmoid"
# The macro reads no `ReduceProd`.
NOT_READ = ("product_causal", "product_same", "product_valid", "product_mixed", "gated_pair")
# In the framework, each window begins with zeros.
CARRY = ("keywords", "flatten_pad_strided")


@pytest.mark.parametrize("name", [name for name in of_pytorch.GOLDENS if name not in (*NOT_READ, INFINITE)])
def test_golden(name: str, exported: Callable[..., Exported]) -> None:
    torch.set_default_dtype(torch.float64)
    golden = of_pytorch.GOLDENS[name]
    model, window = of_pytorch.model(golden)
    frames = golden.random("inputs").normal(0.0, golden.spread, (600, golden.inputs))
    operation = next((NOT_EXPORTED[start] for start in NOT_EXPORTED if name.startswith(start)), None)
    if operation == "threshold" or (operation and torch.__version__.startswith("1.")):
        with pytest.raises(Unsupported, match=operation):
            exported(model, "never", reference=frames)
        return
    exported(model, f"pytorch_{name}", window=window, reference=frames, carry=name in CARRY)
