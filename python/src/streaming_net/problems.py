"""What a network has that the macro has no word for."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A layer that cannot be exported, why not, and what serves instead."""

    layer: str
    reason: str
    instead: str

    def __str__(self) -> str:
        return f"{self.layer}: {self.reason}\n    instead: {self.instead}"


class Unsupported(Exception):
    """A network that cannot be exported: `problems` has every layer that is in the way."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        count = len(self.problems)
        heading = f"{count} {'layer is' if count == 1 else 'layers are'} in the way:"
        super().__init__("\n".join([heading, *(f"  {problem}" for problem in self.problems)]))
