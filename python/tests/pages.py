"""The pages of `docs/book/src/` are followed: their scripts are run as they stand there, and print what stands behind.

What the first script exports is compiled with the other exported networks.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FENCED = re.compile(r"^```(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\.venv/bin/python (.*)$", re.MULTILINE)


def follow(page: str, folder: Path) -> list[str]:
    """Writes its scripts, whose first lines are their names, and runs its commands; gives those."""
    commands = []
    blocks = FENCED.findall((ROOT / "docs" / "book" / "src" / page).read_text())
    for (language, text), (after, printed) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if language == "python":
            (folder / text.partition("\n")[0].removeprefix("# ")).write_text(text)
        for command in COMMAND.findall(text) if language == "sh" else []:
            commands.append(command)
            environment = os.environ | {"PYTHONPATH": str(ROOT / "python" / "src")}
            done = subprocess.run([sys.executable, *command.split()], cwd=folder, env=environment, capture_output=True)
            assert done.returncode == 0, done.stderr.decode()
            if after in ("rust", "text"):
                assert done.stdout.decode() == printed
    exported = ROOT / "target" / "exported"
    exported.mkdir(parents=True, exist_ok=True)
    name = page.replace(".md", "_page")
    shutil.copy(folder / "weights" / "amp.onnx", exported / f"{name}.onnx")
    call = next(text for language, text in blocks if language == "rust")
    (exported / f"{name}.rs").write_text(call.replace("weights/amp.onnx", f"../../target/exported/{name}.onnx"))
    return commands
