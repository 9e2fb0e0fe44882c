"""`python -m streaming_net export model.keras -o weights/net.safetensors`"""

import argparse
import sys

import numpy as np
from rich.console import Console

from .export import export
from .load import load
from .problems import Unsupported
from .report import refusal
from .weights import TOLERANCE


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m streaming_net", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="export")
    command = commands.add_parser("export", help="write a model's weights, and print the call of streaming_net!")
    command.add_argument("model", help="a .keras or .h5 file, module:function, or a .pt file with a whole module")
    command.add_argument("-o", "--output", required=True, help="the weights file, .safetensors or .json")
    command.add_argument("--name", default="Net", help="of the struct")
    command.add_argument("--weights", help="the path in the macro's call, else that of -o from its Cargo.toml on")
    command.add_argument("--reference", metavar="X.npy", help="the input of the recorded run, (frames, channels)")
    command.add_argument(
        "--window", type=int, help="frames of one input in training, of models that average all of them"
    )
    command.add_argument("--tolerance", type=float, default=TOLERANCE, help="of the recorded run (%(default)s)")
    command.add_argument(
        "--seed", type=int, default=0, help="of the noise that is recorded where there is no --reference"
    )
    command.add_argument("--trust", action="store_true", help="load a .pt file, which may run any code")
    return parser


def main(argv: list[str] | None = None) -> int:
    given = arguments().parse_args(argv)
    console = Console(stderr=True)
    try:
        with console.status("loading"):
            model = load(given.model, given.trust)
        export(
            model,
            given.output,
            reference=np.load(given.reference) if given.reference else None,
            name=given.name,
            window=given.window,
            weights=given.weights,
            tolerance=given.tolerance,
            seed=given.seed,
        )
    except Unsupported as unsupported:
        console.print(refusal(unsupported))
        return 1
    except (ValueError, OSError) as error:
        console.print(f"error: {error}", markup=False)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
