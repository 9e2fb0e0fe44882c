"""What the README says to write prints what it says."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"```(python|rust)\n(.*?)```", README.read_text(), re.DOTALL)
EXAMPLES = [(one[1], other[1]) for one, other in zip(BLOCKS, BLOCKS[1:], strict=False) if (one[0], other[0]) == ("python", "rust")]


@pytest.mark.parametrize(("code", "printed"), EXAMPLES)
def test_an_example(
    code: str, printed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(code, str(README), "exec"), {"__name__": "example"})
    assert capsys.readouterr().out == printed
    assert (tmp_path / "weights" / "net.json").exists()


def test_there_is_one_for_each_framework() -> None:
    assert len(EXAMPLES) == 2
