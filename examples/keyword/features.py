"""What the network hears: the logarithm of the energy in 16 bands of the mel scale. `front.rs` computes the same."""

import numpy as np

from sounds import SAMPLE_RATE

WINDOW, HOP, FFT = 400, 160, 512
BANDS = 16
LOWEST, HIGHEST = 100.0, SAMPLE_RATE / 2.0
# Below all sounds, and above what rounding to 16 bits adds.
FLOOR = 1e-3


def mel(hertz: np.ndarray | float) -> np.ndarray | float:
    """O'Shaughnessy's mel scale, as HTK and Kaldi have it, but for a factor that no place has in it."""
    return np.log(1.0 + np.asarray(hertz) / 700.0)


def bank() -> np.ndarray:
    """Triangles in mel, `(FFT / 2, BANDS)`: each rises from the band before's middle and falls to the next one's."""
    hertz = np.arange(FFT // 2) * SAMPLE_RATE / FFT
    place = (mel(hertz) - mel(LOWEST)) / (mel(HIGHEST) - mel(LOWEST)) * (BANDS + 1)
    middles = 1.0 + np.arange(BANDS)
    return np.maximum(0.0, 1.0 - np.abs(place[:, np.newaxis] - middles))


def features(samples: np.ndarray) -> np.ndarray:
    """Frames `(…, time, BANDS)` of samples `(…, time)`, the first of samples 0 to 399, the second of 160 to 559."""
    hann = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(WINDOW) / WINDOW)
    windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW, axis=-1)[..., ::HOP, :]
    spectrum = np.fft.rfft(windows * hann, FFT)[..., : FFT // 2]
    return np.log(np.abs(spectrum) ** 2 @ bank() + FLOOR)
