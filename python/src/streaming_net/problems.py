"""Why a network cannot be exported."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A layer that cannot be exported, the reason, and what to use instead."""

    layer: str
    reason: str
    instead: str

    def __str__(self) -> str:
        return f"{self.layer}: {self.reason}\n    instead: {self.instead}"


class Unsupported(Exception):
    """A network that cannot be exported: `problems` lists every layer that prevents it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        count = len(self.problems)
        heading = f"{count} {'layer' if count == 1 else 'layers'} cannot be exported:"
        super().__init__("\n".join([heading, *(f"  {problem}" for problem in self.problems)]))
