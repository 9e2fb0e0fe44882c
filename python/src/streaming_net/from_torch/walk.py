"""The graph of a PyTorch model by torch.fx, and the model run on whole sequences."""

import copy
import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import fx, nn

from ..export import Traced
from ..graph import Input, Node
from ..problems import Problem, Unsupported
from ..refused import Refused, without_window
from ..sequences import given
from ..words import Array, Word
from . import functions, modules
from .signal import BATCH, CHANNELS, FEATURES, ONE, TIME, Hidden, Signal
from .unpack import unpacking

# What the axes of the input may be, the likeliest first.
LAYOUTS = {2: ["BT"], 3: ["BCT", "BTC"], 4: ["BCTF", "BCFT", "BTFC"]}


class Reader(fx.Interpreter):
    """Runs the model, and makes a graph of what it does."""

    def __init__(self, module: fx.GraphModule, axes: str, window: int | None) -> None:
        super().__init__(module)
        self.axes = axes
        # The frames of one training input, where they are known.
        self.window = window
        self.needed = ancestors(module.graph)
        self.made: dict[fx.Node, Any] = {}
        self.problems: list[Problem] = []
        # What several frames of become one: how many, and its axes.
        self.collapses: dict[fx.Node, tuple[int, str]] = {}

    def run_node(self, node: fx.Node) -> Any:
        if node not in self.needed:
            return None
        value = super().run_node(node)
        self.made[node] = self.read(node, value)
        return value

    def read(self, node: fx.Node, value: Any) -> Any:
        if node.op == "placeholder":
            first = next(iter(self.module.graph.nodes))
            return Signal(Node(Input()), self.axes, value) if node is first else value
        args, kwargs = fx.node.map_aggregate((node.args, node.kwargs), self.argument)
        inputs = [arg for arg in flat((args, kwargs)) if isinstance(arg, Signal)]
        if node.op == "output":
            return args[0]
        if (not inputs and not any(isinstance(arg, Hidden) for arg in flat(args))) or is_shape(node):
            return value
        name = str(node.target) if node.op == "call_module" else node.name
        kind = node.target if isinstance(node.target, str) else node.target.__name__
        try:
            if node.op == "call_module":
                made = modules.applied(self.fetch_attr(node.target), name, list(args), value)
            else:
                made = functions.applied(kind, name, args, kwargs, value)
        except Refused as refused:
            self.refuse(node, refused)
            kept = Signal(inputs[0].node if inputs else Node(Input()), inputs[0].axes if inputs else self.axes, value)
            return [kept] * len(value) if isinstance(value, tuple | list) else kept
        if isinstance(made, Signal) and not made.timed and inputs[0].timed:
            frames = 1 if made.node is inputs[0].node else inputs[0].size(TIME)
            self.collapse(node, node.all_input_nodes[0], frames, inputs[0].axes)
            if self.window is None and isinstance(made.node.op, Word) and made.node is not inputs[0].node:
                self.refuse(node, without_window(made.node.op.kind))
        return made

    def refuse(self, node: fx.Node, refused: Refused) -> None:
        if node.op == "call_module":
            layer = f"{node.target} ({type(self.fetch_attr(node.target)).__name__})"
        else:
            layer = f"{node.name} ({node.target if isinstance(node.target, str) else node.target.__name__})"
        self.problems.append(Problem(layer, refused.reason, refused.instead))

    def collapse(self, node: fx.Node, operand: fx.Node, frames: int, axes: str) -> None:
        """Notes that so many frames become one; all that takes them has to take as many."""
        if self.collapses.setdefault(operand, (frames, axes)) != (frames, axes):
            self.problems.append(
                Problem(
                    node.name,
                    "all frames are reduced to one in two ways",
                    "use one of them: the mean, or the newest frame",
                )
            )

    def argument(self, argument: Any) -> Any:
        return self.made[argument] if isinstance(argument, fx.Node) else argument


def flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from flat(part)
    elif isinstance(value, dict):
        yield from flat(list(value.values()))
    else:
        yield value


def is_shape(node: fx.Node) -> bool:
    asked = node.args[1] if node.target is getattr and len(node.args) > 1 else node.target
    return asked in ("shape", "size", "ndim", "dim", "dtype", "device")


def ancestors(graph: fx.Graph) -> set[fx.Node]:
    """What the output is made of; the rest is for nothing."""
    output = next(node for node in graph.nodes if node.op == "output")
    needed, stack = {output}, [output]
    while stack:
        for node in stack.pop().all_input_nodes:
            if node not in needed:
                needed.add(node)
                stack.append(node)
    return needed | {node for node in graph.nodes if node.op == "placeholder"}


class Slider(fx.Interpreter):
    """Runs the model, and of what several frames become one, takes every so many in a row."""

    def __init__(self, module: fx.GraphModule, reader: Reader) -> None:
        super().__init__(module)
        self.reader = reader

    def run_node(self, node: fx.Node) -> Any:
        if node not in self.reader.needed:
            return None
        value = super().run_node(node)
        return slid(value, *self.reader.collapses[node]) if node in self.reader.collapses else value


def slid(value: Any, frames: int, axes: str) -> Any:
    """Every so many frames in a row, as a batch."""
    time = axes.index(TIME)
    every = value.unfold(time, frames, 1).movedim(time, 0).squeeze(1 + axes.index(BATCH))
    return every.movedim(-1, time).contiguous()


def traced(model: Any, reference: Any, window: int | None, random: np.random.Generator) -> Traced:
    """The graph of a model, and the model as a function of whole sequences."""
    module = graph_module(model)
    attempts: list[tuple[Reader, Array]] = []
    reasons = []
    for axes in layouts(model, reference):
        frames = given(reference, shape_of(model, axes, reference), axes.index(TIME) - 1, random)
        try:
            reader = Reader(module, axes, window)
            sample = np.take(frames, range(window or frames.shape[axes.index(TIME) - 1]), axes.index(TIME) - 1)
            with torch.no_grad():
                reader.run(torch.tensor(sample, dtype=torch.float64)[np.newaxis], *defaults(module))
        except (RuntimeError, ValueError, IndexError, TypeError) as error:
            reasons.append(f"as {axes}: {error}".partition("\n\nWhile executing")[0])
            continue
        attempts.append((reader, frames))
        if not reader.problems:
            break
    if not attempts:
        hint = "" if window else "\nIf the model takes one number of frames only, pass that number as `window`."
        raise ValueError("the model fails on its input:\n" + "\n".join(reasons) + hint)
    reader, frames = min(attempts, key=lambda attempt: len(attempt[0].problems))
    return described(module, reader, frames)


def described(module: fx.GraphModule, reader: Reader, frames: Array) -> Traced:
    output = next(reader.made[node] for node in module.graph.nodes if node.op == "output")
    if not isinstance(output, Signal):
        raise Unsupported(
            [Problem("the output", "the model does not return one tensor", "return the output frames only")]
        )
    # The macro's order of a frame's numbers.
    order = [reader.axes.index(axis) - 1 for axis in (TIME, FEATURES, CHANNELS) if axis in reader.axes]
    rest = [frames.shape[place] for place in order[1:]]
    back = np.argsort(order)

    def run(sequence: Array) -> Array:
        arranged = sequence.reshape(-1, *rest).transpose(back)
        with torch.no_grad():
            answer = Slider(module, reader).run(
                torch.tensor(arranged, dtype=torch.float64)[np.newaxis], *defaults(module)
            )
        first = BATCH if reader.collapses else TIME
        axes = output.axes
        dropped = [place for place, axis in enumerate(axes) if axis == ONE or axis == BATCH != first]
        answer = answer[tuple(0 if place in dropped else slice(None) for place in range(answer.ndim))]
        axes = "".join(axis for place, axis in enumerate(axes) if place not in dropped)
        answer = answer.permute([axes.index(axis) for axis in (first, FEATURES, CHANNELS) if axis in axes])
        return np.asarray(answer.numpy()).reshape(answer.shape[0], -1)

    problems = list(reader.problems)
    if output.order is not None:
        problems.append(
            Problem(
                "the output",
                "the channels of the output were flattened in another order",
                "flatten (batch, frames, channels)",
            )
        )
    flat_frames = frames.transpose(order).reshape(frames.shape[order[0]], -1)
    return Traced(output.node, flat_frames.shape[1], flat_frames, run, problems)


def graph_module(model: nn.Module) -> fx.GraphModule:
    """A copy of the model in float64, as it is when it is used."""
    root = copied(model).double().eval()
    if type(model).__module__.startswith("torch.nn") and not isinstance(model, nn.Sequential):
        root = nn.Sequential(root)
    try:
        parameters = list(inspect.signature(root.forward).parameters.values())[1:]
        fixed = {
            parameter.name: parameter.default for parameter in parameters if parameter.default is not parameter.empty
        }
        with unpacking():
            graph = fx.Tracer().trace(root, fixed or None)
    except Exception as error:
        reason = str(error).partition("\n")[0]
        instead = "write `forward` without branches or loops that depend on values"
        raise Unsupported(
            [Problem(type(model).__name__, f"torch.fx cannot trace the model: {reason}", instead)]
        ) from error
    return fx.GraphModule(root, graph)


def copied(model: nn.Module) -> nn.Module:
    """A copy, also of what `nn.utils.weight_norm` computes when it is called, and PyTorch does not copy."""
    values = [value for part in model.modules() for value in vars(part).values()]
    made = {id(value): value.detach() for value in values if isinstance(value, torch.Tensor) and not value.is_leaf}
    return copy.deepcopy(model, made)


def defaults(module: fx.GraphModule) -> list[Any]:
    """Of all arguments but the first."""
    placeholders = [node for node in module.graph.nodes if node.op == "placeholder"]
    return [node.args[0] if node.args else None for node in placeholders[1:]]


def layouts(model: nn.Module, reference: Any) -> list[str]:
    rank = np.asarray(reference).ndim if reference is not None else 3
    if rank == 2:
        return [*LAYOUTS[3], *LAYOUTS[2]]
    if rank not in LAYOUTS:
        raise ValueError(
            f"`reference` has {rank} axes: pass (frames, channels), or a batch of one as the model takes it"
        )
    return LAYOUTS[rank]


def shape_of(model: nn.Module, axes: str, reference: Any) -> tuple[int, ...] | None:
    """The input without the batch, 0 for the frames; by `reference`, or by the first module that says its channels."""
    if reference is not None and np.asarray(reference).ndim > 2:
        return tuple(np.asarray(reference).shape[1:])
    inputs = np.asarray(reference).shape[1] if reference is not None else channels_of(model)
    if inputs is None:
        return None
    return tuple({CHANNELS: inputs, TIME: 0}[axis] for axis in axes[1:])


def channels_of(model: nn.Module) -> int | None:
    for module in model.modules():
        for name in ("in_channels", "in_features", "input_size", "num_features"):
            if isinstance(getattr(module, name, None), int) and not isinstance(module, nn.Conv2d):
                return int(getattr(module, name))
    return None
