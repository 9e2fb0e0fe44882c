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
    """Writes the weights and a recorded run of a Keras or PyTorch model, and prints the call of the macro.

    - `path`: the file to write, `.safetensors` or `.json`.
    - `reference`: the input of the recorded run, `(frames, channels)`, or as the model takes it with a batch of one.
      Default: 600 frames of noise, drawn from `seed`.
    - `name`: the name of the struct.
    - `window`: the number of frames of one training input. Models that average or flatten all frames need it, unless
      the model itself fixes the length of its input.
    - `weights`: the path in the macro's call. Default: `path`, relative to the folder of the `Cargo.toml` above it.
    - `tolerance`: the largest error of an output `y` in the recorded run, as a part of `max(1, |y|)`.
    - `seed`: the seed of the noise.
    - `show`: whether to print the call, and a table of the layers to standard error.

    Raises `Unsupported`, which lists every layer that cannot be exported.
    """
    console = Console(stderr=True, quiet=not show)
    with console.status("tracing") as status:
        traced = trace(model, reference, window, np.random.default_rng(seed))
        status.update("finding the layers")
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
        raise TypeError("the model is a Keras 2 model: `docs/from_keras.md` says how to move its weights to Keras 3")
    if "keras" in modules:
        from .from_keras import traced as traced_keras

        return traced_keras(model, reference, window, random)
    if "torch" in modules:
        from .from_torch import traced as traced_torch

        return traced_torch(model, reference, window, random)
    raise TypeError(f"the model must be a Keras model or a torch.nn.Module, not {type(model).__name__}")
