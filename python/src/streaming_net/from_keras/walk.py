"""The graph of a Keras model, and the model run on whole sequences.

Both go through the same operations in the same order, also through those of nested models and of a user's own layers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import keras
import numpy as np

from ..export import Traced
from ..graph import Input, Node
from ..problems import Problem, Unsupported
from ..refused import Refused, without_window
from ..sequences import FRAMES, given, windows
from ..words import Array, Word
from .layers import layers
from .operations import operands
from .signal import Signal

# Calls an operation: with itself, its positional and its named arguments.
Call = Callable[[Any, tuple[Any, ...], dict[str, Any]], Any]


class Walk:
    """Calls every operation of a model, in order."""

    def __init__(self) -> None:
        # What a user's own layers are made of.
        self.functions: dict[int, Any] = {}

    def run(self, function: Any, inputs: Any, call: Call) -> Any:
        """The output of a function of Keras, whose operations `call` calls."""

        def one(operation: Any, *args: Any, **kwargs: Any) -> Any:
            inner = self.function(operation, args)
            return call(operation, args, kwargs) if inner is None else self.run(inner, args[0], call)

        return function._run_through_graph(inputs, operation_fn=lambda operation: partial(one, operation))

    def function(self, operation: Any, args: tuple[Any, ...] = ()) -> Any:
        """The operations that a nested model or a layer of the user's own is made of."""
        if isinstance(operation, keras.Sequential):
            return operation._functional
        if isinstance(operation, keras.Function):
            return operation
        if type(operation).__module__.partition(".")[0] == "keras" or not isinstance(operation, keras.Layer):
            return None
        if id(operation) not in self.functions:
            shapes = [keras.Input(batch_shape=arg.symbolic) for arg in keras.tree.flatten(args)]
            inputs = keras.tree.pack_sequence_as(args, shapes)
            self.functions[id(operation)] = keras.Function(inputs[0], operation.call(*inputs))
        return self.functions[id(operation)]


@dataclass
class Reader:
    """Makes a graph of the operations that it is called with."""

    # The frames of one training input, where they are known.
    window: int | None
    problems: list[Problem] = field(default_factory=list)
    calls: int = 0
    # The calls that make one frame of several, and of how many.
    collapses: dict[int, int] = field(default_factory=dict)

    def call(self, operation: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.calls += 1
        inputs = [value for value in keras.tree.flatten((args, kwargs)) if isinstance(value, Signal)]
        samples = keras.tree.map_structure(sample, (args, kwargs))
        outputs = keras.tree.map_structure(keras.ops.convert_to_numpy, execute(operation, *samples))
        try:
            if inputs and isinstance(operation, keras.Layer) and len(inputs) == 1:
                made = [layers(operation, inputs[0])]
            else:
                made = operands(operation, args, kwargs, inputs)
        except Refused as refused:
            self.refuse(operation, refused)
            made = [(inputs[0].node, inputs[0].timed)] * len(keras.tree.flatten(outputs))
        flat = []
        for (node, timed), array in zip(made, keras.tree.flatten(outputs), strict=True):
            if inputs[0].timed and not timed and isinstance(node.op, Word | Input):
                self.collapses[self.calls] = inputs[0].sample.shape[1]
                if self.window is None and isinstance(node.op, Word):
                    self.refuse(operation, without_window(node.op.kind))
            flat.append(Signal(node, array, timed))
        return keras.tree.pack_sequence_as(outputs, flat)

    def refuse(self, operation: Any, refused: Refused) -> None:
        layer = f"{operation.name} ({type(operation).__name__})"
        self.problems.append(Problem(layer, refused.reason, refused.instead))


@dataclass
class Slider:
    """Runs operations, those that make one frame of several on every so many frames in a row."""

    collapses: dict[int, int]
    calls: int = 0

    def call(self, operation: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.calls += 1
        if frames := self.collapses.get(self.calls):
            args, kwargs = keras.tree.map_structure(lambda value: slide(value, frames), (args, kwargs))
        return execute(operation, args, kwargs)


def slide(value: Any, frames: int) -> Any:
    return windows(keras.ops.convert_to_numpy(value), frames) if hasattr(value, "shape") else value


def sample(value: Any) -> Any:
    return value.sample if isinstance(value, Signal) else value


def execute(operation: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if isinstance(operation, keras.layers.Reshape) and len(args[0].shape) > 2 and len(operation.target_shape) > 1:
        # The frames stay, as many as there are.
        return keras.ops.reshape(args[0], (args[0].shape[0], -1, *operation.target_shape[1:]))
    return operation(*args, **kwargs)


def traced(model: Any, reference: Any, window: int | None, random: np.random.Generator) -> Traced:
    """The graph of a model, and the model as a function of whole sequences."""
    shape = shape_of(model)
    frames = given(reference, shape, 0, random)
    window = window or (shape[0] if shape else None)
    # The model sees as many frames as it is made for, or all.
    first = frames[np.newaxis, : window or FRAMES]
    if window and len(frames) < window:
        raise ValueError(f"`reference` has {len(frames)} frames; the model needs at least {window}")
    if shape is None and not getattr(model, "built", False):
        model(first)
    walk = Walk()
    reader = Reader(window)
    signal = Signal(Node(Input()), first, True)
    function = walk.function(model, (signal,))
    if len(function.inputs) != 1 or len(function.outputs) != 1:
        raise Unsupported(
            [
                Problem(
                    "the model",
                    "the model has several inputs or outputs",
                    "export a model with one input and one output",
                )
            ]
        )
    output = keras.tree.flatten(walk.run(function, signal, reader.call))[0]

    def run(sequence: Array) -> Array:
        batch = sequence.reshape(1, -1, *frames.shape[1:])
        answers = walk.run(function, batch, Slider(reader.collapses).call)
        array = np.asarray(keras.ops.convert_to_numpy(keras.tree.flatten(answers)[0]))
        return array.reshape(array.shape[0] if reader.collapses else array.shape[1], -1)

    inputs = int(np.prod(frames.shape[1:]))
    return Traced(output.node, inputs, frames.reshape(-1, inputs), run, reader.problems)


def shape_of(model: Any) -> tuple[int, ...] | None:
    """The input's shape without the batch: frames, `None` where any number, and what a frame is made of."""
    try:
        shape = model.input_shape
    except (AttributeError, ValueError):
        return None
    return tuple(shape[1:]) if isinstance(shape, tuple) else None
