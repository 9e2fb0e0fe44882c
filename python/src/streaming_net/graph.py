"""A network as frameworks have it: values, and what each is made of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .problems import Problem
from .words import Word


@dataclass(frozen=True)
class Input:
    """What goes into the network."""


@dataclass(frozen=True)
class Join:
    """The `sum`, `product` or `concat` of several values."""

    kind: str
    source: str


@dataclass(frozen=True)
class Pad:
    """Zeros before the first frame, and on both sides of its features."""

    frames: int
    source: str
    beside: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Crop:
    """A value without its first frames."""

    frames: int
    source: str


@dataclass(frozen=True)
class Half:
    """The first half of the channels, 0, or the second, 1."""

    which: int
    source: str


Op = Input | Join | Pad | Crop | Half | Word


@dataclass(eq=False)
class Node:
    op: Op
    inputs: list["Node"] = field(default_factory=list)


def source(node: Node) -> str:
    return "the input" if isinstance(node.op, Input) else node.op.source


def chained(node: Node, ops: Iterable[Op]) -> Node:
    """What layers one after the other make of a value."""
    for op in ops:
        node = Node(op, [node])
    return node


def ordered(output: Node) -> list[Node]:
    """All that the output is made of, each node behind its inputs."""
    order: list[Node] = []
    seen: set[Node] = set()
    stack = [(output, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((operand, False) for operand in reversed(node.inputs))
    return order


TAPPED = ("conv", "depthwise", "dense", "conv2d", "depthwise2d")


def simplified(output: Node, problems: list[Problem]) -> Node:
    """The same network, with the zeros as part of the convolutions behind them, and sums of sums as one."""
    order = ordered(output)
    uses = Counter(operand for node in order for operand in node.inputs)
    new: dict[Node, Node] = {}
    for node in order:
        inputs = [new[operand] for operand in node.inputs]
        match node.op:
            case Word(kind=kind) if isinstance(inputs[0].op, Pad) and kind in TAPPED:
                new[node] = padded(node.op, inputs[0], problems)
            case Join(kind=kind):
                operands: list[Node] = []
                for old, operand in zip(node.inputs, inputs, strict=True):
                    same = isinstance(operand.op, Join) and operand.op.kind == kind and uses[old] == 1
                    operands += operand.inputs if same else [operand]
                new[node] = Node(node.op, operands)
            case _:
                new[node] = Node(node.op, inputs)
    for node in ordered(new[output]):
        if isinstance(node.op, Pad):
            problems.append(
                Problem(
                    node.op.source,
                    "a padding with zeros is not followed by a convolution",
                    "pad right before the convolution, not before an activation or a pool",
                )
            )
    return new[output]


def padded(word: Word, pad: Node, problems: list[Problem]) -> Node:
    """A convolution with the zeros that stand before it."""
    assert isinstance(pad.op, Pad)
    zeros = (word.before or 0) + pad.op.frames
    if zeros > word.past:
        problems.append(
            Problem(
                pad.op.source,
                f"{zeros} zeros stand before the first frame, but {word.source} only reads {word.past} past frames",
                f"pad with at most {word.past} zeros at the front, which is causal padding",
            )
        )
    word = replace(word, before=zeros if zeros else word.before)
    if any(pad.op.beside):
        features = word.number("features") - sum(pad.op.beside)
        if pad.op.beside != same_beside(features, word.number("feature_k"), word.number("feature_stride")):
            problems.append(
                Problem(
                    pad.op.source, "the features are not padded as `same` pads them", "pad the features with `same`"
                )
            )
        word = replace(word, numbers={**word.numbers, "features": features}, flags=("feature_same", *word.flags))
    return Node(word, pad.inputs)


def same_beside(features: int, k: int, stride: int) -> tuple[int, int]:
    """The zeros on both sides of features so that each `stride`th of them has an output."""
    total = max(0, (-(-features // stride) - 1) * stride + k - features)
    return total // 2, total - total // 2
