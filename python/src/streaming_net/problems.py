"""Why a network cannot be exported."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A layer that cannot be exported, the reason, and what to do."""

    layer: str
    reason: str
    instead: str = ""

    def __str__(self) -> str:
        return f"{self.layer}: {self.reason}" + (f"; {self.instead}" if self.instead else "")


class Unsupported(Exception):
    """A network that cannot be exported. `problems` lists the layers that prevent the export."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


def first_line(error: BaseException) -> str:
    """The first line of an error's message that says something, or the name of its class."""
    lines = (line.strip() for line in str(error).splitlines())
    return next((line for line in lines if line), type(error).__name__)
