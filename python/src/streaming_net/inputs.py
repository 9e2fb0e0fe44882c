"""The inputs of a model: their shapes, their axis of time, and the frames of the recorded run."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .framework import Array, Failed, Framework, Shape, floats

# Frames of the recorded run where none are given.
FRAMES = 600


@dataclass(frozen=True)
class Inputs:
    """What a model takes: shapes, and all frames of the recorded run in these shapes."""

    shapes: list[Shape]
    arrays: list[Array]

    @property
    def time(self) -> int | None:
        return self.shapes[0].time

    @property
    def window(self) -> int | None:
        """The frames that the model takes at once, where their number is fixed."""
        return None if self.time is None else self.shapes[0].lengths[self.time]

    @property
    def frames(self) -> int:
        return int(self.arrays[0].shape[self.time or 0])

    def cut(self, frames: int) -> list[Array]:
        """The first frames."""
        return [np.take(array, np.arange(frames), self.time or 0) for array in self.arrays]


def inputs(framework: Framework, reference: Any, window: int | None, time: int | None, random: Any) -> Inputs:
    """The inputs of a model for a recorded run of `reference`, or of noise."""
    given = references(reference)
    shapes = framework.shapes(time) or guessed(framework, given, window, time)
    shapes = [fixed(shape, window) for shape in shapes]
    if given is None:
        return Inputs(shapes, [noise(shape, random) for shape in shapes])
    if len(given) != len(shapes):
        raise ValueError(f"`reference` has {len(given)} arrays, but the model has {len(shapes)} inputs")
    found = Inputs(shapes, [as_taken(array, shape) for array, shape in zip(given, shapes, strict=True)])
    if found.window is not None and found.frames < found.window:
        raise ValueError(f"`reference` has {found.frames} frames, fewer than the {found.window} of a window")
    return found


def references(reference: Any) -> list[Array] | None:
    """The given frames, one array for each input."""
    if reference is None:
        return None
    several = isinstance(reference, (list, tuple)) and all(np.ndim(array) >= 2 for array in reference)
    arrays = [numbers(array) for array in (reference if several else [reference])]
    for array in arrays:
        if array.ndim < 2 or array.size == 0:
            raise ValueError(f"`reference` has the shape {array.shape}: pass (frames, channels), or a batch of one")
        if not np.isfinite(array).all():
            raise ValueError("`reference` contains NaN or infinity")
    return arrays


def numbers(array: Any) -> Array:
    # A tensor of PyTorch that requires its gradient converts only without it.
    array = array.detach().cpu() if hasattr(array, "detach") else array
    try:
        return floats(array)
    except (TypeError, ValueError):
        raise ValueError("`reference` is not an array of numbers") from None


def fixed(shape: Shape, window: int | None) -> Shape:
    """The shape with the length of the window."""
    if window is None:
        return shape
    if shape.time is None:
        raise ValueError("`window` is for models over time, and the input of this model has no axis of time")
    own = shape.lengths[shape.time]
    if own not in (None, window):
        raise ValueError(f"the model takes {own} frames at once, but `window` is {window}")
    return shape.of_frames(window)


def noise(shape: Shape, random: Any) -> Array:
    window = 0 if shape.time is None else shape.lengths[shape.time] or 0
    lengths = list(shape.lengths)
    lengths[shape.time or 0] = max(FRAMES, 2 * window)
    return floats(random.standard_normal(lengths))


def as_taken(array: Array, shape: Shape) -> Array:
    """Frames `(frames, channels)`, or a batch of one, as the model takes them: all frames, whatever the window."""
    time = shape.time or 0
    frame = [length or 1 for axis, length in enumerate(shape.lengths) if axis != time]
    shown = ["frames" if axis == time else str(length) for axis, length in enumerate(shape.lengths)]
    wrong = f"`reference` has the shape {array.shape}, and the model takes ({', '.join(shown)})"
    if array.ndim == len(shape.lengths) and time != 0 and array.shape[0] != 1:
        raise ValueError(f"`reference` is a batch of {array.shape[0]}: pass a batch of one")
    if array.ndim == 2 < len(shape.lengths):
        if array.shape[1] != np.prod(frame):
            raise ValueError(wrong)
        array = np.moveaxis(array.reshape(-1, *frame), 0, time)
    if array.ndim != len(shape.lengths) or [*array.shape[:time], *array.shape[time + 1 :]] != frame:
        raise ValueError(wrong)
    return np.ascontiguousarray(array)


def guessed(framework: Framework, given: list[Array] | None, window: int | None, time: int | None) -> list[Shape]:
    """The shapes of inputs that the model does not state, by running it."""
    if given is not None and (len(given) > 1 or given[0].ndim > 2):
        shapes = of_given(framework, given, window, time)
    else:
        shapes = [tried(framework, given[0] if given else None, window, time)]
    if shapes[0].time is None or window is not None:
        return shapes
    frames = shapes[0].lengths[shapes[0].time] or 0
    if reason := failure(framework, shapes):
        raise ValueError(f"the model does not run on `reference`: {reason}")
    reason = failure(framework, [shape.of_frames(frames - 1) for shape in shapes])
    if frames == 1 or reason:
        raise ValueError(
            f"the model runs on {frames} frames, but not on {frames - 1}: pass `window={frames}` if it takes that"
            f" number of frames at once, and otherwise more frames ({reason})"
        )
    return [shape.of_frames(None) for shape in shapes]


def tried(framework: Framework, given: Array | None, window: int | None, time: int | None) -> Shape:
    """The one shape of an input that the model runs on, for frames `(frames, channels)`."""
    length = window or (FRAMES if given is None else len(given))
    channels = framework.channels() if given is None else [given.shape[1]]
    if channels is None:
        raise ValueError("the model does not state the shape of its input: pass `reference`")
    axes = framework.axes if time is None else (time,)
    levels = [
        [Shape((1, own, length), 2) for own in channels] + [Shape((1, length, own), 1) for own in channels],
        [Shape((length, 1, own), 0) for own in channels],
        # A signal of one channel, which no layer states.
        [Shape((1, 1, length), 2), Shape((1, length, 1), 1)] if given is None else [],
        [Shape((1, length), 1)] if given is None or given.shape[1] == 1 else [],
        [Shape((1, own), None) for own in channels],
    ]
    if given is not None and len(given) == 1:
        levels.insert(0, [Shape(given.shape, 1)])
    failed = [Failed("no layer states its channels", -1)]
    for strict in (True, False):
        for level in levels:
            refused = [(shape, failure(framework, [shape], strict)) for shape in level if shape.time in axes]
            found = [shape for shape, why in refused if why is None]
            if len(found) > 1:
                shown = " and ".join(f"{shape.lengths} with time={shape.time}" for shape in found)
                raise ValueError(f"the model runs on {shown}: pass `time`, or `reference` in the shape that it takes")
            if found:
                return found[0]
            failed += [why for _, why in refused if why]
    # The shape that got furthest is likely the right one.
    reason = max(failed, key=lambda why: why.layers)
    if given is None:
        raise ValueError(f"the shape of the input is unknown: pass `reference` in the shape that it has ({reason})")
    raise ValueError(f"the model does not run on `reference` of the shape {given.shape}: {reason}")


def of_given(framework: Framework, given: list[Array], window: int | None, time: int | None) -> list[Shape]:
    """The shapes of whole inputs, whose axis of time is the one that can be shorter."""
    first = given[0].shape
    whole = [Shape(array.shape, 0) for array in given]
    # Axis 0 is the batch, but for the order (time, batch, channels).
    axes = [axis for axis in range(len(first)) if first[axis] > 1 and (axis > 0 or first[1] == 1)]
    if time is not None:
        axes = [time]
    elif window is not None:
        axes = [axis for axis in axes if first[axis] == window] or [axis for axis in axes if first[axis] > window]
    elif reason := failure(framework, whole):
        raise ValueError(f"the model does not run on `reference` of the shape {first}: {reason}")
    else:
        shorter = [[Shape(shape.lengths, axis).of_frames(first[axis] - 1) for shape in whole] for axis in axes]
        axes = [shapes[0].time or 0 for shapes in shorter if failure(framework, shapes, True) is None]
    if first[0] != 1 and axes != [0]:
        raise ValueError(f"`reference` is a batch of {first[0]}: pass a batch of one")
    if len(axes) != 1 or not 0 <= axes[0] < len(first):
        raise ValueError(
            f"which axis of `reference` {first} is time is not clear: pass `time`, counted from 0, and `window` if the"
            " model takes a fixed number of frames"
        )
    shapes = [Shape(shape.lengths, axes[0]) for shape in whole]
    return shapes if window is None else [shape.of_frames(window) for shape in shapes]


def failure(framework: Framework, shapes: list[Shape], strict: bool = False) -> Failed | None:
    """Why the model does not run on zeros of these shapes; `None` where it runs."""
    return framework.failure([np.zeros([own or 1 for own in shape.lengths], np.float32) for shape in shapes], strict)
