"""Where downloaded files go: inside the operator's folder, under a name of their own, never over another file."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..errors import BadArguments, Refused

_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
_LONGEST = 80


def check_folder(argument: str, folder: str, root: Path | None) -> Path:
    """The real path of a folder that files may be put into; it is made where it isn't there.

    Raises:
        Refused: no folder is open for downloads, or it lies outside, links and `..` resolved.
        BadArguments: it can't be made.
    """
    if root is None:
        raise Refused(
            f"{argument}: no folder is open for downloads, so nothing was fetched. The operator opens one with "
            "MIRO_DOWNLOAD_ROOT, for example MIRO_DOWNLOAD_ROOT=/home/ada/exports."
        )
    base = root.resolve()
    try:
        real = (base / Path(folder).expanduser()).resolve()
        if not real.is_relative_to(base):
            raise Refused(
                f"{argument}: {folder!r} is not inside {base}, the folder that the operator opened in "
                "MIRO_DOWNLOAD_ROOT, so nothing was fetched."
            )
        real.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise BadArguments(f"{argument}: {folder!r} can't be a folder ({error}). Nothing was fetched.") from None
    return real


def file_name(name: str, id: str, ending: str) -> str:
    """A plain name that tells the board, and stays another for each."""
    plain = _NOT_IN_A_NAME.sub("-", name).strip("-.")[:_LONGEST]
    return "-".join(filter(None, [plain, _NOT_IN_A_NAME.sub("", id)])) + ending


def put_in_place(part: Path, target: Path) -> None:
    """Gives a whole file its name, unless another has it.

    Raises:
        FileExistsError: there is such a file.
    """
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # A file system without links.
        with target.open("xb"):
            part.replace(target)
    else:
        part.unlink()
