"""How the readers of a framework's layers say that there is no word for one."""


class Refused(Exception):
    """Why a layer cannot be exported, and what serves instead."""

    def __init__(self, reason: str, instead: str) -> None:
        super().__init__(reason)
        self.reason, self.instead = reason, instead


def require(holds: bool, reason: str, instead: str) -> None:
    if not holds:
        raise Refused(reason, instead)
