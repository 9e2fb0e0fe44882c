"""`python -m streaming_net export model.keras -o weights/net.onnx`"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from .export import export
from .problems import Unsupported, first_line

# The exit codes. Wrong arguments and files that cannot be read have the one of argparse.
REFUSED, WRONG_CALL = 1, 2


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m streaming_net")
    commands = parser.add_subparsers(required=True, metavar="export")
    command = commands.add_parser("export", help="write a model as ONNX, and print the call of streaming_net!")
    command.add_argument("model", help="a .keras or .h5 file, a .pt or .pth file of a module, or module:function")
    command.add_argument("-o", "--output", required=True, help="the .onnx file to write")
    command.add_argument("--name", default="Net", help="the name of the struct (%(default)s)")
    command.add_argument("--weights", help="the path in the call (default: that of -o, relative to its Cargo.toml)")
    command.add_argument(
        "--reference", metavar="X.npy", help="the input of the recorded run, (frames, channels) (default: noise)"
    )
    command.add_argument("--window", type=int, help="the number of frames that the model takes at once")
    command.add_argument("--time", type=int, help="the axis of time of the model's input, counted from 0")
    command.add_argument("--carry", action="store_true", help="a window sees the frames before it, and not zeros")
    command.add_argument("--seed", type=int, default=0, help="the seed of the noise (%(default)s)")
    command.add_argument("--trust", action="store_true", help="allow the file to run its code")
    return parser


def main(argv: list[str] | None = None) -> int:
    given = vars(arguments().parse_args(argv))
    # What TensorFlow tells while it starts.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        reference = given.pop("reference")
        export(given.pop("model"), given.pop("output"), reference=reference and frames(Path(reference)), **given)
    except Unsupported as unsupported:
        for problem in unsupported.problems:
            print(f"error: {problem}", file=sys.stderr)
        return REFUSED
    except Exception as error:
        kind = "" if isinstance(error, (ValueError, OSError, ImportError)) else f"{type(error).__name__}: "
        print(f"error: {kind}{first_line(error)}", file=sys.stderr)
        return WRONG_CALL
    return 0


def frames(path: Path) -> Any:
    try:
        return np.load(path)
    except FileNotFoundError:
        raise ValueError(f"{path}: there is no such file") from None
    except (ValueError, EOFError, OSError) as error:
        raise ValueError(f"{path}: it is no array that `np.save` wrote: {first_line(error)}") from None


if __name__ == "__main__":
    sys.exit(main())
