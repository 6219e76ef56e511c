"""Mermaid text that isn't valid is refused with its place and with what was expected there."""

import contextlib
import cProfile
import pstats
import re

import pytest

from miro_mcp.errors import BadArguments
from miro_mcp.mermaid.errors import MermaidError
from miro_mcp.mermaid.kinds import KINDS, Kind, parse_mermaid


def refusal(text: str) -> MermaidError:
    with pytest.raises(MermaidError) as caught:
        parse_mermaid(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("flowchart TD\n  A[foo --> B", 2, 14, "']' to close '[' (line 2, column 4)"),
        ("flowchart TD\n  A --> B[x]]\n", 2, 12, "']' to close"),
        ("flowchart TD\n  A --> \n", 2, 8, "a node id"),
        ("flowchart TD\n  A -> B", 2, 5, "a link such as -->"),
        ("flowchart TD\n  A-->end", 2, 7, "a node id"),
        ("flowchart XX\nA", 1, 11, "a direction"),
        ("flowchart TD A", 1, 14, "the end of the line"),
        ("flowchart TD\nsubgraph one\nA", 3, 2, "'end'"),
        ("flowchart TD\nsubgraph\nA\nend", 2, 9, "a space"),
        ("flowchart TD\nend", 2, 1, "a node id"),
        ("flowchart TD\nA --> B\nlinkStyle 1 stroke:red", 3, 11, "a link's number below 1"),
        ("flowchart TD\nA@{ shape: docc }", 2, 2, "a shape such as doc"),
        ("flowchart TD\nA@{ shape: [ }", 2, 2, "data such as"),
        ("flowchart TD\nstyle A", 2, 8, "a space"),
        ("flowchart TD\nclick A", 2, 8, "a URL in double quotes"),
        ("flowchart TD\nA -- text B", 2, 12, "a link such as -->"),
        ('---\ntitle: "x\n---\nflowchart TD\nA', 2, 10, "frontmatter in YAML"),
        ("%% c\r\n\r\nflowchart TD\r\n%% c\r\nA[[x]", 5, 5, "']]'"),
        ("sequenceDiagram\nA->>B hi", 2, 9, "':' and the message's text"),
        ("sequenceDiagram\nloop x\nA->>B: hi", 3, 10, "'end'"),
        ("sequenceDiagram\nA->>B: x\ndeactivate A", 3, 12, "an active participant"),
        ("sequenceDiagram\nA->>B: x\ncreate participant B", 3, 20, "a participant that isn't there yet"),
        ("sequenceDiagram\nelse x", 2, 1, "a participant"),
        ("classDiagram\nclass A {\n +x", 3, 4, "'}'"),
        ("classDiagram\n<<interface>> A", 2, 15, "a class that is there already"),
        ("classDiagram\nA <|-- ", 2, 7, "a class name"),
        ("erDiagram\nA ||-- B : x", 2, 8, "a cardinality"),
        ("erDiagram\nA ||--|| B", 2, 11, "':'"),
        ("stateDiagram-v2\nA -> B", 2, 3, "a state's id"),
        ("stateDiagram-v2\nstate A {\nB", 3, 2, "'}'"),
        ("mindmap\n  a\n  b", 3, 3, "a topic further to the right than the root"),
        ("sankey-beta\n a,b,1", 1, 1, "a kind of diagram that can be drawn, flowchart"),
        ("", 1, 1, "a kind of diagram that can be drawn"),
    ],
)
def test_errors_name_the_place_and_what_was_expected(text: str, line: int, column: int, expected: str) -> None:
    error = refusal(text)
    assert (error.line, error.column) == (line, column), str(error)
    assert error.expected.startswith(expected), str(error)


def test_the_message_is_for_an_assistant_with_a_right_example() -> None:
    error = refusal("flowchart TD\n\n  A --> B[x]]\n")
    assert isinstance(error, BadArguments)
    assert str(error) == (
        "mermaid: line 3, column 12: expected ']' to close '[' (line 3, column 10), found ']]'. "
        "Right, for example: A[Start] -->|go| B{Choice}"
    )


def test_a_kind_that_is_not_supported_is_answered_with_those_that_are() -> None:
    message = str(refusal("sankey-beta\n a,b,1"))
    assert all(kind.word in message for kind in KINDS)
    assert "found 'sankey-beta'" in message


def test_a_kind_of_mermaid_s_that_is_not_drawn_is_answered_with_the_nearest() -> None:
    error = refusal("%% lanes\nswimlane-beta\n subgraph A\n B\n end")
    assert (error.line, error.column, error.found) == (2, 1, "'swimlane-beta'")
    assert error.expected.endswith("; nearest is flowchart, with a subgraph for each lane")
    assert "Right, for example: flowchart TD\n  A[Start]" in str(error)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_each_kind_has_an_example_that_can_be_read_and_texts_that_are_hostile(kind: Kind) -> None:
    assert parse_mermaid(kind.example)
    assert kind.hostile
    assert all(re.match(kind.opening, before) for before, _, _ in kind.hostile.values() if before)


HOSTILE = {f"{kind.word}, {name}": texts for kind in KINDS for name, texts in kind.hostile.items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_no_faster_than_hostile_text(name: str) -> None:
    before, again, after = HOSTILE[name]

    def calls(times: int) -> int:
        profile = cProfile.Profile()
        with contextlib.suppress(MermaidError):
            profile.runcall(parse_mermaid, before + again * times + after)
        return sum(entry[0] for entry in pstats.Stats(profile).stats.values())  # pyright: ignore

    calls(800)  # What is imported and compiled once is not counted.
    assert calls(1_600) <= 2.2 * calls(800) + 1_000


@pytest.mark.slow
@pytest.mark.timeout(100)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hundred_kilobytes_of_hostile_text_are_answered(name: str) -> None:
    before, again, after = HOSTILE[name]
    with contextlib.suppress(MermaidError):
        parse_mermaid(before + again * (100_000 // len(again)) + after)


@pytest.mark.parametrize(
    "text",
    [
        "flowchart TD\n"
        + " & ".join(f"a{n}" for n in range(3_000))
        + " --> "
        + " & ".join(f"b{n}" for n in range(3_000)),
        "flowchart TD\nA" * 50_000,
        "---\ntitle: " + "[" * 5_000 + "\n---\nflowchart TD\nA",
        "---\na: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(2_000)) + "---\nflowchart TD\nA",
        "classDiagram\n" + "".join(f"namespace a{n} {{\n" for n in range(2_000)),
    ],
)
def test_what_is_too_much_is_refused(text: str) -> None:
    assert "at most" in str(refusal(text))


@pytest.mark.slow
def test_deep_nesting_is_no_trouble() -> None:
    depth = 50
    parse_mermaid("flowchart TD\n" + "".join(f"subgraph s{n}\n" for n in range(depth)) + "A\n" + "end\n" * depth)
    parse_mermaid("sequenceDiagram\n" + "loop x\n" * depth + "A->>B: x\n" + "end\n" * depth)
    parse_mermaid("stateDiagram-v2\n" + "".join(f"state s{n} {{\n" for n in range(depth)) + "A --> B\n" + "}\n" * depth)
