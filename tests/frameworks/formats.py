"""What belongs to a file of another format: its network's text, and what the framework answers."""

import json

import numpy as np

from golden import WEIGHTS, Golden, Run, rows, single

FOLDER = WEIGHTS / "formats"


def recorded(golden: Golden, run: Run) -> dict[str, np.ndarray]:
    """A run, as the tensors that a weights file can have."""
    inputs = single(golden.random("inputs").normal(0.0, golden.spread, (golden.frames, golden.inputs)))
    output = run(inputs[None])[0]
    answered = np.zeros(golden.frames, np.uint8)
    answered[golden.answered(golden.frames)] = 1
    assert len(output) == answered.sum()
    return {"reference.input": inputs.astype(np.float32), "reference.output": output.astype(np.float32),
            "reference.answered": answered}


def described(golden: Golden, framework: str, file: str, run: Run) -> None:
    """Writes `recorded/file.json`."""
    inputs, output, answered = recorded(golden, run).values()
    # What a layer of the wrong place would hardly change is no test.
    assert (output.std(axis=0) > 0.01).all(), f"{file} hardly answers"
    answers: list = [None] * golden.frames
    for push, answer in zip(np.flatnonzero(answered), rows(output), strict=True):
        answers[push] = answer
    (FOLDER / file).chmod(0o644)
    parts = {"framework": framework, "file": file, "net": golden.net,
             "reference": {"input": rows(inputs), "output": answers}}
    (FOLDER / "recorded").mkdir(exist_ok=True)
    (FOLDER / "recorded" / f"{file}.json").write_text(json.dumps(parts) + "\n")
