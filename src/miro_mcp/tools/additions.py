"""Arguments of the server's own that single operations take beside those of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import uuid4

from pydantic import Field

from ..catalogue import check_ids
from ..catalogue.operation import ABSENT, Arguments
from ..catalogue.types import Id, Wanted

CREATE_EXPORT, EXPORT_RESULTS = "enterprise-create-board-export", "enterprise-board-export-job-results"
AUDIT_LOG, CONTENT_LOG = "enterprise-get-audit-logs", "enterprise-board-content-item-logs-fetch"
AI_LOG = "enterprise-get-ai-interaction-logs"


class ExportAdditions(Arguments):
    """`team_id` stands for all boards of a team; with `wait` the answer comes when the job is done."""

    team_id: Id = ABSENT
    wait: bool = ABSENT


class ResultsAdditions(Arguments):
    """`download` is a folder inside MIRO_DOWNLOAD_ROOT that the files are put into."""

    wait: bool = ABSENT
    download: Annotated[str, Field(min_length=1, max_length=4096, examples=["march"])] = ABSENT


class LogAdditions(Arguments):
    """What an entry is about, who did it and what they did it to: parts of words, in any case."""

    event: Wanted = ABSENT
    person: Wanted = ABSENT
    object: Wanted = ABSENT


ADDITIONS: dict[str, type[Arguments]] = {
    CREATE_EXPORT: ExportAdditions,
    EXPORT_RESULTS: ResultsAdditions,
    AUDIT_LOG: LogAdditions,
    CONTENT_LOG: LogAdditions,
    AI_LOG: LogAdditions,
}

MADE: dict[str, tuple[str, Callable[[], str]]] = {CREATE_EXPORT: ("request_id", lambda: str(uuid4()))}
"""Arguments that the API demands and the server makes where they are left out, by operation."""

check_ids([*ADDITIONS, *MADE])
