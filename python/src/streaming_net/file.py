"""The ONNX file: what the framework wrote, without dead parts, with the recorded run and the axis of time."""

import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from .framework import Array

FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE, onnx.TensorProto.FLOAT16, onnx.TensorProto.BFLOAT16)


def graphs(graph: onnx.GraphProto) -> Iterator[onnx.GraphProto]:
    """The graph, and the graphs inside of its nodes, such as the body of a loop."""
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            for inner in (attribute.g, *attribute.graphs):
                yield from graphs(inner)


def rename(whole: onnx.GraphProto, names: Mapping[str, str]) -> None:
    for graph in graphs(whole):
        for node in graph.node:
            for values in (node.input, node.output):
                values[:] = [names.get(value, value) for value in values]
        for value in (*graph.input, *graph.output, *graph.value_info, *graph.initializer):
            value.name = names.get(value.name, value.name)


def named(graph: onnx.GraphProto, inputs: list[str], outputs: list[str]) -> None:
    """Gives the inputs and outputs of the model these names."""
    own = [value.name for value in (*graph.input, *graph.output)]
    wanted = [*inputs, *outputs]
    if len(set(own)) != len(wanted):
        return
    others = {value for inner in graphs(graph) for node in inner.node for value in (*node.input, *node.output)}
    taken = {name: f"{name}_inner" for name in wanted if name in others.difference(own)}
    # By names that nothing has, for an input may have the name that an output shall have.
    rename(graph, taken | {name: f"streaming_net.{place}" for place, name in enumerate(own)})
    rename(graph, {f"streaming_net.{place}": name for place, name in enumerate(wanted)})


def prune(graph: onnx.GraphProto) -> None:
    """Removes nodes and constants that no output depends on."""
    needed = {output.name for output in graph.output}
    live: list[onnx.NodeProto] = []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            live.insert(0, onnx.NodeProto.FromString(node.SerializeToString()))
            for inner in graphs(onnx.GraphProto(node=[node])):
                needed.update(value for reader in inner.node for value in reader.input)
                needed.update(output.name for output in inner.output)
    if len(live) != len(graph.node):
        del graph.node[:]
        graph.node.extend(live)
    for constant in [constant for constant in graph.initializer if constant.name not in needed]:
        graph.initializer.remove(constant)


def weight_bytes(whole: onnx.GraphProto) -> int:
    """Bytes of the weights in f32, as the macro has them."""
    size = 0
    for graph in graphs(whole):
        constants = [a.t for node in graph.node if node.op_type == "Constant" for a in node.attribute]
        weights = [one for one in (*graph.initializer, *constants) if one.data_type in FLOATS and one.dims]
        size += 4 * int(sum(math.prod(one.dims) for one in weights))
    return size


def stride(graph: onnx.GraphProto) -> int:
    """A multiple of the frames from one output to the next."""
    strides = [max(a.ints, default=1) for node in graph.node for a in node.attribute if a.name == "strides"]
    return int(math.prod(strides))


def with_run(model: onnx.ModelProto, inputs: Mapping[str, Array], outputs: Mapping[str, Array]) -> None:
    """Adds the recorded run."""
    for kind, arrays in (("reference.input", inputs), ("reference.output", outputs)):
        for name, array in arrays.items():
            called = kind if len(arrays) == 1 else f"{kind}.{name}"
            model.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(array, np.float32), called))


def write(model: onnx.ModelProto, path: Path) -> None:
    """Writes the whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(model.SerializeToString())
        # The permissions that a new file has.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
