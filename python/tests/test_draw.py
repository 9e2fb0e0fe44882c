"""Timelines by hand, and what is drawn."""

import re
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pytest

from streaming_net import draw
from streaming_net.__main__ import main
from streaming_net.parse import parsed
from streaming_net.timeline import Timeline

ROOT = Path(__file__).parents[2]
BLOCK = "conv(k=3, in=1, out=8, causal, relu); residual < conv(k=3, out=8, dilation=2, causal); dense(out=8) >"


def rows(text: str) -> list[str]:
    return [row.label for row in Timeline(parsed(text)).rows]


def test_rows_are_layers_that_see_other_frames() -> None:
    assert rows(BLOCK) == ["input", "conv(k=3, causal)", "conv(k=3, dilation=2, causal)", "residual"]
    assert rows("front: conv(k=2, in=1, out=1, pad=1); batch_norm(epsilon=0.001); rnn: gru(units=2)") == [
        "input",
        "conv(k=2, causal)",
        "gru",
    ]
    assert rows("gated < conv(k=2, in=1, out=2) | dense(in=1, out=2) >; gated(); skips < conv(k=2, out=1); skip >") == [
        "input",
        "conv(k=2)",
        "gated",
        "conv(k=2)",
    ]


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("conv(k=3, in=1, out=1, dilation=4)", {0, 4, 8}),
        ("conv(k=2, in=1, out=1, stride=3)", {0, 1}),
        ("conv(k=3, in=1, out=1, causal)", {0, 1, 2}),
        ("max_pool(in=1, size=2); conv(k=2, out=1)", {0, 1, 2, 3}),
        ("sum < delay(in=1, frames=3) | relu() >", {0, 3}),
        ("residual < conv(k=5, in=1, out=1, same) >", {0, 1, 2, 3, 4}),
        ("residual(center) < conv(k=3, in=1, out=1, dilation=2) >", {0, 2, 4}),
        ("upsample(in=1, n=2); conv(k=3, out=1, causal)", {0, 1}),
        ("conv_transpose(k=4, in=1, out=1, stride=2)", {0, 1}),
    ],
)
def test_an_answer_sees(text: str, frames: set[int]) -> None:
    timeline = Timeline(parsed(text))
    answer = timeline.newest(1)
    assert timeline.sees(answer)[0] == frames
    assert timeline.rows[timeline.output].push(answer) == max(frames)


def test_a_picture(tmp_path: Path) -> None:
    draw(BLOCK, tmp_path / "timeline.svg")
    image = ElementTree.parse(tmp_path / "timeline.svg").getroot()
    kinds = [element.get("class") for element in image.iter("{http://www.w3.org/2000/svg}circle")]
    assert kinds.count("output") == 1
    assert kinds.count("part") == 7 + 3 + 1
    texts = [element.text for element in image.iter("{http://www.w3.org/2000/svg}text")]
    assert "conv(k=3, dilation=2, causal)" in texts
    assert "the output at frame 15 depends on frames 9 to 15; the first output comes at frame 0" in texts


def test_the_picture_of_the_page(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "timing.md").read_text()
    command = re.findall(r"^python -m streaming_net (draw .*?)^```", page, re.MULTILINE | re.DOTALL)[0]
    committed, layers = shlex.split(command)[2:]
    assert main(["draw", "-o", str(tmp_path / "timeline.svg"), layers]) == 0
    assert (tmp_path / "timeline.svg").read_text() == (ROOT / committed).read_text()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "timeline.svg"
    assert main(["draw", BLOCK, "-o", str(output)]) == 0
    assert output.read_text().count("<circle") == 4 * 16
    (tmp_path / "net.json").write_text('{"layers": []}')
    assert main(["draw", str(tmp_path / "net.json"), "-o", str(output)]) == 2
    assert "pass the layers as text" in capsys.readouterr().err
    assert main(["draw", "conv(k=3", "-o", str(output)]) == 2
    assert "`)` is missing before the end" in capsys.readouterr().err
