"""The tests of operations that the package `onnx` has, as files for the compiler's test `onnx::tests::suite`.

    python suite.py FOLDER

A test has a model, its inputs and its outputs. Here one or all inputs are frames, and the other inputs are constants of the file.
Every axis of the inputs is time in turn: once with its length (a window), once without (a sequence of any length).
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper
from onnx.backend.test import loader

# Numbers in the inputs and outputs of one test.
MOST_NUMBERS = 1 << 16

# Operations that compute each sequence of a batch alone: their batch becomes one sequence.
BATCHED = {"AveragePool", "BatchNormalization", "Conv", "ConvTranspose", "DepthToSpace", "GlobalAveragePool", "GlobalMaxPool",
           "GroupNormalization", "InstanceNormalization", "LpPool", "MaxPool", "PRelu", "Resize", "Upsample"}
RECURRENT = {"GRU", "LSTM", "RNN"}
# Operations of which every input may be frames.
SEVERAL = {"Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Sum", "Mean", "Concat", "MatMul", "Gemm", "Einsum", "Mod", "Where"}


class Case:
    """A test: a model and a run of it."""

    def __init__(self, name: str, op: str, model: ModelProto, inputs: list, outputs: list) -> None:
        self.name, self.op = name, op
        self.model = ModelProto()
        self.model.CopyFrom(model)
        self.inputs, self.outputs = inputs, outputs

    def is_numbers(self) -> bool:
        arrays = [*self.inputs, *self.outputs]
        return (all(isinstance(array, np.ndarray) and array.dtype.kind not in "OSUc" for array in arrays)
                and sum(array.size for array in arrays) <= MOST_NUMBERS)

    def without_batch(self) -> None:
        """Keeps the first sequence of a batch."""
        if self.op in BATCHED and self.inputs[0].ndim > 2:
            self.inputs[0] = self.inputs[0][:1]
            self.outputs = [output[:1] for output in self.outputs]
        if self.op in RECURRENT and not self.name.endswith("expanded"):
            attributes = {a.name: a.i for a in self.model.graph.node[0].attribute}
            first = attributes.get("layout", 0) == 1
            names = list(self.model.graph.node[0].input)
            present = [name for name in names if name]
            for place, array in enumerate(self.inputs):
                role = names.index(present[place])
                if role in (0, 5, 6):
                    self.inputs[place] = array[:1] if first else array[:, :1]
                if role == 4:
                    self.inputs[place] = array[:1]
            given = [name for name in self.model.graph.node[0].output]
            given = [place for place, name in enumerate(given) if name]
            self.outputs = [output[:1] if first else output[:, :, :1] if place == 0 else output[:, :1]
                            for place, output in zip(given, self.outputs, strict=True)]

    def with_frames(self, frames: list[int], axis: int | None) -> ModelProto:
        """The model with inputs `frames`, whose length along `axis` is not fixed."""
        model = ModelProto()
        model.CopyFrom(self.model)
        graph = model.graph
        infos = list(graph.input)
        del graph.input[:]
        for place, (info, array) in enumerate(zip(infos, self.inputs, strict=True)):
            if place in frames:
                shape: list = list(array.shape)
                if axis is not None:
                    shape[axis] = "T"
                graph.input.append(helper.make_tensor_value_info(info.name, info.type.tensor_type.elem_type, shape))
            else:
                tensor = numpy_helper.from_array(np.ascontiguousarray(array), info.name)
                # numpy's type is not the file's where the file has one of its own.
                if tensor.data_type != info.type.tensor_type.elem_type:
                    tensor.data_type = info.type.tensor_type.elem_type
                graph.initializer.append(tensor)
        return model


def numbers(array: np.ndarray) -> list:
    return [str(x) if not np.isfinite(x) else x for x in array.astype(np.float64).ravel().tolist()]


def cases() -> Iterator[Case]:
    for kind in ("node", "pytorch-converted", "pytorch-operator"):
        for test in loader.load_model_tests(kind=kind):
            name = test.name.removeprefix("test_")
            if kind == "node":
                model, sets = test.model, test.data_sets
            else:
                folder = Path(test.model_dir)
                model, sets = onnx.load(folder / "model.onnx"), []
                for data in sorted(folder.glob("test_data_set_*")):
                    sets.append([[numpy_helper.to_array(tensor(path)) for path in sorted(data.glob(f"{what}_*.pb"))]
                                 for what in ("input", "output")])
                name = f"{kind}_{name}"
            if model is None or any(node.domain for node in model.graph.node) or not model.graph.node or not sets:
                continue
            op = model.graph.node[0].op_type
            if kind == "node":
                if "_expanded" in name:
                    op = "functions of the standard, written out"
            elif kind == "pytorch-converted" or len(model.graph.node) > 1:
                op = "models of PyTorch"
            inputs, outputs = sets[0]
            inputs = [np.asarray(array) if isinstance(array, np.generic) else array for array in inputs]
            outputs = [np.asarray(array) if isinstance(array, np.generic) else array for array in outputs]
            known = {tensor.name for tensor in model.graph.initializer}
            if len([i for i in model.graph.input if i.name not in known]) != len(inputs):
                continue
            yield Case(name, op, model, list(inputs), list(outputs))


def tensor(path: Path) -> TensorProto:
    tensor = TensorProto()
    tensor.ParseFromString(path.read_bytes())
    return tensor


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    count = 0
    for case in cases():
        # Constants that are among the inputs stay where they are.
        known = {tensor.name for tensor in case.model.graph.initializer}
        for place in reversed(range(len(case.model.graph.input))):
            if case.model.graph.input[place].name in known:
                del case.model.graph.input[place]
        if not case.inputs or not case.is_numbers():
            continue
        case.without_batch()
        choices = [[0]]
        if case.op in SEVERAL and len(case.inputs) > 1:
            choices += [[1], list(range(len(case.inputs)))]
        # Frames are real numbers.
        for frames in [frames for frames in choices if all(case.inputs[place].dtype.kind == "f" for place in frames)]:
            shapes = [case.inputs[place].shape for place in frames]
            rank = len(shapes[0])
            if any(len(shape) != rank for shape in shapes) or 0 in np.concatenate(shapes):
                continue
            variants = [(axis, length) for axis in range(rank) for length in (True, False)]
            if rank <= 2:
                variants.append((None, True))
            for axis, has_length in variants:
                if axis is not None and len({shape[axis] for shape in shapes}) > 1:
                    continue
                model = case.with_frames(frames, None if has_length else axis)
                file = folder / f"{count:05}"
                file.with_suffix(".onnx").write_bytes(model.SerializeToString())
                # One test has its outputs with four digits.
                few = "ceil_last_window_starts_on_pad" in case.name
                half = any(a.dtype.itemsize == 2 for a in [*case.inputs, *case.outputs])
                file.with_suffix(".json").write_text(json.dumps({
                    "name": case.name, "op": case.op, "time": axis, "tolerance": 4e-3 if half else 1e-4 if few else 1e-5,
                    "inputs": [{"shape": case.inputs[place].shape, "numbers": numbers(case.inputs[place])} for place in frames],
                    "outputs": [{"shape": output.shape, "numbers": numbers(output)} for output in case.outputs],
                }))
                count += 1
    print(f"{count} runs in {folder}")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
