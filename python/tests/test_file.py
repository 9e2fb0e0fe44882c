"""What is done to the file that a framework wrote, and the text of the call."""

import stat
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from streaming_net import export, file
from streaming_net.check import onnxruntime_error
from streaming_net.exported import call, check_name, in_its_crate
from streaming_net.framework import flat


def model() -> onnx.ModelProto:
    """Two convolutions, dead parts, and an inner name that the output shall have."""
    info = helper.make_tensor_value_info
    nodes = [
        helper.make_node("Conv", ["x:0", "w"], ["output"], strides=[2]),
        helper.make_node("Conv", ["output", "w"], ["y:0"], strides=[3]),
        helper.make_node("Mul", ["y:0", "unused"], ["nowhere"]),
    ]
    constants = [
        numpy_helper.from_array(np.ones(shape, np.float32), name)
        for name, shape in (("w", (2, 2, 3)), ("unused", (1,)))
    ]
    time, later = ([1, 2, "time"], [1, 2, "later"])
    graph = helper.make_graph(
        nodes, "g", [info("x:0", TensorProto.FLOAT, time)], [info("y:0", TensorProto.FLOAT, later)], constants
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 16)], ir_version=8)


def test_names_dead_parts_and_sizes() -> None:
    proto = model()
    file.named(proto.graph, ["input"], ["output"])
    file.prune(proto.graph)
    assert [value.name for value in (*proto.graph.input, *proto.graph.output)] == ["input", "output"]
    assert [list(node.output) for node in proto.graph.node] == [["output_inner"], ["output"]]
    assert [constant.name for constant in proto.graph.initializer] == ["w"]
    assert file.weight_bytes(proto.graph) == 4 * 12
    assert file.stride(proto.graph) == 6
    onnx.checker.check_model(proto)


def test_a_constant_of_a_graph_inside_of_a_node_stays() -> None:
    info = helper.make_tensor_value_info("inner", TensorProto.FLOAT, [1])
    branch = helper.make_graph([helper.make_node("Identity", ["w"], ["inner"])], "b", [], [info])
    node = helper.make_node("If", ["condition"], ["y"], then_branch=branch, else_branch=branch)
    constants = [numpy_helper.from_array(np.ones(1, np.float32), name) for name in ("w", "unused")]
    inputs = [helper.make_tensor_value_info("condition", TensorProto.BOOL, [])]
    graph = helper.make_graph(
        [node], "g", inputs, [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])], constants
    )
    file.prune(graph)
    assert [constant.name for constant in graph.initializer] == ["w"]


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "folder" / "net.onnx"
    file.write(model(), path)
    assert onnx.load(path).graph.name == "g"
    assert stat.S_IMODE(path.stat().st_mode) & 0o400
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("no space left")))
    with pytest.raises(OSError, match="no space"):
        file.write(model(), path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["net.onnx"]


def test_onnxruntime_finds_another_output() -> None:
    pytest.importorskip("onnxruntime")
    frames = np.ones((1, 2, 19), np.float32)
    right = np.full((1, 2, 3), 36, np.float32)
    proto = model()
    assert onnxruntime_error(proto, {"x:0": frames}, {"y": right}, False) is None
    problem = onnxruntime_error(proto, {"x:0": frames}, {"y": right + 1}, False)
    assert problem is not None and "differs from the model's by 0.027" in problem.reason
    problem = onnxruntime_error(proto, {"x:0": frames}, {"y": right[..., :2]}, False)
    assert problem is not None and "instead of (1, 2, 2)" in problem.reason
    problem = onnxruntime_error(proto, {"x:0": frames[:, :1]}, {"y": right}, False)
    assert problem is not None and "onnxruntime does not run it" in problem.reason


def test_the_call() -> None:
    assert (
        call("Net", "a.onnx", 1_000_000, False) == 'streaming_net! {\n    #[weights = "a.onnx"]\n    pub struct Net;\n}'
    )
    large = call("Big", "a.onnx", 1_063_456, True)
    assert "    #[budget(flash = 1170000)]\n    #[carry]\n    pub struct Big;" in large


@pytest.mark.parametrize("name", ["my net", "1st", "", "struct", "Self", "net-a", "_"])
def test_names_that_rust_does_not_have(name: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a Rust struct"):
        check_name(name)
    with pytest.raises(ValueError, match="is not the name of a Rust struct"):
        export(None, "net.onnx", name=name)


def test_paths_begin_at_the_crate(tmp_path: Path) -> None:
    (tmp_path / "Cargo.toml").touch()
    assert in_its_crate(tmp_path / "weights" / "net.onnx") == "weights/net.onnx"


def test_outputs_in_lists_and_dicts() -> None:
    assert dict(flat(1)) == {"output": 1}
    assert dict(flat((1, [2, 3]))) == {"output_0": 1, "output_1_0": 2, "output_1_1": 3}
    assert dict(flat({"pitch": 1, "voice": 2})) == {"pitch": 1, "voice": 2}


@pytest.mark.parametrize("path", ["net.safetensors", "net.json", "net"])
def test_another_ending(path: str) -> None:
    with pytest.raises(ValueError, match=r"must end in `\.onnx`"):
        export(None, path)


def test_what_is_no_model() -> None:
    with pytest.raises(ValueError, match=r"a Keras model or a torch\.nn\.Module, and not a `dict`"):
        export({}, "net.onnx")
