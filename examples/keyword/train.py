"""Trains the event spotter and writes `weights.json`, `demo.wav` and `demo.txt` beside this file.

The network looks at half a second of sound, 51 frames of `features.py`, and says which event of `sounds.py` it has
heard there, if any: a convolution that halves the rate, two blocks of a depthwise convolution and a dense layer, the
average over time, and a softmax. It is trained as any classifier of clips; the macro makes it answer every 20 ms.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py
"""

import json
import os
import time
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers

import sounds
from clips import AVERAGED, CLASSES, FRAMES, STRIDE, TAPS, clips
from features import BANDS, features

FILTERS = 16
CLIPS, HELD_OUT = 16_000, 4_000
EPOCHS = 30
RECORDED = 160
DEMO_SEED, DEMO_SECONDS = 43, 5.6


def network() -> keras.Model:
    def normalised(layer: layers.Layer) -> list[layers.Layer]:
        return [layer, layers.BatchNormalization(), layers.ReLU()]

    stack = [keras.Input((FRAMES, BANDS))]
    stack += normalised(layers.Conv1D(FILTERS, TAPS, strides=STRIDE, use_bias=False))
    for _ in range(2):
        stack += normalised(layers.DepthwiseConv1D(TAPS, use_bias=False))
        stack += normalised(layers.Dense(FILTERS, use_bias=False))
    stack += [layers.GlobalAveragePooling1D(), layers.Dense(len(CLASSES), activation="softmax")]
    return keras.Sequential(stack)


def train() -> tuple[keras.Model, float]:
    """The network, and how many of the clips that it was not trained on it names rightly."""
    keras.utils.set_random_seed(1)
    heard, labels = clips(1, CLIPS)
    batch = 64
    rate = keras.optimizers.schedules.CosineDecay(4e-3, EPOCHS * CLIPS // batch)
    model = network()
    adam = keras.optimizers.Adam(rate)
    model.compile(adam, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(heard, labels, batch_size=batch, epochs=EPOCHS, verbose=2)
    heard, labels = clips(2, HELD_OUT)
    _, accuracy = model.evaluate(heard, labels, verbose=0)
    return model, accuracy


def text(model: keras.Model) -> str:
    """The network as the macro has it."""
    lines = []
    for layer in model.layers:
        first = f", in={BANDS}" if not lines else ""
        match layer:
            case layers.Conv1D():
                taps, stride = layer.kernel_size[0], layer.strides[0]
                lines.append(f"conv(k={taps}{first}, out={layer.filters}, stride={stride}, no_bias)")
            case layers.DepthwiseConv1D():
                lines.append(f"depthwise(k={layer.kernel_size[0]}, no_bias)")
            case layers.Dense():
                end = "softmax" if layer.activation is keras.activations.softmax else "no_bias"
                lines.append(f"dense(out={layer.units}, {end})")
            case layers.BatchNormalization():
                lines.append(f"batch_norm(epsilon={layer.epsilon})")
            case layers.ReLU():
                lines.append("relu()")
            case layers.GlobalAveragePooling1D():
                lines.append(f"global_avg(frames={AVERAGED})")
    return "; ".join(lines)


def rows(array: np.ndarray) -> list:
    """Nested lists of the shortest digits that give the same float32."""
    if array.ndim:
        return [rows(row) for row in array]
    return float(str(np.float32(array)))


def write(model: keras.Model, demo: Path, path: Path) -> None:
    """The weights, and a recorded run: what Keras makes of each half second that the demo begins with."""
    heard = features(sounds.read(demo))[:RECORDED].astype(np.float32)
    ends = range(FRAMES - 1, len(heard), STRIDE)
    answers = model.predict(np.stack([heard[end - FRAMES + 1 : end + 1] for end in ends]), verbose=0)
    output = [None] * len(heard)
    for end, answer in zip(ends, answers):
        output[end] = rows(answer)
    entries = [
        {weight.name: rows(weight.numpy()) for weight in layer.weights} for layer in model.layers if layer.weights
    ]
    file = {
        "net": text(model),
        "layers": entries,
        "reference": {"input": rows(heard), "output": output},
    }
    parts = ",\n".join(f'"{key}": {json.dumps(value)}' for key, value in file.items())
    path.write_text("{\n" + parts + "\n}\n")


if __name__ == "__main__":
    began = time.monotonic()
    trained, accuracy = train()
    demo = Path(__file__).with_name("demo.wav")
    sounds.write(demo, DEMO_SEED, DEMO_SECONDS)
    destination = demo.with_name("weights.json")
    write(trained, demo, destination)
    print(f"{accuracy:.1%} of {HELD_OUT} held-out clips named rightly; {time.monotonic() - began:.0f} s")
