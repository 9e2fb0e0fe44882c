"""Draws captures in JSON, as GuitarML, AIDA-X and RTNeural write them, and records what they answer, into `tests/weights/captures/`.

`rnn.py` answers, and `nam.py` for the file of Neural Amp Modeler under another ending.
"""

import json
import shutil
import zlib

import numpy as np

import nam
import rnn
from golden import WEIGHTS, rows

FOLDER = WEIGHTS / "captures"
FRAMES = 400


class Drawn:
    """Draws weights in numbers with few digits."""

    def __init__(self, name: str) -> None:
        self.random = np.random.default_rng(zlib.crc32(name.encode()))

    def take(self, *shape: int) -> list:
        return np.round(self.random.uniform(-0.8, 0.8, shape), 3).tolist()

    def recurrent(self, name: str, gates: int, inputs: int, units: int, layers: int, bias: bool = True) -> dict:
        tensors = {}
        for level in range(layers):
            of = lambda kind: f"{name}.{kind}_l{level}"  # noqa: B023, E731
            tensors[of("weight_ih")] = self.take(gates * units, inputs)
            tensors[of("weight_hh")] = self.take(gates * units, units)
            if bias:
                tensors |= {of(kind): self.take(gates * units) for kind in ("bias_ih", "bias_hh")}
            inputs = units
        return tensors

    def dense(self, name: str, inputs: int, outputs: int, bias: bool = True) -> dict:
        tensors = {f"{name}.weight": self.take(outputs, inputs)}
        return tensors | ({f"{name}.bias": self.take(outputs)} if bias else {})


GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}


def guitarml(name: str, unit: str, inputs: int, units: int, layers: int = 1, skip: int = 1, outputs: int = 1, bias: bool = True) -> dict:
    drawn = Drawn(name)
    data = {"model": "SimpleRNN", "input_size": inputs, "skip": skip, "output_size": outputs, "unit_type": unit,
            "num_layers": layers, "hidden_size": units, "bias_fl": bias}
    tensors = drawn.recurrent("rec", GATES[unit], inputs, units, layers) | drawn.dense("lin", units, outputs, bias)
    return {"model_data": data, "state_dict": tensors}


def keras(name: str, kind: str, inputs: int, units: int) -> list[dict]:
    """A recurrent layer and two dense ones, as RTNeural's exporter writes them."""
    drawn, gates = Drawn(name), GATES[kind.upper()]
    bias = drawn.take(2, gates * units) if kind == "gru" else drawn.take(gates * units)
    of = lambda kind, activation, outputs, weights: {  # noqa: E731
        "type": kind, "activation": activation, "shape": [None, None, outputs], "weights": weights}
    return [
        of(kind, "", units, [drawn.take(inputs, gates * units), drawn.take(units, gates * units), bias]),
        of("dense", "tanh", 3, [drawn.take(units, 3), drawn.take(3)]),
        of("dense", "", 1, [drawn.take(3, 1), drawn.take(1)]),
    ]


def write(name: str, file: dict, output: np.ndarray) -> None:
    assert np.isfinite(output).all() and output.std() > 1e-3, f"{name} hardly answers"
    about = "in float64, from zeros on, for the inputs of nam.py"
    (FOLDER / f"{name}.json").write_text(json.dumps(file) + "\n")
    answers = rows(output[:, 0] if output.shape[1] == 1 else output)
    (FOLDER / f"{name}.out.json").write_text(json.dumps({"about": about, "file": f"{name}.json", "output": answers}) + "\n")


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for name, said in {
        "guitarml_lstm": {"unit": "LSTM", "inputs": 1, "units": 4},
        "guitarml_lstm_no_skip": {"unit": "LSTM", "inputs": 1, "units": 3, "skip": 0},
        "guitarml_lstm_knobs": {"unit": "LSTM", "inputs": 3, "units": 3, "layers": 2},
        "guitarml_gru": {"unit": "GRU", "inputs": 2, "units": 4, "layers": 2, "skip": 0},
        "guitarml_gru_skip": {"unit": "GRU", "inputs": 1, "units": 3},
        "guitarml_rnn": {"unit": "RNN", "inputs": 1, "units": 4, "bias": False},
        "guitarml_stereo": {"unit": "LSTM", "inputs": 2, "units": 3, "skip": 2, "outputs": 2},
        "guitarml_wide": {"unit": "GRU", "inputs": 1, "units": 3, "outputs": 2},
        "guitarml_two_skips": {"unit": "LSTM", "inputs": 3, "units": 3, "skip": 2},
    }.items():
        file = guitarml(name, **said)
        write(name, file, rnn.guitarml(file, nam.inputs(FRAMES, said["inputs"])))
    drawn = Drawn("state_dict")
    tensors = drawn.recurrent("gru", 3, 1, 4, 1) | drawn.recurrent("gru2", 3, 4, 3, 3) | drawn.dense("dense", 3, 1)
    x = nam.inputs(FRAMES)
    y = rnn.dense(rnn.of_pytorch(rnn.of_pytorch(x, tensors, "gru"), tensors, "gru2"), tensors, "dense")
    write("state_dict", tensors, y)
    drawn = Drawn("state_dict_nested")
    tensors = drawn.recurrent("lstm", 4, 2, 3, 1, bias=False) | drawn.dense("out", 3, 1, bias=False)
    y = rnn.dense(rnn.of_pytorch(nam.inputs(FRAMES, 2), tensors, "lstm"), tensors, "out")
    write("state_dict_nested", {"state_dict": tensors}, y)
    aidax = {"in_shape": [None, None, 3], "in_skip": 1, "layers": keras("aidax_knobs", "lstm", 3, 4),
             "metadata": {"name": "Drawn", "samplerate": "48000"}, "in_gain": -6, "out_gain": 3.5}
    write("aidax_knobs", aidax, rnn.rtneural(aidax, nam.inputs(FRAMES, 3)))
    layers = [{"type": "unknown", "activation": "", "shape": [[None, None, 1]], "weights": []}, *keras("input_layer", "gru", 1, 3)]
    input_layer = {"in_shape": [None, None, 1], "layers": layers, "samplerate": 44100.0}
    write("rtneural_input_layer", input_layer, rnn.rtneural(input_layer, x))
    file = json.loads((WEIGHTS / "nam" / "lstm.nam").read_text())
    write("nam_as_json", file, nam.model(file)(x))
