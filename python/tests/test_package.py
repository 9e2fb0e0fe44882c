"""The archives for PyPI: what they contain, and how PyPI would show them."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

pytest.importorskip("build")
pytest.importorskip("twine")

HERE = Path(__file__).parents[1]
LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source archive, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run("build", "--no-isolation", "--outdir", str(folder), str(HERE))
    return next(folder.glob("*.tar.gz")), next(folder.glob("*.whl"))


def run(module: str, *arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stdout + done.stderr


def test_twine_accepts_them(archives: tuple[Path, Path]) -> None:
    run("twine", "check", "--strict", *map(str, archives))


def test_the_source_archive_has_licences_and_no_tests(archives: tuple[Path, Path]) -> None:
    with tarfile.open(archives[0]) as archive:
        members = {member.name.partition("/")[2]: member for member in archive.getmembers()}
        assert {name.partition("/")[0] for name in members} <= {
            *(".gitignore", "PKG-INFO", "README.md", "pyproject.toml", "src"),
            *LICENCES,
        }
        for name in LICENCES:
            assert members[name].isfile()
            file = archive.extractfile(members[name])
            assert file is not None and file.read() == (HERE.parent / name).read_bytes()


def test_the_wheel_has_licences_types_and_all_modules(archives: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(archives[1]) as wheel:
        names = set(wheel.namelist())
        for name in LICENCES:
            path = next(path for path in names if path.endswith(f".dist-info/licenses/{name}"))
            assert wheel.read(path) == (HERE.parent / name).read_bytes()
        package = {path for path in names if ".dist-info/" not in path}
        sources = (HERE / "src" / "streaming_net").rglob("*")
        assert package == {
            path.relative_to(HERE / "src").as_posix() for path in sources if path.suffix in (".py", ".typed")
        }
        assert "streaming_net/py.typed" in package


def test_the_description_has_no_relative_links(archives: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(archives[1]) as wheel:
        path = next(path for path in wheel.namelist() if path.endswith(".dist-info/METADATA"))
        metadata = message_from_string(wheel.read(path).decode())
    assert metadata["License-Expression"] == "MIT OR Apache-2.0"
    assert metadata["Author"] == "The streaming_net developers"
    links = re.findall(r"\]\(([^)]*)\)", metadata.get_payload())
    assert links and all(link.startswith("https://") for link in links), links
