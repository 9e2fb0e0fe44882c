"""What an export gives."""

from dataclasses import dataclass
from pathlib import Path

from .timing import Timing
from .weights import Recorded
from .words import Chain


@dataclass(frozen=True)
class Exported:
    """What has been exported: the text, the file and the recorded run."""

    path: Path
    # The call of `streaming_net!` to paste.
    macro: str
    # The layers alone, in one line.
    net: str
    chain: Chain
    inputs: int
    recorded: Recorded

    @property
    def timing(self) -> Timing:
        return self.recorded.timing

    def __str__(self) -> str:
        return self.macro
