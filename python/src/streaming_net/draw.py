"""Which input frames an output depends on, as a picture."""

import os
from pathlib import Path

from .exported import Exported
from .parse import parsed
from .timeline import Timeline
from .words import Chain


def draw(network: Exported | Chain | str, path: str | os.PathLike[str]) -> None:
    """Draws the timeline of an exported network, or of the layers in the macro's call, as an SVG.

    A row is a layer, a column a frame. Lines go from each value to the values that it depends on. All values that the
    newest output depends on are marked.
    """
    try:
        from .picture import Picture
    except ImportError as error:
        raise ValueError("drawing needs drawsvg: `pip install 'streaming-net-export[draw]'`") from error
    if isinstance(network, str):
        network = parsed(network)
    chain = network.chain if isinstance(network, Exported) else network
    Path(path).write_text(Picture(Timeline(chain)).drawn(), encoding="utf-8")
