"""What recurrent networks in JSON answer, in float64 and on whole sequences: PyTorch's tensors by their names, and RTNeural's layers.

Frames are `(frames, channels)`. Nothing here is of the frameworks: each cell is written out by its definition.
"""

import numpy as np

Frames = np.ndarray


def sigmoid(x: Frames) -> Frames:
    return 1.0 / (1.0 + np.exp(-x))


def lstm(x: Frames, of_input: np.ndarray, of_state: np.ndarray, bias: np.ndarray) -> Frames:
    """Rows of the matrices are the gates i, f, g and o."""
    h = c = np.zeros(of_state.shape[1])
    outputs = []
    for frame in x:
        i, f, g, o = np.split(of_input @ frame + of_state @ h + bias, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        outputs.append(h)
    return np.stack(outputs)


def gru(x: Frames, of_input: np.ndarray, of_state: np.ndarray, outer: np.ndarray, inner: np.ndarray) -> Frames:
    """Rows of the matrices are the gates r, z and n, as in PyTorch."""
    h = np.zeros(of_state.shape[1])
    outputs = []
    for frame in x:
        xr, xz, xn = np.split(of_input @ frame + outer, 3)
        hr, hz, hn = np.split(of_state @ h + inner, 3)
        z = sigmoid(xz + hz)
        h = (1.0 - z) * np.tanh(xn + sigmoid(xr + hr) * hn) + z * h
        outputs.append(h)
    return np.stack(outputs)


def rnn(x: Frames, of_input: np.ndarray, of_state: np.ndarray, bias: np.ndarray) -> Frames:
    h = np.zeros(of_state.shape[1])
    outputs = []
    for frame in x:
        h = np.tanh(of_input @ frame + of_state @ h + bias)
        outputs.append(h)
    return np.stack(outputs)


ACTIVATIONS = {
    "": lambda x: x,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "relu": lambda x: np.maximum(x, 0.0),
    "elu": lambda x: np.where(x > 0.0, x, np.expm1(np.minimum(x, 0.0))),
    "softmax": lambda x: np.exp(x) / np.exp(x).sum(axis=1, keepdims=True),
}


def of_pytorch(x: Frames, tensors: dict, name: str) -> Frames:
    """The layers of one recurrent module of a state dictionary."""
    level = 0
    while f"{name}.weight_ih_l{level}" in tensors:
        own = [np.asarray(tensors[f"{name}.{kind}_l{level}"]) for kind in ("weight_ih", "weight_hh")]
        rows, units = own[1].shape
        outer, inner = (np.asarray(tensors.get(f"{name}.{kind}_l{level}", np.zeros(rows))) for kind in ("bias_ih", "bias_hh"))
        match rows // units:
            case 4:
                x = lstm(x, *own, outer + inner)
            case 3:
                x = gru(x, *own, outer, inner)
            case _:
                x = rnn(x, *own, outer + inner)
        level += 1
    return x


def dense(x: Frames, tensors: dict, name: str) -> Frames:
    return x @ np.asarray(tensors[f"{name}.weight"]).T + np.asarray(tensors.get(f"{name}.bias", 0.0))


def guitarml(file: dict, x: Frames) -> Frames:
    """A `SimpleRNN`: to what its sum gives, its first input channels are added."""
    tensors, skip = file["state_dict"], file["model_data"]["skip"]
    y = dense(of_pytorch(x, tensors, "rec"), tensors, "lin")
    return y + x[:, :skip] if skip else y


def rtneural(file: dict, x: Frames) -> Frames:
    """Layers as Keras has them, with AIDA-X's `in_skip`."""
    y = x
    for layer in file["layers"]:
        weights = [np.asarray(array) for array in layer["weights"]]
        match layer["type"]:
            case "unknown":
                assert not weights
            case "lstm":
                y = lstm(y, weights[0].T, weights[1].T, weights[2])
            case "gru":
                # Keras' order is z, r and n.
                order = lambda matrix: np.concatenate([np.split(matrix, 3)[gate] for gate in (1, 0, 2)])  # noqa: E731
                y = gru(y, order(weights[0].T), order(weights[1].T), order(weights[2][0]), order(weights[2][1]))
            case "dense":
                y = y @ weights[0] + weights[1]
                y = ACTIVATIONS[layer["activation"]](y)
            case other:
                raise ValueError(other)
    return y + x[:, :1] if file.get("in_skip") else y
