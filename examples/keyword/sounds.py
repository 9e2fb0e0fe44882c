"""The sounds that the network is to tell apart, synthesised: events of four kinds, and what is heard beside them.

    python sounds.py SEED SECONDS FILE.wav      # a recording, and FILE.txt: the events in it, as Audacity reads labels
"""

import sys
import wave
from pathlib import Path

import numpy as np

SAMPLE_RATE = 16_000
Random = np.random.Generator


def times(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def faded(sound: np.ndarray, seconds: float = 0.01) -> np.ndarray:
    """Without a click at either end."""
    ramp = np.minimum(1.0, np.arange(len(sound)) / (seconds * SAMPLE_RATE))
    return sound * ramp * ramp[::-1]


def glide(random: Random, seconds: float, octaves: np.ndarray) -> np.ndarray:
    """A tone whose pitch goes by `octaves` from a random one, with some of its second harmonic."""
    phase = 2.0 * np.pi * np.cumsum(random.uniform(400.0, 900.0) * 2.0**octaves) / SAMPLE_RATE
    return faded(np.sin(phase) + random.uniform(0.0, 0.4) * np.sin(2.0 * phase))


def rise(random: Random) -> np.ndarray:
    seconds = random.uniform(0.2, 0.3)
    return glide(random, seconds, random.uniform(1.0, 1.7) * times(seconds) / seconds)


def fall(random: Random) -> np.ndarray:
    seconds = random.uniform(0.2, 0.3)
    return glide(random, seconds, random.uniform(1.0, 1.7) * (1.0 - times(seconds) / seconds))


def bell(random: Random) -> np.ndarray:
    """Ding, dong: two struck tones, the second a third or a fourth below the first."""
    pitch = random.uniform(600.0, 1500.0)
    strokes = []
    for ratio in 1.0, 2.0 ** (-random.integers(3, 6) / 12.0):
        t = times(random.uniform(0.11, 0.15))
        partials = [a * np.sin(2.0 * np.pi * f * ratio * pitch * t) for f, a in ((1.0, 1.0), (2.76, 0.4))]
        strokes.append(faded(sum(partials) * np.exp(-t / 0.08), 0.003))
    return np.concatenate(strokes)


def click(random: Random) -> np.ndarray:
    t = times(0.008)
    return np.sin(2.0 * np.pi * random.uniform(1500.0, 4000.0) * t) * np.exp(-t / 0.0015)


def clicks(random: Random) -> np.ndarray:
    """Seven to ten clicks, one in about 30 ms."""
    apart = int(random.uniform(0.025, 0.035) * SAMPLE_RATE)
    one = click(random)
    sound = np.zeros(apart * random.integers(6, 10) + len(one))
    for start in range(0, len(sound) - len(one) + 1, apart):
        sound[start : start + len(one)] += one * random.uniform(0.7, 1.0)
    return sound


EVENTS = {"rise": rise, "fall": fall, "bell": bell, "clicks": clicks}


def other(random: Random) -> np.ndarray:
    """A sound that is none of the events: a steady tone, a siren, a rush of noise, or one click."""
    seconds = random.uniform(0.1, 0.4)
    t = times(seconds)
    match random.integers(4):
        case 0:
            return glide(random, seconds, np.full(len(t), random.uniform(0.0, 1.5)))
        case 1:
            return glide(random, seconds, 0.2 * np.sin(2.0 * np.pi * random.uniform(6.0, 10.0) * t) + 0.7)
        case 2:
            return faded(random.normal(0.0, 0.4, len(t)), 0.03)
        case _:
            return click(random)


def background(random: Random, samples: int) -> np.ndarray:
    """Noise, white or with less above than below, and the hum of the mains."""
    t = np.arange(samples) / SAMPLE_RATE
    noise = random.normal(0.0, 1.0, samples + 8)
    if random.random() < 0.5:
        noise = np.convolve(noise, np.full(9, 1.0 / 3.0), mode="valid")
    noise = 10.0 ** random.uniform(-3.3, -1.7) * noise[:samples]
    mains = random.choice([50.0, 60.0])
    hum = sum(random.uniform(0.0, 1.0) / n * np.sin(2.0 * np.pi * n * mains * t + n) for n in (1, 2, 3, 5))
    return noise + random.uniform(0.0, 0.03) * hum


def level(random: Random) -> float:
    return 10.0 ** random.uniform(-1.6, -0.15)


def mixed(recording: np.ndarray, sound: np.ndarray, start: int) -> None:
    """Adds what of the sound lies in the recording."""
    end = min(start + len(sound), len(recording))
    recording[max(start, 0) : end] += sound[max(-start, 0) : end - start]


def recording(random: Random, seconds: float) -> tuple[np.ndarray, list[tuple[float, float, str]]]:
    """Events of all kinds in turn with other sounds among them, and when each event begins and ends."""
    samples = background(random, int(seconds * SAMPLE_RATE))
    labels, waiting = [], []
    start = int(0.3 * SAMPLE_RATE)
    while True:
        if not waiting:
            waiting = list(random.permutation([*EVENTS, "other"]))
        kind = waiting.pop()
        sound = level(random) * EVENTS.get(kind, other)(random)
        if start + len(sound) > len(samples) - 0.3 * SAMPLE_RATE:
            break
        mixed(samples, sound, start)
        if kind in EVENTS:
            labels.append((start / SAMPLE_RATE, (start + len(sound)) / SAMPLE_RATE, kind))
        start += len(sound) + int(random.uniform(0.4, 0.7) * SAMPLE_RATE)
    return np.clip(samples, -1.0, 1.0), labels


def write(path: Path, seed: int, seconds: float) -> None:
    samples, labels = recording(np.random.default_rng(seed), seconds)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((32_767.0 * samples).astype("<i2").tobytes())
    lines = [f"{start:.3f}\t{end:.3f}\t{kind}\n" for start, end, kind in labels]
    path.with_suffix(".txt").write_text("".join(lines))


def read(path: Path) -> np.ndarray:
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768.0


if __name__ == "__main__":
    write(Path(sys.argv[3]), int(sys.argv[1]), float(sys.argv[2]))
