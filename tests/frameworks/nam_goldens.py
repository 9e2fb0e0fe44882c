"""Draws captures with every option that a `.nam` file has and records what they answer, into `tests/weights/nam/`.

`nam.py` answers. Where Neural Amp Modeler's own answers are beside the checkout, it is held to them first.
"""

import copy
import json
import zlib
from pathlib import Path

import numpy as np

import nam
from golden import WEIGHTS, rows

FOLDER = WEIGHTS / "nam"
ELSEWHERE = WEIGHTS.parent.parent.parent / "shared" / "golden" / "nam"
FRAMES = 400


class Counting(nam.Flat):
    """Draws the weights that are asked for."""

    def __init__(self, name: str) -> None:
        super().__init__([])
        self.random = np.random.default_rng(zlib.crc32(name.encode()))
        self.drawn: list[np.ndarray] = []

    def take(self, *shape: int) -> np.ndarray:
        fan_in = int(np.prod(shape[-2:])) if len(shape) > 1 else 4
        drawn = self.random.normal(0.0, 1.4 * fan_in**-0.5, shape)
        if len(shape) == 1:
            # Biases, slopes, and the variances and epsilons of normalisations.
            drawn = np.abs(drawn) + 0.1
        drawn = drawn.astype(np.float32).astype(np.float64)
        self.drawn.append(drawn.ravel())
        return drawn


def draw(name: str, architecture: str, config: dict, version: str = "0.7.0") -> dict:
    """A file whose weights are drawn."""
    if config.get("condition_dsp"):
        config["condition_dsp"] = dict(config["condition_dsp"])
    counting = Counting(name)
    nam.ARCHITECTURES[architecture](config, counting)
    weights = rows(np.concatenate(counting.drawn))
    return {"version": version, "architecture": architecture, "config": config, "weights": weights, "sample_rate": 48000}


# What some files say of their signal.
METADATA = {
    "gated": {"name": "Clean", "loudness": -20.5, "input_level_dbu": 12.25, "output_level_dbu": None, "gear_type": "amp"},
    "gated_lead": {"name": "Lead \u201c11\u201d", "loudness": -14, "input_level_dbu": 12.25, "output_level_dbu": "3.5", "gain": 0.5},
}


def write(name: str, file: dict) -> None:
    if name in METADATA:
        file = {"metadata": METADATA[name]} | file
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.nam").write_text(json.dumps(file) + "\n")


def record(name: str, model: dict, **said: str) -> None:
    """Writes what a model answers; `said` is the file that it is in, and the attributes that choose it."""
    output = nam.model(model)(nam.inputs(FRAMES, nam.channels(model)))[:, 0]
    assert np.isfinite(output).all() and output.std() > 1e-3, f"{name} hardly answers"
    about = "in float64, from zeros on, for input[t] = 0.3 sin(0.11 t) + 0.2 cos(0.00037 t^2) + (0.25 if t mod 7 = 3 else -0.05)"
    (FOLDER / f"{name}.out.json").write_text(json.dumps({"about": about, **said, "output": rows(output)}) + "\n")


def array(channels: int, dilations: list[int], **said: object) -> dict:
    base = {"input_size": 1, "condition_size": 1, "channels": channels, "dilations": dilations, "kernel_size": 3,
            "activation": "Tanh", "head": {"out_channels": 1, "kernel_size": 1, "bias": True}}
    return {key: value for key, value in (base | said).items() if value is not None}


def wavenet(*arrays: dict, **said: object) -> dict:
    return {"layers": list(arrays), "head": None, "head_scale": 0.5, **said}


def sliced(full: dict, channels: list[int]) -> dict:
    """A slimmable model's slice: the first channels of each matrix, one after the other."""
    small = copy.deepcopy(full)
    arrays = small["config"]["layers"]
    for place, (one, count) in enumerate(zip(arrays, channels, strict=True)):
        one["bottleneck"] = max(1, one.get("bottleneck", one["channels"]) * count // one["channels"])
        one["channels"] = count
        if place > 0:
            one["input_size"] = channels[place - 1]
        if place + 1 < len(channels):
            one["head"] = one["head"] | {"out_channels": channels[place + 1]}
    # Both take their matrices in the same order: of each, the first rows and columns.
    shapes: list[tuple[int, ...]] = []

    class Shapes(nam.Flat):
        def take(self, *shape: int) -> np.ndarray:
            shapes.append(shape)
            return np.zeros(shape)

    nam.wavenet(small["config"], Shapes([]))
    wanted, shapes = shapes, []
    nam.wavenet(full["config"], Shapes([]))
    flat, kept = nam.Flat(full["weights"]), []
    for shape, own in zip(shapes, wanted, strict=True):
        kept.append(flat.take(*shape)[tuple(slice(count) for count in own)].ravel())
    small["weights"] = rows(np.concatenate(kept))
    return small


ACTIVATIONS: list = [
    "Tanh", "Hardtanh", "Fasttanh", "ReLU", "Sigmoid", "SiLU", "Hardswish", "Softsign", "LeakyReLU",
    {"type": "LeakyReLU", "negative_slope": 0.2}, {"type": "PReLU", "negative_slope": 0.3},
    {"type": "PReLU", "negative_slopes": [0.5, -0.25]}, "LeakyHardtanh",
    {"type": "LeakyHardTanh", "min_val": -0.25, "max_val": 0.5, "min_slope": 0.1, "max_slope": 0.3},
]
SLIM = {"method": "slice_channels_uniform"}


def modulated(places: list[str], **said: object) -> dict:
    """The keys of a layer array with FiLM at those places: every second one has no offset."""
    return {place: {"active": True, "shift": number % 2 == 0, "groups": 1} | said for number, place in enumerate(places)}


def modulations() -> dict[str, dict]:
    """FiLM at each place alone and at all together, in layers of every gating mode."""
    head1x1 = {"active": True, "out_channels": 3, "groups": 1}
    base = {"bottleneck": 2, "activation": ["Tanh", "ReLU", "SiLU"], "gating_mode": ["none", "gated", "blended"],
            "secondary_activation": [None, "Sigmoid", "Sigmoid"], "kernel_size": 2, "head1x1": head1x1}
    last = array(2, [1, 3], input_size=4, activation="Softsign", bottleneck=3, **modulated(nam.FILMS[:7]))
    both = wavenet(array(4, [1, 2, 3], head={"out_channels": 3, "kernel_size": 1, "bias": True}, **base, **modulated(nam.FILMS)), last)
    drawn = {"film_all": draw("film_all", "WaveNet", both)}
    for place in nam.FILMS:
        one = array(4, [1, 2, 1], **base, **modulated([place]))
        drawn[f"film_{place.removesuffix('_film')}"] = draw(place, "WaveNet", wavenet(one), "0.7.4")
    two = {"out_channels": 2, "kernel_size": 1, "bias": True}
    dsp = draw("film_condition", "WaveNet", wavenet(array(2, [1, 2], head=two)))
    grouped = array(4, [1, 2], condition_size=2, **modulated(nam.FILMS[:7], groups=2))
    return drawn | {"film_groups": draw("film_groups", "WaveNet", wavenet(grouped, condition_dsp=dsp))}


def parametric() -> dict[str, dict]:
    """Models with knobs: further input channels, which the files of NAM before 2024 name."""
    gain = {"type": "continuous", "default_value": 0.5, "minval": 0.0, "maxval": 1.0}
    bright = {"type": "boolean", "default_value": True}
    named = {"tone": {"type": "continuous", "default_value": 2.0, "minval": -10.0, "maxval": 10.0}, "bright": bright, "gain": gain}
    three = array(3, [1, 2], input_size=4, condition_size=4)
    return {
        "knobs": draw("knobs", "WaveNet", wavenet(array(3, [1, 2, 4], input_size=3, condition_size=3), in_channels=3)),
        "knobs_lstm": draw("knobs_lstm", "LSTM", {"input_size": 2, "hidden_size": 3, "num_layers": 1}),
        "cat_wavenet": draw("cat_wavenet", "CatWaveNet", wavenet(three, parametric=named), "0.5.0"),
        "cat_lstm": draw("cat_lstm", "CatLSTM", {"input_size": 4, "hidden_size": 3, "num_layers": 2, "parametric": named}, "0.5.1"),
    }


def files() -> dict[str, dict]:
    head = {"out_channels": 3, "kernel_size": 1, "bias": False}
    first = array(4, [1, 2, 4], kernel_size=2, gated=True, head=None, head_size=3, head_bias=False)
    second = array(3, [3, 1], input_size=4, gated=True, head=None, head_size=1, head_bias=True)
    options = array(
        6, [1, 2, 3, 5], kernel_size=None, kernel_sizes=[2, 1, 3, 4], bottleneck=4, activation=["Tanh", "ReLU", "SiLU", "Tanh"],
        gating_mode=["none", "gated", "blended", "blended"], secondary_activation=[None, "Hardtanh", "Sigmoid", None],
        groups_input=2, layer1x1={"active": True, "groups": 2}, head1x1={"active": True, "out_channels": 4, "groups": 2},
        head={"out_channels": 3, "kernel_size": 3, "bias": True, "head_dilation": 2}, conv_pre_film=False,
        head1x1_post_film={"active": False, "shift": True, "groups": 1}, slimmable=None)
    behind = array(3, [1, 4], input_size=6, activation="Softsign", head={"out_channels": 1, "kernel_size": 2, "bias": False})
    two = {"out_channels": 2, "kernel_size": 1, "bias": True}
    condition = draw("condition", "WaveNet", wavenet(array(2, [1, 2], head=two)))
    slopes = {"type": "PReLU", "negative_slopes": [0.5, 0.125]}
    dsp = array(4, [1, 2], condition_size=2, groups_input_mixin=2, gating_mode="gated", activation="Hardtanh")
    slim = [array(4, [1, 2], head=head, slimmable=SLIM | {"kwargs": {"allowed_channels": [1, 2, 4]}}),
            array(3, [4], input_size=4, slimmable=SLIM | {"kwargs": {"allowed_channels": [1, 2, 3]}})]
    post = {"channels": 3, "out_channels": 1, "kernel_sizes": [2, 3, 1], "activation": "Tanh"}
    net = {"channels": 4, "dilations": [1, 2, 4], "batchnorm": True, "activation": "Tanh"}
    return {
        "gated": draw("gated", "WaveNet", wavenet(first, second), "0.5.0"),
        "gated_lead": draw("gated_lead", "WaveNet", wavenet(first, second), "0.5.0"),
        "options": draw("options", "WaveNet", wavenet(options, behind)),
        "condition": draw("conditioned", "WaveNet", wavenet(dsp, condition_dsp=condition)),
        "activations": draw("activations", "WaveNet", wavenet(array(2, [1] * len(ACTIVATIONS), kernel_size=2, activation=ACTIVATIONS))),
        "gated_slopes": draw("gated_slopes", "WaveNet", wavenet(array(2, [1, 2], gating_mode="gated", activation=[slopes, "Tanh"],
                                                                       secondary_activation=["Sigmoid", slopes]))),
        "blended_slopes": draw("blended_slopes", "WaveNet", wavenet(array(2, [1, 2], gating_mode="blended", activation=[slopes, "Tanh"],
                                                                           secondary_activation=["Sigmoid", slopes]))),
        "post_head": draw("post_head", "WaveNet", wavenet(array(3, [1, 2, 4], head=two), head=post)),
        "slimmable": draw("slimmable", "WaveNet", wavenet(*slim)),
        "lstm": draw("lstm", "LSTM", {"input_size": 1, "hidden_size": 3, "num_layers": 2}, "0.5.1"),
        "lstm_lead": draw("lstm_lead", "LSTM", {"input_size": 1, "hidden_size": 3, "num_layers": 2}, "0.5.1"),
        "conv_net": draw("conv_net", "ConvNet", net, "0.5.2"),
        "conv_net_plain": draw("conv_net_plain", "ConvNet", net | {"batchnorm": False, "activation": "ReLU"}, "0.6.0"),
        "linear": draw("linear", "Linear", {"receptive_field": 24, "bias": True}),
        "linear_no_bias": draw("linear_no_bias", "Linear", {"receptive_field": 5, "bias": False}),
        **modulations(),
        **parametric(),
    }


if __name__ == "__main__":
    for path in sorted(ELSEWHERE.glob("*.nam")):
        expected = np.asarray(json.loads(path.with_suffix(".out.json").read_text())["output"])
        answers = nam.model(json.loads(path.read_text()))(nam.inputs(len(expected)))[:, 0]
        worst = np.abs(answers - expected).max() / np.abs(expected).max()
        assert worst < 3e-6, f"{path.name}: {worst}"
        print(f"{path.name}: {worst:.1e} of the peak")
    for stale in FOLDER.glob("*"):
        stale.unlink()
    drawn = files()
    for name, file in drawn.items():
        write(name, file)
        record(name, file)
    for channels in ([1, 1], [2, 2]):
        name = f"slimmable_{channels[0]}"
        record(name, sliced(drawn["slimmable"], channels), file="slimmable.nam", attributes=f"#[slim = {channels[0]}]")
    submodels = [{"max_value": 0.5, "model": drawn["gated"]}, {"max_value": 1.0, "model": drawn["slimmable"]}]
    container = {"version": "0.7.0", "architecture": "SlimmableContainer", "config": {"submodels": submodels}, "weights": []}
    write("container", container)
    record("container_0", drawn["gated"], file="container.nam", attributes="#[submodel = 0]")
    record("container_1", drawn["slimmable"], file="container.nam", attributes="#[submodel = 1]")
    slim = {"file": "container.nam", "attributes": "#[submodel = 1] #[slim = 2]"}
    record("container_1_slim_2", sliced(drawn["slimmable"], [2, 2]), **slim)
