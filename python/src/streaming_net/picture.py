"""The picture of a timeline.

A row is a layer, a column a frame. Lines go from each value to the values that it depends on. All values that the
newest output depends on are marked.
"""

import textwrap
from collections.abc import Iterator

import drawsvg as svg

from .timeline import Row, Timeline

# In pixels: the width of all frames, the space of one, the height of a row, what is around, a letter.
WIDTH, SPACES, HEIGHT, MARGIN, SIZE, CHARACTER = 720, (1.0, 28.0), 58, 24, 12, 7.3
# The space of a frame from which all values are drawn, not those that the newest output depends on.
ROOM = 8
# The fewest frames, and the letters of a line of what follows a layer.
FEWEST, LONGEST = 16, 28
# The distances of numbered frames.
STEPS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]

# Colours that are told apart with any eyes, on light and on dark pages.
STYLE = """
text { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #24292f }
.small { font-size: 11px; fill: #6e7781 }
.all { stroke: #afb8c1; fill: none; stroke-width: 0.6 }
.seen { stroke: #0072b2; fill: none; stroke-width: 1.4 }
.value { fill: #afb8c1 }
.none { fill: #d0d7de }
.part { fill: #0072b2 }
.output { fill: #d55e00 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .small { fill: #8d96a0 }
  .all { stroke: #484f58 }
  .value { fill: #6e7681 }
  .none { fill: #30363d }
  .seen { stroke: #56b4e9 }
  .part { fill: #56b4e9 }
  .output { fill: #e69f00 }
}
"""


class Picture:
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.rows = timeline.rows
        self.newest = timeline.newest(FEWEST)
        self.pushes = self.rows[timeline.output].push(self.newest) + 1
        low, high = SPACES
        self.space = min(max(WIDTH / self.pushes, low), high)
        # From the output down, those that it is made of.
        shown = [row for row, values in enumerate(timeline.sees(self.newest)) if values]
        self.level = {row: level for level, row in enumerate(reversed(shown))}
        self.left = 2 * MARGIN + CHARACTER * max(max(map(len, lines(self.rows[row]))) for row in shown)

    def at(self, row: int, value: int) -> tuple[float, float]:
        place = self.rows[row].place(value)
        return self.left + (place + 0.5) * self.space, MARGIN + self.level[row] * HEIGHT

    def drawn(self) -> str:
        caption = 2 * MARGIN + len(self.caption()) * CHARACTER * 11 / SIZE
        width, height = self.left + self.pushes * self.space + MARGIN, 2 * MARGIN + len(self.level) * HEIGHT
        drawing = svg.Drawing(round(max(width, caption)), round(height))
        drawing.append_css(STYLE)
        drawing.append_title(self.caption())
        seen = self.timeline.sees(self.newest)
        every = [set(range(row.until(self.pushes))) for row in self.rows]
        if self.space >= ROOM:
            drawing.append(self.lines(every, "all"))
        drawing.append(self.lines(seen, "seen"))
        for row in self.level:
            drawing.extend(self.labels(row))
            drawing.extend(self.values(row, every[row], seen[row]))
        drawing.extend(self.axis())
        return str(drawing.as_svg())

    def caption(self) -> str:
        output = self.rows[self.timeline.output].timing
        often = f", then every {output.stride} frames" if output.stride > 1 else ""
        frames = self.timeline.sees(self.newest)[0]
        first = f"the first output comes at frame {output.first}{often}"
        return f"the output at frame {self.pushes - 1} depends on frames {min(frames)} to {max(frames)}; {first}"

    def lines(self, values: list[set[int]], kind: str) -> svg.Path:
        """From each value to what it is made of. Past other rows they bend, so that they do not hide behind those."""
        path = svg.Path(class_=kind)
        for row in self.level:
            for number in sorted(values[row]):
                x, y = self.at(row, number)
                for at, made in self.rows[row].reads(number):
                    if made < 0:
                        continue
                    to_x, to_y = self.at(at, made)
                    past = self.level[at] - self.level[row] - 1
                    bend = min(0.3 + 0.15 * past, 0.9) * self.space if past > 0 else 0.0
                    if bend:
                        path.M(x, y).C(x + bend, y + HEIGHT / 2, to_x + bend, to_y - HEIGHT / 2, to_x, to_y)
                    else:
                        path.M(x, y).L(to_x, to_y)
        return path

    def values(self, row: int, every: set[int], seen: set[int]) -> Iterator[svg.Circle]:
        """A dot for each value, and a point for each push without one."""
        size = min(self.space * 0.3, 4.5)
        large = max(size * 1.4, 4.0)
        answered = {self.rows[row].push(number) for number in every}
        if self.space >= ROOM:
            for push in sorted(set(range(self.pushes)) - answered):
                yield svg.Circle(self.left + (push + 0.5) * self.space, self.at(row, 0)[1], 1, class_="none")
        for number in sorted(every if self.space >= ROOM else seen):
            is_output = row == self.timeline.output and number == self.newest
            kind = "output" if is_output else "part" if number in seen else "value"
            yield svg.Circle(*self.at(row, number), large if is_output else size, class_=kind)

    def labels(self, row: int) -> Iterator[svg.Text]:
        y = self.at(row, 0)[1] + 4
        for number, line in enumerate(lines(self.rows[row])):
            yield svg.Text(line, SIZE, MARGIN, y + 14 * number, class_="small" if number else "large")

    def axis(self) -> Iterator[svg.Text]:
        """The numbers of the frames, as many as there is room for, and what the picture says."""
        y = MARGIN + len(self.level) * HEIGHT - HEIGHT / 2
        apart = next(step for step in STEPS if step * self.space >= 4 * CHARACTER)
        for push in range(0, self.pushes, apart):
            yield svg.Text(
                str(push), SIZE, self.left + (push + 0.5) * self.space, y, text_anchor="middle", class_="small"
            )
        yield svg.Text(self.caption(), SIZE, MARGIN, y + HEIGHT / 2, class_="small")


def lines(row: Row) -> list[str]:
    """The layer, and below it those of each value by itself that follow."""
    return [row.label, *textwrap.wrap(", ".join(row.behind), LONGEST)]
