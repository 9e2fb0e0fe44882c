"""From a model to a weights file and the call of the macro."""

import os
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from .align import Aligner
from .exported import Exported
from .graph import Node, ordered, simplified
from .problems import Problem, Unsupported
from .record import Run, recorded
from .reduce import reduced
from .report import summary
from .text import macro, net
from .tidy import tidied
from .timing import Timing
from .weights import TOLERANCE, Contents
from .words import Array, Chain, weighted


@dataclass(frozen=True)
class Traced:
    """What a framework's model is: a graph, and a function of whole sequences `(frames, in)`."""

    output: Node
    inputs: int
    frames: Array
    run: Run
    problems: list[Problem]


def export(
    model: Any,
    path: str | os.PathLike[str],
    *,
    reference: Any = None,
    name: str = "Net",
    window: int | None = None,
    weights: str | None = None,
    tolerance: float = TOLERANCE,
    seed: int = 0,
    show: bool = True,
) -> Exported:
    """Writes the weights of a Keras or PyTorch model, and a recorded run, and prints the macro's call.

    - `path`: `.safetensors` or `.json`.
    - `reference`: the input of the recorded run, `(frames, channels)`, or as the model takes it with a batch of one;
      else 600 frames drawn from `seed`.
    - `name`: of the struct.
    - `window`: how many frames one input of training had, for models that average or flatten all of them.
    - `weights`: the path that the macro's call names; else `path` from the folder of the `Cargo.toml` above it.
    - `tolerance`: how far an answer may be off the recorded one, as a part of it, or of 1 where that is more.
    - `seed`: of the frames where there is no `reference`.
    - `show`: whether the call is printed, and a table of the layers to standard error.

    Raises `Unsupported`, with every layer that is in the way.
    """
    console = Console(stderr=True, quiet=not show)
    with console.status("tracing") as status:
        traced = trace(model, reference, window, np.random.default_rng(seed))
        status.update("finding the tree of layers")
        chain, timing = tree(traced)
        status.update("recording a run")
        run, delay = recorded(traced.run, traced.frames, timing)
        run = replace(run, tolerance=tolerance)
        chain = tidied([*chain, *([delay] if delay else [])])
        status.update("writing")
        words, one_line, path = list(weighted(chain)), net(chain, traced.inputs), Path(path)
        Contents(one_line, words, run).write(path)
    named = (weights or in_its_crate(path)) if words else None
    exported = Exported(path, macro(chain, traced.inputs, name, named), one_line, chain, traced.inputs, run)
    if show:
        console.print(summary(exported))
        print(exported.macro)
    return exported


def in_its_crate(path: Path) -> str:
    """A path from the folder of the nearest `Cargo.toml` above it, where the macro's begin."""
    whole = path.resolve()
    crate = next((folder for folder in whole.parents if (folder / "Cargo.toml").exists()), None)
    return (whole.relative_to(crate) if crate else path).as_posix()


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
    if "tf_keras" in modules or ("keras" in modules and version("keras").startswith("2.")):
        raise TypeError("the model is of Keras 2: `docs/from_keras.md` says how to take its weights over to Keras 3")
    if "keras" in modules:
        from .from_keras import traced as traced_keras

        return traced_keras(model, reference, window, random)
    if "torch" in modules:
        from .from_torch import traced as traced_torch

        return traced_torch(model, reference, window, random)
    raise TypeError(f"a Keras model or a torch.nn.Module is exported, not {type(model).__name__}")
