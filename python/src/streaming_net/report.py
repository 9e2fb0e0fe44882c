"""The tables that an export prints."""

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
    table.add_column("layer of the model", "")
    table.add_column("weights", str(sum(numbers for _, _, numbers in rows)), justify="right")
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
    """When the network has outputs, in words."""
    when = exported.timing
    said = [f"first output at frame {when.first}"]
    if when.stride > 1:
        said.append(f"then every {when.stride} frames")
    if when.frames > 1:
        said.append(f"{when.frames} output frames at a time")
    if when.lag:
        said.append(f"delayed by {when.lag} frames")
    return ", ".join(said)


def refusal(unsupported: Unsupported) -> Table:
    """A row for each layer that cannot be exported."""
    table = Table("layer", "reason", "instead", title="These layers cannot be exported", title_justify="left")
    for problem in unsupported.problems:
        table.add_row(problem.layer, problem.reason, problem.instead)
    return table
