"""Networks put together as their texts are, of Keras' layers, and run on whole sequences."""

import os
from collections.abc import Iterator

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import keras
import numpy as np
from keras import layers as L
from keras.src.backend.common import dtypes

from golden import Golden, Run, draw, slide

keras.config.set_floatx("float64")
# Keras computes in float32 where it takes the type of a result from its operands, unless on TensorFlow.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

FRAMEWORK = f"keras {keras.__version__}, jax {jax.__version__}"


class Chain:
    """One part after the other. Parts are chains or Keras' layers, in the order of the network's text."""

    def __init__(self, *parts):
        self.parts = parts

    def __call__(self, x):
        for part in self.parts:
            x = part(x)
        return x

    def layers(self) -> Iterator[L.Layer]:
        """Keras' layers, depth first."""
        for part in self.parts:
            if isinstance(part, Chain):
                yield from part.layers()
            else:
                yield part


class Function(Chain):
    """A function of `keras.ops`, with its arguments."""

    def __init__(self, function, *args, **kwargs):
        super().__init__()
        self.function = lambda x: function(x, *args, **kwargs)

    def __call__(self, x):
        return self.function(x)


class Branches(Chain):
    """Chains side by side, and the layer that joins what they give."""

    def __init__(self, join: L.Layer, *chains: Chain):
        super().__init__(*chains)
        self.join = join

    def __call__(self, x):
        return self.join([chain(x) for chain in self.parts])


class Residual(Branches):
    """What a chain gives, and its input beside it: as it is, cropped or projected."""

    def __init__(self, chain: Chain, shortcut: Chain | L.Layer | None = None):
        super().__init__(L.Add(), chain, shortcut or Chain())


class Halves(Chain):
    """The product of two functions, one of each half of the channels."""

    def __init__(self, first: str, second: str):
        super().__init__()
        self.functions = keras.activations.get(first), keras.activations.get(second)

    def __call__(self, x):
        half = x.shape[-1] // 2
        first, second = self.functions
        return first(x[..., :half]) * second(x[..., half:])


class Skip(Chain):
    """Passes its input on, and keeps what its parts make of it."""

    def __call__(self, x):
        self.taken = super().__call__(x)
        return x


class Skips(Chain):
    """The sum of what the skips in it keep."""

    def __init__(self, *parts):
        super().__init__(*parts)
        self.skips = list(skips(self))

    def __call__(self, x):
        super().__call__(x)
        return L.Add()([skip.taken for skip in self.skips])


class Labelled(Chain):
    """Keeps what its parts give, for every `From` of it."""

    def __call__(self, x):
        self.taken = super().__call__(x)
        return self.taken


class From(Chain):
    """Its parts take what a labelled chain gave, whatever reaches them."""

    def __init__(self, labelled: Labelled, *parts):
        super().__init__(*parts)
        self.labelled = labelled

    def __call__(self, x):
        return super().__call__(self.labelled.taken)


def skips(chain: Chain) -> Iterator[Skip]:
    for part in chain.parts:
        if isinstance(part, Skip):
            yield part
        elif isinstance(part, Chain):
            yield from skips(part)


class Sliding(Chain):
    """A network of a fixed number of frames, slid over what another gives for the whole sequence."""

    def __init__(self, front: Chain, frames: int, chain: Chain):
        super().__init__(front, chain)
        self.frames = frames


def compiled(network: Chain, inputs: int) -> Run:
    """The network as a function of arrays; its layers have weights from then on."""
    if isinstance(network, Sliding):
        front, chain = network.parts
        first = model(front, None, inputs)
        then = model(chain, network.frames, first.output_shape[-1])
        return lambda x: slide(answers(then), answers(first)(x), network.frames)
    return answers(model(network, None, inputs))


def model(chain: Chain, frames: int | None, inputs: int) -> keras.Model:
    tensor = keras.Input((frames, inputs))
    return keras.Model(tensor, chain(tensor))


def answers(network: keras.Model) -> Run:
    """What the model answers, computed in nothing but float64."""

    def run(x: np.ndarray) -> np.ndarray:
        assert "f32[" not in str(jax.make_jaxpr(network)(x))
        return array(network(x))

    return run


def array(tensor) -> np.ndarray:
    return keras.ops.convert_to_numpy(tensor)


ROLES = {
    "kernel": "kernel",
    "recurrent_kernel": "kernel",
    "bias": "bias",
    "beta": "bias",
    "moving_mean": "bias",
    "gamma": "gamma",
    "moving_variance": "variance",
    "alpha": "slope",
}


def fill(golden: Golden, random: np.random.Generator) -> list[dict]:
    """Draws the weights, and gives them as the file has them."""
    entries = []
    for layer in golden.model.layers():
        if not layer.weights:
            continue
        entry = {"name": layer.name} if golden.named else {}
        for weight in layer.weights:
            weight.assign(draw(random, ROLES[weight.name], weight.shape, fan_in(layer, weight.shape)))
            entry[weight.name] = array(weight)
        entries.append(entry)
    return entries


def fan_in(layer: L.Layer, shape: tuple[int, ...]) -> int:
    """Weights under one output of a kernel."""
    if isinstance(layer, L.DepthwiseConv1D):
        return shape[0]
    if isinstance(layer, L.DepthwiseConv2D):
        return int(np.prod(shape[:2]))
    if isinstance(layer, L.Conv1DTranspose) and len(shape) == 3:
        return max(1, shape[0] // layer.strides[0]) * shape[2]
    return int(np.prod(shape[:-1]))
