"""Networks put together as their texts are, of PyTorch's modules, and run on whole sequences.

Between modules, frames are `(batch, channels, frames)`, as Conv1d has them.
"""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from golden import Golden, Run, draw

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)

FRAMEWORK = f"torch {torch.__version__.partition('+')[0]}"


class Causal(nn.Module):
    """A convolution behind as many zeros as its newest tap has frames before it."""

    def __init__(self, conv: nn.Conv1d):
        super().__init__()
        self.conv = conv

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.pad(x, ((self.conv.kernel_size[0] - 1) * self.conv.dilation[0], 0)))


class Frames(nn.Module):
    """A module that has the channels innermost: Linear, LayerNorm, GRU, LSTM."""

    def __init__(self, module: nn.Module):
        super().__init__()
        self.module = module

    def forward(self, x: Tensor) -> Tensor:
        frames = self.module(x.transpose(1, 2))
        if isinstance(self.module, nn.RNNBase):
            frames, _ = frames
        return frames.transpose(1, 2)


def without_bias(norm: nn.LayerNorm) -> nn.LayerNorm:
    """What `bias=False` makes since PyTorch 2.1."""
    norm.bias = None
    return norm


class Cropped(nn.Module):
    """Without so many of the first frames, and of the last."""

    def __init__(self, before: int, after: int = 0):
        super().__init__()
        self.before, self.after = before, after

    def forward(self, x: Tensor) -> Tensor:
        return x[..., self.before : x.shape[-1] - self.after]


class Function(nn.Module):
    """A function of PyTorch, with its arguments."""

    def __init__(self, function, *args):
        super().__init__()
        self.function, self.args = function, args

    def forward(self, x: Tensor) -> Tensor:
        return self.function(x, *self.args)


class Branches(nn.Module):
    """Modules side by side."""

    def __init__(self, *branches: nn.Module):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def all(self, x: Tensor) -> list[Tensor]:
        return [branch(x) for branch in self.branches]


class Sum(Branches):
    def forward(self, x: Tensor) -> Tensor:
        return torch.stack(self.all(x)).sum(dim=0)


class Product(Branches):
    def forward(self, x: Tensor) -> Tensor:
        return torch.stack(self.all(x)).prod(dim=0)


class Concat(Branches):
    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(self.all(x), dim=1)


class Gated(Branches):
    def forward(self, x: Tensor) -> Tensor:
        filtered, gate = self.all(x)
        return torch.tanh(filtered) * torch.sigmoid(gate)


class Residual(nn.Module):
    """What a module gives, and its input beside it: as it is, cropped or projected."""

    def __init__(self, block: nn.Module, shortcut: nn.Module | None = None):
        super().__init__()
        self.block = block
        self.shortcut = shortcut or nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return self.shortcut(x) + self.block(x)


class Halves(nn.Module):
    """tanh of the first half of the channels, times sigmoid of the second."""

    def forward(self, x: Tensor) -> Tensor:
        filtered, gate = x.chunk(2, dim=1)
        return torch.tanh(filtered) * torch.sigmoid(gate)


class Skip(nn.Module):
    """Passes its input on, and keeps what a module makes of it."""

    def __init__(self, module: nn.Module | None = None):
        super().__init__()
        self.module = module or nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        self.taken = self.module(x)
        return x


class Labelled(nn.Module):
    """Keeps what a module gives, for every `From` of it."""

    def __init__(self, module: nn.Module):
        super().__init__()
        self.module = module

    def forward(self, x: Tensor) -> Tensor:
        self.taken = self.module(x)
        return self.taken


class From(nn.Module):
    """Its module takes what a labelled one gave, whatever reaches it."""

    def __init__(self, labelled: Labelled, module: nn.Module | None = None):
        super().__init__()
        # In a list, for it is a part of the network already.
        self.labelled = [labelled]
        self.module = module or nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return self.module(self.labelled[0].taken)


class Skips(nn.Module):
    """The sum of what the skips in it keep."""

    def __init__(self, *modules: nn.Module):
        super().__init__()
        self.chain = nn.Sequential(*modules)

    def forward(self, x: Tensor) -> Tensor:
        self.chain(x)
        return torch.stack([module.taken for module in self.chain.modules() if isinstance(module, Skip)]).sum(dim=0)


class Sliding(nn.Module):
    """A network of a fixed number of frames, slid over what another gives for the whole sequence."""

    def __init__(self, front: nn.Module, frames: int, network: nn.Module):
        super().__init__()
        self.front, self.frames, self.network = front, frames, network

    def forward(self, x: Tensor) -> Tensor:
        windows = self.front(x).unfold(2, self.frames, 1).transpose(1, 2)
        outputs = self.network(windows.flatten(0, 1))
        return outputs.unflatten(0, windows.shape[:2]).flatten(2).transpose(1, 2)


class Oldest(nn.Module):
    """All frames as one, the oldest first: what `nn.Flatten` gives with the channels innermost."""

    def forward(self, x: Tensor) -> Tensor:
        return x.transpose(1, 2).flatten(1)


class Scale(nn.Module):
    """A factor for each channel."""

    def __init__(self, channels: int):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(channels))

    def forward(self, x: Tensor) -> Tensor:
        return x * self.scale[:, np.newaxis]


class Bias(nn.Module):
    """A number for each channel, added."""

    def __init__(self, channels: int):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.bias[:, np.newaxis]


class Plane(nn.Module):
    """Modules over time and features, for flat frames of features by channels."""

    def __init__(self, features: int, *modules: nn.Module):
        super().__init__()
        self.features = features
        self.chain = nn.Sequential(*modules)

    def forward(self, x: Tensor) -> Tensor:
        plane = x.unflatten(1, (self.features, -1)).permute(0, 2, 3, 1)
        return self.chain(plane).permute(0, 3, 1, 2).flatten(1, 2)


def answers(network: nn.Module) -> Run:
    """The network as a function of arrays."""

    def run(x: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return network.eval()(torch.tensor(x).transpose(1, 2)).transpose(1, 2).numpy()

    return run


def fill(golden: Golden, random: np.random.Generator) -> list[dict]:
    """Draws the weights, and gives them as the file has them."""
    entries = []
    for name, module in golden.model.named_modules():
        for tensors in layers(module):
            entry = {"name": name} if golden.named else {}
            for key, tensor in tensors.items():
                tensor.data = torch.tensor(draw(random, role(module, key), tuple(tensor.shape), fan_in(module, tensor)))
                entry[key] = tensor.detach().numpy()
            entries.append(entry)
    return entries


def layers(module: nn.Module) -> Iterator[dict[str, Tensor]]:
    """The module's own tensors by name: those of a network's layer, or of several that are stacked."""
    own = {**dict(module.named_parameters(recurse=False)), **dict(module.named_buffers(recurse=False))}
    own.pop("num_batches_tracked", None)
    if isinstance(module, nn.RNNBase):
        for layer in range(module.num_layers):
            end = f"_l{layer}"
            yield {name.removesuffix(end): tensor for name, tensor in own.items() if name.endswith(end)}
    elif own:
        yield own


NORMS = nn.BatchNorm1d, nn.LayerNorm


def role(module: nn.Module, name: str) -> str:
    """What a tensor is, as numbers are drawn for it."""
    match name:
        case "running_var":
            return "variance"
        case "scale":
            return "gamma"
        case "weight" if isinstance(module, NORMS):
            return "gamma"
        case "weight" if isinstance(module, nn.PReLU):
            return "slope"
        case "weight" | "weight_ih" | "weight_hh":
            return "kernel"
        case "bias" | "bias_ih" | "bias_hh" | "running_mean":
            return "bias"
    raise ValueError(name)


def fan_in(module: nn.Module, tensor: Tensor) -> int:
    """Weights under one output of a kernel."""
    if isinstance(module, nn.ConvTranspose1d):
        return tensor.shape[0] * max(1, module.kernel_size[0] // module.stride[0])
    return int(np.prod(tensor.shape[1:]))
