"""Clips as long as the network looks back, and what is in each.

    python clips.py SEED COUNT FILE     # for `keyword --clips FILE`; those that `train.py` holds out are `2 4000`
"""

import sys
from pathlib import Path

import numpy as np

import sounds
from features import HOP, WINDOW, features

CLASSES = ["none", *sounds.EVENTS]
STRIDE, TAPS, AVERAGED = 2, 5, 16
# Two blocks, the average, and what the first convolution makes of that many frames at its rate.
FRAMES = (2 * (TAPS - 1) + AVERAGED - 1) * STRIDE + TAPS
SAMPLES = (FRAMES - 1) * HOP + WINDOW


def clip(random: np.random.Generator) -> tuple[np.ndarray, int]:
    """Samples, and the index of what is in them: an event whole, or a third of one at most, which is none."""
    samples = sounds.background(random, SAMPLES)
    choice = random.random()
    label = int(random.integers(1, len(CLASSES)))
    if choice < 0.85:
        sound = sounds.EVENTS[CLASSES[label]](random) if choice < 0.7 else sounds.other(random)
        room = SAMPLES - len(sound)
        if choice < 0.5:
            # As much as a tenth may be cut off.
            cut = len(sound) // 10
            start = random.integers(-cut, room + cut)
        elif choice < 0.7:
            seen = int(random.uniform(0.0, 0.35) * len(sound))
            start = random.choice([seen - len(sound), SAMPLES - seen])
        else:
            start = random.integers(-len(sound), SAMPLES)
        sounds.mixed(samples, sounds.level(random) * sound, int(start))
    return np.clip(samples, -1.0, 1.0), label if choice < 0.5 else 0


def clips(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    samples, labels = zip(*(clip(random) for _ in range(count)))
    return np.stack([features(clip) for clip in samples]).astype(np.float32), np.array(labels)


def write(path: Path, seed: int, count: int) -> None:
    """Of each clip, the class and the frames as float32, the lowest byte first."""
    heard, labels = clips(seed, count)
    rows = np.column_stack([labels.astype("<f4"), heard.reshape(count, -1)])
    path.write_bytes(rows.astype("<f4").tobytes())


if __name__ == "__main__":
    write(Path(sys.argv[3]), int(sys.argv[1]), int(sys.argv[2]))
