"""Trains the waveshaper and writes `weights.json` beside this file.

The network hears a sine and a knob, sample by sample at 48 kHz, and answers with a square wave (knob at 0), a saw (knob
at 1) or what lies between. It is causal: four blocks of a convolution with four taps and a 1x1 convolution, dilations 1,
4, 16 and 64, so that an answer depends on the newest 256 samples.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py
"""

import json
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers

SAMPLE_RATE = 48_000
FREQUENCIES = 200.0, 800.0
RECEPTIVE_FIELD = 256
SEQUENCES, FRAMES = 384, 768
EPOCHS = 800
RECORDED = 400

FILTERS = 4, 4, 4, 8
TAPS = 4


def waves(phase: np.ndarray, knob: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Inputs `(…, 2)` and targets `(…, 1)` for phases counted in periods."""
    sine = np.sin(2.0 * np.pi * phase)
    square = np.where(phase % 1.0 < 0.5, 1.0, -1.0)
    saw = 2.0 * (phase % 1.0) - 1.0
    target = (1.0 - knob) * square + knob * saw
    return np.stack([sine, knob], axis=-1), target[..., np.newaxis]


def training_set(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Sines of random pitch and phase; the knob is at one end in half of them."""
    low, high = np.log(FREQUENCIES)
    frequency = np.exp(random.uniform(low, high, (SEQUENCES, 1)))
    start = random.uniform(0.0, 1.0, (SEQUENCES, 1))
    knob = np.where(random.random(SEQUENCES) < 0.5, random.integers(0, 2, SEQUENCES), random.random(SEQUENCES))
    phase = start + frequency / SAMPLE_RATE * np.arange(FRAMES)
    return waves(phase, np.broadcast_to(knob[:, np.newaxis], phase.shape))


def network() -> keras.Model:
    stack = [keras.Input((None, 2))]
    for block, filters in enumerate(FILTERS):
        dilation = TAPS**block
        stack.append(
            layers.Conv1D(filters, TAPS, dilation_rate=dilation, padding="causal", activation="relu")
        )
        stack.append(layers.Conv1D(filters, 1, activation="relu"))
    stack.append(layers.Conv1D(1, 1))
    return keras.Sequential(stack)


def loss(target, output):
    """Mean squared error of the frames whose receptive field is full."""
    return keras.ops.mean(keras.ops.square(target - output)[:, RECEPTIVE_FIELD:])


def train() -> tuple[keras.Model, float]:
    keras.utils.set_random_seed(2)
    inputs, targets = training_set(np.random.default_rng(1))
    batch = 16
    steps = EPOCHS * SEQUENCES // batch
    model = network()
    rate = keras.optimizers.schedules.CosineDecay(1e-2, steps)
    model.compile(keras.optimizers.Adam(rate), loss)
    history = model.fit(inputs, targets, batch_size=batch, epochs=EPOCHS, verbose=2)
    return model, history.history["loss"][-1]


def recorded() -> np.ndarray:
    """The input of the recorded run: a glide with the knob turned half-way through."""
    frequency = np.geomspace(*FREQUENCIES, RECORDED)
    knob = (np.arange(RECORDED) >= RECORDED // 2).astype(float)
    inputs, _ = waves(np.cumsum(frequency) / SAMPLE_RATE, knob)
    return inputs


def rows(numbers: np.ndarray) -> Any:
    """Nested lists of the shortest digits that give the same float32."""
    return [rows(row) for row in numbers] if numbers.ndim else float(str(np.float32(numbers)))


def save(model: keras.Model, inputs: np.ndarray, path: Path) -> None:
    """Writes the weights and a recorded run in the macro's own JSON, a line for each layer."""
    outputs = keras.ops.convert_to_numpy(model(inputs[np.newaxis].astype("float32")))[0]
    tensors = [(layer.name, *map(rows, layer.get_weights())) for layer in model.layers]
    lines = ",\n".join(json.dumps({"name": name, "kernel": kernel, "bias": bias}) for name, kernel, bias in tensors)
    run = json.dumps({"input": rows(inputs), "output": rows(outputs)})
    path.write_text(f'{{\n"layers": [\n{lines}\n],\n"reference": {run}\n}}\n')


if __name__ == "__main__":
    trained, error = train()
    destination = Path(__file__).with_name("weights.json")
    save(trained, recorded(), destination)
    print(f"mean squared error {error:.4f}; wrote {destination.name}")
