"""Every kind of diagram that can be drawn, as a table; which of them a text is, and the diagram in it.

A kind is a folder with tokens.py (what its text is made of), parse.py (what stands in it) and graph.py (`read`: the
diagram), and a row here. The reader, the list in messages, the page in docs/ and the tests with hostile text follow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from ..diagrams.charts.blocks import BlockChart
from ..diagrams.charts.gantt import Gantt
from ..diagrams.charts.git_graph import GitGraph
from ..diagrams.charts.journey import Journey
from ..diagrams.charts.kanban import Kanban
from ..diagrams.charts.pie import PieChart
from ..diagrams.charts.quadrant import QuadrantChart
from ..diagrams.charts.timeline import Timeline
from ..diagrams.charts.xy_chart import XyChart
from ..diagrams.graph import Graph
from ..diagrams.mind_map import MindMap
from ..diagrams.sequence import Sequence
from .errors import MermaidError, any_of, quoted_source
from .source import source_of

Chart = Gantt | Journey | Timeline | Kanban | QuadrantChart | BlockChart | GitGraph | PieChart | XyChart
Diagram = Graph | Sequence | MindMap | Chart

MAX_TEXT = 500_000
"""Characters."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind: the `word` it is known by, what its text begins with (`opening`, a pattern) and its `package`.

    `hostile` holds texts by what is repeated in them: what comes before, what is repeated, what comes after. Reading
    them must take no longer than in proportion to their length.
    """

    word: str
    opening: str
    package: str
    says: str
    example: str
    hostile: Mapping[str, tuple[str, str, str]]


KINDS = (
    Kind(
        word="flowchart",
        opening=r"flowchart|graph",
        package="flowchart",
        says="Nodes in groups, joined by lines; laid out by itself.",
        example="flowchart TD\n  A[Start] -->|go| B{Choice}\n  B -->|yes| C[Done]\n  B -->|no| A",
        hostile={
            "white space": ("flowchart TD\nA", " ", "B"),
            "line ends": ("flowchart TD\n", "\n ", "A"),
            "dashes": ("flowchart TD\nA ", "-", ""),
            "separate dashes": ("flowchart TD\nA", " -", ""),
            "text on a link": ("flowchart TD\nA -- ", "x ", ""),
            "open tags": ("flowchart TD\nA[", "<a", "]"),
            "open brackets": ("flowchart TD\nA", "[", ""),
            "open Markdown": ('flowchart TD\nA["`', "**a ", '`"]'),
            "signs of ids": ("flowchart TD\n", "a@ ", ""),
            "directions": ("flowchart TD\n", "direction ", ""),
            "directives": ("flowchart TD\n", "%%{ init: ", ""),
            "frontmatter": ("", "---\n", ""),
            "styles": ("flowchart TD\n", "style:#", ""),
            "classes": ("flowchart TD\n", "classDef a fill:red\nA:::a\n", ""),
        },
    ),
    Kind(
        word="sequenceDiagram",
        opening=r"sequenceDiagram",
        package="sequence",
        says="Participants with lifelines, and messages between them in order.",
        example=(
            "sequenceDiagram\n  Alice->>Bob: Hello\n  alt Bob is there\n    Bob-->>Alice: Hi\n"
            "  else\n    Bob--xAlice: No answer\n  end"
        ),
        hostile={"loops": ("sequenceDiagram\n", "loop\n", ""), "names": ("sequenceDiagram\nparticipant ", "a ", ",")},
    ),
    Kind(
        word="classDiagram",
        opening=r"classDiagram",
        package="classes",
        says="Classes with attributes and methods, and how they relate.",
        example="classDiagram\n  Animal <|-- Duck : is a\n  Animal : +int age\n  Duck : +swim()",
        hostile={"class names": ("classDiagram\n", "a ", ""), "tildes": ("classDiagram\nclass A {\n", "a~", "\n}")},
    ),
    Kind(
        word="erDiagram",
        opening=r"erDiagram",
        package="entities",
        says="Entities with attributes, and relationships with their cardinalities.",
        example="erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  ORDER {\n    int id PK\n  }",
        hostile={"attributes": ("erDiagram\nA {\n", "~a\n", "}"), "entities": ("erDiagram\n", "a ", "")},
    ),
    Kind(
        word="stateDiagram-v2",
        opening=r"stateDiagram",
        package="states",
        says="States, some of them composite, and the transitions between them.",
        example="stateDiagram-v2\n  [*] --> Still\n  Still --> Moving : push\n  Moving --> [*]",
        hostile={
            "states": ("stateDiagram\nstate ", "a ", ""),
            "regions": ("stateDiagram\nstate a {\n", "b\n--\n", "c\n}"),
        },
    ),
    Kind(
        word="mindmap",
        opening=r"mindmap",
        package="mindmap",
        says="A topic with topics below it; also as Miro's own mind map (as_mind_map).",
        example="mindmap\n  Root\n    Branch\n      Leaf\n    Other branch",
        hostile={"blank lines": ("mindmap\n", " \n", " a"), "topics": ("mindmap\n a\n", "  b\n", "")},
    ),
    Kind(
        word="gantt",
        opening=r"gantt",
        package="gantt",
        says="Tasks as bars over an axis of time, in sections; with milestones and what is done, active or critical.",
        example=(
            "gantt\n  title Release\n  dateFormat YYYY-MM-DD\n  section Build\n  Design :done, d1, 2026-01-05, 5d\n"
            "  Code :active, c1, after d1, 12d\n  section Ship\n  Test :crit, after c1, 1w\n"
            "  Out :milestone, 2026-02-02, 0d"
        ),
        hostile={
            "tasks": ("gantt\n", "a :2026-01-01, 3d\n", ""),
            "weekends": ("gantt\nexcludes weekends\n", "a :2026-01-01, 9d\n", ""),
            "references": ("gantt\na :a, 2026-01-01, 3d\nb :after a", " a", ", 3d"),
        },
    ),
    Kind(
        word="timeline",
        opening=r"timeline",
        package="timeline",
        says="Periods along an axis, each with its events, in sections; to the right, or down with timeline TD.",
        example=(
            "timeline\n  title Company\n  section Start\n  2019 : Founded\n  2021 : First customer : First hire\n"
            "  section Growth\n  2024 : Second office"
        ),
        hostile={"events": ("timeline\na", " : a", ""), "periods": ("timeline\n", "a\n", "")},
    ),
    Kind(
        word="journey",
        opening=r"journey",
        package="journey",
        says="Tasks in sections, each with a score from 1 to 5 and who takes part.",
        example=(
            "journey\n  title A working day\n  section Go to work\n  Make tea: 5: Me\n  Go upstairs: 3: Me\n"
            "  section Work\n  Do work: 1: Me, Cat"
        ),
        hostile={"tasks": ("journey\n", "a: 1: b\n", ""), "actors": ("journey\na: 1", ": b", "")},
    ),
    Kind(
        word="kanban",
        opening=r"kanban",
        package="kanban",
        says="Miro's own cards in columns, with ticket, who is assigned and priority.",
        example=(
            "kanban\n  Todo\n    [Write docs]\n    fix[Fix the build]@{ ticket: MC-21, priority: High }\n"
            "  Doing\n    [Release]\n  Done"
        ),
        hostile={
            "blank lines": ("kanban\n", " \n", " a"),
            "cards": ("kanban\n a\n", "  b\n", ""),
            "data": ("kanban\n a@{", " ", ""),
        },
    ),
    Kind(
        word="quadrantChart",
        opening=r"quadrantChart",
        package="quadrant",
        says="Points on two axes that part a square in four.",
        example=(
            "quadrantChart\n  title Reach of campaigns\n  x-axis Low reach --> High reach\n"
            "  y-axis Low engagement --> High engagement\n  quadrant-1 Expand\n  quadrant-2 Promote\n"
            "  quadrant-3 Stop\n  quadrant-4 Improve\n  Campaign A: [0.3, 0.6]\n  Campaign B: [0.75, 0.23]"
        ),
        hostile={
            "spaces": ("quadrantChart\nA", " ", "b: [0, 0]"),
            "points": ("quadrantChart\n", "a: [0.5, 0.5]\n", ""),
            "arrows": ("quadrantChart\nx-axis a ", "-", ""),
        },
    ),
    Kind(
        word="block-beta",
        opening=r"block",
        package="blocks",
        says="Blocks in rows of so many columns, some of them around others, and lines between them.",
        example=(
            'block-beta\n  columns 3\n  web["Web"] api["API"] db[("Store")]\n  block:jobs:2\n    queue worker\n  end\n'
            '  log["Log"]\n  web --> api\n  api -- "reads" --> db\n  queue --> worker'
        ),
        hostile={
            "spaces": ("block-beta\na", " ", "b"),
            "dashes": ("block-beta\na ", "-", ""),
            "blocks": ("block-beta\n", "block\n", ""),
            "names": ("block-beta\nclass a", ", a", ""),
        },
    ),
    Kind(
        word="C4Context",
        opening=r"C4(?:Context|Container|Component|Dynamic|Deployment)\b",
        package="c4",
        says="C4Context, C4Container, C4Component, C4Dynamic and C4Deployment: elements in boundaries, and relations.",
        example=(
            'C4Context\n  title Shop\n  Person(ann, "Ann", "Buys things")\n  System_Boundary(shop, "Shop") {\n'
            '    Container(web, "Web", "React", "Sells things")\n    ContainerDb(db, "Store", "PostgreSQL")\n  }\n'
            '  Rel(ann, web, "Orders", "HTTPS")\n  Rel(web, db, "Reads and writes")'
        ),
        hostile={
            "elements": ("C4Context\n", "Person(a)\n", ""),
            "attributes": ("C4Context\nPerson(a", ",,", ""),
            "spaces": ("C4Context\nPerson(", " ", ""),
            "names": ("C4Context\nPerson(", "$a", ")"),
        },
    ),
    Kind(
        word="requirementDiagram",
        opening=r"requirement(?:Diagram)?",
        package="requirements",
        says="Requirements and elements, and how they relate.",
        example=(
            "requirementDiagram\n  requirement speed {\n    id: 1\n    text: It answers at once.\n    risk: high\n"
            "    verifyMethod: test\n  }\n  element engine {\n    type: simulation\n  }\n  engine - satisfies -> speed"
        ),
        hostile={
            "directions": ("requirementDiagram\n", "direction ", ""),
            "names": ("requirementDiagram\na", ",a", ""),
            "spaces": ("requirementDiagram\nstyle a", " ", ""),
        },
    ),
    Kind(
        word="architecture-beta",
        opening=r"architecture",
        package="architecture",
        says="Services in groups, and lines between their sides; laid out by itself.",
        example=(
            "architecture-beta\n  group api(cloud)[API]\n  service db(database)[Store] in api\n"
            "  service server(server)[Server] in api\n  service web(internet)[Web]\n  server:L -- R:db\n"
            "  web:R -[HTTPS]-> L:server"
        ),
        hostile={
            "spaces": ("architecture-beta\nservice a", " ", "[b]"),
            "descriptions": ("architecture-beta\n", "accDescr{", ""),
            "titles": ("architecture-beta\nservice a[", '\\\\"', ""),
            "dashes": ("architecture-beta\na", "-", "b"),
        },
    ),
    Kind(
        word="gitGraph",
        opening=r"gitGraph",
        package="gitgraph",
        says="Commits as circles on the lanes of their branches, with merges, cherry-picks and tags.",
        example=(
            'gitGraph\n  commit id: "start"\n  branch feature\n  commit id: "try"\n  commit id: "mend"\n'
            '  checkout main\n  commit id: "fix"\n  merge feature tag: "v1.0"'
        ),
        hostile={
            "commits": ("gitGraph\n", "commit\n", ""),
            "names": ("gitGraph\nbranch a", ".", ""),
            "tags": ("gitGraph\ncommit", ' tag: "a"', ""),
        },
    ),
    Kind(
        word="pie",
        opening=r"pie",
        package="pie",
        says="Parts of a whole, as a bar since Miro has no sectors, and each one's share (or value, with showData).",
        example='pie showData title Pets\n  "Dogs" : 386\n  "Cats" : 85\n  "Rats" : 15',
        hostile={"parts": ("pie\n", '"a" : 1\n', ""), "strings": ("pie\n", '"a', ""), "titles": ("pie ", "title ", "")},
    ),
    Kind(
        word="xychart-beta",
        opening=r"xychart(?:-beta)?",
        package="xychart",
        says="Bars and lines over categories or numbers.",
        example=(
            'xychart-beta\n  title "Sales"\n  x-axis [jan, feb, mar, apr, may]\n  y-axis "Revenue (in k)" 0 --> 100\n'
            '  bar "Shop" [50, 60, 75, 82]\n  line "Plan" [45, 62, 70, 90]'
        ),
        hostile={
            "values": ("xychart-beta\nbar [1", ", 1", "]"),
            "words": ("xychart-beta\ntitle a", " a", ""),
            "spaces": ("xychart-beta\nbar", " ", "[1]"),
        },
    ),
)


def parse_mermaid(text: str) -> Diagram:
    """The diagram that a Mermaid text describes.

    Flowcharts, class, entity-relationship and state diagrams are graphs, sequence diagrams and mind maps values of
    their own.

    Raises:
        MermaidError: the text isn't valid, or of a kind that can't be drawn; it says where and what was expected.
    """
    if len(text) > MAX_TEXT:
        raise MermaidError(1, 1, f"at most {MAX_TEXT} characters", f"{len(text)}", _EXAMPLE)
    source = source_of(text)
    for kind in KINDS:
        if re.match(rf"\s*(?:{kind.opening})", source.text):
            return import_module(f".{kind.package}.graph", __package__).read(source)
    first = re.search(r"\S+", source.text)
    at, found = (first.start(), quoted_source(first[0])) if first else (len(source.text), "the end of the text")
    expected, example = f"a kind of diagram that can be drawn, {any_of(kind.word for kind in KINDS)}", _EXAMPLE
    for opening, nearest, how in _NEAREST:
        if re.match(rf"\s*(?:{opening})", source.text, re.IGNORECASE):
            expected += f"; nearest is {nearest}, {how}"
            example = next(kind.example for kind in KINDS if kind.word == nearest)
    raise source.error(at, expected, found, example)


_NEAREST = (
    (r"swimlane", "flowchart", "with a subgraph for each lane"),
    (r"sankey", "flowchart", "with amounts as texts on the lines"),
    (r"zenuml", "sequenceDiagram", "with the same messages"),
    (r"packet", "block-beta", "with a block for each field and its bits as columns"),
    (r"railroad", "flowchart", "with a branch for each choice"),
    (r"treemap|treeView|ishikawa", "mindmap", "with the same levels"),
    (r"radar", "xychart-beta", "with a line for each curve"),
    (r"venn", "block-beta", "with a block around each set"),
    (r"wardley|cynefin", "quadrantChart", "with the parts as points"),
    (r"eventmodeling", "timeline", "with a period for each step"),
)
"""Kinds of Mermaid's that aren't drawn: how their text begins, the kind that comes nearest, and how it is used."""

_EXAMPLE = "flowchart TD, and on the next line A[Start] --> B[End]"
