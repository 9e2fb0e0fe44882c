"""Records what Keras answers, into `tests/weights/keras/`."""

from golden import WEIGHTS, record, remove_others
from keras_blocks import FRAMEWORK, compiled, fill
from keras_branches import GOLDENS as BRANCHES
from keras_branches import UNEVEN
from keras_layers import GOLDENS as LAYERS
from keras_networks import GOLDENS as NETWORKS
from keras_operations import GOLDENS as OPERATIONS
from keras_planes import GOLDENS as PLANES

if __name__ == "__main__":
    goldens = [*LAYERS, *BRANCHES, *NETWORKS, *PLANES, *OPERATIONS, *UNEVEN]
    folder = WEIGHTS / "keras"
    remove_others(folder, goldens)
    for golden in goldens:
        run = compiled(golden.model, golden.inputs)
        record(golden, FRAMEWORK, folder, fill(golden, golden.random("weights")), run)
    print(f"{FRAMEWORK}: {len(goldens)} networks")
