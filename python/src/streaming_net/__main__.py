"""`python -m streaming_net export model.keras -o weights/net.safetensors`, and `draw`"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from .draw import draw
from .export import export, trace, tree
from .load import load, net_of
from .problems import Unsupported
from .report import refusal
from .weights import TOLERANCE
from .words import Chain


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m streaming_net")
    commands = parser.add_subparsers(required=True, metavar="export | draw", dest="command")
    command = commands.add_parser(
        "export", help="write the weights file of a model, and print the call of streaming_net!"
    )
    add_model(
        command, "a .keras or .h5 file, a .pt file of a whole module, or module:function, which returns the model"
    )
    command.add_argument("-o", "--output", required=True, help="the weights file to write, .safetensors or .json")
    command.add_argument("--name", default="Net", help="the name of the struct (%(default)s)")
    command.add_argument(
        "--weights", help="the path in the macro's call (default: that of -o, relative to its Cargo.toml)"
    )
    command.add_argument(
        "--tolerance", type=float, default=TOLERANCE, help="the tolerance of the recorded run (%(default)s)"
    )
    command = commands.add_parser("draw", help="draw which input frames an output depends on, as an SVG")
    add_model(command, "a model as for export, an exported weights file, or the layers of the macro's call")
    command.add_argument("-o", "--output", default="timeline.svg", help="the SVG file to write (%(default)s)")
    return parser


def add_model(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("model", help=what)
    command.add_argument(
        "--reference", metavar="X.npy", help="the input of the recorded run, (frames, channels) (default: noise)"
    )
    command.add_argument(
        "--window",
        type=int,
        help="the number of frames of one training input, for models that average or flatten all frames",
    )
    command.add_argument("--seed", type=int, default=0, help="the seed of the noise (%(default)s)")
    command.add_argument("--trust", action="store_true", help="allow loading a .pt file, which can run any code")


def main(argv: list[str] | None = None) -> int:
    given = arguments().parse_args(argv)
    console = Console(stderr=True)
    try:
        if given.command == "draw":
            draw_it(given)
        else:
            export_it(given, console)
    except Unsupported as unsupported:
        console.print(refusal(unsupported))
        return 1
    except (ValueError, OSError) as error:
        console.print(f"error: {error}", markup=False)
        return 2
    return 0


def export_it(given: argparse.Namespace, console: Console) -> None:
    with console.status("loading"):
        model = load(given.model, given.trust)
    export(
        model,
        given.output,
        reference=reference(given),
        name=given.name,
        window=given.window,
        weights=given.weights,
        tolerance=given.tolerance,
        seed=given.seed,
    )


def draw_it(given: argparse.Namespace) -> None:
    if "(" in given.model:
        layers: str | Chain = given.model
    elif Path(given.model).suffix in (".json", ".safetensors"):
        layers = net_of(Path(given.model))
    else:
        model = load(given.model, given.trust)
        layers, _ = tree(trace(model, reference(given), given.window, np.random.default_rng(given.seed)))
    draw(layers, given.output)


def reference(given: argparse.Namespace) -> Any:
    return np.load(given.reference) if given.reference else None


if __name__ == "__main__":
    sys.exit(main())
