"""Charts in Mermaid text: what they say, and where they stop being valid."""

from datetime import datetime

import pytest

from miro_mcp.diagrams.charts.blocks import BlockChart, GridBlock
from miro_mcp.diagrams.charts.gantt import Gantt
from miro_mcp.diagrams.charts.git_graph import Commit, GitGraph
from miro_mcp.diagrams.charts.journey import Journey, JourneySection, JourneyTask
from miro_mcp.diagrams.charts.kanban import Kanban, KanbanCard, KanbanColumn
from miro_mcp.diagrams.charts.pie import PieChart, PieSlice
from miro_mcp.diagrams.charts.quadrant import QuadrantChart, QuadrantPoint
from miro_mcp.diagrams.charts.timeline import Timeline, TimelineEvent, TimelinePeriod, TimelineSection
from miro_mcp.diagrams.charts.xy_chart import XyChart, XyPlot
from miro_mcp.diagrams.graph import Edge, Look
from miro_mcp.diagrams.layout.charts.blocks import lay_out_blocks
from miro_mcp.diagrams.layout.charts.gantt import lay_out_gantt
from miro_mcp.diagrams.layout.charts.git_graph import lay_out_git_graph
from miro_mcp.diagrams.layout.charts.journey import lay_out_journey
from miro_mcp.diagrams.layout.charts.pie import lay_out_pie
from miro_mcp.diagrams.layout.charts.quadrant import lay_out_quadrant
from miro_mcp.diagrams.layout.charts.time_axis import date_text, tick_texts, ticks
from miro_mcp.diagrams.layout.charts.timeline import lay_out_timeline
from miro_mcp.diagrams.layout.charts.xy_chart import lay_out_xy_chart
from miro_mcp.mermaid.errors import MermaidError
from miro_mcp.mermaid.gantt.dates import after, read_date
from miro_mcp.mermaid.kinds import parse_mermaid


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("gantt\n title x\n Build it\n", 3, 10, "':' and the task's times"),
        ("gantt\n A :3d", 2, 2, "a start, as there is no task before it"),
        ("gantt\n A :tomorrow, 3d", 2, 2, "a task whose start is a date in the form YYYY-MM-DD, not 'tomorrow'"),
        ("gantt\n A :until b, 3d", 2, 2, "a task whose start is a date"),
        ("gantt\n A :a, b, c, 3d", 2, 4, "at most an id, a start and an end or duration"),
        ("gantt\n A :a, after b, 3d\n B :b, after a, 3d", 2, 2, "a task that doesn't wait for itself"),
        ("gantt\n A :2026-01-01, 9000y", 2, 2, "a task that ends before the year 10000"),
        ("gantt\n excludes weekends\n A :9999-12-01, 30d", 3, 2, "a task that ends before the year 10000"),
        ("gantt\n excludes weekends\n A :2026-01-01, 900y", 3, 2, "at most 200000 days where some are left out"),
        ("gantt\n click a b", 2, 10, "href and a URL in double quotes"),
        ("gantt\n accDescr {", 2, 12, "'}' to close 'accDescr {' (line 2, column 2)"),
        ("gantt\n 2026-01-01", 2, 2, "a task, a section or a setting"),
        ("timeline\n : orphan", 2, 2, "a period before its first event"),
        ("timeline\n section A: b", 2, 11, "a period before its first event"),
        ("quadrantChart\n x-axis", 2, 8, "a text"),
        ("quadrantChart\n A: [1.5, 0]", 2, 7, "a number from 0 to 1"),
        ("quadrantChart\n A: [0, 0] radius: x", 2, 12, "a number for radius"),
        ("quadrantChart\n A: [0, 0] size: 1", 2, 12, "radius, color, stroke-color or stroke-width"),
        ("quadrantChart\n A: [0, 0] color: #fff,", 2, 24, "a style such as radius: 12"),
        ("block-beta", 1, 11, "a block's id, columns or a style"),
        ("block-beta\n a[x]", 2, 4, "a text in double quotes"),
        ("block-beta\n a -> b", 2, 4, "a block's id, columns or a style"),
        ("block-beta\n block\n a", 3, 3, "'end' to close 'block' (line 2, column 2)"),
        ("block-beta\n a\n end", 3, 2, "a block, columns or a style"),
        ('block-beta\n a<["x"]>(out)', 2, 11, "a direction such as right"),
        ("block-beta\n a --> ", 2, 7, "a block's id"),
        ("C4Context", 1, 10, "an element such as Person"),
        ("C4Context Person(a, b)", 1, 11, "the end of the line"),
        ('C4Context\n Person(a, "A"', 2, 15, "')'"),
        ("C4Context\n Person()", 2, 9, 'attributes such as (alias, "Label")'),
        ('C4Context\n Node(a, "A") { Node(b, "B") }', 2, 17, "the end of the line"),
        ('C4Context\n Node(a, "A")\n {\n title x\n }', 4, 2, "an element such as Person"),
        ('C4Context\n Node(a, "A") {\n Node_L(b, "B") {\n Person(c, "C")\n }', 5, 3, "'}' to close 'Node' (line 2"),
        ('C4Context\n Person(a, "A") Person(b, "B")', 2, 17, "an element such as Person"),
        ("C4Context\n Person(a, $x=1)", 2, 14, "a value in double quotes"),
        ("requirementDiagram a", 1, 20, "the end of the line"),
        ("requirementDiagram\n a - loves -> b", 2, 6, "a relation such as satisfies"),
        ("requirementDiagram\n a - traces - b", 2, 13, "'->'"),
        ("requirementDiagram\n a <- traces -> b", 2, 14, "'-'"),
        ("requirementDiagram\n requirement a { id: 1", 2, 18, "the end of the line"),
        ("requirementDiagram\n requirement a {\n risk: huge\n}", 3, 8, "low, medium or high"),
        ("requirementDiagram\n requirement a {\n type: x\n}", 3, 2, "'id', 'text', 'risk' or 'verifyMethod'"),
        ("requirementDiagram\n element a {\n", 2, 13, "'}' to close '{'"),
        ("requirementDiagram\n style a", 2, 9, "a style such as fill:#ff3300"),
        ("requirementDiagram\n }", 2, 2, "a requirement, an element or a relation"),
        ("architecture-beta\n service Left", 2, 10, "an id, which can't begin with L, R, T or B"),
        ("architecture-beta\n service a b", 2, 12, "the end of the line"),
        ("architecture-beta\n a:R -- L:b", 2, 2, "a service or junction that is there"),
        ("architecture-beta\n service a in b", 2, 15, "a group that is there already"),
        ("architecture-beta\n service a\n service a", 3, 10, "an id that isn't there yet"),
        ("architecture-beta\n service a\n a:X -- L:a", 3, 4, "a side: L, R, T or B"),
        ("architecture-beta\n align row a", 2, 13, "an id"),
        (
            "architecture-beta\n group g\n service a in g\n service c in g\n a{group}:R -- L:c",
            5,
            2,
            "an edge between two",
        ),
        ("architecture-beta\n --", 2, 2, "group, service, junction or an edge"),
        ("gitGraph LR\n commit", 1, 12, "':'"),
        ("gitGraph\n commit id: x", 2, 13, "a text in quotes"),
        ("gitGraph\n commit type: BIG", 2, 15, "NORMAL, REVERSE or HIGHLIGHT"),
        ("gitGraph\n push", 2, 2, "commit, branch, merge, checkout or cherry-pick"),
        ("gitGraph\n branch main", 2, 2, "a branch that isn't there yet, or 'checkout main'"),
        ("gitGraph\n checkout a", 2, 2, "a branch that is there, or 'branch a'"),
        ("gitGraph\n merge main", 2, 2, "another branch than the current one"),
        ("gitGraph\n branch a\n merge main", 3, 2, "a commit on 'a' before a merge into it"),
        ("gitGraph\n branch a\n checkout main\n commit\n merge a", 5, 2, "a commit on 'a' before it is merged"),
        ("gitGraph\n commit\n branch a\n merge main", 4, 2, "two branches that differ"),
        ('gitGraph\n commit id: "a"\n branch b\n commit\n merge main id: "a"', 5, 2, "an id that no commit has yet"),
        ("gitGraph\n cherry-pick", 2, 2, "the id of a commit that is there"),
        ('gitGraph\n commit id: "a"\n cherry-pick id: "a"', 3, 2, "a commit of another branch than 'main'"),
        ('gitGraph\n commit id: "a"\n cherry-pick id: "a" parent: "b"', 3, 2, "a parent of a: it has none"),
        ('gitGraph\n branch b\n commit id: "a"\n checkout main\n cherry-pick id: "a"', 5, 2, "a commit on 'main'"),
        (
            'gitGraph\n commit\n branch b\n commit id: "x"\n checkout main\n commit id: "y"\n merge b id: "m"\n'
            ' checkout b\n cherry-pick id: "m"',
            *(9, 2, 'parent: "y" or another, as m is a merge'),
        ),
        ("pie\n a: 3", 2, 2, "a part's name in quotes"),
        ('pie\n "a": -3', 2, 7, "a number that isn't negative"),
        ('pie\n "a": .5', 2, 7, "a number such as 42.5"),
        ('pie\n "a" : 1 "b" : 2', 2, 10, "the end of the line"),
        ("xychart-beta\n bar []", 2, 7, "a number"),
        ("xychart-beta\n bar [1, 2", 2, 11, "']' to close '[' (line 2, column 6)"),
        ("xychart-beta\n bar 1", 2, 7, "'['"),
        ("xychart-beta\n x-axis 1 -- 2", 2, 11, "'-->'"),
        ("xychart-beta\n y-axis [a]", 2, 9, "a word, or a text in double quotes"),
        ("xychart-beta\n foo", 2, 2, "title, x-axis, y-axis, bar or line"),
        ("kanban", 1, 7, "a column or card"),
        ("kanban\n a}", 2, 3, "the end of the line"),
        ("kanban\n  A\n b\n c", 3, 2, "a card further to the right than its column"),
        ("kanban\n a[b", 2, 5, "its closing bracket"),
        ("kanban\n a@{ x: 1", 2, 10, "'}' to close '@{' (line 2, column 3)"),
        ("kanban\n a@{ [ }", 2, 3, "data such as @{ priority: High }"),
        ("kanban\n a@{\n b\n }", 2, 3, "data such as @{ priority: High }"),
        ("kanban\n a@{ shape: Card }", 2, 3, "a shape in small letters, not 'Card'"),
        ("kanban\n ::icon(x)", 2, 9, "a column or card"),
        ("journey\n a", 2, 3, "':', the task's score and who takes part"),
        ("journey\n : 1", 2, 2, "a task or a section"),
    ],
)
def test_errors_name_the_place_and_what_was_expected(text: str, line: int, column: int, expected: str) -> None:
    with pytest.raises(MermaidError) as caught:
        parse_mermaid(text)
    assert (caught.value.line, caught.value.column) == (line, column), str(caught.value)
    assert caught.value.expected.startswith(expected), str(caught.value)


def gantt(text: str) -> Gantt:
    found = parse_mermaid(text)
    assert isinstance(found, Gantt)
    return found


def test_a_gantt_chart_counts_time_as_mermaid_does() -> None:
    found = gantt(
        "gantt\n title Release\n dateFormat DD/MM/YYYY\n excludes weekends, 08/01/2026\n includes 10/01/2026\n"
        " tickInterval 1week\n axisFormat %d.%m.\n accTitle: x\n"
        " Before :done, 05/01/2026, 1d\n section Build\n A :crit, a, 06/01/2026, 3d\n B :b, after a, until c\n"
        ' C :milestone, c, 20/01/2026, 0d\n D : 12/01/2026, 14/01/2026\n click a href "https://example.com/a"\n'
        " click b call go()\n Lost :after z, 1d"
    )
    assert (found.title, found.date_format, found.tick) == ("Release", "%d.%m.", (1, "week"))
    before, build = found.sections
    assert (before.title, [task.key for task in before.tasks]) == ("", ["Before"])
    times = {task.key: (task.start.day, task.end.day) for task in build.tasks[:4]}
    # The 8th and weekends but for the 10th are left out, of what lasts until another begins too.
    assert times == {"a": (6, 10), "b": (10, 23), "c": (20, 20), "Build/D": (12, 14)}
    assert build.tasks[0].link == "https://example.com/a"
    assert build.tasks[2].tags == {"milestone"}
    assert found.notes == (
        "Functions that a click calls are left out.",
        "There is no task 'z' for 'after z', so it is today.",
    )


def test_weekends_may_begin_on_friday_and_ends_be_inclusive() -> None:
    found = gantt(
        "gantt\n weekend friday\n excludes weekends\n inclusiveEndDates\n A :2026-01-08, 1d\n B :2026-01-08, 2026-01-09"
    )
    ends = [task.end for task in found.sections[0].tasks]
    assert ends == [datetime(2026, 1, 11), datetime(2026, 1, 10)]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("17:49", "HH:mm", (17, 49)),
        ("5 pm", "h a", (17, 0)),
        ("12 am", "h a", (0, 0)),
        ("1767225600", "X", (10, 53)),
        ("2nd January 2026", "Do MMMM YYYY", (0, 0)),
        ("Jan 2, 26 03:04", "MMM D, YY HH:mm", (3, 4)),
        ("2026-01-02T03:04Z", "DD", (3, 4)),
        ("January 2, 2026", "", (0, 0)),
        ("2026-13-01", "YYYY-MM-DD", None),
        ("1-1", "M-M", (0, 0)),
        ("day 5", "[day] D", (0, 0)),
    ],
)
def test_dates_are_read_in_the_forms_of_dayjs(text: str, form: str, expected: tuple[int, int] | None) -> None:
    found = read_date(text, form)
    assert (found and (found.hour, found.minute)) == expected


def test_durations_are_those_of_dayjs() -> None:
    start = datetime(2026, 1, 31)
    ends = {text: after(start, text) for text in ("1.5h", "1.5d", "2w", "1M", "1y", "90m", "20ms", "x")}
    assert ends == {
        "1.5h": datetime(2026, 1, 31, 1, 30),
        "1.5d": datetime(2026, 2, 2),
        "2w": datetime(2026, 2, 14),
        "1M": datetime(2026, 2, 28),
        "1y": datetime(2027, 1, 31),
        "90m": datetime(2026, 1, 31, 1, 30),
        "20ms": datetime(2026, 1, 31, 0, 0, 0, 20_000),
        "x": None,
    }


@pytest.mark.parametrize(
    ("end", "wanted", "first", "interval"),
    [
        (datetime(2026, 1, 1, 0, 0, 9), None, ["00:00:00", "00:00:01"], (1, "second")),
        (datetime(2026, 1, 1, 9), None, ["00:00", "01:00"], (1, "hour")),
        (datetime(2026, 1, 3), None, ["1 Jan 00:00", "06:00"], (6, "hour")),
        (datetime(2026, 2, 20), None, ["5 Jan 2026", "12 Jan"], (1, "week")),
        (datetime(2026, 9, 1), None, ["Jan 2026", "Feb"], (1, "month")),
        (datetime(2039, 1, 1), None, ["2026", "2027"], (12, "month")),
        (datetime(2026, 1, 20), (1, "day"), ["1 Jan 2026", "2 Jan"], (1, "day")),
        (datetime(2026, 9, 1), (1, "minute"), ["Jan 2026", "Feb"], (1, "month")),
    ],
)
def test_the_axis_of_time_has_as_many_ticks_as_can_be_read(
    end: datetime, wanted: tuple[int, str] | None, first: list[str], interval: tuple[int, str]
) -> None:
    times, found = ticks(datetime(2026, 1, 1), end, wanted)
    assert found == interval
    assert tick_texts(times, found, None)[:2] == first
    assert date_text(times[0], "%Y %q %L").startswith("2026 1 000")


def test_a_timeline_has_periods_with_events_in_sections() -> None:
    found = parse_mermaid(
        "timeline TD\n title Web\n accTitle: x\n accDescr { more }\n 1991 : Page at https://example.com/a: first\n"
        " section Next\n 1995 : One\n : Two<br>lines # no more\n 1995 : One"
    )
    assert found == Timeline(
        title="Web",
        direction="down",
        sections=(
            TimelineSection(
                key="section",
                title="",
                periods=(
                    TimelinePeriod(
                        key="1991",
                        text="1991",
                        events=(
                            TimelineEvent(
                                key="1991/Page at https://example.com/a", text="Page at https://example.com/a"
                            ),
                            TimelineEvent(key="1991/first", text="first"),
                        ),
                    ),
                ),
            ),
            TimelineSection(
                key="section/Next",
                title="Next",
                periods=(
                    TimelinePeriod(
                        key="Next/1995",
                        text="1995",
                        events=(
                            TimelineEvent(key="Next/1995/One", text="One"),
                            TimelineEvent(key="Next/1995/Two lines # no more", text="Two<br>lines # no more"),
                        ),
                    ),
                    TimelinePeriod(
                        key="Next/1995~2", text="1995", events=(TimelineEvent(key="Next/1995~2/One", text="One"),)
                    ),
                ),
            ),
        ),
    )


def test_a_journey_has_tasks_with_scores_and_actors() -> None:
    found = parse_mermaid(
        "journey\n title Day\n Rise: 4\n section Go\n Walk: -1.5: Me, Cat: x\n Fly: high: Me\n section Home"
    )
    assert isinstance(found, Journey)
    rise, go, home = found.sections
    assert rise.tasks == (JourneyTask(key="Rise", text="Rise", score=4),)
    assert go.tasks[0] == JourneyTask(key="Go/Walk", text="Walk", score=-1.5, actors=("Me", "Cat"))
    assert home == JourneySection(key="section/Home", title="Home", tasks=())
    graph, layout = lay_out_journey(found)
    told = {node.key: node.text for node in graph.nodes}
    assert (told["Go/Walk:score"], told["Go/Fly:score"]) == ("-1.5", "?")
    assert layout.nodes["Go/Walk:score"].centre_y == layout.nodes["grid:1"].centre_y


def test_a_kanban_board_has_cards_in_columns() -> None:
    found = parse_mermaid(
        "---\nconfig:\n  kanban:\n    ticketBaseUrl: https://example.com/#TICKET#\n---\n%% x\nkanban\n  todo[To do]\n"
        "    [`one`]\n    two[\"`**bold**`\"]@{ ticket: T-1, assigned: 'Ann', priority: Very High }\n"
        '    ::icon(x)\n  Done\n    three@{ label: "a\n b" }\n'
    )
    assert found == Kanban(
        columns=(
            KanbanColumn(
                key="todo",
                title="To do",
                cards=(
                    KanbanCard(key="`one`", text="`one`"),
                    KanbanCard(
                        key="two",
                        text="<strong>bold</strong>",
                        ticket="T-1",
                        link="https://example.com/T-1",
                        assigned="Ann",
                        priority="Very High",
                    ),
                ),
            ),
            KanbanColumn(key="Done", title="Done", cards=(KanbanCard(key="three", text="a<br>b"),)),
        ),
        notes=("Icons are left out.",),
    )


def test_a_quadrant_chart_has_axes_quadrants_and_points() -> None:
    found = parse_mermaid(
        'quadrantChart\n accTitle: x\n title Reach; all\n x-axis Low\n y-axis "Bad (1)" -->\n'
        ' quadrant-2 "`**Go**`"\n classDef hot color: #f00, radius: 90\n'
        " A & co:::hot: [0.25, 1] stroke-color: 00ff00, stroke-width: 3px; B: [0, 0]"
    )
    assert found == QuadrantChart(
        title="Reach; all",
        x_axis=("Low", ""),
        y_axis=("Bad (1) \u27f6", ""),
        quadrants=("", "<strong>Go</strong>", "", ""),
        points=(
            QuadrantPoint(
                key="A & co",
                text="A &amp; co",
                x=0.25,
                y=1,
                radius=60,
                look=Look(fill="#ff0000", border="#00ff00", border_width=3),
            ),
            QuadrantPoint(key="B", text="B", x=0, y=0),
        ),
    )


def test_a_block_diagram_has_blocks_in_columns() -> None:
    found = parse_mermaid(
        'block-beta\n columns 2\n a["One"] b:2\n space:2\n block:g["In"]\n columns auto\n'
        ' c<["to"]>(down, up) d(("o"))\n end\n a-- "t" -->d\n a <==> c\n'
        " classDef hot fill:#f00,stroke:#333;\n class a,b hot\n style b fill:#0f0,x:1"
    )
    assert isinstance(found, BlockChart)
    root = found.root
    assert root.columns == 2
    assert root.blocks
    a, b, space, group = root.blocks
    hot = Look(fill="#ff0000", border="#333333")
    assert a == GridBlock(key="a", text="One", look=hot)
    assert (b.span, b.look.fill, space.visible) == (2, "#00ff00", False)
    assert (group.text, group.columns) == ("In", None)
    assert group.blocks == (
        GridBlock(key="c", text="to<br>\u2193 \u2191"),
        GridBlock(key="d", text="o", shape="circle"),
    )
    assert found.edges == (
        Edge(key="a d", start="a", end="d", text="t"),
        Edge(key="a c", start="a", end="c", start_cap="stealth", width=4),
    )
    assert found.notes == ("Styles that Miro doesn't have are left out: x.",)
    _, layout = lay_out_blocks(found)
    assert layout.nodes["a"].top < layout.nodes["b"].top < layout.groups["g"].top
    assert layout.groups["g"].contains(layout.nodes["c"])
    assert layout.nodes["b"].width == layout.bounds.width


def test_a_git_graph_has_commits_on_branches() -> None:
    found = parse_mermaid(
        "---\nconfig:\n  gitGraph:\n    mainBranchName: trunk\n---\ngitGraph BT:\n title Work\n accTitle: x\n"
        ' commit\n commit "first" tag: "v1" tag: "v2"\n branch fix/a order: 3\n commit id: "A" type: HIGHLIGHT\n'
        ' branch "last"\n switch trunk\n commit\n merge fix/a id: "M"\n checkout last\n commit type: REVERSE\n'
        ' cherry-pick id: "M" parent: "A"\n commit id: "A"'
    )
    assert isinstance(found, GitGraph)
    assert (found.title, found.direction, found.branches) == ("Work", "up", ("trunk", "last", "fix/a"))
    assert found.commits[:3] == (
        Commit(key="commit/trunk/normal", branch="trunk"),
        Commit(
            key="commit/trunk/first", branch="trunk", text="first", tags=("v1", "v2"), parents=("commit/trunk/normal",)
        ),
        Commit(key="commit/trunk/normal~2", branch="trunk", parents=("commit/trunk/first",)),
    )
    assert [(one.key, one.kind, one.parents, one.tags) for one in found.commits[3:]] == [
        ("M", "merge", ("commit/trunk/normal~2", "A"), ()),
        ("commit/last/reverse", "reverse", ("A",), ()),
        ("commit/last/cherry-pick", "cherry-pick", ("commit/last/reverse",), ("cherry-pick:M|parent:A",)),
        ("A", "normal", ("commit/last/cherry-pick",), ()),
    ]
    graph, layout = lay_out_git_graph(found)
    left = next(edge for edge in graph.edges if (edge.start, edge.end) == ("A", "commit/last/reverse"))
    assert left.sides == ("top", "bottom")
    assert layout.nodes["M"].top < layout.nodes["commit/trunk/normal"].top
    assert {edge.end: edge.curve for edge in graph.edges if edge.start == "A"} == {
        "M": "elbowed",
        "commit/last/reverse": "straight",
    }
    assert lay_out_git_graph(GitGraph(branches=("main",), commits=()))[0].nodes


def test_a_pie_chart_is_a_bar_of_its_parts() -> None:
    found = parse_mermaid(
        "pie showData\n title Pets\n accTitle: x\n accDescr {\n y\n }\n"
        ' "A" : 30\n \'B \\\'c\' : 10.5\n "A" : 9\n "None" : 0'
    )
    assert found == PieChart(
        title="Pets",
        shows_values=True,
        slices=(
            PieSlice(key="A", text="A", value=30),
            PieSlice(key="B 'c", text="B 'c", value=10.5),
            PieSlice(key="None", text="None", value=0),
        ),
    )
    graph, layout = lay_out_pie(found)
    assert layout.nodes["A"].width / layout.nodes["B 'c"].width == pytest.approx(30 / 10.5)
    assert "None" not in layout.nodes
    assert {node.key: node.text for node in graph.nodes}["None:share"] == "<strong>0.0 %</strong>"
    assert graph.notes
    assert lay_out_pie(PieChart(slices=(PieSlice(key="a", text="a", value=0),)))[0].nodes
    assert lay_out_pie(PieChart(slices=()))[0].notes == ()


def test_an_xy_chart_has_axes_bars_and_lines() -> None:
    found = parse_mermaid(
        'xychart-beta horizontal\n title Sales of 2024\n accDescr: x\n x-axis "Month" [jan, "feb (x)", e-f]\n'
        ' y-axis Money 10 --> 20\n bar "Shop" [12, 15.5]\n line [11 "low", +30, -.5, 4]'
    )
    assert found == XyChart(
        title="Sales of 2024",
        across=True,
        categories=("jan", "feb (x)", "e-f"),
        y_range=(10, 20),
        x_title="Month",
        y_title="Money",
        plots=(
            XyPlot(key="bar/Shop", kind="bar", title="Shop", values=(12, 15.5)),
            XyPlot(key="line", kind="line", values=(11, 30, -0.5, 4)),
        ),
    )
    graph, layout = lay_out_xy_chart(found)
    assert layout.nodes["bar/Shop/0"].top < layout.nodes["bar/Shop/1"].top
    assert layout.nodes["bar/Shop/0"].width < layout.nodes["bar/Shop/1"].width
    assert "line/3" not in layout.nodes
    assert len(graph.edges) == 2


@pytest.mark.parametrize(
    ("text", "ticks", "names"),
    [
        ("line [3, 5]", ["3", "3.5", "4", "4.5", "5"], ["1", "2"]),
        ("bar [1000000, 2500000]", ["0", "500000", "1,000,000", "1,500,000", "2,000,000", "2,500,000"], ["1", "2"]),
        ("x-axis 10 --> 20\nline [7, 7, 7]", ["6", "8", "10", "12", "14"], ["10", "15", "20"]),
        ("y-axis 9 --> 1\nbar [-2]", ["1", "2", "4", "6", "8", "9"], ["1"]),
    ],
)
def test_figures_at_the_axes_are_round(text: str, ticks: list[str], names: list[str]) -> None:
    found = parse_mermaid(f"xychart-beta\n{text}")
    assert isinstance(found, XyChart)
    told = {node.key: node.text for node in lay_out_xy_chart(found)[0].nodes if node.key.startswith("tick:")}
    assert [text for key, text in told.items() if ":x:" not in key] == ticks
    assert [text for key, text in told.items() if ":x:" in key] == names


def test_what_is_said_like_a_part_of_the_chart_is_kept_apart() -> None:
    found = parse_mermaid('quadrantChart\n quadrant-1 Go\n "grid:1": [0, 0]\n "quadrant-1": [1, 1]')
    assert isinstance(found, QuadrantChart)
    graph, _ = lay_out_quadrant(found)
    keys = [node.key for node in graph.nodes]
    assert len(set(keys)) == len(keys)
    assert {"_grid:1", "quadrant-1", "quadrant-1'"} <= set(keys)


def test_a_branch_that_leaves_a_merge_does_not_lie_on_what_came_in() -> None:
    found = parse_mermaid(
        'gitGraph\n commit id: "a"\n branch b\n commit id: "b"\n checkout main\n commit id: "c"\n merge b id: "m"\n'
        ' branch d\n commit id: "d"\n checkout main\n commit\n checkout d\n branch e\n commit id: "e"'
    )
    assert isinstance(found, GitGraph)
    sides = {edge.key: edge.sides for edge in lay_out_git_graph(found)[0].edges}
    assert (sides["b m"], sides["m d"], sides["a b"]) == (("right", "bottom"), ("right", "top"), ("bottom", "left"))


def test_a_timeline_may_run_down() -> None:
    found = parse_mermaid("timeline TD\n 1990 : a : b\n section Next\n 2000\n section Last\n 2010 : c")
    assert isinstance(found, Timeline)
    graph, layout = lay_out_timeline(found)
    tops = [layout.nodes[key].top for key in ("1990", "section/Next", "Next/2000", "section/Last", "Last/2010")]
    assert tops == sorted(tops)
    assert layout.nodes["1990/a"].left == layout.nodes["1990/b"].left > layout.nodes["1990"].right
    assert [(edge.key, edge.end_cap) for edge in graph.edges] == [
        ("axis:section", "none"),
        ("axis:section/Next", "none"),
        ("axis:section/Last", "stealth"),
    ]


def test_a_gantt_chart_has_bars_rhombs_and_lines_through_it() -> None:
    found = gantt(
        "gantt\n Long task in no section :2026-01-01, 30d\n section S\n Short :crit, 2026-01-02, 1h\n"
        " Done :milestone, 2026-01-09, 2d\n Deadline :vert, 2026-01-20, 0d"
    )
    graph, layout = lay_out_gantt(found)
    nodes = {node.key: node for node in graph.nodes}
    assert (nodes["Long task in no section"].text, nodes["S/Short"].text) == ("Long task in no section", "")
    assert layout.nodes["S/Short:text"].left > layout.nodes["S/Short"].right
    assert nodes["S/Done"].shape == "rhombus"
    line = layout.nodes["grid:S/Deadline"]
    assert (line.width, line.height > layout.nodes["S/Done"].bottom - layout.nodes["S/Short"].top) == (3, True)
    assert layout.nodes["S/Deadline"].top >= layout.groups["section/S"].bottom
    assert lay_out_gantt(gantt("gantt\n title x"))[0].nodes


def test_so_many_points_that_nobody_could_read_them_are_drawn_soon() -> None:
    points = "\n".join(f"P{number}: [0.{number % 10}, 0.5]" for number in range(700))
    found = parse_mermaid(f"quadrantChart\n{points}")
    assert isinstance(found, QuadrantChart)
    assert len(lay_out_quadrant(found)[0].nodes) == 4 + 2 * 700
