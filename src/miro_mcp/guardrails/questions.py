"""What a person is told of one call before it is made."""

from __future__ import annotations

from ..catalogue import DELETE, Operation
from .confirmation import QuestionPart, bind
from .effects.counts import count
from .effects.table import effects_of
from .lookups import Given, Lookup, part
from .names import describe_arguments
from .risk import CONCERNS_OTHERS, Risk
from .subjects import Subject, look_up


async def question_part(
    operation: Operation, given: Given, risk: Risk, look: Lookup, gone: frozenset[str] = frozenset()
) -> QuestionPart:
    """Looks up what the call touches and says so, without what calls made together with it take away (`gone`).

    Raises:
        Refused: an object it names is not there.
    """
    subjects = await look_up(operation, given, look)
    touched = {subjects[-1].id} if subjects else set[str]()
    lines = [f"{operation.summary} (risk {risk.level} of 5: {risk.why})."]
    lines += [f"- {subject.describe()}" for subject in subjects]
    if _may_concern_others(operation, subjects):
        counted = await count(operation, given, look, gone)
        lines += [f"- {one.told}" for one in counted]
        touched |= {id for one in counted for id in one.ids}
    lines += [f"- {told}" for told in await effects_of(operation, given, subjects, look)]
    arguments = describe_arguments(operation, given)
    if arguments:
        lines.append(f"With: {arguments}")
    typed, typed_as = _typed(given, subjects) if risk.level >= 5 else ((), "")
    return QuestionPart(
        told="\n".join(lines),
        binding=bind(operation, given),
        level=risk.level,
        act=operation.summary,
        whom=subjects[-1].short if subjects else "",
        where=subjects[0].short if len(subjects) > 1 else "",
        more=tuple(lines[1 + len(subjects) :]),
        subject=subjects[-1].id if subjects else "",
        along=_ALONG if operation.effect is DELETE and operation.path.endswith("/{item_id}") else "",
        objects=tuple(subject.identity for subject in subjects),
        touched=frozenset(touched),
        typed=typed,
        typed_as=typed_as,
    )


_ALONG = "Lines that end at what is deleted go along."


def _may_concern_others(operation: Operation, subjects: list[Subject]) -> bool:
    """Whether others are concerned: of the items that one operation deletes whatever their kind, not with most."""
    kind = part(subjects[-1].found, "type") if operation.any_kind else None
    return kind is None or kind in CONCERNS_OTHERS


def _typed(given: Given, subjects: list[Subject]) -> tuple[tuple[str, ...], str]:
    """The words that show the person means this very object, its name or its id, and what they are."""
    if not subjects:
        return (str(given["userName"]),), "the userName"
    return subjects[-1].words, f"the name or id of the {subjects[-1].kind}"
