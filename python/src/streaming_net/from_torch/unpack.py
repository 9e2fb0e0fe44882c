"""`a, b = …` of traced values, which torch.fx before PyTorch 2.1 does not see in the bytecode of Python 3.11."""

import dis
import inspect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import fx


@contextmanager
def unpacking() -> Iterator[None]:
    """Lets values that are traced be unpacked, whichever PyTorch it is."""
    own = fx.Proxy.__iter__
    if tuple(map(int, torch.__version__.split(".")[:2])) < (2, 1):
        fx.Proxy.__iter__ = parts
    try:
        yield
    finally:
        fx.Proxy.__iter__ = own


def parts(proxy: fx.Proxy) -> Iterable[fx.Proxy]:
    """As many as there are names before the `=` of the line at hand."""
    frame = inspect.currentframe()
    assert frame is not None
    calling = frame.f_back
    assert calling is not None
    at = next(one for one in dis.get_instructions(calling.f_code) if one.offset == calling.f_lasti)
    if at.opname == "UNPACK_SEQUENCE":
        return (proxy[place] for place in range(at.argval))
    every: Iterable[fx.Proxy] = proxy.tracer.iter(proxy)
    return every
