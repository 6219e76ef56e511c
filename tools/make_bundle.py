"""Packs the MCPB bundle with the official tool, which checks the manifest. Usage: python tools/make_bundle.py [FOLDER]

The bundle holds what `uv run` needs: the package, and the versions it is locked at as constraints. The bundle tool and
Node.js are those pinned in tools/node.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = ROOT / "tools" / "node" / "node_modules" / ".bin"
FILES = ("manifest.json", "pyproject.toml", "README.md", "LICENSE")


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    version = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))["version"]
    bundle = folder / f"miro-mcp-{version}.mcpb"
    with tempfile.TemporaryDirectory() as staged:
        stage(Path(staged))
        mcpb("validate", str(Path(staged) / "manifest.json"))
        mcpb("pack", staged, str(bundle))
    print(bundle)
    return 0


def stage(folder: Path) -> None:
    """Lays out in a folder what the bundle will hold."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as pyproject:
        pyproject.write(f"\n[tool.uv]\nconstraint-dependencies = {json.dumps(locked(), indent=4)}\n")


def locked() -> list[str]:
    """What requirements.lock pins, without the hashes."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line.removesuffix(" \\") for line in lines if re.match(r"[\w.\[\]-]+==", line)]


def mcpb(*arguments: str) -> None:
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([BIN / "mcpb", *arguments], env=environment, stdout=sys.stderr, check=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
