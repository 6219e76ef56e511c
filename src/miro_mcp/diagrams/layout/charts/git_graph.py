"""Git graphs at their places: a lane for each branch, a step for each commit."""

from __future__ import annotations

from ....board.geometry import Box, Point
from ...charts.git_graph import Commit, GitGraph
from ...graph import Edge, Graph, Look, Node, Side
from ..places import Layout
from .canvas import INK, PALETTE, Canvas, label_size

_STEP, _LANE = 96.0, 104.0
_STEP_DOWN, _LANE_DOWN = 64.0, 210.0
"""The same where time runs down or up: texts stand beside the commits there."""

_MARK = 26.0
_WIDEST = 88.0
_AHEAD: dict[str, tuple[Side, Side]] = {"right": ("right", "left"), "down": ("bottom", "top"), "up": ("top", "bottom")}
_OPPOSITE: dict[Side, Side] = {"bottom": "top", "top": "bottom", "right": "left", "left": "right"}


def lay_out_git_graph(chart: GitGraph) -> tuple[Graph, Layout]:
    return _GitPlaces(chart).place()


class _GitPlaces:
    def __init__(self, chart: GitGraph) -> None:
        self.chart = chart
        self.canvas = Canvas()
        self.across = chart.direction == "right"
        self.lanes = {name: lane for lane, name in enumerate(chart.branches)}
        self.steps = {commit.key: step for step, commit in enumerate(chart.commits)}
        self.commits = {commit.key: commit for commit in chart.commits}

    def place(self) -> tuple[Graph, Layout]:
        count = len(self.chart.commits)
        for name, lane in self.lanes.items():
            ends = self._at(-0.5, lane), self._at(max(count - 0.4, 0.6), lane)
            self.canvas.rule(f"grid:{name}", *ends, width=2.0)
        for name, lane in self.lanes.items():
            self._branch(name, lane)
        for commit in self.chart.commits:
            self._commit(commit)
        for commit in self.chart.commits:
            for parent in commit.parents:
                self._line(self.commits[parent], commit)
        return self.canvas.finished(self.chart.title, ())

    def _at(self, step: float, lane: float) -> Point:
        if self.across:
            return step * _STEP, lane * _LANE
        return lane * _LANE_DOWN, step * _STEP_DOWN * (-1 if self.chart.direction == "up" else 1)

    def _colour(self, branch: str) -> tuple[str, str, str]:
        return PALETTE[self.lanes[branch] % len(PALETTE)]

    def _branch(self, name: str, lane: int) -> None:
        fill, border, _ = self._colour(name)
        text = f"<strong>{name}</strong>"
        width, height = label_size(text, 12, 160)
        x, y = self._at(-0.5, lane)
        if self.across:
            box = Box(x - width - 12, y - height / 2 - 2, width + 8, height + 4)
        else:
            away = height + 6 if self.chart.direction == "down" else -2.0
            box = Box(x - width / 2 - 4, y - away, width + 8, height + 4)
        look = Look(fill=fill, border=border, border_width=1.5, colour=INK, font_size=12)
        self.canvas.box(Node(key=f"branch/{name}", text=text, shape="round_rectangle", look=look), box)

    def _commit(self, commit: Commit) -> None:
        fill, border, strong = self._colour(commit.branch)
        x, y = self._at(self.steps[commit.key], self.lanes[commit.branch])
        shape = "rectangle" if commit.kind == "highlight" else "circle"
        text = "×" if commit.kind == "reverse" else ""  # noqa: RUF001 (the sign that crosses it out)
        heavy = commit.kind in ("merge", "cherry-pick", "reverse")
        look = Look(
            fill=fill if heavy else border, border=strong, border_width=4 if heavy else 2, colour=strong, font_size=16
        )
        self.canvas.box(Node(key=commit.key, text=text, shape=shape, look=look), Box.centred(x, y, _MARK, _MARK))
        if commit.text:
            self._words(f"{commit.key}:text", commit.text, (x, y))
        for number, tag in enumerate(commit.tags):
            self._tag(f"{commit.key}:tag:{tag}", tag, (x, y), number)

    def _words(self, key: str, text: str, at: Point) -> None:
        _, height = label_size(text, 11, _WIDEST)
        # Beside the lines that leave a commit or come in.
        away = (2.0, _MARK / 2 + height / 2) if self.across else (_MARK / 2, height / 2 + 1)
        self.canvas.label(key, text, (at[0] + away[0], at[1] + away[1]), "left", size=11, widest=_WIDEST)

    def _tag(self, key: str, tag: str, at: Point, number: int) -> None:
        width, height = label_size(tag, 11, _WIDEST)
        look = Look(fill="#fff9d6", border="#d99400", border_width=1, colour=INK, font_size=11)
        if self.across:
            box = Box.centred(at[0], at[1] - _MARK / 2 - 6 - height / 2 - number * (height + 3), width, height)
        else:
            box = Box(at[0] - _MARK / 2 - 6 - width, at[1] - height / 2 + number * (height + 3), width, height)
        self.canvas.box(Node(key=key, text=tag, look=look), box)

    def _line(self, parent: Commit, commit: Commit) -> None:
        """Along a lane, or off one: a branch leaves its parent across, a merge comes in across."""
        ahead = _AHEAD["right" if self.across else self.chart.direction]
        start, end = self.lanes[parent.branch], self.lanes[commit.branch]
        is_first = parent.key == commit.parents[0]
        sides = ahead
        if start != end:
            away: Side = ("bottom" if self.across else "right") if end > start else ("top" if self.across else "left")
            back = _OPPOSITE[away]
            across = is_first and not self._meets_a_merge(parent, commit)
            sides = (away, ahead[1]) if across else (ahead[0], back)
        self.canvas.edges.append(
            Edge(
                key=f"{parent.key} {commit.key}",
                start=parent.key,
                end=commit.key,
                end_cap="none",
                width=3,
                colour=self._colour(commit.branch if is_first else parent.branch)[1],
                curve="straight" if start == end else "elbowed",
                sides=sides,
            )
        )

    def _meets_a_merge(self, parent: Commit, commit: Commit) -> bool:
        """Whether a line across would lie on one that comes in, and the way along the parent's lane is free."""
        start, end = self.lanes[parent.branch], self.lanes[commit.branch]
        others = [self.lanes[self.commits[key].branch] for key in parent.parents[1:]]
        steps = range(self.steps[parent.key] + 1, self.steps[commit.key])
        is_free = all(self.chart.commits[step].branch != parent.branch for step in steps)
        return is_free and any((other > start) == (end > start) for other in others)
