"""`docs/book/src/from_pytorch.md` works as it stands there."""

from pathlib import Path

from pages import follow


def test_the_page(tmp_path: Path) -> None:
    assert len(follow("from_pytorch.md", tmp_path)) == 3
    assert (tmp_path / "weights" / "amp.onnx").exists()
