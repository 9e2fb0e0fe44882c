"""A run of the framework, and the proof that the exported network answers when it does."""

from collections.abc import Callable

import numpy as np

from .problems import Problem, Unsupported
from .timing import Timing
from .weights import Recorded
from .words import Array, Word

# What the framework gives, `(frames, out)`, for frames `(frames, in)`.
Run = Callable[[Array], Array]


def recorded(run: Run, frames: Array, timing: Timing) -> tuple[Recorded, Word | None]:
    """The run of `frames`, and a delay where the framework leaves out its last outputs, which come late then."""
    output = run(frames)
    missing = len(timing.answered(len(frames))) * timing.frames - len(output)
    delay = None
    if missing > 0:
        if timing.frames > 1:
            raise Unsupported([unproven(f"the framework has {missing} output frames less than the exported network")])
        delay = Word("delay", "the output", {"frames": missing})
        timing = timing.then(Timing(missing))
    for shorter in (len(frames) - 1, len(frames) * 2 // 3 + 1):
        check_prefix(run, frames[:shorter], output, timing)
    answers = len(timing.answered(len(frames)))
    if answers == 0:
        raise ValueError(f"{len(frames)} frames are too few: the first output comes at frame {timing.first}")
    output = output[: answers * timing.frames]
    if timing.frames > 1:
        output = output.reshape(answers, timing.frames, -1)
    return Recorded(frames, output, timing), delay


def check_prefix(run: Run, frames: Array, output: Array, timing: Timing) -> None:
    """What is answered by any push is there without the frames behind it, and the same."""
    answered = len(timing.answered(len(frames))) * timing.frames
    if answered == 0:
        return
    prefix = run(frames)[:answered]
    if len(prefix) < answered:
        raise Unsupported([unproven(f"{len(frames)} input frames give {len(prefix)} outputs instead of {answered}")])
    scale = np.maximum(1.0, np.abs(output[:answered]))
    if not np.all(np.abs(prefix - output[:answered]) <= 1e-4 * scale):
        raise Unsupported([unproven("its outputs change when later frames are appended")])


def unproven(reason: str) -> Problem:
    return Problem("the network", reason, "use causal padding or none, and do not crop the end")
