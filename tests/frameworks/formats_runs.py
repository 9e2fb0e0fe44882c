"""Saves networks together with what Keras answers, into `tests/weights/formats/`."""

import json

import numpy as np
from safetensors.numpy import save_file

from formats import FOLDER, described, recorded
from formats_keras import rtneural
from golden import Golden, rows
from keras_blocks import FRAMEWORK, Chain, L, answers, fill, keras


def named(network: keras.Model) -> dict[str, np.ndarray]:
    return {f"{layer.name}.{weight.name}": np.asarray(weight, np.float32)
            for layer in network.layers for weight in layer.weights}


def drawn(golden: Golden) -> keras.Model:
    network = keras.Sequential([keras.Input((None, golden.inputs)), *golden.model.layers()])
    fill(golden, golden.random("weights"))
    return network


if __name__ == "__main__":
    # Not every push is answered.
    run = Golden("run", "conv(k=3, in=2, out=4, stride=2, tanh); dense(out=2)", 2,
                 Chain(L.Conv1D(4, 3, strides=2, activation="tanh", name="taps"), L.Dense(2, name="mix")),
                 first=2, stride=2, frames=60)
    network = drawn(run)
    reference = recorded(run, answers(network))
    metadata = {"streaming_net.layers": json.dumps(["taps", "mix"]), "streaming_net.tolerance": "2e-5"}
    save_file(named(network) | reference, FOLDER / "run.safetensors", metadata)
    np.savez(FOLDER / "run.npz", **named(network), **reference, **{"reference.tolerance": np.float32(2e-5)})
    unnamed = [np.asarray(weight, np.float32) for weight in network.get_weights()]
    np.savez(FOLDER / "run_unnamed.npz", *unnamed, **reference | {"reference.answered": reference["reference.answered"] > 0})
    for name in ("run.safetensors", "run.npz", "run_unnamed.npz"):
        described(run, FRAMEWORK, name, answers(network))

    # As trainers for AIDA-X write it.
    amp = Golden("aidax", "lstm(in=1, units=6); dense(out=1)", 1,
                 Chain(L.LSTM(6, return_sequences=True), L.Dense(1)), frames=100)
    network = drawn(amp)
    inputs, outputs, _ = recorded(amp, answers(network)).values()
    batches = {"input_batch": rows(inputs[:, 0]), "output_batch": rows(outputs[:, 0])}
    (FOLDER / "aidax.json").write_text(json.dumps(rtneural(network) | batches) + "\n")
    described(amp, FRAMEWORK, "aidax.json", answers(network))
