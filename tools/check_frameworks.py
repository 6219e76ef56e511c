"""Runs the Python of the pages on agent frameworks, each with its framework in an environment of its own.

What works on the sandbox is run; what needs a model is loaded, so that every name in it has to exist. Needs a package
index. Usage: python tools/check_frameworks.py
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
PLACEHOLDER = "/path/to/miro-mcp/.venv/bin/miro-mcp"
SERVER = Path(sys.executable).with_name("miro-mcp")
LOAD_ONLY = "import asyncio\nasyncio.run = lambda program: program.close()\n"

PACKAGES = {
    "openai-agents": ["openai-agents==0.24.0"],
    "langchain": ["langchain==1.5.2", "langchain-mcp-adapters==0.3.2"],
    "pydantic-ai": ["pydantic-ai-slim[mcp]==2.68.0"],
}
"""The page, and what it has been tried with."""


def main() -> int:
    failed = [page for page in PACKAGES if not runs(page)]
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def runs(page: str) -> bool:
    text = (ROOT / "docs" / "clients" / f"{page}.md").read_text(encoding="utf-8")
    on_sandbox, on_account = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        python = place / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        run(UV, "venv", "--quiet", "--python", sys.executable, place / "venv")
        run(UV, "pip", "install", "--quiet", "--python", python, *PACKAGES[page])
        shown = run(python, "-c", on_sandbox.replace(PLACEHOLDER, SERVER.as_posix()), home=place)
        run(python, "-c", LOAD_ONLY + on_account, home=place)
    good = "miro_boards_read" in shown and "Retrospective" in shown
    print(f"{page}: {' and '.join(PACKAGES[page])} {'list and call the tools' if good else shown}", flush=True)
    return good


def run(*command: str | Path, home: Path | None = None) -> str:
    environment = os.environ | ({"HOME": str(home), "MIRO_ACCESS_TOKEN": "none"} if home else {})
    done = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[:3]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
