"""Which frames an answer sees, as a picture."""

import os
from pathlib import Path

from .exported import Exported
from .parse import parsed
from .timeline import Timeline
from .words import Chain


def draw(network: Exported | Chain | str, path: str | os.PathLike[str]) -> None:
    """Draws the timeline of an exported network, or of the layers that stand in the macro's call, as an SVG.

    A row is a layer, a column a frame; lines go from each value to those that it is made of. What the newest answer is
    made of is marked.
    """
    try:
        from .picture import Picture
    except ImportError as error:
        raise ValueError("to draw, install drawsvg: `pip install 'streaming-net-export[draw]'`") from error
    if isinstance(network, str):
        network = parsed(network)
    chain = network.chain if isinstance(network, Exported) else network
    Path(path).write_text(Picture(Timeline(chain)).drawn(), encoding="utf-8")
