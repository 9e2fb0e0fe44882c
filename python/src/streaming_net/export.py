"""From a model to an ONNX file with a recorded run, and the call of the macro."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from . import file
from .check import onnxruntime_error
from .exported import Exported, call, check_name, in_its_crate
from .framework import Array, Failed, Framework
from .inputs import Inputs, inputs
from .load import load
from .problems import Problem, Unsupported

# The longest recorded run of a window model that sees more than the window.
LONGEST = 5000


def export(
    model: Any,
    path: str | os.PathLike[str],
    *,
    reference: Any = None,
    window: int | None = None,
    time: int | None = None,
    carry: bool = False,
    name: str = "Net",
    weights: str | None = None,
    seed: int = 0,
    trust: bool = False,
    show: bool = True,
) -> Exported:
    """Has the framework of a Keras or PyTorch model export ONNX, adds a recorded run, and prints the call of the macro.

    - `model`: the model, or the path of a file: `.keras`, `.h5`, `.pt` or `.pth`.
    - `path`: the `.onnx` file to write.
    - `reference`: the input of the recorded run: `(frames, channels)`, or as the model takes it with a batch of one; a
      list of arrays for a model of several inputs. Default: 600 frames of noise, drawn from `seed`.
    - `window`: the number of frames that the model takes at once, where the model does not state it.
    - `time`: the axis of time of the model's inputs, counted from 0, where the model does not show it.
    - `carry`: writes `#[carry]` into the call: you accept that a window sees the frames before it, and not zeros.
    - `name`: the name of the struct.
    - `weights`: the path in the macro's call. Default: `path`, relative to the folder of the `Cargo.toml` above it.
    - `seed`: the seed of the noise.
    - `trust`: allows a file to run its code, such as a Keras `Lambda` or a pickled module.
    - `show`: whether to print the call, and a line about the run to standard error.

    Raises `Unsupported` for a model that cannot be exported, and `ValueError` for arguments that do not fit.
    """
    check_name(name)
    path = Path(path)
    if path.suffix != ".onnx":
        raise ValueError(f"{path}: the file must end in `.onnx`")
    if window is not None and window < 1:
        raise ValueError(f"window={window} is not a number of frames")
    if time is not None and time < 0:
        raise ValueError(f"time={time} is not an axis, counted from 0")
    if isinstance(model, (str, os.PathLike)):
        model = load(model, trust)
    framework = of(model)
    with framework.ready():
        refuse_broken(framework)
        taken = inputs(framework, reference, window, time, np.random.default_rng(seed))
        if carry and taken.window is None:
            raise ValueError("`carry` is for windows, and this model takes any number of frames: pass `window`")
        once = taken.arrays if taken.window is None else taken.cut(taken.window)
        outputs = recorded(framework, once, taken)
        proto, names = written(framework, once, taken)
    file.named(proto.graph, names, list(outputs))
    file.prune(proto.graph)
    if problem := onnxruntime_error(proto, dict(zip(names, once, strict=True)), outputs, taken.time is None):
        raise Unsupported([problem])
    run = dict(zip(names, whole_run(taken, once, proto), strict=True))
    size = file.weight_bytes(proto.graph)
    file.with_run(proto, run, outputs)
    said = {"streaming_net.framework": framework.version}
    if taken.time is not None:
        said["streaming_net.time"] = str(taken.time)
    onnx.helper.set_model_props(proto, said)
    file.write(proto, path)
    macro = call(name, weights or in_its_crate(path), size, carry)
    exported = Exported(path, macro, taken.time, taken.window, run, outputs, framework.version)
    if show:
        print(f"{path}: {size} bytes of weights, {next(iter(run.values())).shape} recorded", file=sys.stderr)
        print(macro)
    return exported


def of(model: Any) -> Framework:
    """The model in its framework."""
    modules = {base.__module__.partition(".")[0] for base in type(model).__mro__}
    if "tf_keras" in modules or "keras" in modules:
        from .from_keras import keras

        return keras(model, modules)
    if "torch" in modules:
        from .from_torch import Torch

        return Torch(model)
    raise ValueError(f"the model must be a Keras model or a torch.nn.Module, and not a `{type(model).__name__}`")


def refuse_broken(framework: Framework) -> None:
    """Raises where weights are not numbers."""
    broken = [layer for layer, array in framework.weights() if array.dtype.kind == "f" and not np.isfinite(array).all()]
    if broken:
        raise Unsupported(Problem(layer, "its weights contain NaN or infinity") for layer in broken)


def recorded(framework: Framework, once: list[Array], taken: Inputs) -> dict[str, Array]:
    """The outputs of the framework."""
    try:
        outputs = framework.run(once)
    except Failed as failed:
        raise ValueError(f"the model does not run on {taken.frames} frames: {failed}") from failed
    for name, output in outputs.items():
        if output.size == 0:
            raise ValueError(f"`reference` is too short: the model has no output for {taken.frames} frames")
        if not np.isfinite(output).all():
            raise Unsupported([Problem("the model", f"its output `{name}` in the recorded run is NaN or infinite")])
    return outputs


def written(framework: Framework, once: list[Array], taken: Inputs) -> tuple[onnx.ModelProto, list[str]]:
    """What the framework exports, of fewer frames than the recorded run has, so that a length in it would show."""
    example = once
    if taken.time is None:
        example = [array[:1] for array in once]
    elif taken.window is None and taken.frames > 1 and framework.failure(taken.cut(taken.frames - 1)) is None:
        example = taken.cut(taken.frames - 1)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        names = framework.write(path, example, taken.shapes)
        return onnx.load(path), names


def whole_run(taken: Inputs, once: list[Array], proto: onnx.ModelProto) -> list[Array]:
    """The frames to record. A window comes twice, so that the stream has a past before the second."""
    if taken.window is None or taken.time is None:
        return taken.arrays
    stride = file.stride(proto.graph)
    apart = stride * -(-taken.window // stride)
    if apart + taken.window > LONGEST:
        return once
    between = np.arange(taken.window, apart) % taken.frames
    places = np.concatenate([np.arange(taken.window), between, np.arange(taken.window)])
    return [np.take(array, places, taken.time) for array in taken.arrays]
