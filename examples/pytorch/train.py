"""Trains the network that takes noise and drift off a pulse, and writes `pulse.onnx` beside this file.

What a sensor at a finger sees, at 100 frames a second: beats, each with its echo, on a floor that wanders, under noise.
The network answers every frame with the pulse alone. It is causal: six residual blocks of three taps, dilations 1 to
32, so that an answer depends on the newest 127 frames. Less than a minute on two cores.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py
"""

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

import streaming_net

FRAMES_A_SECOND = 100
RATES = 0.8, 2.5
SEQUENCES, FRAMES, STEPS = 32, 512, 1500
RECEPTIVE_FIELD = 127


class Block(nn.Module):
    """A causal convolution beside a way past it."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.past = 2 * dilation
        self.taps = nn.Conv1d(channels, channels, 3, dilation=dilation)
        self.mix = nn.Conv1d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.mix(torch.tanh(self.taps(F.pad(x, (self.past, 0)))))


def network(channels: int = 8) -> nn.Module:
    blocks = [Block(channels, 2**power) for power in range(6)]
    return nn.Sequential(nn.Conv1d(1, channels, 1), *blocks, nn.Conv1d(channels, 1, 1))


def pulses(sequences: int) -> tuple[Tensor, Tensor]:
    """What the sensor sees, and the pulse in it, `(sequences, 1, FRAMES)`."""
    low, high = RATES
    second = torch.arange(FRAMES) / FRAMES_A_SECOND
    rate, start, wander, turn = (torch.rand(sequences, 1, 1) for _ in range(4))
    beat = (start + (low * (high / low) ** rate) * second) % 1.0
    pulse = torch.exp(-(((beat - 0.3) / 0.1) ** 2)) + 0.4 * torch.exp(-(((beat - 0.6) / 0.12) ** 2))
    floor = 0.5 * torch.sin(2 * math.pi * (turn + (0.1 + 0.2 * wander) * second))
    return pulse + floor + 0.25 * torch.randn_like(pulse), pulse


def train() -> tuple[nn.Module, float]:
    model = network()
    optimizer = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.01, STEPS)
    for _ in range(STEPS):
        sensor, pulse = pulses(SEQUENCES)
        loss = F.mse_loss(model(sensor)[..., RECEPTIVE_FIELD:], pulse[..., RECEPTIVE_FIELD:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return model, loss.item()


if __name__ == "__main__":
    torch.manual_seed(1)
    trained, error = train()
    recorded, _ = pulses(1)
    destination = Path(__file__).with_name("pulse.onnx")
    streaming_net.export(trained, destination, name="Pulse", reference=recorded)
    print(f"mean squared error {error:.4f}; wrote {destination.name}")
