"""Models of Keras 3, on each backend, and of Keras 2."""

import contextlib
import importlib
import importlib.metadata
import logging
import os
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from .framework import OPSET, Array, Failed, Framework, Shape, flat, floats, required
from .problems import Problem, Unsupported, first_line

# The module that exports from each backend, and the version of its operations: jax2onnx writes no older one.
EXPORTERS = {"tensorflow": ("tf2onnx", OPSET), "jax": ("jax2onnx", 21), "torch": ("torch", OPSET)}

ON_TENSORFLOW = "save the model as a `.keras` file, and export that with KERAS_BACKEND=tensorflow in the environment"


class Keras(Framework):
    """A model of Keras 3."""

    # A model that has never run builds its layers for the first shape that it gets.
    axes = (1,)

    def __init__(self, model: Any) -> None:
        import keras

        self.keras: Any = keras
        self.model = model
        self.backend: str = keras.backend.backend()
        self.version = f"keras {keras.__version__} ({self.backend})"
        if self.backend not in EXPORTERS:
            raise ValueError(f"Keras exports no ONNX on its backend `{self.backend}`: {ON_TENSORFLOW}")

    def layers(self) -> list[Any]:
        return list(self.model._flatten_layers())

    @contextmanager
    def ready(self) -> Iterator[None]:
        refused = [
            Problem(named(layer), "its weights are quantised", "export the model as it was before `quantize`")
            for layer in self.layers()
            if getattr(layer, "quantization_mode", None)
        ]
        if self.backend != "tensorflow":
            reason = f"Keras exports recurrent layers on its backend `{self.backend}` as a loop over single frames"
            recurrent = [layer for layer in self.layers() if isinstance(layer, self.keras.layers.RNN)]
            refused += [Problem(named(layer), reason, ON_TENSORFLOW) for layer in recurrent]
            reason = f"Keras exports one input on its backend `{self.backend}`"
            refused += [Problem(tensor.name, reason, ON_TENSORFLOW) for tensor in self.tensors()[1:]]
        if refused:
            raise Unsupported(refused)
        # Mixed precision would be in the file and in the run, and states would be those of an earlier run.
        wanted = self.float32 | {"stateful": False}
        own = [(layer, name, getattr(layer, name, None)) for layer in self.layers() for name in wanted]
        own = [(layer, name, value) for layer, name, value in own if value is not None and value != wanted[name]]
        try:
            for layer, name, _ in own:
                setattr(layer, name, wanted[name])
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        finally:
            for layer, name, value in own:
                setattr(layer, name, value)

    @property
    def float32(self) -> dict[str, Any]:
        return {"dtype_policy": "float32"}

    def weights(self) -> Iterator[tuple[str, Array]]:
        for layer in self.layers():
            if not list(layer._flatten_layers(include_self=False)):
                for weight in layer.weights:
                    yield named(layer), self.numbers(weight)

    def numbers(self, tensor: Any) -> Array:
        return np.asarray(self.keras.ops.convert_to_numpy(tensor))

    def shapes(self, time: int | None) -> list[Shape] | None:
        tensors = self.tensors()
        return stated(tensors, time) if tensors else None

    def tensors(self) -> list[Any]:
        """The inputs that the model states; none where it has never run."""
        try:
            return list(self.model.inputs or [])
        except (AttributeError, ValueError):
            return []

    def run(self, inputs: Sequence[Array], strict: bool = False) -> dict[str, Array]:
        try:
            outputs = dict(flat(self.model(self.packed(inputs), training=False)))
        except Exception as error:
            raise Failed(reason_of(error)) from error
        return {name: floats(self.numbers(value)) for name, value in outputs.items()}

    def packed(self, values: Sequence[Any]) -> Any:
        """The inputs as the model takes them: one alone, or several in its list or dict."""
        if len(values) == 1:
            return values[0]
        structure = getattr(self.model, "_inputs_struct", None)
        return list(values) if structure is None else self.keras.tree.pack_sequence_as(structure, list(values))

    def write(self, path: str, inputs: Sequence[Array], shapes: Sequence[Shape]) -> list[str]:
        names = [tensor.name for tensor in self.tensors()] if len(inputs) > 1 else ["input"]
        module, opset = EXPORTERS[self.backend]
        required(module, f"the export from Keras on its backend `{self.backend}`")
        try:
            with quiet():
                self.export(path, inputs, shapes, names, opset)
        except Exception as error:
            raise Unsupported([Problem(f"the export by {module}", reason_of(error))]) from error
        return names

    def export(self, path: str, inputs: Sequence[Array], shapes: Sequence[Shape], names: list[str], opset: int) -> None:
        if self.backend == "tensorflow":
            by_tensorflow(lambda *values: self.model(self.packed(values), training=False), path, shapes, names, opset)
        elif self.backend == "torch":
            # Keras' own export on this backend traces a single frame.
            from .from_torch import write

            write(self.model, path, inputs, shapes, names)
        else:
            spec = self.keras.layers.InputSpec
            specs = [spec("float32", shape.lengths, name=name) for shape, name in zip(shapes, names, strict=True)]
            signature = [self.packed(specs)]
            self.model.export(path, format="onnx", input_signature=signature, opset_version=opset, verbose=False)


class Keras2(Keras):
    """A model of `tf_keras`, or of `tf.keras` up to TensorFlow 2.15."""

    def __init__(self, model: Any, package: str) -> None:
        self.model, self.backend = model, "tensorflow"
        self.version = f"{package} {importlib.metadata.version(package)}"

    @property
    def float32(self) -> dict[str, Any]:
        import tensorflow as tf

        policy = importlib.import_module(f"{self.version.split()[0]}.mixed_precision").Policy
        return {"_dtype_policy": policy("float32"), "_compute_dtype_object": tf.float32}

    def numbers(self, tensor: Any) -> Array:
        return np.asarray(tensor.numpy())

    def packed(self, values: Sequence[Any]) -> Any:
        return values[0] if len(values) == 1 else list(values)


def by_tensorflow(call: Any, path: str, shapes: Sequence[Shape], names: list[str], opset: int) -> None:
    """Writes a function of TensorFlow as ONNX by tf2onnx."""
    import onnx
    import tensorflow as tf
    import tf2onnx

    specs = [tf.TensorSpec(shape.lengths, name=name) for shape, name in zip(shapes, names, strict=True)]
    function = tf.function(call, input_signature=specs)
    model, _ = tf2onnx.convert.from_function(function, specs, opset=opset)
    # Constants of a layer that are no variables became inputs.
    captured = {inner.name: outer for outer, inner in function.get_concrete_function().graph.captures}
    for value in model.graph.input[len(specs) :]:
        model.graph.initializer.append(onnx.numpy_helper.from_array(captured[value.name].numpy(), value.name))
    del model.graph.input[len(specs) :]
    onnx.save(model, path)


def keras(model: Any, modules: set[str]) -> Framework:
    """The model in its version of Keras."""
    package = "tf_keras" if "tf_keras" in modules else "keras"
    is_second = package == "tf_keras" or importlib.metadata.version("keras").startswith("2.")
    return Keras2(model, package) if is_second else Keras(model)


def reason_of(error: Exception) -> str:
    """The first line of a message of Keras that says what is wrong."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    return first_line(Exception(re.sub(r"^Exception encountered when calling .*", "", text)) if text else error)


def named(layer: Any) -> str:
    return f"{layer.name} ({type(layer).__name__})"


def stated(tensors: Sequence[Any], time: int | None) -> list[Shape]:
    """The shapes that a model states, with a batch of one."""
    shapes = []
    for tensor in tensors:
        batch, *rest = tensor.shape
        if batch not in (None, 1):
            raise ValueError(f"the model takes a batch of {batch}: build it with a batch of 1, or of no fixed size")
        opened = [axis for axis, length in enumerate(rest, 1) if length is None]
        axis = time
        if axis is None and (opened or len(rest) > 1):
            # Axis 1 is time for Keras, unless another axis alone has no fixed length.
            axis = opened[0] if len(opened) == 1 else 1
        if any(other != axis for other in opened) or (axis is not None and not 0 < axis <= len(rest)):
            raise ValueError(
                f"the input `{tensor.name}` has the shape {tuple(tensor.shape)}: build the model with one axis of no"
                " fixed length, the frames, or pass `time`, the axis of time"
            )
        shapes.append(Shape((1, *rest), axis))
    return shapes


@contextmanager
def quiet() -> Iterator[None]:
    """Exporters log and print what is of no use here."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
            yield
    finally:
        logging.disable(level)
