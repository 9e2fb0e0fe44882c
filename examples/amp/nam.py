"""`.nam` files, as Neural Amp Modeler has them: WaveNets of two generations, their files, and what they answer.

`render` reads a file as NAM Core does, in float64 and by nothing but numpy: a second opinion on what was trained.
"""

import json
from pathlib import Path

import numpy as np

RATE = 48_000

A2_DILATIONS = [1, 3, 7, 17, 41, 101, 239]
A2_ACTIVATION = {"type": "LeakyReLU", "negative_slope": 0.01}


def a1_nano(activation: str) -> dict:
    """The smallest WaveNet of the first generation: a stack of 4 channels, and one of 2 that adds to its sum."""
    common = {"condition_size": 1, "kernel_size": 3, "activation": activation, "gated": False}
    return {
        "layers": [
            {"input_size": 1, "channels": 4, "head_size": 2, "head_bias": False}
            | common
            | {"dilations": [1, 2, 4, 8, 16, 32, 64]},
            {"input_size": 4, "channels": 2, "head_size": 1, "head_bias": True}
            | common
            | {"dilations": [128, 256, 512, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512]},
        ],
        "head": None,
        "head_scale": 0.02,
    }


def a2(channels: int) -> dict:
    """The second generation: one stack of 23 layers, of 3 channels (Lite) or 8 (Full)."""
    dilations = [*A2_DILATIONS, *A2_DILATIONS, 1, 13, *A2_DILATIONS]
    off = {"active": False, "shift": True, "groups": 1}
    films = (
        "conv_pre conv_post input_mixin_pre input_mixin_post "
        "activation_pre activation_post layer1x1_post head1x1_post"
    )
    layers = {
        "input_size": 1,
        "condition_size": 1,
        "head": {"out_channels": 1, "kernel_size": 16, "bias": True},
        "channels": channels,
        "kernel_sizes": [6] * 14 + [15] * 2 + [6] * 7,
        "dilations": dilations,
        "activation": [A2_ACTIVATION] * len(dilations),
        "bottleneck": channels,
        "head1x1": {"active": False, "out_channels": 1, "groups": 1},
        "layer1x1": {"active": True, "groups": 1},
        "groups_input": 1,
        "groups_input_mixin": 1,
        **{f"{film}_film": off for film in films.split()},
        "gating_mode": ["none"] * len(dilations),
        "secondary_activation": [None] * len(dilations),
        "slimmable": None,
    }
    return {"layers": [layers], "head": None, "head_scale": 0.01}


def shapes(config: dict):
    """A WaveNet's weights in the order of the file, array by array: `(rechannel, layers, head)`. A convolution is its
    kernel's `(out, in, k)` and whether a bias follows; a layer is a convolution, its dilation, its activation, the mixin
    and the 1x1 convolution.
    """
    for array in config["layers"]:
        channels, count = array["channels"], len(array["dilations"])
        head = array.get("head") or {
            "out_channels": array.get("head_size"),
            "kernel_size": 1,
            "bias": array.get("head_bias"),
        }
        sizes = array.get("kernel_sizes") or [array["kernel_size"]] * count
        activations = array["activation"]
        if not isinstance(activations, list):
            activations = [activations] * count
        layers = [
            (
                ((channels, channels, size), True),
                dilation,
                activation,
                ((channels, array["condition_size"], 1), False),
                ((channels, channels, 1), True),
            )
            for size, dilation, activation in zip(sizes, array["dilations"], activations, strict=True)
        ]
        rechannel = (channels, array["input_size"], 1), False
        yield rechannel, layers, ((head["out_channels"], channels, head["kernel_size"]), head["bias"])


def activate(activation: str | dict, z, numpy=np):
    """One of the activations of these captures."""
    if isinstance(activation, dict):
        slope = activation["negative_slope"]
        return numpy.where(z > 0.0, z, slope * z)
    return {"Tanh": numpy.tanh, "ReLU": lambda z: numpy.maximum(z, 0.0)}[activation](z)


def convolve(kernel: np.ndarray, bias: np.ndarray | float, frames: np.ndarray, dilation: int = 1) -> np.ndarray:
    """`kernel[out, in, k]`, oldest tap first, over `frames[in, t]`, with zeros before the first."""
    taps = kernel.shape[2]
    padded = np.pad(frames, ((0, 0), ((taps - 1) * dilation, 0)))
    total = 0.0
    for tap in range(taps):
        total = total + kernel[:, :, tap] @ padded[:, tap * dilation :][:, : frames.shape[1]]
    return total + bias


def render(model: dict, samples: np.ndarray) -> np.ndarray:
    """What the model of a file answers, from histories of zeros on."""
    left = np.asarray(model["weights"], np.float64)

    def take(count: int) -> np.ndarray:
        nonlocal left
        taken, left = left[:count], left[count:]
        return taken

    def convolution(shape: tuple, has_bias: bool):
        kernel = take(int(np.prod(shape))).reshape(shape)
        return kernel, take(shape[0])[:, np.newaxis] if has_bias else 0.0

    condition = np.asarray(samples, np.float64)[np.newaxis]
    frames, head = condition, 0.0
    for rechannel, layers, head_shape in shapes(model["config"]):
        frames = convolve(*convolution(*rechannel), frames)
        for shape, dilation, activation, mixin, one_by_one in layers:
            z = convolve(*convolution(*shape), frames, dilation)
            z = z + convolve(*convolution(*mixin), condition)
            y = activate(activation, z)
            head = head + y
            frames = frames + convolve(*convolution(*one_by_one), y)
        head = convolve(*convolution(*head_shape), head)
    (scale,) = take(1)
    assert not len(left), f"{len(left)} weights are left over"
    return scale * head[0]


def receptive_field(config: dict) -> int:
    """How many samples an answer depends on."""
    field = 1
    for _, layers, ((_, _, head_taps), _) in shapes(config):
        field += head_taps - 1 + sum((shape[2] - 1) * dilation for (shape, _), dilation, *_ in layers)
    return field


def at_rest(model: dict, samples: np.ndarray) -> np.ndarray:
    """What it answers where silence has gone before for as long as it looks back."""
    silence = np.zeros(receptive_field(model["config"]))
    return render(model, np.concatenate([silence, samples]))[len(silence) :]


def digits(numbers: np.ndarray) -> list[float]:
    """Numbers of which JSON has the fewest digits that give the same float32."""
    return [float(str(number)) for number in np.asarray(numbers, np.float32)]


def wavenet(config: dict, weights: np.ndarray, version: str, metadata: dict) -> dict:
    """A model as its file has it."""
    return {
        "version": version,
        "metadata": metadata,
        "architecture": "WaveNet",
        "config": config,
        "weights": digits(weights),
        "sample_rate": RATE,
    }


def container(submodels: list[dict], metadata: dict) -> dict:
    """Models of the same amplifier, from the smallest on."""
    most = [(place + 1) / len(submodels) for place in range(len(submodels))]
    return {
        "version": "0.7.0",
        "metadata": metadata,
        "architecture": "SlimmableContainer",
        "config": {"submodels": [{"max_value": value, "model": model} for value, model in zip(most, submodels)]},
        "weights": [],
        "sample_rate": RATE,
    }


def write(path: Path, model: dict) -> None:
    """Writes a `.nam` file."""
    path.write_text(json.dumps(model) + "\n")
