"""Saves networks as Keras, NumPy and RTNeural save them, and what Keras answers, into `tests/weights/formats/`."""

import json

import numpy as np

from formats import FOLDER, described
from golden import Golden, rows
from keras_blocks import FRAMEWORK, Chain, L, answers, fill, keras

# Layers of every shape that their tensors have in files, and one without weights in between.
CHAIN = Golden(
    "chain",
    "conv(k=3, in=2, out=4, causal, relu); batch_norm(epsilon=0.001); depthwise(k=2, causal); prelu(); "
    "conv(k=2, out=4, dilation=2, causal, no_bias); gru(units=3); layer_norm(epsilon=0.001); lstm(units=3); "
    "dense(out=4, tanh); dense(out=2)",
    2,
    Chain(
        L.Conv1D(4, 3, padding="causal", activation="relu"),
        L.BatchNormalization(),
        L.Dropout(0.5),
        L.Conv1D(4, 2, groups=4, padding="causal"),
        L.PReLU(shared_axes=[1]),
        L.Conv1D(4, 2, dilation_rate=2, padding="causal", use_bias=False),
        L.GRU(3, return_sequences=True),
        L.LayerNormalization(),
        L.LSTM(3, return_sequences=True),
        L.Dense(4, activation="tanh"),
        L.Dense(2),
    ),
)


def residual() -> tuple[Golden, keras.Model]:
    """Layers side by side, of the same shapes: only their names say which is which."""
    tensor = keras.Input((None, 3))
    one = L.Conv1D(3, 2, padding="causal", activation="relu", name="one")(tensor)
    two = L.Conv1D(3, 2, padding="causal", name="two")(one)
    beside = L.Conv1D(3, 2, padding="causal", activation="tanh", name="beside")(tensor)
    out = L.Dense(2, name="out")(L.Add()([beside, two]))
    text = ("sum < one: conv(k=2, in=3, out=3, causal, relu); two: conv(k=2, out=3, causal) "
            "| beside: conv(k=2, in=3, out=3, causal, tanh) >; out: dense(out=2)")
    network = keras.Model(tensor, out)
    weighted = [layer for layer in network.layers if layer.weights]
    return Golden("side_by_side", text, 3, Chain(*weighted)), network


class Attributes(keras.Model):
    """Layers that the file names by the attributes that they are."""

    def __init__(self):
        super().__init__()
        self.front = L.Conv1D(3, 2, padding="causal", activation="relu")
        # What is behind `layers` in the alphabet, Keras saves by the layers' own names.
        self.mixers = [L.Dense(3, activation="tanh", name="mix"), L.Dense(3, name="out")]
        self.blocks = [L.Dense(3), L.Dense(3, activation="tanh")]

    def call(self, x):
        for layer in (self.front, *self.mixers, *self.blocks):
            x = layer(x)
        return x


def rtneural(network: keras.Model) -> dict:
    """What RTNeural's `model_utils.py` writes, as far as it says something of weights."""
    kinds = {L.Conv1D: "conv1d", L.GRU: "gru", L.LSTM: "lstm", L.Dense: "dense", L.PReLU: "prelu",
             L.BatchNormalization: "batchnorm", L.Activation: "activation"}
    layers = []
    for layer in network.layers:
        activation = getattr(layer, "activation", None)
        entry = {"type": kinds[type(layer)], "activation": activation.__name__ if activation else "",
                 "shape": [None, None, layer.output.shape[-1]]}
        if isinstance(layer, L.Conv1D):
            entry |= {"kernel_size": list(layer.kernel_size), "dilation": list(layer.dilation_rate),
                      "groups": layer.groups}
        if isinstance(layer, L.BatchNormalization):
            entry["epsilon"] = layer.epsilon
        layers.append(entry | {"weights": [rows(weights) for weights in layer.get_weights()]})
    return {"in_shape": [None, None, network.input_shape[-1]], "layers": layers}


def single(network: keras.Model) -> keras.Model:
    """The same network as it is trained: in float32, compiled, and with the state of an optimizer."""
    copy = keras.models.clone_model(network, clone_function=as_float32)
    copy.set_weights(network.get_weights())
    copy.compile("adam", "mse")
    return copy


def as_float32(layer: L.Layer) -> L.Layer:
    return layer.__class__.from_config(layer.get_config() | {"dtype": "float32"})


if __name__ == "__main__":
    sequential = keras.Sequential([keras.Input((None, CHAIN.inputs)), *CHAIN.model.layers()])
    fill(CHAIN, CHAIN.random("weights"))
    text = CHAIN.net.replace("depthwise(k=2, causal)", "conv(k=2, out=4, groups=4, causal)")
    CHAIN.net = text
    small = single(sequential)
    small.save(FOLDER / "chain.keras")
    small.save_weights(FOLDER / "chain.weights.h5")
    arrays = small.get_weights()
    np.savez(FOLDER / "chain.npz", *arrays)
    np.savez_compressed(FOLDER / "chain_deflated.npz", *(np.asfortranarray(array) for array in arrays))
    for name in ("chain.keras", "chain.weights.h5", "chain.npz", "chain_deflated.npz"):
        described(CHAIN, FRAMEWORK, name, answers(sequential))

    golden, network = residual()
    fill(golden, golden.random("weights"))
    small = single(network)
    small.save(FOLDER / "side_by_side.keras")
    named = {f"{layer.name}/{weight.name}": np.asarray(weight) for layer in small.layers for weight in layer.weights}
    np.savez(FOLDER / "named.npz", **named)
    for name in ("side_by_side.keras", "named.npz"):
        described(golden, FRAMEWORK, name, answers(network))

    network = Attributes()
    golden = Golden("attributes", "front: conv(k=2, in=2, out=3, causal, relu); mix: dense(out=3, tanh); "
                    "out: dense(out=3); blocks_dense: dense(out=3); dense_1: dense(out=3, tanh)", 2,
                    Chain(network.front, *network.mixers, *network.blocks))
    network(np.zeros((1, 2, 2)))
    fill(golden, golden.random("weights"))
    network.save_weights(FOLDER / "attributes.weights.h5")
    described(golden, FRAMEWORK, "attributes.weights.h5", answers(network))

    refused = FOLDER / "refused"
    refused.mkdir(exist_ok=True)
    both = keras.Sequential([keras.Input((None, 1)), L.Bidirectional(L.GRU(1))])
    both.save_weights(refused / "bidirectional.weights.h5")
    keras.Sequential([keras.Input((1,)), L.Dense(1)]).save(refused / "legacy.h5", include_optimizer=False)

    amp = Golden("amp", "conv(k=3, in=1, out=4, causal, tanh); prelu(); batch_norm(epsilon=0.001); gru(units=4); "
                 "lstm(units=4); tanh(); dense(out=1)", 1,
                 Chain(L.Conv1D(4, 3, padding="causal", activation="tanh"), L.PReLU(shared_axes=[1]),
                       L.BatchNormalization(), L.GRU(4, return_sequences=True), L.LSTM(4, return_sequences=True),
                       L.Activation("tanh"), L.Dense(1)), spread=4.0)
    sequential = keras.Sequential([keras.Input((None, 1)), *amp.model.layers()])
    fill(amp, amp.random("weights"))
    (FOLDER / "rtneural.json").write_text(json.dumps(rtneural(sequential)) + "\n")
    described(amp, FRAMEWORK, "rtneural.json", answers(sequential))
