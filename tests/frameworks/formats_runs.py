"""Saves networks together with what Keras answers, and what it says of models, into `tests/weights/formats/`."""

import json

import numpy as np
from safetensors.numpy import save_file

from formats import FOLDER, described, recorded
from formats_keras import rtneural, single
from golden import Golden, rows, slide
from keras_blocks import FRAMEWORK, Chain, L, answers, fill, keras


def named(network: keras.Model) -> dict[str, np.ndarray]:
    return {f"net.{place}.{weight.name}": np.asarray(weight, np.float32)
            for place, layer in enumerate(network.layers) for weight in layer.weights}


def drawn(golden: Golden) -> keras.Model:
    network = keras.Sequential([keras.Input((None, golden.inputs)), *golden.model.layers()])
    fill(golden, golden.random("weights"))
    return network


def ways() -> tuple[Golden, keras.Model]:
    """Layers on several ways, of sequences of 12 frames."""
    tensor = keras.Input((12, 2))
    start = L.BatchNormalization()(L.Conv1D(4, 3, name="start")(tensor))
    block = L.LeakyReLU(negative_slope=0.1)(L.Dense(4)(L.Dropout(0.1)(L.ReLU(6.0)(start))))
    start = L.Add()([block, start])
    gate = L.Multiply()([L.Conv1D(3, 1, activation="tanh")(start), L.Conv1D(3, 1, activation="sigmoid")(start)])
    both = L.Concatenate()([gate, L.TimeDistributed(L.Dense(2))(start)])
    pooled = L.AveragePooling1D(2, strides=1)(L.MaxPooling1D(3, strides=1)(both))
    out = L.Dense(3)(L.GlobalAveragePooling1D()(pooled))
    network = keras.Model(tensor, out)
    text = ("conv(k=3, in=2, out=4); batch_norm(epsilon=0.001); residual < relu6(); dense(out=4); leaky_relu(slope=0.1) >; "
            "concat < product < conv(k=1, out=3, tanh) | conv(k=1, out=3, sigmoid) > | dense(out=2) >; "
            "max_pool(size=3, stride=1); avg_pool(size=2, stride=1); global_avg(frames=7); dense(out=3)")
    weighted = [layer for layer in network.layers if layer.weights]
    return Golden("ways", text, 2, Chain(*weighted), first=11, frames=40, spread=2.0), network


def said(network: keras.Model) -> dict:
    """What `config.json` says, without what training alone looks at."""
    def plain(value):
        match value:
            case dict():
                ends = ("initializer", "regularizer", "constraint", "dtype", "registered_name", "trainable")
                return {key: plain(value) for key, value in value.items() if not key.endswith(ends)}
            case list():
                return [plain(value) for value in value]
        return value
    return plain(json.loads(network.to_json()))


def models() -> dict[str, keras.Model]:
    """One of each layer, and of each way to put layers together, those included that cannot be said."""
    def functional(shape, function):
        tensor = keras.Input(shape)
        return keras.Model(tensor, function(tensor))

    def chain(*layers, shape=(None, 4)):
        return keras.Sequential([keras.Input(shape), *layers])

    def wavenet(x):
        first = L.Conv1D(4, 2, padding="causal", name="first")(x)
        second = L.Conv1D(4, 2, padding="causal", name="second")(first)
        third = L.Conv1D(4, 2, padding="causal", name="third")(second)
        return L.Add()([first, second, third])

    def shared(x):
        dense = L.Dense(4, name="shared")
        return dense(dense(x))

    def nested(x):
        inner = L.Add()([L.Dense(4)(x), x])
        return L.Add()([L.Multiply()([L.Dense(4, activation="tanh")(inner), inner]), x])

    class Own(keras.Model):
        def call(self, x):
            return x

    own = Own()
    own(np.zeros((1, 4, 4)))
    one = keras.Input((None, 4))
    two = L.Dense(2, name="two")(one)
    return {
        "convolutions": chain(L.Conv1D(6, 3, strides=2), L.Conv1D(6, 3, dilation_rate=4, padding="same"),
                              L.Conv1D(4, 2, groups=2, padding="causal", use_bias=False, activation="silu"),
                              L.DepthwiseConv1D(3), L.Conv1D(2, 1, strides=3)),
        "activations": chain(*(L.Activation(name) for name in (
            "relu", "relu6", "leaky_relu", "elu", "tanh", "sigmoid", "silu", "selu", "softsign", "hard_tanh",
            "hard_sigmoid", "hard_silu", "softmax", "linear")), L.ReLU(), L.ReLU(6.0), L.ReLU(negative_slope=0.25),
            L.LeakyReLU(0.125), L.ELU(0.5), L.Softmax(), L.Dense(3, activation="elu")),
        "slopes": chain(L.PReLU(shared_axes=[1]), L.PReLU(shared_axes=[1, 2])),
        "recurrent": chain(L.GRU(3, return_sequences=True), L.GRU(3, reset_after=False, return_sequences=True),
                           L.LSTM(5, use_bias=False)),
        "norms": chain(L.BatchNormalization(epsilon=1e-5), L.BatchNormalization(scale=False, center=False),
                       L.LayerNormalization(center=False)),
        "passed over": chain(L.Dropout(0.1), L.SpatialDropout1D(0.1), L.GaussianNoise(0.1), L.Identity(), L.Dense(1)),
        "windows": chain(L.Conv1D(4, 3, strides=2), L.MaxPooling1D(2), L.Conv1D(4, 3, padding="causal", strides=3),
                         L.AveragePooling1D(3, strides=1), L.Flatten(), L.Dense(1), shape=(61, 2)),
        "upsampled": chain(L.UpSampling1D(2), L.Conv1D(4, 3, padding="causal")),
        "transposed": chain(L.Conv1DTranspose(3, 4, strides=2, activation="relu")),
        "of one frame": chain(L.Dense(3), L.Dense(1), shape=(4,)),
        "branches in branches": functional((None, 4), nested),
        "operators": functional((None, 4), lambda x: (x + L.Dense(4)(x)) * L.Dense(4)(x)),
        "several ways": functional((None, 4), wavenet),
        "shared": functional((None, 4), shared),
        "added to itself": functional((None, 4), lambda x: L.Add()([x, x])),
        "subtracted": functional((None, 4), lambda x: L.Subtract()([L.Dense(4)(x), x])),
        "of frames": functional((3, 4), lambda x: L.Concatenate(axis=1)([L.Dense(4)(x), x])),
        "two outputs": keras.Model(one, [two, L.Dense(2)(two)]),
        "two inputs": keras.Model([one, other := keras.Input((None, 4))], L.Add()([one, other])),
        "any length": chain(L.GlobalAveragePooling1D()),
        "own": own,
        "in a model": chain(keras.Sequential([L.Dense(2)])),
        "separable": chain(L.SeparableConv1D(3, 2)),
        "planes": chain(L.Conv2D(3, 2), shape=(None, 8, 1)),
        "padded": chain(L.ZeroPadding1D((2, 0)), L.Conv1D(3, 3)),
        "bidirectional": chain(L.Bidirectional(L.GRU(1))),
        "simple": chain(L.SimpleRNN(2)),
        "backwards": chain(L.GRU(2, go_backwards=True)),
        "relu in an LSTM": chain(L.LSTM(2, activation="relu")),
        "gelu": chain(L.Dense(2, activation="gelu")),
        "slopes of frames": chain(L.PReLU(), shape=(5, 4)),
        "pooled with padding": chain(L.MaxPooling1D(2, padding="same")),
        "multiplied": chain(L.DepthwiseConv1D(2, depth_multiplier=2)),
        "channels first": chain(L.Conv1D(2, 2, data_format="channels_first"), shape=(4, 8)),
        "over frames": chain(L.LayerNormalization(axis=1), shape=(5, 4)),
        "flattened frame": chain(L.Conv1D(4, 3), L.MaxPooling1D(18), L.Flatten(), L.Dense(1), shape=(20, 2)),
        "largest": chain(L.GlobalMaxPooling1D(), L.Dense(1), shape=(20, 2)),
        "relu in an RNN": chain(L.SimpleRNN(2, activation="relu")),
    }


if __name__ == "__main__":
    # Not every push is answered.
    run = Golden("run", "conv(k=3, in=2, out=4, stride=2, tanh); dense(out=2)", 2,
                 Chain(L.Conv1D(4, 3, strides=2, activation="tanh"), L.Dense(2)),
                 first=2, stride=2, frames=60)
    network = drawn(run)
    reference = recorded(run, answers(network))
    save_file(named(network) | reference, FOLDER / "run.safetensors", {"streaming_net.tolerance": "2e-5"})
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

    golden, network = ways()
    fill(golden, golden.random("weights"))
    single(network).save(FOLDER / "ways.keras")
    described(golden, FRAMEWORK, "ways.keras", lambda frames: slide(answers(network), frames, 12))

    text = ",\n".join(f"{json.dumps(name)}: {json.dumps(said(network))}" for name, network in models().items())
    (FOLDER / "models.json").write_text(f"{{\n{text}\n}}\n")

    # What is no network here, as files.
    several = keras.Sequential([keras.Input((None, 2)), L.SeparableConv1D(2, 2, name="apart")])
    several.save(FOLDER / "refused" / "separable.keras")
    (FOLDER / "refused" / "separable.keras").chmod(0o644)
    unknown = {"in_shape": [None, None, 1], "layers": [{"type": "unknown", "weights": []}]}
    (FOLDER / "refused" / "unknown.json").write_text(json.dumps(unknown) + "\n")
    units = {"type": "gru", "activation": "relu", "weights": [[[0.0] * 3], [[0.0] * 3], [[0.0] * 3] * 2]}
    ends = {"in_shape": [None, None, 1], "layers": [units]}
    (FOLDER / "refused" / "relu_in_a_gru.json").write_text(json.dumps(ends) + "\n")
