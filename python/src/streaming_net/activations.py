"""The activations that the macro has, and how the frameworks call them."""

from .words import Word

# The keys of its numbers.
NUMBERS: dict[str, tuple[str, ...]] = {
    "linear": (),
    "relu": (),
    "relu6": (),
    "leaky_relu": ("slope",),
    "elu": ("alpha",),
    "selu": (),
    "silu": (),
    "softsign": (),
    "tanh": (),
    "sigmoid": (),
    "hard_tanh": (),
    "hard_sigmoid": (),
    "hard_swish": (),
    "softmax": (),
    "log_softmax": (),
    "softplus": (),
    "gelu": (),
    "gelu_tanh": (),
    "mish": (),
    "log_sigmoid": (),
    "thresholded_relu": ("theta",),
    "clip": ("min", "max"),
    "exp": (),
    "log": (),
    "erf": (),
    "abs": (),
    "square": (),
    "sqrt": (),
    "reciprocal": (),
    "power": ("exponent",),
}

# What both frameworks call otherwise.
NAMES = {
    "identity": "linear",
    "swish": "silu",
    "hard_silu": "hard_swish",
    "hardtanh": "hard_tanh",
    "hardsigmoid": "hard_sigmoid",
    "hardswish": "hard_swish",
    "logsigmoid": "log_sigmoid",
    "exponential": "exp",
    "absolute": "abs",
}

# The numbers of those that a framework names without them.
DEFAULTS = {"leaky_relu": (0.2,), "elu": (1.0,)}

# What serves instead of those that it does not have.
INSTEAD = "train with one of these activations: " + ", ".join(name for name in NUMBERS if name != "linear")


def activation(name: str, source: str, *numbers: float) -> Word | None:
    """The activation of this name, or nothing where the macro has none."""
    kind = NAMES.get(name, name)
    keys = NUMBERS.get(kind)
    values = numbers or DEFAULTS.get(kind, ())
    if keys is None or len(keys) != len(values):
        return None
    return Word(kind, source, {key: float(value) for key, value in zip(keys, values, strict=True)})


def clipped(low: float | None, high: float | None, source: str) -> Word:
    """The function that cuts off at two numbers, of which one may be none."""
    if (low, high) == (-1, 1):
        return Word("hard_tanh", source)
    limits = {"min": -LARGEST if low is None else float(low), "max": LARGEST if high is None else float(high)}
    return Word("clip", source, limits)


# Nothing but an infinity is beyond.
LARGEST = 3.4e38


def is_activation(word: Word) -> bool:
    return word.kind in NUMBERS
