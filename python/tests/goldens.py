"""What the tests of recorded networks share."""

import numpy as np
from golden import Golden

from streaming_net import Exported


def check(golden: Golden, exported: Exported) -> None:
    timing = exported.timing
    assert (timing.first, timing.stride, timing.frames) == (golden.first, golden.stride, golden.block), exported.net
    assert len(exported.recorded.input) >= 500
    assert np.ptp(exported.recorded.output) > 0.0
