"""Writes the ONNX models of `tests/weights/onnx/`, each with a run of it in onnxruntime.

    pip install onnx onnxruntime numpy
    python tests/frameworks/onnx_models.py

A run has the frames of the inputs, one row each, and the frames of the outputs, one row each.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).parent.parent / "weights" / "onnx"
RANDOM = np.random.default_rng(7)


class Model:
    def __init__(self):
        self.nodes, self.constants = [], []

    def weights(self, *shape):
        return self.constant((RANDOM.normal(size=shape) * 0.5).astype(np.float32))

    def constant(self, values):
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def node(self, op, *inputs, out, **attributes):
        outs = [out] if isinstance(out, str) else out
        self.nodes.append(helper.make_node(op, list(inputs), outs, f"/{out if isinstance(out, str) else outs[0]}/{op}", **attributes))
        return out

    def save(self, name, inputs, outputs):
        info = lambda pairs: [
            helper.make_tensor_value_info(own, TensorProto.FLOAT, shape) for own, shape in pairs.items()
        ]
        graph = helper.make_graph(self.nodes, name, info(inputs), info(outputs), self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        (FOLDER / f"{name}.onnx").write_bytes(model.SerializeToString())
        return onnxruntime.InferenceSession(model.SerializeToString())


def record(name, inputs, outputs):
    rows = lambda frames: [[float(x) for x in np.asarray(frame, np.float32).ravel()] for frame in frames]
    run = json.dumps({"input": rows(inputs), "output": rows(outputs)})
    (FOLDER / f"{name}.json").write_text(run.replace("], [", "],\n[") + "\n")


def noise(*shape):
    return RANDOM.normal(size=shape).astype(np.float32)


def tcn():
    """Two dilated convolutions; the first is causal by a pad before, the second by a chomp behind."""
    model = Model()
    pads = model.constant(np.array([0, 0, 4, 0, 0, 0], np.int64))
    padded = model.node("Pad", "x", pads, out="pad")
    hidden = model.node("Conv", padded, model.weights(4, 2, 3), model.weights(4), out="conv1", dilations=[2])
    hidden = model.node("Relu", hidden, out="relu1")
    wide = model.node(
        "Conv", hidden, model.weights(4, 4, 3), model.weights(4), out="conv2", dilations=[4], pads=[8, 8]
    )
    ends = [model.constant(np.array([number], np.int64)) for number in (0, -8, 2)]
    chomped = model.node("Slice", wide, *ends, out="chomp")
    mixed = model.node("Add", chomped, hidden, out="residual")
    mixed = model.node("Relu", mixed, out="relu2")
    model.node("Conv", mixed, model.weights(1, 4, 1), model.weights(1), out="y")
    session = model.save("tcn", {"x": [1, 2, "time"]}, {"y": [1, 1, "time"]})
    x = noise(1, 2, 40)
    record("tcn", x[0].T, session.run(None, {"x": x})[0][0].T)


def conv_gru():
    """A convolution with a stride, and a GRU of its frames."""
    model = Model()
    hidden = model.node("Conv", "x", model.weights(4, 2, 3), model.weights(4), out="conv", strides=[2])
    hidden = model.node("Tanh", hidden, out="tanh")
    frames = model.node("Transpose", hidden, out="frames", perm=[2, 0, 1])
    model.node(
        "GRU", frames, model.weights(1, 15, 4), model.weights(1, 15, 5), model.weights(1, 30),
        out=["cell", "last"], hidden_size=5, linear_before_reset=1,
    )
    states = model.node("Squeeze", "cell", model.constant(np.array([1], np.int64)), out="states")
    product = model.node("MatMul", states, model.weights(5, 2), out="dense")
    model.node("Add", product, model.weights(2), out="y")
    session = model.save("conv_gru", {"x": [1, 2, "time"]}, {"y": ["frames", 1, 2]})
    x = noise(1, 2, 41)
    record("conv_gru", x[0].T, session.run(None, {"x": x})[0][:, 0])


def window():
    """Convolutions and pools over time and features of eight frames, flattened for a decision."""
    model = Model()
    hidden = model.node("Conv", "x", model.weights(3, 1, 3, 3), model.weights(3), out="conv1", pads=[0, 1, 0, 1])
    hidden = model.node("Relu", hidden, out="relu")
    hidden = model.node("MaxPool", hidden, out="pool", kernel_shape=[2, 2], strides=[2, 2])
    flat = model.node("Flatten", hidden, out="flatten")
    scores = model.node("Gemm", flat, model.weights(27, 3), model.weights(3), out="dense")
    model.node("Softmax", scores, out="y", axis=1)
    session = model.save("window", {"x": [1, 1, 8, 6]}, {"y": [1, 3]})
    x = noise(20, 6)
    windows = [x[start : start + 8][None, None] for start in range(0, 13, 2)]
    record("window", x, [session.run(None, {"x": frames})[0] for frames in windows])


def step():
    """One step of an LSTM, whose states are inputs and outputs."""
    model = Model()
    frame = model.node("Unsqueeze", "x", model.constant(np.array([0], np.int64)), out="frame")
    model.node(
        "LSTM", frame, model.weights(1, 16, 3), model.weights(1, 16, 4), model.weights(1, 32), "", "h", "c",
        out=["cell", "hn", "cn"], hidden_size=4,
    )
    axes = model.constant(np.array([0, 1], np.int64))
    state = model.node("Squeeze", "cell", axes, out="state")
    model.node("Gemm", state, model.weights(4, 2), model.weights(2), out="y")
    shape = [1, 1, 4]
    session = model.save(
        "step", {"x": [1, 3], "h": shape, "c": shape}, {"y": [1, 2], "hn": shape, "cn": shape}
    )
    x, h, c = noise(30, 3), np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    outputs = []
    for frame in x:
        y, h, c = session.run(None, {"x": frame[None], "h": h, "c": c})
        outputs.append(y)
    record("step", x, outputs)


def two_outputs():
    """A pitch of two numbers and a probability of each frame."""
    model = Model()
    hidden = model.node("Conv", "x", model.weights(4, 2, 3), model.weights(4), out="trunk", pads=[2, 0])
    hidden = model.node("Elu", hidden, out="elu")
    model.node("Conv", hidden, model.weights(2, 4, 1), model.weights(2), out="pitch")
    score = model.node("Conv", hidden, model.weights(1, 4, 1), model.weights(1), out="score")
    model.node("Sigmoid", score, out="vad")
    session = model.save(
        "two_outputs", {"x": [1, 2, "time"]}, {"pitch": [1, 2, "time"], "vad": [1, 1, "time"]}
    )
    x = noise(1, 2, 30)
    record("two_outputs", x[0].T, np.concatenate(session.run(None, {"x": x}), axis=1)[0].T)


def mirrored():
    """Features that are mirrored at both ends, and a transposed convolution over time and features, with its run in a folder."""
    model = Model()
    pads = model.constant(np.array([0, 0, 0, 3, 0, 0, 0, 4], np.int64))
    wide = model.node("Pad", "x", pads, out="pad", mode="reflect")
    hidden = model.node(
        "ConvTranspose", wide, model.weights(2, 2, 3, 3), model.weights(4), out="deconv",
        group=2, strides=[1, 2], pads=[0, 1, 2, 1],
    )
    model.node("Elu", hidden, out="y")
    session = model.save("mirrored", {"x": [1, 2, "time", 8]}, {"y": [1, 4, "time", 29]})
    x = noise(1, 2, 24, 8)
    y = session.run(None, {"x": x})[0]
    record("mirrored", x[0].transpose(1, 0, 2), y[0].transpose(1, 0, 2))
    run = FOLDER / "mirrored" / "test_data_set_0"
    run.mkdir(parents=True, exist_ok=True)
    for name, array, file in (("x", x, "input_0.pb"), ("y", y, "output_0.pb")):
        (run / file).write_bytes(numpy_helper.from_array(array, name).SerializeToString())


def main():
    FOLDER.mkdir(exist_ok=True)
    for model in (tcn, conv_gru, window, step, two_outputs, mirrored):
        model()
    return 0


if __name__ == "__main__":
    sys.exit(main())
