"""Web pages of one file: scripts and styles inside, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

_NOTHING = "default-src 'none'"


def web_file(name: str) -> str:
    """A script or style sheet of the viewer."""
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def policy(scripts: str, styles: str, *more: str) -> str:
    """A content security policy that allows these very scripts and styles, what `more` names, and nothing else."""
    allowed = (f"script-src {_hash(scripts)}", f"style-src {_hash(styles)}", "base-uri 'none'", "form-action 'none'")
    return "; ".join((_NOTHING, *allowed, *more))


def page(title: str, body: str, scripts: str, styles: str, *more: str) -> str:
    """The whole page; `body` is HTML, `more` adds to the policy."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts, styles, *more)}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{styles}</style></head>'
        f"<body>{body}<script>{scripts}</script></body></html>"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
