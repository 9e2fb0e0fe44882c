"""Writes tests/weights/limits/: HDF5 files that ask for much, deflated once more so that they are small, and one in chunks.

    python -m venv venv && venv/bin/pip install h5py numpy
    venv/bin/python tests/frameworks/hdf5_limits.py
"""

import io
import zlib
from pathlib import Path

import h5py
import numpy as np

FOLDER = Path(__file__).parents[1] / "weights" / "limits"
KERNEL = (np.arange(24, dtype="f4").reshape(4, 2, 3) - 11) / 8
BIAS = np.arange(3, dtype="f4")
DENSE = np.arange(6, dtype="f8").reshape(3, 2) / 4
ZEROS = zlib.compress(bytes(4 * 200_000_000), 9)


def write(name, of):
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        of(file)
    path = FOLDER / f"{name}.weights.h5.z"
    path.write_bytes(zlib.compress(buffer.getvalue(), 9))
    print(path.name, len(buffer.getvalue()), path.stat().st_size)


def tensors(file, layer, numbers, **options):
    group = file.create_group(f"layers/{layer}/vars")
    for place, tensor in enumerate(numbers):
        group.create_dataset(str(place), data=tensor, **(options if tensor.ndim > 1 else {}))


def plain(file):
    """The tensors of `chunks`, as Keras writes them."""
    tensors(file, "conv1d", [KERNEL, BIAS])
    tensors(file, "dense", [DENSE])


def chunks(file):
    """Chunks that reach beyond their datasets; by every filter."""
    options = {"compression": "gzip", "shuffle": True, "fletcher32": True}
    tensors(file, "conv1d", [KERNEL, BIAS], chunks=(3, 1, 2), **options)
    tensors(file, "dense", [DENSE], chunks=(2, 2), compression="gzip")


def many(file):
    """Each of 60 MB."""
    for layer in range(40):
        group = file.create_group(f"layers/dense_{layer}/vars")
        shape = (15_000_000,)
        dataset = group.create_dataset("0", shape, "f4", chunks=shape, compression="gzip")
        dataset.id.write_direct_chunk((0,), zlib.compress(bytes(4 * shape[0]), 9))


def large_chunk(file):
    """Ten numbers in a chunk of 200,000,000."""
    group = file.create_group("layers/dense/vars")
    options = {"maxshape": (None,), "chunks": (200_000_000,), "compression": "gzip"}
    dataset = group.create_dataset("0", (10,), "f4", **options)
    dataset.id.write_direct_chunk((0,), ZEROS)


def larger_than_said(file):
    """A chunk of ten numbers that is decompressed to 200,000,000."""
    group = file.create_group("layers/dense/vars")
    dataset = group.create_dataset("0", (10,), "f4", chunks=(10,), compression="gzip")
    dataset.id.write_direct_chunk((0,), ZEROS)


def groups(file):
    """9,000 names of one empty group."""
    file.create_group("layers/g0")
    for number in range(1, 9000):
        file[f"layers/g{number}"] = file["layers/g0"]


def circles(file):
    """A group with many names, among them its own."""
    group = file.create_group("layers/list")
    for number in range(200):
        group.create_dataset(f"d{number}", data=BIAS)
        file[f"layers/list/{number}"] = group


def strings(file):
    tensors(file, "dense", [np.array([[b"0.5"], [b"1"]]), BIAS[:1]])


for of in [plain, chunks, many, large_chunk, larger_than_said, groups, circles, strings]:
    write(of.__name__, of)
