"""The activations that the macro has, and how the frameworks call them."""

from .words import Word

# The number that it has, if any.
NUMBERS: dict[str, str | None] = {
    "linear": None,
    "relu": None,
    "relu6": None,
    "leaky_relu": "slope",
    "elu": "alpha",
    "selu": None,
    "silu": None,
    "softsign": None,
    "tanh": None,
    "sigmoid": None,
    "hard_tanh": None,
    "hard_sigmoid": None,
    "hard_swish": None,
    "softmax": None,
}

# What both frameworks call otherwise.
NAMES = {
    "identity": "linear",
    "swish": "silu",
    "hard_silu": "hard_swish",
    "hardtanh": "hard_tanh",
    "hardsigmoid": "hard_sigmoid",
    "hardswish": "hard_swish",
}

# What serves instead of those that it does not have.
INSTEAD = "train with one of these activations: " + ", ".join(name for name in NUMBERS if name != "linear")


def activation(name: str, source: str, number: float | None = None) -> Word | None:
    """The activation of this name, or nothing where the macro has none."""
    kind = NAMES.get(name, name)
    if kind not in NUMBERS:
        return None
    key = NUMBERS[kind]
    if key is None:
        return Word(kind, source)
    default = {"leaky_relu": 0.2, "elu": 1.0}[kind]
    return Word(kind, source, {key: float(default if number is None else number)})


def is_activation(word: Word) -> bool:
    return word.kind in NUMBERS
