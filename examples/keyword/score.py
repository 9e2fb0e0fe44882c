"""Compares what the program prints with the labels of the recording.

    python sounds.py 200 60 heard.wav
    cargo run --release --bin keyword -- heard.wav | python score.py heard.txt
"""

import sys
from pathlib import Path

# A detection is in time from the event's beginning to so many seconds after its end.
LATE = 0.2


def score(labels: str, printed: str) -> tuple[int, int, int]:
    """How many events there are, how many of them are found, and how many detections are of none."""
    events = [line.split("\t") for line in labels.splitlines()]
    # "0.56 s  bell  0.78"; the lines behind have other words.
    words = [line.split() for line in printed.splitlines()]
    detections = [(float(line[0]), line[2]) for line in words if len(line) == 4 and line[1] == "s"]
    false = list(detections)
    for start, end, kind in events:
        in_time = (d for d in false if d[1] == kind and float(start) <= d[0] <= float(end) + LATE)
        if detection := next(in_time, None):
            false.remove(detection)
    return len(events), len(detections) - len(false), len(false)


if __name__ == "__main__":
    events, found, false = score(Path(sys.argv[1]).read_text(), sys.stdin.read())
    print(f"{found} of {events} events found, {false} detections of none")
