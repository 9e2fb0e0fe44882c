"""The networks that Keras' recorded runs are of, as a user would have them: as Keras' models."""

from typing import Any

# First, for the backend that the environment says.
import keras
from golden import Golden
from keras_blocks import Chain, Sliding, fill
from keras_branches import GOLDENS as BRANCHES
from keras_layers import GOLDENS as LAYERS
from keras_networks import GOLDENS as NETWORKS
from keras_planes import GOLDENS as PLANES

GOLDENS = {golden.name: golden for golden in [*LAYERS, *BRANCHES, *NETWORKS, *PLANES]}


def model(golden: Golden) -> Any:
    """The network as one model, of a fixed length where it makes one frame of all."""
    network = golden.model
    frames = None
    if isinstance(network, Sliding):
        front, chain = network.parts
        frames = next(length for length in range(1, 200) if frames_of(front, length, golden.inputs) == network.frames)
        network = Chain(front, chain)
    tensor = keras.Input((frames, golden.inputs))
    made = keras.Model(tensor, network(tensor))
    fill(golden, golden.random("weights"))
    return made


def frames_of(chain: Chain, length: int, inputs: int) -> int:
    try:
        tensor = keras.Input((length, inputs))
        return chain(tensor).shape[1]
    except ValueError:
        return 0
