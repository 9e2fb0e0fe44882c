"""Graphs of a few nodes, and the trees that they are."""

import pytest

from streaming_net.graph import Crop, Half, Input, Join, Node, Pad, simplified
from streaming_net.problems import Problem
from streaming_net.reduce import Branches, Part, Series, Tap, Taps, reduced
from streaming_net.words import Word


def layer(name: str, x: Node) -> Node:
    return Node(Word("relu", name), [x])


def dense(name: str, x: Node) -> Node:
    return Node(Word("dense", name, {"out": 2}), [x])


def join(kind: str, *inputs: Node) -> Node:
    return Node(Join(kind, kind), list(inputs))


def add(*inputs: Node) -> Node:
    return join("sum", *inputs)


def shown(part: Part) -> str:
    match part:
        case Word():
            return part.source
        case Crop():
            return f"-{part.frames}"
        case Half():
            return f"half{part.which}"
        case Branches():
            return f"{part.kind}<{'|'.join(map(series, part.chains))}>"
        case Taps():
            return f"skips<{series(part.chain)}>"
        case Tap():
            crop = f"-{part.crop}" if part.crop else ""
            return f"tap({part.project.source if part.project else ''}{crop})"


def series(parts: Series) -> str:
    return " ".join(map(shown, parts))


def tree(x: Node, y: Node) -> str:
    problems: list[Problem] = []
    end = simplified(y, problems)
    start = end
    while start.inputs:
        start = start.inputs[0]
    found = series(reduced(start, end, problems))
    if problems:
        raise ValueError(problems[0])
    return found


@pytest.fixture
def x() -> Node:
    return Node(Input())


def test_layers_one_after_the_other(x: Node) -> None:
    assert tree(x, layer("b", layer("a", x))) == "a b"
    assert tree(x, x) == ""


def test_a_residual_block(x: Node) -> None:
    assert tree(x, add(x, layer("b", layer("a", x)))) == "sum<|a b>"
    assert tree(x, layer("c", add(layer("a", x), layer("b", x)))) == "sum<a|b> c"


def test_blocks_behind_and_within_each_other(x: Node) -> None:
    y = add(x, layer("a", x))
    assert tree(x, add(y, layer("b", y))) == "sum<|a> sum<|b>"
    inner = add(x, layer("a", x))
    assert tree(x, join("product", inner, layer("c", x))) == "product<sum<|a>|c>"


def test_the_same_value_twice(x: Node) -> None:
    y = layer("a", x)
    assert tree(x, add(y, y)) == "a sum<|>"


def test_sums_of_sums_are_one(x: Node) -> None:
    assert tree(x, add(add(layer("a", x), layer("b", x)), layer("c", x))) == "sum<a|b|c>"
    assert tree(x, join("concat", x, join("concat", layer("a", x), layer("b", x)))) == "concat<|a|b>"


def test_a_sum_that_something_else_takes_stays(x: Node) -> None:
    y = add(x, layer("a", x))
    assert tree(x, add(y, layer("b", y), x)) == "sum<sum<|a> sum<|b>|>"


def test_operands_that_are_made_of_each_other_are_joined_first(x: Node) -> None:
    a = layer("a", x)
    assert tree(x, join("concat", x, a, layer("b", a))) == "concat<|a concat<|b>>"
    assert tree(x, add(layer("b", a), x, a)) == "sum<a sum<b|>|>"


def test_channels_stay_in_their_order(x: Node) -> None:
    a = layer("a", x)
    with pytest.raises(ValueError, match="other channels between"):
        tree(x, join("concat", a, x, layer("b", a)))


def test_taps_of_residual_blocks(x: Node) -> None:
    start = layer("in", x)
    a = layer("a", start)
    y = add(start, layer("mix", a))
    b = layer("b", y)
    expected = "in skips<sum<|a tap({0}) mix> b tap({1})> out"
    assert tree(x, layer("out", add(a, b))) == expected.format("", "")
    assert tree(x, layer("out", add(dense("s", a), dense("t", b)))) == expected.format("s", "t")


def test_taps_without_their_first_frames(x: Node) -> None:
    a = layer("a", x)
    b = layer("b", add(x, a))
    taken = add(Node(Crop(3, "crop"), [dense("s", a)]), dense("t", b))
    assert tree(x, taken) == "skips<sum<|a tap(s-3)> b tap(t)>"


def test_a_tap_of_a_tapped_block(x: Node) -> None:
    y = add(x, layer("a", x))
    z = add(y, layer("b", y))
    assert tree(x, add(layer("c", z), y)) == "sum<|a> sum<sum<|b> c|>"


def test_halves(x: Node) -> None:
    halves = [layer(name, Node(Half(which, "h"), [x])) for which, name in enumerate("ab")]
    assert tree(x, join("product", *halves)) == "product<half0 a|half1 b>"


def test_what_is_no_tree(x: Node) -> None:
    a = layer("a", x)
    b = layer("b", x)
    crossed = join("product", join("concat", a, b), layer("c", a))
    with pytest.raises(ValueError, match="depends on another one"):
        tree(x, crossed)
    other = Node(Input())
    with pytest.raises(ValueError, match="does not depend on the input alone"):
        tree(x, add(layer("a", x), other))


def test_zeros_become_part_of_each_convolution_behind_them(x: Node) -> None:
    zeros = Node(Pad(2, "zeros"), [x])
    convs = [Node(Word("conv", name, {"k": 3, "out": 1}), [zeros]) for name in "ab"]
    problems: list[Problem] = []
    output = simplified(add(*convs), problems)
    assert problems == []
    assert [node.op.before for node in output.inputs if isinstance(node.op, Word)] == [2, 2]
    simplified(layer("relu", zeros), problems)
    simplified(Node(Word("conv", "c", {"k": 2, "out": 1}), [zeros]), problems)
    assert [problem.layer for problem in problems] == ["zeros", "zeros"]
