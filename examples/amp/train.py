"""Captures the amplifier of `amplifier.py`: trains networks on what it makes of a guitar, and writes the `.nam` files
beside this file, the program's recording, and runs that are recorded of the files as they were read back.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py
"""

import json
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from scipy.io import wavfile

import nam
from amplifier import amplify, guitar, practice

HERE = Path(__file__).parent
FRAMES = 8192
BATCH = 4
RECORDED = 2400
DEMO = 14
"""The seed of the program's recording: one with notes and chords, loud and soft."""


def initial(config: dict, random: np.random.Generator) -> list:
    """A network before its training: `(kernel, bias)` of each convolution, drawn as PyTorch draws them."""

    def draw(shape: tuple, has_bias: bool):
        most = 1.0 / np.sqrt(shape[1] * shape[2])
        kernel = random.uniform(-most, most, shape)
        bias = random.uniform(-most, most, shape[0]) if has_bias else None
        return jax.tree.map(lambda numbers: jnp.asarray(numbers, jnp.float32), (kernel, bias))

    return [
        (draw(*rechannel), [(draw(*conv), draw(*mixin), draw(*mix)) for conv, _, _, mixin, mix in layers], draw(*head))
        for rechannel, layers, head in nam.shapes(config)
    ]


def convolve(weights: tuple, frames: jax.Array, dilation: int = 1) -> jax.Array:
    """A convolution with valid padding of `frames[channel, sequence, t]`: one matrix, and the taps below each other."""
    kernel, bias = weights
    taps = kernel.shape[2]
    length = frames.shape[2] - (taps - 1) * dilation
    below = jnp.concatenate([frames[:, :, tap * dilation :][:, :, :length] for tap in range(taps)])
    matrix = jnp.transpose(kernel, (0, 2, 1)).reshape(len(kernel), -1)
    answer = (matrix @ below.reshape(len(below), -1)).reshape(-1, *below.shape[1:])
    return answer if bias is None else answer + bias[:, jnp.newaxis, jnp.newaxis]


def answer(config: dict, network: list, samples: jax.Array) -> jax.Array:
    """What a network answers to `samples[sequence, t]` once its histories are full."""
    condition = samples[jnp.newaxis]
    frames, head = condition, None
    for (rechannel, weights, last), (_, layers, _) in zip(network, nam.shapes(config), strict=True):
        frames = convolve(rechannel, frames)
        for (conv, mixin, mix), (_, dilation, activation, _, _) in zip(weights, layers, strict=True):
            z = convolve(conv, frames, dilation)
            length = z.shape[2]
            y = nam.activate(activation, z + convolve(mixin, condition[:, :, -length:]), jnp)
            head = y if head is None else head[:, :, -length:] + y
            frames = frames[:, :, -length:] + convolve(mix, y)
        head = convolve(last, head)
    return config["head_scale"] * head[0]


def widened(small: list, large: list) -> list:
    """A large network that answers as a small one does: its first channels are the small one's and hear no others."""

    def widen(weight: jax.Array, within: jax.Array) -> jax.Array:
        place = tuple(slice(size) for size in weight.shape)
        return within.at[place[:1]].set(0.0).at[place].set(weight)

    return jax.tree.map(widen, small, large)


def train(
    config: dict, steps: int, rate: float, seed: int, dry: np.ndarray, wet: np.ndarray, small: list | None = None
) -> list:
    """Adam on the squared error of random stretches, of the sound and of what changes from sample to sample."""
    field = nam.receptive_field(config)
    random = np.random.default_rng(seed)
    dry = np.concatenate([np.zeros(field - 1), dry]).astype(np.float32)
    network = initial(config, random)
    if small is not None:
        network = widened(small, network)

    def loss(network, inputs, targets):
        error = answer(config, network, inputs) - targets
        rough = error[:, 1:] - 0.95 * error[:, :-1]
        return jnp.mean(error**2) + 2.0 * jnp.mean(rough**2)

    @jax.jit
    def step(network, means, squares, number, inputs, targets):
        error, gradient = jax.value_and_grad(loss)(network, inputs, targets)
        now = rate * jnp.minimum(1.0, number / 50.0) * (0.01 + 0.99 * jnp.cos(0.5 * jnp.pi * number / steps) ** 2)
        means = jax.tree.map(lambda mean, g: 0.9 * mean + 0.1 * g, means, gradient)
        squares = jax.tree.map(lambda square, g: 0.99 * square + 0.01 * g * g, squares, gradient)

        def moved(weight, mean, square):
            mean, square = mean / (1.0 - 0.9**number), square / (1.0 - 0.99**number)
            return weight - now * mean / (jnp.sqrt(square) + 1e-10)

        return jax.tree.map(moved, network, means, squares), means, squares, error

    means = squares = jax.tree.map(jnp.zeros_like, network)
    sums = 0.0
    for number in range(1, steps + 1):
        starts = random.integers(0, len(wet) - FRAMES, BATCH)
        inputs = np.stack([dry[start : start + field - 1 + FRAMES] for start in starts])
        targets = np.stack([wet[start : start + FRAMES] for start in starts]).astype(np.float32)
        network, means, squares, error = step(network, means, squares, float(number), inputs, targets)
        sums += error
        if number % 200 == 0:
            print(f"  {number:5}  {sums / 200:.2e}", flush=True)
            sums = 0.0
    return network


def flat(config: dict, network: list) -> np.ndarray:
    """The weights in the order of the file."""
    arrays = [np.ravel(numbers) for numbers in jax.tree.leaves(network)]
    return np.concatenate([*arrays, [config["head_scale"]]]).astype(np.float32)


def error_to_signal(target: np.ndarray, heard: np.ndarray) -> float:
    """ESR, as NAM has it: the power of the error as a part of the sound's."""
    return float(np.sum((target - heard) ** 2) / np.sum(target**2))


def capture(
    name: str, config: dict, version: str, steps: int, rate: float, small: list | None = None
) -> tuple[dict, list]:
    """Trains a capture: what its file says, with its error on a guitar that it was not trained on; and the network."""
    began = time.process_time()
    print(name, flush=True)
    dry = practice(np.random.default_rng(1), 120.0)
    network = train(config, steps, rate, 7, dry, amplify(dry), small)
    weights = flat(config, network)
    heard = guitar(np.random.default_rng(2), 10.0)
    target = amplify(heard)
    error = error_to_signal(target, nam.at_rest(nam.wavenet(config, weights, version, {}), heard))
    print(f"{name}: ESR {error:.4f}, {10.0 * np.log10(error):.1f} dB, {time.process_time() - began:.0f} s", flush=True)
    return nam.wavenet(config, weights, version, about(name, error)), network


def about(name: str, error: float) -> dict:
    return {
        "name": f"streaming_net {name}",
        "modeled_by": "streaming_net, examples/amp/train.py",
        "gear_type": "amp_cab",
        "gear_make": "none",
        "gear_model": "two valves, a tone stack and a cabinet, all computed",
        "tone_type": "crunch",
        "training": {"validation_esr": float(f"{error:.4g}")},
    }


def sixteen_bits(samples: np.ndarray) -> np.ndarray:
    return np.round(32_768.0 * np.clip(samples, -1.0, 32_767 / 32_768)).astype(np.int16)


def record(name: str, model: dict, samples: np.ndarray) -> None:
    """What the file answers, born at rest: for those who compute the same in another way."""
    answers = nam.at_rest(model, samples)
    run = {"input": samples, "output": answers}
    frames = {key: [[number] for number in nam.digits(numbers)] for key, numbers in run.items()}
    (HERE / f"{name}.json").write_text(json.dumps({"reference": frames}) + "\n")


def main() -> None:
    demo = sixteen_bits(guitar(np.random.default_rng(DEMO), 2.0))
    wavfile.write(HERE / "demo.wav", nam.RATE, demo)

    for name, activation in (("a1_nano", "Tanh"), ("a1_nano_relu", "ReLU")):
        model, _ = capture(name, nam.a1_nano(activation), "0.5.4", 2000, 0.01)
        nam.write(HERE / f"{name}.nam", model)
    lite, network = capture("a2_lite", nam.a2(3), "0.7.0", 1000, 0.01)
    # As good as the small one before its training begins, which then is short.
    full, _ = capture("a2_full", nam.a2(8), "0.7.0", 200, 0.002, network)
    nam.write(HERE / "a2.nam", nam.container([lite, full], full["metadata"]))

    heard = demo[:RECORDED] / 32_768.0
    record("a1_nano", read("a1_nano"), heard)
    record("a1_nano_relu", read("a1_nano_relu"), heard)
    record("a2_lite", read("a2")["config"]["submodels"][0]["model"], heard)


def read(name: str) -> dict:
    return json.loads((HERE / f"{name}.nam").read_text())


if __name__ == "__main__":
    main()
