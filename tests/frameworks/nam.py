"""What a `.nam` file answers, in float64 and on whole sequences, by the file's description alone.

Frames are `(frames, channels)`. Weights are taken from the one list in the order in which Neural Amp Modeler writes them.
"""

from collections.abc import Callable

import numpy as np

Frames = np.ndarray


class Flat:
    """The list of all weights."""

    def __init__(self, weights: list[float]) -> None:
        self.weights = np.asarray(weights, np.float64)
        self.at = 0

    def take(self, *shape: int) -> np.ndarray:
        count = int(np.prod(shape))
        taken = self.weights[self.at : self.at + count]
        assert len(taken) == count, "too few weights"
        self.at += count
        return taken.reshape(shape)

    def end(self) -> None:
        assert self.at == len(self.weights), f"{self.at} of {len(self.weights)} weights"


def conv(flat: Flat, inputs: int, outputs: int, k: int, dilation: int, groups: int, bias: bool) -> Callable[[Frames], Frames]:
    """A causal convolution: a matrix for each tap, with zeros outside the groups."""
    own = flat.take(groups, outputs // groups, inputs // groups, k)
    taps = np.zeros((k, outputs, inputs))
    for group in range(groups):
        rows = slice(group * (outputs // groups), (group + 1) * (outputs // groups))
        columns = slice(group * (inputs // groups), (group + 1) * (inputs // groups))
        taps[:, rows, columns] = own[group].transpose(2, 0, 1)
    added = flat.take(outputs) if bias else np.zeros(outputs)

    def run(x: Frames) -> Frames:
        y = np.tile(added, (len(x), 1))
        for tap in range(k):
            late = (k - 1 - tap) * dilation
            y[late:] += x[: max(len(x) - late, 0)] @ taps[tap].T
        return y

    return run


def sigmoid(x: Frames) -> Frames:
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def fast_tanh(x: Frames) -> Frames:
    size, square = np.abs(x), x * x
    above = x * (2.45550750702956 + 2.45550750702956 * size + (0.893229853513558 + 0.821226666969744 * size) * square)
    return above / (2.44506634652299 + (2.44506634652299 + square) * np.abs(x + 0.814642734961073 * x * size))


def activation(described: str | dict) -> Callable[[Frames], Frames]:
    said = {"type": described} if isinstance(described, str) else described
    leaky = lambda slope: lambda x: np.where(x > 0, x, slope * x)  # noqa: E731
    match said["type"]:
        case "Tanh":
            return np.tanh
        case "Hardtanh":
            return lambda x: np.clip(x, -1, 1)
        case "Fasttanh":
            return fast_tanh
        case "ReLU":
            return lambda x: np.maximum(x, 0)
        case "LeakyReLU":
            return leaky(said.get("negative_slope", 0.01))
        case "PReLU":
            return leaky(np.asarray(said.get("negative_slopes", said.get("negative_slope", 0.01))))
        case "Sigmoid":
            return sigmoid
        case "SiLU":
            return lambda x: x * sigmoid(x)
        case "Hardswish":
            return lambda x: np.where(x <= -3, 0, np.where(x >= 3, x, x * (x + 3) / 6))
        case "LeakyHardtanh" | "LeakyHardTanh":
            low, high = said.get("min_val", -1), said.get("max_val", 1)
            down, up = said.get("min_slope", 0.01), said.get("max_slope", 0.01)
            return lambda x: np.where(x < low, (x - low) * down + low, np.where(x > high, (x - high) * up + high, x))
        case "Softsign":
            return lambda x: x / (1 + np.abs(x))
        case other:
            raise ValueError(other)


def each(value: object, count: int) -> list:
    return value if isinstance(value, list) else [value] * count


FILMS = ["conv_pre_film", "conv_post_film", "input_mixin_pre_film", "input_mixin_post_film",
         "activation_pre_film", "activation_post_film", "layer1x1_post_film", "head1x1_post_film"]


def films(flat: Flat, said: dict, widths: list[int]) -> dict[str, Callable[[Frames, Frames], Frames]]:
    """Of each place of a layer, the function of a frame and the condition: a factor and an offset for each channel."""
    made = {}
    for name, width in zip(FILMS, widths, strict=True):
        one = said.get(name)
        if one and one.get("active", True):
            outputs = 2 * width if one.get("shift", True) else width
            own = conv(flat, said["condition_size"], outputs, 1, 1, one.get("groups", 1), True)
            made[name] = lambda x, c, own=own, width=width: x * own(c)[:, :width] + (own(c)[:, width:] if own(c).shape[1] > width else 0.0)
        else:
            made[name] = lambda x, c: x
    return made


def array(flat: Flat, said: dict) -> Callable[[Frames, Frames, Frames | float], tuple[Frames, Frames]]:
    """A layer array: of its input, the condition and the sum so far, it makes its last output and what its head gives."""
    channels, count = said["channels"], len(said["dilations"])
    bottleneck = said.get("bottleneck", channels)
    kernels = said.get("kernel_sizes") or [said["kernel_size"]] * count
    modes = each(said.get("gating_mode", "gated" if said.get("gated") else "none"), count)
    seconds = each(said.get("secondary_activation"), count)
    rechannel = conv(flat, said["input_size"], channels, 1, 1, 1, False)
    layers = []
    head1x1 = said.get("head1x1", {"active": False})
    for k, dilation, mode, act, second in zip(kernels, said["dilations"], modes, each(said["activation"], count), seconds, strict=True):
        width = bottleneck if mode == "none" else 2 * bottleneck
        own = conv(flat, channels, width, k, dilation, said.get("groups_input", 1), True)
        mixin = conv(flat, said["condition_size"], width, 1, 1, said.get("groups_input_mixin", 1), False)
        behind = conv(flat, bottleneck, channels, 1, 1, said.get("layer1x1", {}).get("groups", 1), True)
        tap = conv(flat, bottleneck, head1x1["out_channels"], 1, 1, head1x1["groups"], True) if head1x1["active"] else None
        sums = head1x1["out_channels"] if tap else bottleneck
        film = films(flat, said, [channels, width, said["condition_size"], width, width, bottleneck, channels, sums])
        layers.append((own, mixin, behind, tap, mode, activation(act), activation(second or "Sigmoid"), film))
    width = head1x1["out_channels"] if head1x1["active"] else bottleneck
    if "head" in said:
        head = said["head"]
        last = conv(flat, width, head["out_channels"], head["kernel_size"], head.get("head_dilation", 1), 1, head["bias"])
    else:
        last = conv(flat, width, said["head_size"], 1, 1, 1, said["head_bias"])

    def run(x: Frames, condition: Frames, total: Frames | float) -> tuple[Frames, Frames]:
        v = rechannel(x)
        for own, mixin, behind, tap, mode, act, second, film in layers:
            at = lambda place, x: film[place](x, condition)  # noqa: B023, E731
            z = at("conv_post_film", own(at("conv_pre_film", v)))
            z = z + at("input_mixin_post_film", mixin(at("input_mixin_pre_film", condition)))
            z = at("activation_pre_film", z)
            a, b = z[:, :bottleneck], z[:, bottleneck:]
            match mode:
                case "none":
                    y = act(a)
                case "gated":
                    y = act(a) * second(b)
                case "blended":
                    y = second(b) * act(a) + (1 - second(b)) * a
            y = at("activation_post_film", y)
            total = total + (at("head1x1_post_film", tap(y)) if tap else y)
            v = v + at("layer1x1_post_film", behind(y))
        return v, last(total)

    return run


def wavenet(config: dict, flat: Flat) -> Callable[[Frames], Frames]:
    arrays = [array(flat, said) for said in config["layers"]]
    post, inputs = [], 0
    if head := config.get("head"):
        last = config["layers"][-1]
        inputs = last["head"]["out_channels"] if "head" in last else last["head_size"]
        for place, k in enumerate(head["kernel_sizes"]):
            outputs = head["out_channels"] if place + 1 == len(head["kernel_sizes"]) else head["channels"]
            post.append((activation(head["activation"]), conv(flat, inputs, outputs, k, 1, 1, True)))
            inputs = outputs
    (scale,) = flat.take(1)
    dsp = model(config["condition_dsp"]) if config.get("condition_dsp") else lambda x: x

    def run(x: Frames) -> Frames:
        condition, v, total = dsp(x), x, 0.0
        for one in arrays:
            v, total = one(v, condition, total)
        y = scale * total
        for act, own in post:
            y = own(act(y))
        return y

    return run


def lstm(config: dict, flat: Flat) -> Callable[[Frames], Frames]:
    units, inputs, layers = config["hidden_size"], config["input_size"], []
    for _ in range(config["num_layers"]):
        layers.append((flat.take(4 * units, inputs + units), flat.take(4 * units), flat.take(units), flat.take(units)))
        inputs = units
    weight, bias = flat.take(1, units), flat.take(1)

    def run(x: Frames) -> Frames:
        for matrix, added, h, c in layers:
            answers = []
            for frame in x:
                i, f, g, o = np.split(matrix @ np.concatenate([frame, h]) + added, 4)
                c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
                h = sigmoid(o) * np.tanh(c)
                answers.append(h)
            x = np.stack(answers)
        return x @ weight.T + bias

    return run


def conv_net(config: dict, flat: Flat) -> Callable[[Frames], Frames]:
    channels, inputs, blocks = config["channels"], 1, []
    for dilation in config["dilations"]:
        own = conv(flat, inputs, channels, 2, dilation, config.get("groups", 1), not config["batchnorm"])
        mean, variance, gamma, beta, epsilon = [np.zeros(1), np.ones(1), np.ones(1), np.zeros(1), 0.0]
        if config["batchnorm"]:
            mean, variance, gamma, beta = (flat.take(channels) for _ in range(4))
            (epsilon,) = flat.take(1)
        blocks.append((own, mean, gamma / np.sqrt(variance + epsilon), beta))
        inputs = channels
    act, head = activation(config["activation"]), conv(flat, channels, 1, 1, 1, 1, True)

    def run(x: Frames) -> Frames:
        for own, mean, scale, beta in blocks:
            x = act((own(x) - mean) * scale + beta)
        return head(x)

    return run


def linear(config: dict, flat: Flat) -> Callable[[Frames], Frames]:
    taps = flat.take(config["receptive_field"])
    bias = flat.take(1) if config["bias"] else 0.0
    return lambda x: (np.convolve(x[:, 0], taps)[: len(x)] + bias)[:, None]


ARCHITECTURES = {"WaveNet": wavenet, "LSTM": lstm, "ConvNet": conv_net, "Linear": linear, "CatWaveNet": wavenet, "CatLSTM": lstm}


def channels(file: dict) -> int:
    """The channels of a model's input: the sound and its knobs."""
    config = file["config"]
    knobs = len(config.get("parametric", {}))
    return 1 + knobs if knobs else config.get("in_channels", config.get("input_size", 1))


def model(file: dict) -> Callable[[Frames], Frames]:
    """The answers to a sequence, from zeros on."""
    flat = Flat(file["weights"])
    run = ARCHITECTURES[file["architecture"]](file["config"], flat)
    flat.end()
    return run


def inputs(count: int, channels: int = 1) -> Frames:
    """What every recorded run is of: two sines, of which one rises, and steps. Further channels are knobs that turn."""
    t = np.arange(count, dtype=np.float64)
    x = 0.3 * np.sin(0.11 * t) + 0.2 * np.cos(0.00037 * t * t) + np.where(t % 7 == 3, 0.25, -0.05)
    knobs = [0.5 + 0.5 * np.sin(0.013 * knob * t) for knob in range(1, channels)]
    return np.stack([x, *knobs], axis=1).astype(np.float32).astype(np.float64)
