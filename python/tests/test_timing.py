"""When layers answer, by hand."""

import pytest

from streaming_net.timing import Timing, Unaligned, When, of, together
from streaming_net.words import Word


def conv(k: int, before: int | None = None, **numbers: int) -> Word:
    return Word("conv", "conv", {"k": k, "out": 1, **numbers}, before=before)


def test_a_convolution_answers_when_its_taps_are_full() -> None:
    assert of(conv(3, dilation=4)) == Timing(first=8)
    assert of(conv(3, before=2)) == Timing()
    assert of(conv(5, before=2)) == Timing(first=2, lag=2)
    assert of(conv(5, before=1, stride=3)) == Timing(first=3, stride=3, lag=3)
    # `same` of two taps has its zero behind the last frame.
    assert of(conv(2, before=0)) == Timing(first=1, lag=1)


def test_other_layers() -> None:
    assert of(Word("max_pool", "", {"size": 3})) == Timing(first=2, stride=3)
    assert of(Word("avg_pool", "", {"size": 4, "stride": 1})) == Timing(first=3)
    assert of(Word("global_avg", "", {"frames": 7})) == Timing(first=6)
    assert of(Word("conv_transpose", "", {"k": 4, "out": 1, "stride": 2})) == Timing(frames=2)
    assert of(Word("gru", "", {"units": 4})) == Timing()


def test_a_chain_counts_in_frames_of_its_input() -> None:
    assert Timing(4, 2).then(Timing(1, 3, 1)) == Timing(6, 6, 2)
    assert list(Timing(4, 2).answered(9)) == [4, 6, 8]


def test_branches_wait_for_the_latest() -> None:
    assert together([Timing(1, lag=1), Timing(3, lag=3), Timing()]) == Timing(3, lag=3)
    assert together([Timing(2), Timing(4)]) == Timing(4)
    with pytest.raises(Unaligned):
        together([Timing(3, 2), Timing(0, 2)])
    with pytest.raises(Unaligned):
        together([Timing(0, 2), Timing()])


def test_crops_show_as_frames_that_are_answered_too_early() -> None:
    cropped = When().cropped(3)
    assert cropped.skipped == 3
    assert cropped.then(conv(4)).skipped == 3
    assert cropped.begins_anew(conv(4, before=3))
    assert not When().then(conv(5)).skipped
