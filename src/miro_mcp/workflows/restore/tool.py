"""`miro_restore`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...catalogue import WRITE
from ...catalogue.operation import ABSENT, Arguments
from ..workflow import Workflow


class RestoreArguments(Arguments):
    call: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$", examples=["5f0c2a91"])] = ABSENT
    dry_run: bool = ABSENT


DESCRIPTION = """\
Undo: make again what a call of this server deleted or overwrote on a board, with texts, styles, places, frames, tags \
and lines; what is made again has new ids. Without call the last one; dry_run lists the calls that can be undone. \
Comments, votes and authors don't come back."""


RESTORE = Workflow(
    name="miro_restore",
    title="Undo",
    description=DESCRIPTION,
    arguments=RestoreArguments,
    effect=WRITE,
    repeatable=False,
)
