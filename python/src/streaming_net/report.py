"""What a person sees of an export."""

from collections.abc import Iterator

from rich.table import Table

from .exported import Exported
from .problems import Unsupported
from .text import Printer
from .words import Block, Chain, Word


def summary(exported: Exported) -> Table:
    """A row for each layer, and the totals."""
    table = Table(title=f"{exported.path}", title_justify="left", show_footer=True)
    printer = Printer(exported.chain, exported.inputs)
    rows = list(listed(printer, exported.chain, 0))
    table.add_column("layer", timing(exported))
    table.add_column("of", "")
    table.add_column("numbers", str(sum(numbers for _, _, numbers in rows)), justify="right")
    for text, source, numbers in rows:
        table.add_row(text, source, str(numbers) if numbers else "")
    return table


def listed(printer: Printer, chain: Chain, depth: int) -> Iterator[tuple[str, str, int]]:
    """The text of each layer, the framework's name of it, and how many weights it has."""
    for layer in chain:
        own = layer if isinstance(layer, Word) else layer.project
        numbers = sum(tensor.size for tensor in own.tensors.values()) if own else 0
        yield "  " * depth + printer.head(layer), layer.source, numbers
        if isinstance(layer, Block):
            for place, branch in enumerate(layer.chains):
                if place:
                    yield "  " * depth + "|", "", 0
                yield from listed(printer, branch, depth + 1)


def timing(exported: Exported) -> str:
    """When the network answers, in words."""
    when = exported.timing
    said = [f"answers from frame {when.first} on"]
    if when.stride > 1:
        said.append(f"one frame in {when.stride}")
    if when.frames > 1:
        said.append(f"by {when.frames} frames")
    if when.lag:
        said.append(f"{when.lag} frames late")
    return ", ".join(said)


def refusal(unsupported: Unsupported) -> Table:
    """A row for each layer that is in the way."""
    table = Table("layer", "why not", "instead", title="cannot be exported", title_justify="left")
    for problem in unsupported.problems:
        table.add_row(problem.layer, problem.reason, problem.instead)
    return table
