"""Captures the amplifier of `examples/amp` at three settings of its gain: an A1-nano and an LSTM of 6 units for each, which the
pedal plays; and what the pedal is tested with, half a second of a guitar.

    python -m venv .venv && .venv/bin/pip install -r ../../amp/requirements.txt && .venv/bin/python capture.py
"""

import json
import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "amp"))

import nam  # noqa: E402
import train as amp  # noqa: E402
from amplifier import amplify, guitar, practice  # noqa: E402

SETTINGS = {"clean": (0.8, 1.2), "crunch": (7.0, 0.35), "lead": (40.0, 0.25)}
"""The gain into the first valve, and the level behind the cabinet."""

LEVEL_DBU = 12.0
"""The analog level of amplitude 1 at both ends of the computed amplifier, in dBu: a convention of these captures."""

UNITS = 6
FRAMES = 2048
SETTLE = 512
"""Samples at the start of a stretch whose error does not count: the state begins with zeros."""
BATCH = 32


def lstm_initial(random: np.random.Generator) -> dict:
    """Weights before the training, drawn as PyTorch draws them; gates in the order i, f, g, o."""
    most = 1.0 / np.sqrt(UNITS)
    shapes = {"w": (4 * UNITS, 1 + UNITS), "b": (4 * UNITS,), "head": (UNITS,), "head_b": ()}
    return {name: jnp.asarray(random.uniform(-most, most, shape), jnp.float32) for name, shape in shapes.items()}


def lstm(weights: dict, frames):
    """The outputs of `frames[t, sequence]`, from a state of zeros."""
    zeros = jnp.zeros((frames.shape[1], UNITS))

    def step(state, x):
        h, c = state
        gates = jnp.concatenate([x[:, None], h], 1) @ weights["w"].T + weights["b"]
        i, f, g, o = jnp.split(gates, 4, 1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h @ weights["head"] + weights["head_b"]

    return jax.lax.scan(step, (zeros, zeros), frames, unroll=8)[1]


def train_lstm(dry: np.ndarray, wet: np.ndarray, steps: int) -> dict:
    """Adam on the squared error of random stretches, of the sound and of what changes from sample to sample."""
    random = np.random.default_rng(7)
    weights = lstm_initial(random)

    def loss(weights, inputs, targets):
        error = (lstm(weights, inputs) - targets)[SETTLE:]
        rough = error[1:] - 0.95 * error[:-1]
        return jnp.mean(error**2) + 2.0 * jnp.mean(rough**2)

    @jax.jit
    def step(weights, means, squares, number, inputs, targets):
        error, gradient = jax.value_and_grad(loss)(weights, inputs, targets)
        norm = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree.leaves(gradient)))
        gradient = jax.tree.map(lambda g: g / jnp.maximum(1.0, norm), gradient)
        rate = 0.01 * jnp.minimum(1.0, number / 50.0) * (0.02 + 0.98 * jnp.cos(0.5 * jnp.pi * number / steps) ** 2)
        means = jax.tree.map(lambda mean, g: 0.9 * mean + 0.1 * g, means, gradient)
        squares = jax.tree.map(lambda square, g: 0.99 * square + 0.01 * g * g, squares, gradient)

        def moved(weight, mean, square):
            mean, square = mean / (1.0 - 0.9**number), square / (1.0 - 0.99**number)
            return weight - rate * mean / (jnp.sqrt(square) + 1e-10)

        return jax.tree.map(moved, weights, means, squares), means, squares, error

    means = squares = jax.tree.map(jnp.zeros_like, weights)
    for number in range(1, steps + 1):
        starts = random.integers(0, len(wet) - FRAMES, BATCH)
        inputs, targets = (
            np.stack([sound[start : start + FRAMES] for start in starts], 1).astype(np.float32) for sound in (dry, wet)
        )
        weights, means, squares, error = step(weights, means, squares, float(number), inputs, targets)
        if number % 200 == 0:
            print(f"  {number:5}  {error:.2e}", flush=True)
    return weights


def about(name: str, heard: np.ndarray, error: float) -> dict:
    """What a file says of itself. Its loudness is the level of what it makes of the guitar, in dB below amplitude 1."""
    return amp.about(name, error) | {
        "gear_model": "two valves, a tone stack and a cabinet, all computed",
        "modeled_by": "streaming_net, examples/pedal/captures/capture.py",
        "tone_type": name.split()[0],
        "loudness": round(float(10.0 * np.log10(np.mean(heard**2))), 2),
        "input_level_dbu": LEVEL_DBU,
        "output_level_dbu": LEVEL_DBU,
    }


def capture_a1_nano(setting: str, dry: np.ndarray, heard: np.ndarray) -> None:
    began = time.process_time()
    config = nam.a1_nano("Tanh")
    weights = amp.flat(config, amp.train(config, 1000, 0.01, 7, dry, amplify(dry, *SETTINGS[setting])))
    played = nam.at_rest(nam.wavenet(config, weights, "0.5.4", {}), heard)
    target = amplify(heard, *SETTINGS[setting])
    write(f"{setting}_a1_nano", lambda said: nam.wavenet(config, weights, "0.5.4", said), target, played, began)


def capture_lstm(setting: str, dry: np.ndarray, heard: np.ndarray) -> None:
    began = time.process_time()
    found = train_lstm(dry, amplify(dry, *SETTINGS[setting]), 1200)
    played = np.asarray(lstm(found, jnp.asarray(heard, jnp.float32)[:, None]))[:, 0]
    zeros = np.zeros(2 * UNITS)
    flat = np.concatenate([np.ravel(found["w"]), found["b"], zeros, found["head"], [found["head_b"]]])
    model = {
        "version": "0.5.4",
        "architecture": "LSTM",
        "config": {"input_size": 1, "hidden_size": UNITS, "num_layers": 1},
        "weights": nam.digits(flat),
        "sample_rate": nam.RATE,
    }
    target = amplify(heard, *SETTINGS[setting])
    write(f"{setting}_lstm_{UNITS}", lambda said: {"metadata": said} | model, target, played, began)


def main() -> None:
    dry = practice(np.random.default_rng(1), 90.0)
    heard = guitar(np.random.default_rng(2), 10.0)
    for setting in SETTINGS:
        capture_a1_nano(setting, dry, heard)
        capture_lstm(setting, dry, heard)
    sound = amp.sixteen_bits(guitar(np.random.default_rng(amp.DEMO), 2.0))[:24_000]
    (HERE / "guitar.raw").write_bytes(sound.astype("<i2").tobytes())


def write(name: str, model, target: np.ndarray, played: np.ndarray, began: float) -> None:
    error = amp.error_to_signal(target, played)
    print(f"{name}: ESR {error:.4f}, {10.0 * np.log10(error):.1f} dB, {time.process_time() - began:.0f} s", flush=True)
    nam.write(HERE / f"{name}.nam", model(about(name.replace("_", " "), played, error)))


if __name__ == "__main__":
    main()
