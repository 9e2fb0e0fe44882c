"""The same network as a person would write it."""

from dataclasses import replace

from .activations import is_activation
from .words import Block, Chain, Layer, Word

# Layers with an activation of their own.
ENDED = ("conv", "depthwise", "dense", "conv2d", "depthwise2d", "conv_transpose")

# The most branches of one layer.
BRANCHES = 8


def tidied(chain: Chain) -> Chain:
    """Activations as flags of the layers before them, gates by their word, and no layer that does nothing."""
    tidy: Chain = []
    for layer in chain:
        if isinstance(layer, Block):
            tidy.append(block(layer))
        elif layer.kind == "linear":
            continue
        elif is_activation(layer) and tidy and (ended := with_activation(tidy[-1], layer)):
            tidy[-1] = ended
        else:
            tidy.append(layer)
    return tidy


def with_activation(before: Layer, activation: Word) -> Word | None:
    if isinstance(before, Word) and before.kind in ENDED and before.activation is None:
        return replace(before, activation=activation)
    return None


def block(layer: Block) -> Block:
    layer = gated(layer) or layer
    chains = [tidied(chain) for chain in layer.chains]
    while len(chains) > BRANCHES:
        chains = [[replace(layer, chains=chains[:BRANCHES])], *chains[BRANCHES:]]
    return replace(layer, chains=chains)


def gated(layer: Block) -> Block | None:
    """The product of a branch that ends in tanh and one that ends in sigmoid."""
    if layer.kind != "product" or len(layer.chains) != 2:
        return None
    ends = {last(chain): chain[:-1] for chain in layer.chains}
    if ends.keys() != {"tanh", "sigmoid"}:
        return None
    return replace(layer, kind="gated", chains=[ends["tanh"], ends["sigmoid"]])


def last(chain: Chain) -> str:
    return chain[-1].kind if chain and isinstance(chain[-1], Word) else ""
