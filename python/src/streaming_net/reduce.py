"""From a graph to a tree: a fork and the join where all of its ways meet again become one layer of layers.

Between a fork and the join that post-dominates it, each operand of the join is a branch, where no two have a node in
common. Those that do are brought together first, in a join of their own. Where all have, and the join is a sum, its
operands are taps of one chain, which is `skips`.
"""

from dataclasses import dataclass, field

from .graph import Crop, Half, Join, Node, source
from .problems import Problem
from .words import Word


@dataclass(eq=False)
class Branches:
    """Chains of the same input, and the join of what they make."""

    kind: str
    source: str
    chains: list["Series"]


@dataclass(eq=False)
class Taps:
    """The sum of the taps in a chain."""

    source: str
    chain: "Series"


@dataclass(eq=False)
class Tap:
    """The frame at hand as a part of the sum, as it is or by a 1x1 convolution, without its first frames."""

    source: str
    project: Word | None = None
    crop: int = 0


Part = Word | Crop | Half | Branches | Taps | Tap
Series = list[Part]


class Tangled(Exception):
    """A graph that is no tree of the macro's layers."""

    def __init__(self, node: Node, reason: str) -> None:
        self.problem = Problem(
            source(node),
            reason,
            "join branches of one value only, or sum the skip connections of one chain of residual blocks",
        )
        super().__init__(str(self.problem))


@dataclass(eq=False)
class Region:
    """The nodes on the ways from `start` to `end`, in order, and who uses each."""

    start: Node
    end: Node
    order: list[Node] = field(default_factory=list)
    uses: dict[Node, list[Node]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        seen = {self.start}
        stack = [(self.end, False)]
        while stack:
            node, done = stack.pop()
            if done:
                self.order.append(node)
            elif node not in seen:
                seen.add(node)
                if not node.inputs:
                    raise Tangled(self.end, f"an operand does not depend on {source(self.start)} alone")
                stack.append((node, True))
                stack.extend((operand, False) for operand in reversed(node.inputs))
        self.uses = {node: [] for node in [self.start, *self.order]}
        for node in self.order:
            for operand in node.inputs:
                self.uses[operand].append(node)

    def joins(self) -> dict[Node, Node]:
        """The first node behind each that all of its ways go through: its immediate post-dominator."""
        place = {node: index for index, node in enumerate([self.start, *self.order])}
        joins = {self.end: self.end}
        for node in reversed([self.start, *self.order[:-1]]):
            meeting, *others = self.uses[node]
            for other in others:
                while meeting is not other:
                    if place[meeting] < place[other]:
                        meeting = joins[meeting]
                    else:
                        other = joins[other]
            joins[node] = meeting
        return joins


class Reduction:
    def __init__(self) -> None:
        # What is tapped in the innermost `skips`, and not passed yet.
        self.taps: dict[Node, list[Tap]] = {}

    def series(self, start: Node, end: Node) -> Series:
        """The layers that make `end` of `start`."""
        if start is end:
            return []
        region = Region(start, end)
        joins = region.joins()
        series: Series = []
        at = start
        while at is not end:
            users = region.uses[at]
            if len(users) == 1 and not isinstance(users[0].op, Join):
                at = users[0]
                if not isinstance(at.op, Word | Crop | Half):
                    raise Tangled(at, "the operation cannot be a layer by itself")
                series.append(at.op)
            else:
                fork, at = at, joins[at]
                series.append(self.branches(fork, at))
            series += self.taps.pop(at, [])
        return series

    def branches(self, fork: Node, join: Node) -> Part:
        """What lies between a fork and its join."""
        assert isinstance(join.op, Join)
        kind, name = join.op.kind, join.op.source
        groups = together(fork, join.inputs)
        if len(groups) == 1 and len(groups[0]) > 1:
            if kind != "sum":
                raise Tangled(join, f"one operand of the {kind} depends on another one")
            return self.skips(fork, join)
        if kind == "concat" and any(group[-1] - group[0] >= len(group) for group in groups):
            raise Tangled(
                join, "the concatenation has other channels between two operands, of which one depends on the other"
            )
        chains = []
        for group in groups:
            operands = [join.inputs[place] for place in group]
            end = operands[0] if len(group) == 1 else Node(join.op, operands)
            chains.append(self.series(fork, end))
        return Branches(kind, name, chains)

    def skips(self, fork: Node, join: Node) -> Taps:
        """The taps that a sum is made of, and the chain that they are in."""
        region = Region(fork, join)
        around, self.taps = self.taps, {}
        for operand in join.inputs:
            node, tap = tapped(operand, region)
            self.taps.setdefault(node, []).append(tap)
        end = max(self.taps, key=lambda node: -1 if node is fork else region.order.index(node))
        chain: Series = [*self.taps.pop(fork, [])]
        chain += self.series(fork, end)
        missed = [*self.taps.values()]
        self.taps = around
        if missed:
            raise Tangled(
                join, f"only the sum reads {missed[0][0].source}, which is not on the path to its other operands"
            )
        return Taps(source(join), chain)


def tapped(operand: Node, region: Region) -> tuple[Node, Tap]:
    """The node that an operand of a sum taps, and how."""
    tap, node = Tap(source(operand)), operand
    while node is not region.start and len(region.uses[node]) == 1:
        if isinstance(node.op, Crop):
            tap.crop += node.op.frames
        elif isinstance(node.op, Word) and is_projection(node.op) and tap.project is None:
            tap.project = node.op
        else:
            break
        node = node.inputs[0]
    return node, tap


def is_projection(word: Word) -> bool:
    """Whether it is a 1x1 convolution of each frame."""
    return word.kind == "dense" and word.number("stride") == 1 and word.activation is None


def together(fork: Node, operands: list[Node]) -> list[list[int]]:
    """The places of operands that have nodes in common, in one list each."""
    groups: list[tuple[list[int], set[Node]]] = []
    for place, operand in enumerate(operands):
        places, nodes = [place], set(Region(fork, operand).order)
        apart = []
        for group in groups:
            if group[1] & nodes:
                places, nodes = group[0] + places, group[1] | nodes
            else:
                apart.append(group)
        groups = [*apart, (sorted(places), nodes)]
    return sorted(places for places, _ in groups)


def reduced(start: Node, end: Node, problems: list[Problem]) -> Series:
    """The network's layers, from its input to its output."""
    try:
        return Reduction().series(start, end)
    except Tangled as tangled:
        problems.append(tangled.problem)
        return []
