"""Writes what onnxruntime hears in a recording, with each of Silero's models.

    python record.py HEARD.wav FOLDER

The folder then has `heard.wav`, the first 16 s at 16 kHz, and a file for each model with the probability of each chunk, one a line.
"""

import sys
import wave
from pathlib import Path

import numpy as np
import onnxruntime

HERE = Path(__file__).parent
RATE = 16000
CHUNKS, NEW, BEFORE = 500, 512, 64


def read(path: str) -> np.ndarray:
    """The samples at 16 kHz."""
    with wave.open(path) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2), "expected one channel of 16 bits"
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    if rate == RATE:
        return samples
    length = len(samples) * RATE // rate
    spectrum = np.fft.rfft(samples)[: length // 2 + 1]
    resampled = np.fft.irfft(spectrum, length) * length / len(samples)
    return np.clip(np.round(resampled), -32768, 32767).astype(np.int16)


def sequence(session: onnxruntime.InferenceSession, chunks: np.ndarray) -> np.ndarray:
    """The probabilities of a model that takes all chunks at once."""
    state = np.zeros((1, 1, 128), np.float32)
    return session.run(["speech_probs"], {"input": chunks, "h": state, "c": state})[0]


def steps(session: onnxruntime.InferenceSession, chunks: np.ndarray) -> np.ndarray:
    """The probabilities of a model of one step."""
    state, probabilities = np.zeros((2, 1, 128), np.float32), []
    rate = {"sr": np.array(RATE)} if any(one.name == "sr" for one in session.get_inputs()) else {}
    for chunk in chunks:
        probability, state = session.run(None, {"input": chunk[None], "state": state, **rate})
        probabilities.append(probability)
    return np.array(probabilities)


def main() -> None:
    heard, folder = read(sys.argv[1])[: CHUNKS * NEW], Path(sys.argv[2])
    assert len(heard) == CHUNKS * NEW, f"expected {CHUNKS * NEW / RATE} s, and there are {len(heard) / RATE}"
    folder.mkdir(parents=True, exist_ok=True)
    with wave.open(str(folder / "heard.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(heard.tobytes())
    padded = np.concatenate([np.zeros(BEFORE, np.float32), heard.astype(np.float32) / np.float32(32768)])
    chunks = np.stack([padded[start : start + BEFORE + NEW] for start in range(0, len(heard), NEW)])
    for name, run in (("16k_sequence", sequence), ("openvino_16k", steps), ("16k_op15", steps)):
        session = onnxruntime.InferenceSession(HERE / f"silero_vad_{name}.onnx")
        probabilities = run(session, chunks).ravel()
        (folder / f"{name}.txt").write_text("".join(f"{y:.7f}\n" for y in probabilities))


main()
