"""Writes `recorded.txt`: what onnxruntime hears in the sound that the tests synthesise.

    pip install onnxruntime numpy
    cargo run --release -- --write target/sound.wav
    python record.py target/sound.wav
"""

import sys
import wave
from pathlib import Path

import numpy as np
import onnxruntime

HERE = Path(__file__).parent

with wave.open(sys.argv[1]) as file:
    samples = np.frombuffer(file.readframes(file.getnframes()), np.int16) / np.float32(32768)
padded = np.concatenate([np.zeros(64, np.float32), samples.astype(np.float32)])
chunks = np.stack([padded[start : start + 576] for start in range(0, len(samples) - 511, 512)])
state = np.zeros((1, 1, 128), np.float32)
session = onnxruntime.InferenceSession(HERE / "silero_vad_16k_sequence.onnx")
(probabilities,) = session.run(["speech_probs"], {"input": chunks, "h": state, "c": state})
(HERE / "recorded.txt").write_text("".join(f"{y:.7f}\n" for y in probabilities.ravel()))
