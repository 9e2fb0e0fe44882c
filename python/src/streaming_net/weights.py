"""The weights files: JSON, or safetensors."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from .timing import Timing
from .words import Array, Word, text

# How far an answer may be off where nothing else is said.
TOLERANCE = 1e-5


@dataclass(frozen=True)
class Recorded:
    """A run of the framework: input `(frames, in)`, and answers `(answers, out)` or `(answers, frames of one, out)`."""

    input: Array
    output: Array
    timing: Timing
    # How far an answer may be off, as a part of it, or of 1 where that is more.
    tolerance: float = TOLERANCE

    @property
    def answered(self) -> list[int]:
        """The pushes that are answered."""
        return list(self.timing.answered(len(self.input)))

    def answers(self) -> list[Array | None]:
        """What each push is answered."""
        answers: list[Array | None] = [None] * len(self.input)
        for push, answer in zip(self.answered, self.output, strict=True):
            answers[push] = answer
        return answers


@dataclass(frozen=True)
class Contents:
    """What a weights file has."""

    net: str
    words: list[Word]
    recorded: Recorded

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        match path.suffix:
            case ".json":
                path.write_text(self.json())
            case ".safetensors":
                path.write_bytes(save(self.tensors(), self.metadata()))
            case other:
                raise ValueError(f"{path}: the file must end in `.json` or `.safetensors`, not `{other}`")

    def entries(self) -> Iterator[tuple[str, Word]]:
        """A name for each layer that has weights."""
        taken = {"reference", ""}
        for word in self.words:
            stem = re.sub(r"\W+", "_", word.source).strip("_") or word.kind
            name, number = stem, 2
            while name in taken:
                name, number = f"{stem}_{number}", number + 1
            taken.add(name)
            yield name, word

    def json(self) -> str:
        """A line for each layer, for the input and for the output."""
        layers = [
            {"name": name} | {key: rows(tensor) for key, tensor in word.tensors.items()}
            for name, word in self.entries()
        ]
        lines = ",\n".join(f"  {json.dumps(layer)}" for layer in layers)
        tolerance = f'  "tolerance": {text(self.recorded.tolerance)},\n' if self.recorded.tolerance != TOLERANCE else ""
        answers = [None if answer is None else rows(answer) for answer in self.recorded.answers()]
        reference = f'{tolerance}  "input": {json.dumps(rows(self.recorded.input))},\n  "output": {json.dumps(answers)}'
        layers_text = f"[\n{lines}\n]" if layers else "[]"
        return f'{{\n"net": {json.dumps(self.net)},\n"layers": {layers_text},\n"reference": {{\n{reference}\n}}\n}}\n'

    def tensors(self) -> dict[str, NDArray[Any]]:
        tensors = {f"{name}.{key}": tensor for name, word in self.entries() for key, tensor in word.tensors.items()}
        tensors |= {"reference.input": self.recorded.input, "reference.output": self.recorded.output}
        arrays: dict[str, NDArray[Any]] = {
            name: np.ascontiguousarray(tensor, np.float32) for name, tensor in tensors.items()
        }
        if len(self.recorded.output) < len(self.recorded.input):
            arrays["reference.answered"] = np.zeros(len(self.recorded.input), np.uint8)
            arrays["reference.answered"][self.recorded.answered] = 1
        return arrays

    def metadata(self) -> dict[str, str]:
        return {
            "streaming_net.layers": json.dumps([name for name, _ in self.entries()]),
            "streaming_net.net": self.net,
            "streaming_net.tolerance": text(self.recorded.tolerance),
        }


def rows(numbers: Array) -> Any:
    """Nested lists of the shortest digits that give the same float32."""
    if np.ndim(numbers):
        return [rows(row) for row in numbers]
    return float(str(np.float32(numbers)))
