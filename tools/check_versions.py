"""Runs the tests on every Python that the project supports and this machine has. Usage: python tools/check_versions.py

Each version gets an environment of its own with the locked dependencies. One that isn't here is named, not passed.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
SHIMS = Path.home() / ".pyenv" / "versions"


def main() -> int:
    failed: list[str] = []
    for version in supported():
        interpreter = find(version)
        if interpreter is None:
            print(f"== Python {version}: not on this machine, not tested", flush=True)
        elif not passes(version, interpreter):
            failed.append(version)
    if failed:
        print(f"Failed on {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def supported() -> list[str]:
    """The versions that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [name.rpartition(" ")[2] for name in project["classifiers"] if "Python :: 3." in name]


def find(version: str) -> str | None:
    """An interpreter of a version: one that runs on PATH, or one of pyenv's."""
    for candidate in (f"python{version}", *map(str, SHIMS.glob(f"{version}.*/bin/python"))):
        try:
            subprocess.run([candidate, "-c", ""], check=True, capture_output=True)  # noqa: S603
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    return None


def passes(version: str, interpreter: str) -> bool:
    venv = ROOT / "build" / f"python{version}"
    python = venv / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    print(f"== Python {version}: {interpreter}", flush=True)
    steps: list[list[str | Path]] = [
        [UV, "venv", "--quiet", "--clear", "--python", interpreter, venv],
        [
            UV,
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--python",
            python,
            "--require-hashes",
            "-r",
            "requirements-dev.lock",
        ],
        [UV, "pip", "install", "--quiet", "--python", python, "--no-deps", "--no-build-isolation", "--editable", "."],
        [python, "-m", "pytest", "-q", "-n", "auto", *os.environ.get("PYTEST_ARGS", "").split()],
    ]
    return all(subprocess.run(step, cwd=ROOT, check=False).returncode == 0 for step in steps)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
