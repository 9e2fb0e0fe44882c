"""From the tree of a graph to the macro's: what is cropped becomes delays, or nothing.

The framework adds values of the same place in their sequences, the macro those of the same frame. Where the framework
crops a branch at its front, its values come to stand beside those of other frames: the branch is delayed by as many.
"""

from dataclasses import replace

import numpy as np

from .activations import is_activation
from .graph import Crop, Half
from .problems import Problem
from .reduce import Branches, Series, Tap, Taps, is_projection
from .timing import Timing, Unaligned, When, together
from .words import Block, Chain, Layer, Word


class Aligner:
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        # The taps of the `skips` around the layers at hand, and when they come.
        self.taps: list[When] = []

    def problem(self, source: str, reason: str, instead: str) -> None:
        self.problems.append(Problem(source, reason, instead))

    def network(self, series: Series) -> tuple[Chain, Timing]:
        chain, when = self.chain(series, When())
        if when.skipped:
            self.problem(
                "the output",
                f"the model drops its first {when.skipped // when.timing.stride} output frames",
                "remove the last crop: the network then has its first output earlier",
            )
        return chain, when.timing

    def chain(self, series: Series, when: When) -> tuple[Chain, When]:
        chain: Chain = []
        for part in series:
            match part:
                case Crop(frames=frames):
                    if when.timing.frames > 1:
                        self.problem(part.source, "a crop follows a layer that upsamples", "remove the crop")
                    when = when.cropped(frames)
                    continue
                case Half():
                    self.problem(
                        part.source,
                        "one half of the channels is used outside of a gate",
                        "use two layers with half of the channels each, or multiply a function of each half",
                    )
                    continue
                case Tap():
                    self.taps.append(when.cropped(part.crop))
                    layer: Layer = skip(part)
                case Word():
                    layer, when = part, self.word(part, when)
                case Taps():
                    layer, when = self.skips(part, when)
                case Branches():
                    layer, when = self.branches(part, when)
            chain.append(layer)
        return chain, when

    def word(self, word: Word, when: When) -> When:
        if when.begins_anew(word):
            self.problem(
                word.source,
                "the layer starts after cropped frames, as if they did not exist; in a stream they do",
                "crop after the layer, or nowhere",
            )
        if when.skipped % when.timing.stride:
            self.problem(
                word.source, "after the crop, the stride selects other frames", "crop by a multiple of the stride"
            )
        after = when.then(word)
        if when.timing.frames > 1 and (after.timing.first, after.timing.stride) != (
            when.timing.first,
            when.timing.stride,
        ):
            self.problem(
                word.source,
                "after a layer that upsamples, the layer does not have an output for every frame",
                "use causal padding and no stride",
            )
        return after

    def skips(self, taps: Taps, when: When) -> tuple[Layer, When]:
        around, self.taps = self.taps, []
        chain, _ = self.chain(taps.chain, when)
        inner, self.taps = self.taps, around
        if len({tap.origin for tap in inner}) > 1:
            self.problem(
                taps.source,
                "the sum adds values of different frames",
                "crop each value at the front, so that all end at the same frame",
            )
        return Block("skips", taps.source, [chain]), self.meet(taps.source, inner)

    def meet(self, source: str, whens: list[When]) -> When:
        try:
            return When(together([when.timing for when in whens]), whens[0].origin)
        except Unaligned as unaligned:
            self.problem(
                source,
                f"the branches never have an output at the same push: {unaligned}",
                "give all branches the same strides and phase",
            )
            return whens[0]

    def branches(self, part: Branches, when: When) -> tuple[Layer, When]:
        if gate := halves(part):
            return gate, when
        shortcut = shortcut_of(part)
        if shortcut is not None and (residual := self.residual(part, shortcut, when)):
            return residual
        before = len(self.taps)
        chains, whens = [], []
        for branch in part.chains:
            chain, at = self.chain(branch, when)
            chains.append(chain)
            whens.append(at)
            if at.timing.frames > 1:
                self.problem(part.source, "a branch upsamples", "upsample after the branches")
        if len(self.taps) > before:
            self.problem(
                part.source,
                "a sum of skip connections reaches into the branches",
                "take the skip connections after the branches",
            )
        origin = max(at.origin for at in whens)
        for place, (chain, at) in enumerate(zip(chains, whens, strict=True)):
            frames, rest = divmod(origin - at.origin, at.timing.stride)
            if rest:
                self.problem(
                    part.source, "the branches have frames at different phases", "crop by a multiple of the stride"
                )
            elif frames:
                delay = Word("delay", part.source, {"frames": frames})
                chain.append(delay)
                whens[place] = When(at.timing.then(Timing(frames)), origin)
        return Block(part.kind, part.source, chains), self.meet(part.source, whens)

    def residual(self, part: Branches, place: int, when: When) -> tuple[Layer, When] | None:
        """The block, where what it is added to is the input as the macro takes it."""
        parts = part.chains[place]
        project = next((word for word in parts if isinstance(word, Word)), None)
        frames = sum(crop.frames for crop in parts if isinstance(crop, Crop))
        taps, problems = len(self.taps), len(self.problems)
        chain, after = self.chain(part.chains[1 - place], when)
        timing = after.timing
        center = after.origin - when.cropped(frames).origin
        stride = project.number("stride") if project else 1
        is_same = timing.stride == when.timing.stride * stride and timing.frames == 1
        own = timing.first - when.timing.first
        if is_same and center == 0:
            flags: tuple[str, ...] = ()
        elif is_same and center * 2 == own and timing.lag == when.timing.lag and stride == 1:
            flags = ("center",)
            timing = replace(timing, lag=timing.lag + center)
            after = When(timing, after.origin - center)
        else:
            del self.taps[taps:], self.problems[problems:]
            return None
        if project is None:
            return Block("residual", part.source, [chain], flags), after
        return Block("residual", part.source, [chain], ("project", *flags), projection(project)), after


def shortcut_of(part: Branches) -> int | None:
    """Which of two branches of a sum is its input, or a 1x1 convolution of it."""
    if part.kind != "sum" or len(part.chains) != 2:
        return None
    bare = [index for index, chain in enumerate(part.chains) if all(isinstance(part, Crop) for part in chain)]
    projected = [index for index, chain in enumerate(part.chains) if is_projected(chain)]
    found = bare or projected
    return found[0] if len(found) == 1 else None


def is_projected(chain: Series) -> bool:
    words = [part for part in chain if not isinstance(part, Crop)]
    if len(words) != 1 or not isinstance(words[0], Word):
        return False
    word = words[0]
    return is_projection(word) or (word.kind == "conv" and word.past == 0 and word.number("groups") == 1)


def halves(part: Branches) -> Word | None:
    """`gated()`, where a product is of a function of each half of the channels."""
    if part.kind != "product" or len(part.chains) != 2:
        return None
    functions = {}
    for chain in part.chains:
        match chain:
            case [Half(which=which)]:
                functions[which] = "linear"
            case [Half(which=which), Word() as word] if is_activation(word):
                functions[which] = word.as_flag()
            case _:
                return None
    if functions.keys() != {0, 1}:
        return None
    both = functions[0], functions[1]
    return Word("gated", part.source, flags=() if both == ("tanh", "sigmoid") else both)


def skip(tap: Tap) -> Word:
    if tap.project is None:
        return Word("skip", tap.source)
    tensors = projection(tap.project).tensors
    return Word("skip", tap.project.source, {"out": tap.project.numbers["out"]}, tensors=tensors)


def projection(word: Word) -> Word:
    """The 1x1 convolution with a bias: those of taps and of residual blocks have one."""
    if "bias" in word.tensors:
        return word
    bias = np.zeros(word.number("out"), np.float32)
    return replace(word, flags=(), tensors=word.tensors | {"bias": bias})
