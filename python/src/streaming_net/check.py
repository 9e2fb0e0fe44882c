"""Compares the exported file with the framework, by onnxruntime."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx

from .framework import Array
from .problems import Problem, first_line

# The largest difference of an output `y`, as a part of `max(1, |y|)`. onnxruntime computes in float32.
TOLERANCE = 1e-3

LENGTH = (
    "if the model has loops over frames, or numbers of frames as Python integers, write it without them, or pass"
    " `window` if it takes a fixed number of frames"
)


def onnxruntime_error(
    model: onnx.ModelProto, inputs: Mapping[str, Array], outputs: Mapping[str, Array], by_frame: bool
) -> Problem | None:
    """How the file differs from the framework; `None` where it does not, or where onnxruntime is not installed."""
    try:
        import onnxruntime
    except ImportError:
        return None
    onnxruntime.set_default_logger_severity(4)
    try:
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    except Exception as error:
        return Problem("the exported model", f"onnxruntime does not read it: {first_line(error)}")
    try:
        found = by_frames(session, inputs) if by_frame else session.run(None, dict(inputs))
    except Exception as error:
        return Problem("the exported model", f"onnxruntime does not run it: {first_line(error)}", LENGTH)
    for (name, wanted), own in zip(outputs.items(), found, strict=True):
        if own.shape != wanted.shape:
            reason = f"its output `{name}` has the shape {own.shape} instead of {wanted.shape}"
            return Problem("the exported model", reason, LENGTH)
        apart = np.max(np.abs(own - wanted) / np.maximum(1.0, np.abs(wanted)), initial=0.0)
        if not apart <= TOLERANCE:
            reason = f"its output `{name}` differs from the model's by {apart:.2g}"
            return Problem("the exported model", reason, LENGTH)
    return None


def by_frames(session: Any, inputs: Mapping[str, Array]) -> list[Array]:
    """One run for each frame, for models that take one frame."""
    count = len(next(iter(inputs.values())))
    runs = [session.run(None, {name: array[at : at + 1] for name, array in inputs.items()}) for at in range(count)]
    return [np.concatenate(outputs) for outputs in zip(*runs, strict=True)]
