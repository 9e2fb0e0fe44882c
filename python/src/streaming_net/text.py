"""The text of a network."""

from .words import Block, Chain, Layer, Word, first

# Columns of a line.
WIDTH = 100


class Printer:
    def __init__(self, chain: Chain, inputs: int) -> None:
        self.chain = chain or [Word("linear", "the input")]
        self.inputs = inputs
        self.says = first(self.chain)

    def head(self, layer: Layer) -> str:
        """A layer without the layers in it."""
        inputs = self.inputs if layer is self.says else None
        if isinstance(layer, Word):
            return f"{layer.kind}({layer.arguments(inputs)})"
        said = ", ".join([*([f"in={inputs}"] if inputs else []), *layer.flags])
        return f"{layer.kind}({said})" if said else layer.kind

    def line(self, layer: Layer) -> str:
        """A layer in one line."""
        if isinstance(layer, Word):
            return self.head(layer)
        branches = " |".join(f" {self.chained(branch)}" if branch else "" for branch in layer.chains)
        return f"{self.head(layer)} <{branches} >"

    def chained(self, chain: Chain) -> str:
        return "; ".join(map(self.line, chain))

    def lines(self, chain: Chain, indent: int) -> list[str]:
        """A line for each layer, and those of a layer of layers on lines of their own where one is too short."""
        lines: list[str] = []
        for place, layer in enumerate(chain):
            own = [" " * indent + self.line(layer)]
            if isinstance(layer, Block) and len(own[0]) > WIDTH:
                own = self.broken(layer, indent)
            own[-1] += ";" if place + 1 < len(chain) else ""
            lines += own
        return lines

    def broken(self, block: Block, indent: int) -> list[str]:
        lines = [" " * indent + f"{self.head(block)} <"]
        for place, branch in enumerate(block.chains):
            lines += [" " * indent + "|"] if place else []
            lines += self.lines(branch, indent + 4)
        return [*lines, " " * indent + ">"]


def net(chain: Chain, inputs: int) -> str:
    """The layers, in one line."""
    printer = Printer(chain, inputs)
    return printer.chained(printer.chain)


def macro(chain: Chain, inputs: int, name: str, weights: str | None) -> str:
    """The call of the macro, to paste."""
    printer = Printer(chain, inputs)
    attribute = [f'    #[weights = "{weights}"]'] if weights else []
    layers = printer.lines(printer.chain, 8)
    return "\n".join(["streaming_net! {", *attribute, f"    pub struct {name} <", *layers, "    >", "}"])
