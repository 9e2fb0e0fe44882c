"""A guitar and an amplifier that never were: plucked strings, and the circuit that the captures are trained on."""

import numpy as np
from scipy import signal

RATE = 48_000
"""Samples a second, of the guitar and of the captures."""

OVERSAMPLED = 4
"""The amplifier's valves work at so many times the rate, so that what they add above half of it can be filtered out."""


def pluck(random: np.random.Generator, frequency: float, frames: int, damping: float) -> np.ndarray:
    """A string by Karplus and Strong: noise that goes round a delay of one period and loses its highs on the way."""
    period = round(RATE / frequency)
    burst = random.uniform(-1.0, 1.0, period)
    burst -= np.roll(burst, max(1, round(0.18 * period)))  # where it is plucked
    excitation = np.zeros(frames)
    excitation[:period] = (burst - burst.mean())[:frames]
    loop = np.zeros(period + 2)
    loop[0], loop[period:] = 1.0, -0.5 * damping
    return signal.lfilter([1.0], loop, excitation)


FRETS = 12
STRINGS = 82.4, 110.0, 146.8, 196.0, 246.9, 329.6
SHAPES = [0], [0, 7], [0, 7, 12], [0, 4, 7], [0, 3, 7, 10]
"""Single notes and chords, in semitones above the lowest."""


def guitar(random: np.random.Generator, seconds: float) -> np.ndarray:
    """Notes and chords of all strengths, let ring or muted, through a pickup; and pauses."""
    played = np.zeros(int(seconds * RATE))
    start = 0
    while start < len(played):
        length = int(RATE * random.choice([0.15, 0.3, 0.6, 1.2]))
        lowest = random.choice(STRINGS) * 2.0 ** (random.integers(FRETS) / 12.0)
        strength = 10.0 ** random.uniform(-1.2, 0.0)
        damping = random.choice([0.97, 0.997])
        for note in SHAPES[random.integers(len(SHAPES))]:
            start_of_note = start + random.integers(RATE // 100)
            room = played[start_of_note : start_of_note + length]
            if len(room):
                release = np.minimum(1.0, np.arange(len(room), 0, -1) / (0.01 * RATE))
                string = pluck(random, lowest * 2.0 ** (note / 12.0), len(room), damping)
                room += 0.8 * strength * release * string
        start += length if random.random() < 0.9 else 2 * length
    pickup = signal.butter(2, [70.0, 4500.0], "bandpass", fs=RATE, output="sos")
    return np.clip(signal.sosfilt(pickup, played), -1.0, 1.0)


def practice(random: np.random.Generator, seconds: float) -> np.ndarray:
    """What the captures are trained on: mostly a guitar, and sweeps and noise for what a guitar seldom plays."""
    played = guitar(random, seconds)
    part = RATE
    for start in range(0, len(played) - part, 8 * part):
        time = np.arange(part) / RATE
        sweep = signal.chirp(time, 20.0, 1.0, 18_000.0, method="logarithmic")
        noise = random.normal(0.0, 0.2, part)
        swell = np.abs(np.sin(3.0 * np.pi * time))
        played[start : start + part] = swell * random.uniform(0.2, 0.8) * (sweep if random.random() < 0.5 else noise)
    return np.clip(played, -1.0, 1.0)


def biquad(frequency: float, gain: float, width: float, rate: float) -> np.ndarray:
    """A bell of `gain` decibels (Bristow-Johnson's cookbook), as a second-order section."""
    amplitude, angle = 10.0 ** (gain / 40.0), 2.0 * np.pi * frequency / rate
    bandwidth = np.sin(angle) / (2.0 * width)
    above = [1.0 + bandwidth * amplitude, -2.0 * np.cos(angle), 1.0 - bandwidth * amplitude]
    below = [1.0 + bandwidth / amplitude, -2.0 * np.cos(angle), 1.0 - bandwidth / amplitude]
    return np.array([above + below]) / below[0]


def valve(voltage: np.ndarray, bias: float) -> np.ndarray:
    """Clips harder on one side than on the other, and lets silence be silent."""
    return np.tanh(voltage + bias) - np.tanh(bias)


def amplify(played: np.ndarray, drive: float = 7.0, level: float = 0.35) -> np.ndarray:
    """Two valves, a tone stack and a cabinet. Causal: a sample depends on none behind it. `drive` is the gain into the first valve."""
    rate = OVERSAMPLED * RATE
    spread = np.zeros(OVERSAMPLED * len(played))
    spread[::OVERSAMPLED] = OVERSAMPLED * played
    band = signal.cheby2(8, 70.0, 0.5 * RATE, fs=rate, output="sos")
    sound = signal.sosfilt(band, spread)

    tight = signal.butter(1, 120.0, "highpass", fs=rate, output="sos")
    sound = signal.sosfilt(np.vstack([tight, biquad(750.0, 6.0, 0.6, rate)]), sound)
    sound = valve(drive * sound, 0.25)
    coupling = signal.butter(1, 40.0, "highpass", fs=rate, output="sos")
    sound = valve(1.6 * signal.sosfilt(coupling, sound), -0.15)

    tone = np.vstack([biquad(110.0, 3.0, 0.7, rate), biquad(520.0, -5.0, 0.8, rate), biquad(2600.0, 4.0, 0.9, rate)])
    sound = signal.sosfilt(tone, sound)
    low = signal.butter(2, 75.0, "highpass", fs=rate, output="sos")
    high = signal.butter(3, 5200.0, fs=rate, output="sos")
    sound = signal.sosfilt(np.vstack([low, high]), sound)
    return level * signal.sosfilt(band, sound)[::OVERSAMPLED]
