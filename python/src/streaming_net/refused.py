"""How the readers of a framework's layers report a layer that cannot be exported."""


class Refused(Exception):
    """Why a layer cannot be exported, and what to use instead."""

    def __init__(self, reason: str, instead: str) -> None:
        super().__init__(reason)
        self.reason, self.instead = reason, instead


def without_window(kind: str) -> Refused:
    """Says that a layer reads all frames of the input, where neither the model nor the user says how many those are."""
    reads = {"global_avg": "averages", "flatten": "flattens"}.get(kind, "reads")
    return Refused(
        f"the layer {reads} all frames of the input, and the model does not fix their number",
        "pass the number of frames of one training input: `window=N`, or `--window N` on the command line",
    )


def require(holds: bool, reason: str, instead: str) -> None:
    if not holds:
        raise Refused(reason, instead)
