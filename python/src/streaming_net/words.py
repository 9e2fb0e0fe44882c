"""The layers of a network as `streaming_net!` has them, and their text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]

# Keys that stand before `in`.
TAPS = ("k", "features", "feature_k", "feature_stride")


@dataclass(eq=False)
class Word:
    """A layer without layers in it."""

    kind: str
    # The framework's name of the layer.
    source: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    # By the framework's names, in its order.
    tensors: dict[str, Array] = field(default_factory=dict)
    # Zeros before the first frame, and behind the last one; `None` where there are none.
    before: int | None = None
    activation: "Word | None" = None

    def number(self, key: str) -> int:
        return int(self.numbers.get(key, 1))

    @property
    def past(self) -> int:
        """Frames under the taps, without the newest."""
        return (self.number("k") - 1) * self.number("dilation")

    def arguments(self, inputs: int | None = None) -> str:
        numbers = {key: value for key, value in self.numbers.items() if key in TAPS}
        if inputs is not None:
            numbers["in"] = inputs
        numbers = {**numbers, **self.numbers}
        said = [f"{key}={text(value)}" for key, value in numbers.items()]
        if self.before is not None:
            said.append(self.padding())
        said += self.flags
        if self.activation:
            said.append(self.activation.as_flag())
        return ", ".join(said)

    def as_flag(self) -> str:
        """An activation as a layer has it: `relu`, `leaky_relu=0.1`."""
        numbers = [text(number) for number in self.numbers.values()]
        if len(numbers) > 1:
            return f"{self.kind}=[{', '.join(numbers)}]"
        return "=".join([self.kind, *numbers])

    def padding(self) -> str:
        if self.before == self.past:
            return "causal"
        if self.before == self.past // 2 and self.number("stride") == 1:
            return "same"
        return f"pad={self.before}"


@dataclass(eq=False)
class Block:
    """A layer of layers: `kind < chain | chain >`."""

    kind: str
    source: str
    chains: list["Chain"]
    flags: tuple[str, ...] = ()
    # The 1x1 convolution of `residual(project)`.
    project: Word | None = None


Layer = Word | Block
Chain = list[Layer]


def text(number: float) -> str:
    """A whole number without a point, and others as the shortest digits that give the same float32."""
    return str(number) if isinstance(number, int) else np.format_float_positional(np.float32(number), trim="0")


def pool(kind: str, source: str, size: int, stride: int) -> list[Word]:
    """A pool; that of every frame by itself is nothing."""
    if size == stride == 1:
        return []
    return [Word(kind, source, {"size": size} if stride == size else {"size": size, "stride": stride})]


def weighted(chain: Chain) -> Iterator[Word]:
    """The words that have an entry in the weights file, in its order."""
    for layer in chain:
        if isinstance(layer, Word):
            if layer.tensors:
                yield layer
            continue
        for branch in layer.chains:
            yield from weighted(branch)
        if layer.project:
            yield layer.project


def count(chain: Chain) -> int:
    """How many layers the macro counts."""
    return sum(1 if isinstance(layer, Word) else 1 + sum(map(count, layer.chains)) for layer in chain)


def first(chain: Chain) -> Layer:
    """The layer that says how many channels go in."""
    layer = chain[0]
    if isinstance(layer, Block):
        for branch in layer.chains:
            if branch:
                return first(branch)
    return layer
