"""From a model to a weights file and the call of the macro."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .align import Aligner
from .graph import Node, ordered, simplified
from .problems import Problem, Unsupported
from .record import Run, recorded
from .reduce import reduced
from .tidy import tidied
from .timing import Timing
from .weights import Contents, Recorded
from .text import macro, net
from .words import Array, Chain, weighted

# Frames of the recorded run where none are given.
FRAMES = 600


@dataclass(frozen=True)
class Traced:
    """What a framework's model is: a graph, and a function of whole sequences `(frames, in)`."""

    output: Node
    inputs: int
    frames: Array
    run: Run
    problems: list[Problem]


@dataclass(frozen=True)
class Exported:
    """What has been exported: the text, the file and the recorded run."""

    path: Path
    # The call of `streaming_net!` to paste.
    macro: str
    # The layers alone, in one line.
    net: str
    chain: Chain
    inputs: int
    recorded: Recorded

    @property
    def timing(self) -> Timing:
        return self.recorded.timing

    def __str__(self) -> str:
        return self.macro


def export(
    model: Any,
    path: str | os.PathLike[str],
    *,
    reference: Any = None,
    name: str = "Net",
    window: int | None = None,
    weights: str | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = lambda step: None,
) -> Exported:
    """Writes the weights of a Keras or PyTorch model, and a recorded run, and gives the macro's call.

    - `path`: `.safetensors` or `.json`.
    - `reference`: the input of the recorded run, `(frames, channels)`, or as the model takes it with a batch of one;
      else 600 frames drawn from `seed`.
    - `name`: of the struct.
    - `window`: how many frames one input of training had, for models that average or flatten all of them.
    - `weights`: the path that the macro's call names, from the folder of the crate's `Cargo.toml`; else `path`.

    Raises `Unsupported`, with every layer that is in the way.
    """
    path = Path(path)
    progress("tracing")
    traced = trace(model, reference, window, np.random.default_rng(seed))
    progress("finding the tree of layers")
    chain, timing = tree(traced)
    progress("recording a run")
    run, delay = recorded(traced.run, traced.frames, timing)
    chain = tidied([*chain, *([delay] if delay else [])])
    progress("writing")
    words = list(weighted(chain))
    one_line = net(chain, traced.inputs)
    Contents(one_line, words, run).write(path)
    named = (weights or path.as_posix()) if words else None
    return Exported(path, macro(chain, traced.inputs, name, named), one_line, chain, traced.inputs, run)


def tree(traced: Traced) -> tuple[Chain, Timing]:
    """The layers of a traced model, and when they answer."""
    problems = list(traced.problems)
    output = simplified(traced.output, problems)
    if problems:
        raise Unsupported(problems)
    series = reduced(ordered(output)[0], output, problems)
    chain, timing = Aligner(problems).network(series)
    if problems:
        raise Unsupported(problems)
    return chain, timing


def trace(model: Any, reference: Any, window: int | None, random: np.random.Generator) -> Traced:
    """Asks the framework that the model is of."""
    modules = {base.__module__.partition(".")[0] for base in type(model).__mro__}
    if "keras" in modules:
        from .from_keras import traced as traced_keras

        return traced_keras(model, reference, window, random)
    if "torch" in modules:
        from .from_torch import traced as traced_torch

        return traced_torch(model, reference, window, random)
    raise TypeError(f"a Keras model or a torch.nn.Module is exported, not {type(model).__name__}")
