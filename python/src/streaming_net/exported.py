"""The result of an export."""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

# Weights that the macro takes without `#[budget(flash = …)]`, in bytes.
DEFAULT_BUDGET = 1_000_000

# Words of Rust that name no struct.
RESERVED = (
    "_",
    "Self",
    "crate",
    "dyn",
    "fn",
    "mod",
    "move",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "type",
    "use",
)


@dataclass(frozen=True)
class Exported:
    """The file, the call of the macro, and the recorded run."""

    path: Path
    # The call of `streaming_net!` to paste.
    macro: str
    # The axis of time of the model's inputs. `None`: each push takes a whole input.
    time: int | None
    # The frames that the model takes at once, where their number is fixed.
    window: int | None
    # The recorded run by the names of the file's inputs and outputs.
    inputs: dict[str, NDArray[Any]]
    outputs: dict[str, NDArray[Any]]
    # The framework and its version.
    framework: str

    def __str__(self) -> str:
        return self.macro


def check_name(name: str) -> None:
    """Raises `ValueError` where the name cannot be that of a Rust struct."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) or name in RESERVED:
        raise ValueError(f"name={name!r} is not the name of a Rust struct: write a name such as `Net`")


def call(name: str, weights: str, weight_bytes: int, carry: bool) -> str:
    """The call of the macro, to paste."""
    quoted = weights.replace("\\", "\\\\").replace('"', '\\"')
    attributes = [f'weights = "{quoted}"']
    if weight_bytes > DEFAULT_BUDGET:
        # A part more, because the macro may add up a weight that two layers share twice.
        attributes.append(f"budget(flash = {math.ceil(weight_bytes * 1.1 / 10_000) * 10_000})")
    if carry:
        attributes.append("carry")
    lines = [f"    #[{attribute}]" for attribute in attributes]
    return "\n".join(["streaming_net! {", *lines, f"    pub struct {name};", "}"])


def in_its_crate(path: Path) -> str:
    """A path from the folder of the nearest `Cargo.toml` above it, where the macro's paths begin."""
    whole = path.resolve()
    crate = next((folder for folder in whole.parents if (folder / "Cargo.toml").exists()), None)
    return (whole.relative_to(crate) if crate else path).as_posix()
