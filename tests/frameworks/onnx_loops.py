"""Writes Keras' recurrent layers as TensorFlow's exporter has them, loops over frames, into `tests/weights/onnx/loops/`.

Beside each model, a JSON file has the frames of a run, Keras' outputs, and the push of the first output."""

import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from pathlib import Path

import keras
import numpy as np
import onnx
import tensorflow as tf
from keras import layers as L

FOLDER = Path(__file__).parent.parent / "weights" / "onnx" / "loops"
FRAMES = 12


def model(*layers, channels=3, frames=None, **kwargs):
    tensor = keras.Input((frames, channels), **kwargs)
    out = tensor
    for layer in layers:
        out = layer(out)
    return keras.Model(tensor, out)


def residual():
    tensor = keras.Input((None, 3))
    hidden = L.GRU(3, return_sequences=True)(tensor)
    return keras.Model(tensor, L.Add()([hidden, tensor]))


WHOLE = {"return_sequences": True}
MODELS = {
    "lstm": lambda: model(L.LSTM(4, **WHOLE)),
    "lstm_last": lambda: model(L.LSTM(4), L.Dense(2)),
    "lstm_no_bias": lambda: model(L.LSTM(4, use_bias=False, **WHOLE)),
    "lstm_one_unit": lambda: model(L.LSTM(1, **WHOLE), channels=1),
    "lstm_stateful": lambda: model(L.LSTM(4, stateful=True, **WHOLE), batch_size=1),
    "lstm_window": lambda: model(L.LSTM(4), L.Dense(2, activation="softmax"), frames=FRAMES),
    "gru": lambda: model(L.GRU(4, **WHOLE)),
    "gru_no_bias": lambda: model(L.GRU(4, use_bias=False, **WHOLE)),
    "gru_reset_before": lambda: model(L.GRU(4, reset_after=False, **WHOLE)),
    "gru_reset_before_no_bias": lambda: model(L.GRU(4, reset_after=False, use_bias=False, **WHOLE)),
    "gru_residual": residual,
    "rnn": lambda: model(L.SimpleRNN(4, **WHOLE)),
    "rnn_relu": lambda: model(L.SimpleRNN(4, activation="relu", **WHOLE)),
    "stacked": lambda: model(
        L.Conv1D(4, 3, strides=2), L.LSTM(3, **WHOLE), L.GRU(4, reset_after=False, **WHOLE), L.SimpleRNN(2)
    ),
}
REFUSED = {
    "backwards": lambda: model(L.LSTM(4, go_backwards=True, **WHOLE)),
    "both_directions": lambda: model(L.Bidirectional(L.GRU(4, **WHOLE))),
    "masking": lambda: model(L.Masking(), L.LSTM(4, **WHOLE)),
    "lstm_relu": lambda: model(L.LSTM(4, activation="relu", **WHOLE)),
    "lstm_hard_sigmoid": lambda: model(L.LSTM(4, recurrent_activation="hard_sigmoid", **WHOLE)),
    "rnn_linear": lambda: model(L.SimpleRNN(4, activation=None, **WHOLE)),
    "two_cells": lambda: model(L.RNN([L.LSTMCell(3), L.LSTMCell(2)], **WHOLE)),
    "unrolled": lambda: model(L.LSTM(3, unroll=True), frames=4),
}


def shorten(graph, names):
    """Numbers the tensors of a graph: their names are most of a file."""
    short = lambda name: names.setdefault(name, f"t{len(names)}") if name else name
    del graph.value_info[:]
    for tensor in (*graph.initializer, *graph.input, *graph.output):
        tensor.name = short(tensor.name)
    for node in graph.node:
        node.input[:] = [short(name) for name in node.input]
        node.output[:] = [short(name) for name in node.output]
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                shorten(attribute.g, names)


def export(path, network):
    """Saves a network, and gives the frames of a run with its outputs."""
    random = np.random.default_rng(len(path.stem))
    states = [state for layer in network.layers if getattr(layer, "stateful", False) for state in layer.states]
    drawn = [(weight, random.normal(0, 0.4, weight.shape)) for weight in (*network.trainable_weights, *states)]
    set_weights = lambda: [weight.assign(numbers) for weight, numbers in drawn]
    set_weights()
    frames = random.normal(size=(1, FRAMES, network.inputs[0].shape[-1])).astype("float32")
    is_fixed = network.inputs[0].shape[1] is not None
    outputs = []
    if is_fixed:
        frames = frames[:, : network.inputs[0].shape[1]]
        first = frames.shape[1] - 1
        outputs = np.array(network(frames))
    elif len(network.outputs[0].shape) == 3:
        outputs = np.array(network(frames))[0]
        first = FRAMES - len(outputs)
    else:
        # The output of the newest frame, for each sequence that ends there, where the model has one.
        ends = [end for end in range(1, FRAMES + 1) if "stacked" not in path.stem or end >= 3 and end % 2]
        outputs = np.concatenate([np.array(network(frames[:, :end])) for end in ends])
        first = ends[0] - 1
    # A run changes the states of a stateful layer.
    set_weights()
    spec = tf.TensorSpec([1, *network.inputs[0].shape[1:]], tf.float32, name="frames")
    network.export(path, format="onnx", input_signature=[spec], verbose=False)
    saved = onnx.load(path)
    shorten(saved.graph, {})
    onnx.checker.check_model(saved)
    onnx.save(saved, path)
    run = {"is_window": is_fixed, "first": first, "input": frames[0].tolist(), "output": outputs.tolist()}
    path.with_suffix(".json").write_text(json.dumps(run) + "\n")


def main():
    for folder, models in ((FOLDER, MODELS), (FOLDER / "refused", REFUSED)):
        folder.mkdir(parents=True, exist_ok=True)
        for name, network in models.items():
            keras.utils.set_random_seed(1)
            keras.backend.clear_session()
            export(folder / f"{name}.onnx", network())
            if folder != FOLDER:
                (folder / f"{name}.json").unlink()


main()
