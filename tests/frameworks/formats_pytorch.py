"""Saves networks as PyTorch users save them, and what PyTorch answers, into `tests/weights/formats/`."""

import json

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from formats import FOLDER, described
from golden import Golden
from pytorch_blocks import FRAMEWORK, answers, fill


class Named(nn.Module):
    """Layers under names of their own, which are not in the order of the alphabet."""

    def __init__(self):
        super().__init__()
        self.mix = nn.Conv1d(2, 4, 1)
        self.rnn = nn.GRU(4, 4, num_layers=2, batch_first=True)
        self.norm = nn.BatchNorm1d(4, eps=1e-3)
        self.head = nn.Sequential(nn.Tanh(), nn.Conv1d(4, 4, 1, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        frames, _ = self.rnn(self.mix(x).transpose(1, 2))
        return self.head(self.norm(frames.transpose(1, 2)))


def numbered() -> nn.Module:
    """Ten layers and more: the tenth comes behind the second."""
    layers: list[nn.Module] = [nn.Conv1d(2, 3, 1)]
    for _ in range(5):
        layers += [nn.Tanh(), nn.Conv1d(3, 3, 1)]
    return nn.Sequential(*layers)


def state(network: nn.Module, kind: torch.dtype) -> dict[str, Tensor]:
    tensors = network.state_dict()
    return {name: (tensor.to(kind) if tensor.is_floating_point() else tensor).contiguous()
            for name, tensor in tensors.items()}


def rounded(network: nn.Module, kind: torch.dtype) -> None:
    """Gives the network the numbers that a file of that type has."""
    network.load_state_dict({name: tensor.to(torch.float64) if tensor.is_floating_point() else tensor
                             for name, tensor in state(network, kind).items()})


if __name__ == "__main__":
    convs = "; ".join(["conv(k=1, in=2, out=3, tanh)", *["conv(k=1, out=3, tanh)"] * 4, "conv(k=1, out=3)"])
    for kind in (torch.float32, torch.float64, torch.float16, torch.bfloat16):
        network = numbered()
        name = f"numbered_{str(kind).removeprefix('torch.')}.safetensors"
        golden = Golden("numbered", convs, 2, network)
        fill(golden, golden.random("weights"))
        rounded(network, kind)
        save_file(state(network, kind), FOLDER / name)
        described(golden, FRAMEWORK, name, answers(network))

    plain = ("conv(k=1, in=2, out=4); gru(units=4); gru(units=4); batch_norm(epsilon=0.001); tanh(); "
             "conv(k=1, out=4, no_bias)")
    labelled = ("mix: conv(k=1, in=2, out=4); rnn_l0: gru(units=4); rnn_l1: gru(units=4); "
                "norm: batch_norm(epsilon=0.001); tanh(); head_1: conv(k=1, out=4, no_bias)")
    network = Named()
    golden = Golden("named", labelled, 2, network)
    fill(golden, golden.random("weights"))
    save_file(state(network, torch.float32), FOLDER / "labelled.safetensors")
    described(golden, FRAMEWORK, "labelled.safetensors", answers(network))
    order = json.dumps(["mix", "rnn", "norm", "head.1"])
    save_file(state(network, torch.float32), FOLDER / "ordered.safetensors", {"streaming_net.layers": order})
    golden.net = plain
    described(golden, FRAMEWORK, "ordered.safetensors", answers(network))
