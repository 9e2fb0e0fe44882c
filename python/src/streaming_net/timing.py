"""When the layers of a network answer, as the macro counts it."""

from dataclasses import dataclass, replace

from .words import Word


@dataclass(frozen=True)
class Timing:
    """The first push that is answered, counted from 0, and from there one in `stride`, by `frames` frames each.

    The answer to a push is what the framework gives for the frame `lag` pushes before.
    """

    first: int = 0
    stride: int = 1
    lag: int = 0
    frames: int = 1

    def then(self, behind: "Timing") -> "Timing":
        """The timing of this and of a layer behind it."""

        def pushes(frames: int) -> int:
            return -(-frames // self.frames) * self.stride

        return Timing(
            self.first + pushes(behind.first),
            self.stride * behind.stride,
            self.lag + pushes(behind.lag),
            self.frames * behind.frames,
        )

    def answered(self, pushes: int) -> range:
        """Which of so many pushes are answered."""
        return range(self.first, pushes, self.stride)


class Unaligned(Exception):
    """Branches that never answer the same push."""


def together(branches: list[Timing]) -> Timing:
    """The timing where branches come together, each late enough for the latest."""
    stride, lag = branches[0].stride, max(branch.lag for branch in branches)
    firsts = [branch.first + lag - branch.lag for branch in branches]
    if any(branch.stride != stride or (lag - branch.lag) % stride for branch in branches):
        raise Unaligned("their strides differ")
    if any((max(firsts) - first) % stride for first in firsts):
        raise Unaligned("their outputs are at different frames")
    return Timing(max(firsts), stride, lag)


RECURRENT = ("gru", "lstm")


def of(word: Word) -> Timing:
    """The timing of one layer."""
    match word.kind:
        case "conv" | "depthwise" | "conv2d" | "depthwise2d":
            behind = word.past - (word.before or 0)
            return Timing(behind, word.number("stride"), 0 if word.before is None else behind)
        case "max_pool" | "avg_pool":
            size = word.number("size")
            return Timing(size - 1, int(word.numbers.get("stride", size)))
        case "global_avg" | "flatten":
            return Timing(word.number("frames") - 1)
        case "delay":
            return Timing(word.number("frames"))
        case "upsample":
            return Timing(frames=word.number("n"))
        case "conv_transpose":
            return Timing(frames=word.number("stride"))
        case _:
            return Timing()


@dataclass(frozen=True)
class When:
    """When a value comes, and the frame that the framework's first of them belongs to.

    That is behind the frame of the first answer where the framework leaves out the first of what the layers give.
    """

    timing: Timing = Timing()
    origin: int = 0

    @property
    def skipped(self) -> int:
        """Frames by which the framework begins behind the first answer."""
        return self.origin - (self.timing.first - self.timing.lag)

    def cropped(self, frames: int) -> "When":
        return replace(self, origin=self.origin + frames * self.timing.stride)

    def then(self, word: Word) -> "When":
        """When a layer gives what it makes of the value."""
        own = of(word)
        timing = self.timing.then(own)
        taken = timing.first - self.timing.first - (timing.lag - self.timing.lag)
        return When(timing, self.origin + taken)

    def begins_anew(self, word: Word) -> bool:
        """Whether the framework has zeros, or a state of zeros, where the stream has frames that it leaves out."""
        begins = bool(word.before) or word.kind in RECURRENT or of(word).frames > 1
        return self.skipped > 0 and begins
