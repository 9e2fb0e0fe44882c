"""What the recorded runs of every framework share: drawn numbers, which push gives which output, and the file.

Arrays of frames are `(batch, frames, channels)` here, in float64. Weights and inputs are drawn from the seed that a
network's name is, and are numbers of float32, so that the runtime has the very numbers that the framework had.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

WEIGHTS = Path(__file__).parent.parent / "weights"

Run = Callable[[np.ndarray], np.ndarray]


@dataclass
class Golden:
    """A network: its text, the framework's model of it, and when a push gives which output.

    The first push that is answered, counted from 0, is `first`, and from there one in `stride`. In their order, the
    answers are the outputs of the whole sequence, `block` outputs an answer.
    """

    name: str
    net: str
    inputs: int
    model: Any
    first: int = 0
    stride: int = 1
    block: int = 1
    # Outputs that no push gives: they look at zeros behind the last frame.
    after: int = 0
    # Pushes from the newest frame that an answer depends on to the answer.
    late: int = 0
    frames: int = 28
    # How far inputs go: their standard deviation.
    spread: float = 1.0
    # Whether the file's entries have names: then they come in the wrong order, for the names say which is which.
    named: bool = False

    def random(self, what: str) -> np.random.Generator:
        return np.random.default_rng(zlib.crc32(f"{what} of {self.name}".encode()))

    def answered(self, frames: int) -> range:
        """The pushes that are answered."""
        return range(self.first, frames, self.stride)


def draw(random: np.random.Generator, role: str, shape: tuple[int, ...], fan_in: int) -> np.ndarray:
    """Numbers as training leaves them, and far from 0 and 1 where those would hide a wrong order of layers."""
    match role:
        case "gamma":
            numbers = random.uniform(0.4, 1.6, shape) * random.choice([-1.0, 1.0, 1.0, 1.0], shape)
        case "variance":
            numbers = random.uniform(0.3, 2.0, shape)
        case "slope":
            numbers = random.uniform(-0.2, 0.6, shape)
        case "bias":
            numbers = random.normal(0.0, 0.4, shape)
        case "kernel":
            numbers = random.normal(0.0, fan_in**-0.5, shape)
        case _:
            raise ValueError(role)
    return single(numbers)


def single(numbers: np.ndarray) -> np.ndarray:
    """The nearest numbers of float32, in float64."""
    return numbers.astype(np.float32).astype(np.float64)


def windows(frames: np.ndarray, length: int) -> np.ndarray:
    """Every `length` frames in a row, `(batch, windows, length, channels)`."""
    return np.lib.stride_tricks.sliding_window_view(frames, length, axis=1).swapaxes(2, 3)


def slide(run: Run, frames: np.ndarray, length: int) -> np.ndarray:
    """The one output that `run` has for every `length` frames in a row."""
    every = windows(frames, length)
    outputs = run(every.reshape(-1, *every.shape[2:]))
    return outputs.reshape(*every.shape[:2], -1)


def record(golden: Golden, framework: str, folder: Path, entries: list[dict], run: Run) -> None:
    """Proves which output is which push's, and writes the file."""
    inputs = single(golden.random("inputs").normal(0.0, golden.spread, (golden.frames, golden.inputs)))
    output = run(inputs[np.newaxis])[0]
    assert output.dtype == np.float64, f"{golden.name}: {output.dtype}"
    assert np.isfinite(output).all() and np.mean(output.std(axis=0) > 0.0) > 0.7, f"{golden.name} hardly answers"
    check_count(golden, len(output))
    check_prefixes(golden, run, inputs, output)
    check_newest(golden, run, inputs, output)
    answers: list = [None] * golden.frames
    for answer, push in enumerate(golden.answered(golden.frames)):
        block = rows(output[answer * golden.block : (answer + 1) * golden.block])
        answers[push] = block[0] if golden.block == 1 else block
    layers = [{key: value if key == "name" else rows(value) for key, value in entry.items()} for entry in entries]
    if golden.named:
        layers.reverse()
    write(folder / f"{golden.name}.json", framework, golden.net, layers, {"input": rows(inputs), "output": answers})


def check_count(golden: Golden, outputs: int) -> None:
    """Every output is one of an answer, or one of those `after` the last frame."""
    answers = len(golden.answered(golden.frames))
    assert answers >= 4, f"{golden.name}: {answers} answers"
    expected = answers * golden.block + golden.after
    assert outputs == expected, f"{golden.name}: {outputs} outputs, but {expected} are said"


def check_prefixes(golden: Golden, run: Run, inputs: np.ndarray, output: np.ndarray) -> None:
    """What is answered by any push is there without the frames behind it."""
    for frames in (golden.frames - 1, golden.frames - 2, golden.frames * 2 // 3 + 1):
        answered = len(golden.answered(frames)) * golden.block
        prefix = run(inputs[np.newaxis, :frames])[0]
        assert len(prefix) >= answered, f"{golden.name}: {len(prefix)} outputs of {frames} frames"
        assert close(prefix[:answered], output[:answered]), f"{golden.name}: {frames} frames have other outputs"


def check_newest(golden: Golden, run: Run, inputs: np.ndarray, output: np.ndarray) -> None:
    """An answer depends on the frame `late` pushes before it, and on none behind that: no push could be earlier."""
    times = np.arange(golden.frames)
    changed = np.repeat(inputs[np.newaxis], golden.frames, axis=0)
    changed[times, times] += golden.random("changes").normal(1.0, golden.spread, golden.inputs)
    outputs = run(changed)
    needed = False
    for answer, push in enumerate(golden.answered(golden.frames)):
        block = slice(answer * golden.block, (answer + 1) * golden.block)
        newest = push - golden.late
        same = close(outputs[newest + 1 :, block], output[block])
        assert same, f"{golden.name}: the answer to push {push} depends on a frame behind {newest}"
        needed |= not close(outputs[newest, block], output[block])
    assert needed, f"{golden.name}: the answers would be the same one push earlier"


def close(a: np.ndarray, b: np.ndarray) -> bool:
    return np.allclose(a, b, rtol=1e-11, atol=1e-11)


def rows(numbers: np.ndarray) -> list:
    """Nested lists of the shortest digits that give the same float32."""
    if np.ndim(numbers):
        return [rows(row) for row in numbers]
    return float(str(np.float32(numbers)))


def write(path: Path, framework: str, net: str, layers: list[dict], reference: dict) -> None:
    """A line for each layer, for the input and for the output."""
    entries = ",\n".join(f"  {json.dumps(entry)}" for entry in layers)
    layers_text = f"[\n{entries}\n]" if layers else "[]"
    run = ",\n".join(f'  "{key}": {json.dumps(value)}' for key, value in reference.items())
    parts = [
        f'"framework": {json.dumps(framework)}',
        f'"net": {json.dumps(net)}',
        f'"layers": {layers_text}',
        f'"reference": {{\n{run}\n}}',
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n")


def remove_others(folder: Path, goldens: list[Golden]) -> None:
    """Removes the files of networks that are no more."""
    names = [golden.name for golden in goldens]
    assert len(set(names)) == len(names), "two networks of one name"
    for path in folder.glob("*.json"):
        if path.stem not in names:
            path.unlink()
