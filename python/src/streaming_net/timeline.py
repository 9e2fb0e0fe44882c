"""Which values of a layer are made of which of the layer before it: the rows of a drawn network."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .timing import RECURRENT, Timing, of, together
from .words import Block, Chain, Word, text

# What a value is made of: values of rows, each as its row and its number among that row's.
Value = tuple[int, int]
Reads = Callable[[int], list[Value]]

# What of a layer's text says when it answers.
KEYS = ("k", "dilation", "stride", "size", "frames", "n")
KINDS = (
    *("conv", "depthwise", "conv2d", "depthwise2d", "conv_transpose", "upsample"),
    *("max_pool", "avg_pool", "global_avg", "flatten", "delay", *RECURRENT),
)


@dataclass
class Row:
    """The values of a layer, numbered from 0."""

    label: str
    timing: Timing
    reads: Reads
    # Whether it keeps something of all frames before.
    keeps: bool = False
    # Layers of each value by itself that follow.
    behind: list[str] = field(default_factory=list)

    def push(self, value: int) -> int:
        """The push that is answered with it."""
        return self.timing.first + value // self.timing.frames * self.timing.stride

    def place(self, value: int) -> float:
        """Where it stands among the pushes: several frames of one answer share the pushes since the answer before."""
        part = self.timing.frames - 1 - value % self.timing.frames
        return self.push(value) - part * self.timing.stride / self.timing.frames

    def until(self, pushes: int) -> int:
        """How many values there are after so many pushes."""
        return len(self.timing.answered(pushes)) * self.timing.frames


class Timeline:
    """The rows of a network, from its input on."""

    def __init__(self, chain: Chain) -> None:
        self.rows = [Row("input", Timing(), lambda value: [])]
        # The rows that are tapped, innermost `skips` last.
        self.taps: list[list[int]] = []
        self.output = self.chain(chain, 0)

    def chain(self, chain: Chain, row: int) -> int:
        """The row that a chain makes of another."""
        for layer in chain:
            row = self.block(layer, row) if isinstance(layer, Block) else self.word(layer, row)
        return row

    def word(self, word: Word, row: int) -> int:
        if word.kind == "skip":
            self.taps[-1].append(row)
        if word.kind == "wavenet":
            raise ValueError("`wavenet` cannot be drawn: write out its layers")
        if word.kind not in KINDS or (word.kind == "conv" and word.past == 0 and word.number("stride") == 1):
            self.rows[row].behind.append(label(word))
            return row
        return self.add(
            label(word), self.rows[row].timing.then(of(word)), reads(word, row, len(self.rows)), word.kind in RECURRENT
        )

    def block(self, block: Block, row: int) -> int:
        if block.kind == "skips":
            self.taps.append([])
            self.chain(block.chains[0], row)
            return self.join("skips", self.taps.pop())
        ends = [self.chain(chain, row) for chain in block.chains]
        if block.kind == "residual":
            ends.append(row)
            return self.join("residual", ends, self.center(block, ends[0], row))
        return self.join(block.kind, ends)

    def center(self, block: Block, end: int, row: int) -> int:
        """The frames by which `center` delays the input of a residual block."""
        return (self.rows[end].timing.first - self.rows[row].timing.first) // 2 if "center" in block.flags else 0

    def join(self, kind: str, ends: list[int], center: int = 0) -> int:
        """The row that rows make together, those that are early delayed."""
        if len(set(ends)) == 1:
            self.rows[ends[0]].behind.append(kind)
            return ends[0]
        timings = [self.rows[end].timing for end in ends]
        if "residual" in kind and any(timings[0].stride != timing.stride for timing in timings):
            # A projection has the stride of the block.
            timings[-1] = Timing(timings[-1].first, timings[0].stride, timings[-1].lag)
        timing = together(timings)
        late = [timing.lag - one.lag for one in timings]
        late[-1] += center

        def values(value: int) -> list[Value]:
            push = timing.first + value * timing.stride
            made = []
            for end, behind in zip(ends, late, strict=True):
                at = self.rows[end].timing
                made.append((end, (push - behind - at.first) // at.stride))
            return made

        return self.add(kind, timing, values)

    def add(self, label: str, timing: Timing, reads: Reads, keeps: bool = False) -> int:
        self.rows.append(Row(label, timing, reads, keeps))
        return len(self.rows) - 1

    def sees(self, value: int, *, beginning: bool = True) -> list[set[int]]:
        """The values of each row that a value of the output is made of.

        Without a beginning, frames go back without end, and recurrent layers keep nothing.
        """
        seen: list[set[int]] = [set() for _ in self.rows]
        seen[self.output] = {value}
        for number in reversed(range(len(self.rows))):
            row = self.rows[number]
            if row.keeps and beginning and seen[number]:
                seen[number] = set(range(max(seen[number]) + 1))
            for one in seen[number]:
                for at, made in row.reads(one):
                    if at != number and (made >= 0 or not beginning):
                        seen[at].add(made)
        return seen

    def newest(self, fewest: int) -> int:
        """A value of the output without zeros from before frame 0 in it, whose push is not among the fewest."""
        output = self.rows[self.output]
        oldest = min(self.sees(0, beginning=False)[0], default=0)
        pushes = max(fewest, output.timing.first - oldest + 1)
        return -(-(pushes - output.timing.first) // output.timing.stride) * output.timing.frames - 1


def label(word: Word) -> str:
    numbers = [f"{key}={text(value)}" for key, value in word.numbers.items() if key in KEYS]
    padding = [word.padding()] if word.before is not None else []
    said = ", ".join([*numbers, *padding])
    return f"{word.kind}({said})" if said else word.kind


def reads(word: Word, row: int, own: int) -> Reads:
    """What a value of a layer is made of, of the row before it, and of its own."""
    first, stride = of(word).first, of(word).stride

    def newest(value: int, taps: int, apart: int = 1) -> list[Value]:
        return [(row, first + value * stride - tap * apart) for tap in range(taps)]

    match word.kind:
        case "gru" | "lstm":
            return lambda value: [(row, value), (own, value - 1)]
        case "upsample":
            return lambda value: [(row, value // word.number("n"))]
        case "conv_transpose":
            k, step = word.number("k"), word.number("stride")
            return lambda value: [(row, value // step - tap) for tap in range(-(-(k - value % step) // step))]
        case "delay":
            return lambda value: [(row, value)]
        case "max_pool" | "avg_pool":
            return lambda value: newest(value, word.number("size"))
        case "global_avg" | "flatten":
            return lambda value: newest(value, word.number("frames"))
    return lambda value: newest(value, word.number("k"), word.number("dilation"))
