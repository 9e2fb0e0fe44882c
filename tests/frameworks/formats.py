"""What belongs to a file of another format: its network's text, and what the framework answers."""

import json

from golden import WEIGHTS, Golden, Run, rows, single

FOLDER = WEIGHTS / "formats"


def described(golden: Golden, framework: str, file: str, run: Run) -> None:
    """Writes `recorded/file.json`. Every push is answered."""
    inputs = single(golden.random("inputs").normal(0.0, golden.spread, (golden.frames, golden.inputs)))
    output = run(inputs[None])[0]
    assert len(output) == golden.frames
    # What a layer of the wrong place would hardly change is no test.
    assert (output.std(axis=0) > 0.01).all(), f"{file} hardly answers"
    (FOLDER / file).chmod(0o644)
    parts = {"framework": framework, "file": file, "net": golden.net,
             "reference": {"input": rows(inputs), "output": rows(output)}}
    (FOLDER / "recorded").mkdir(exist_ok=True)
    (FOLDER / "recorded" / f"{file}.json").write_text(json.dumps(parts) + "\n")
