"""Makes a release ready: sets the version, checks everything, builds what is published, and says how to publish it.

Usage: python tools/release.py [VERSION]

Publishing itself needs its owner's credentials, so those commands are printed and not run.
"""

import datetime
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHECKS = ("lint", "types", "docs-check", "check", "coverage", "conformance", "frameworks", "audit")
BUILDS = ("dist", "bundle")

PUBLISH = """\
Ready: {built}.

To publish version {version}:
  git commit --all --message "Version {version}" && git tag v{version} && git push --follow-tags
  uv publish dist/miro_mcp-{version}*
  attach dist/miro-mcp-{version}.mcpb to the release of the tag
  mcp-publisher login github && mcp-publisher publish     # server.json, once the package is on the index
"""


def main() -> int:
    if run("git", "status", "--porcelain").stdout.strip():
        print("There are changes that are not committed; commit or stash them first.", file=sys.stderr)
        return 1
    if len(sys.argv) > 1:
        set_version(sys.argv[1])
        subprocess.run(["make", "docs"], cwd=ROOT, check=True)  # noqa: S607
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    for target in (*CHECKS, *BUILDS):
        print(f"== make {target}", flush=True)
        if subprocess.run(["make", target], cwd=ROOT, check=False).returncode:  # noqa: S603, S607
            print(f"make {target} failed; nothing was published.", file=sys.stderr)
            return 1
    built = ", ".join(sorted(f"dist/{path.name}" for path in (ROOT / "dist").iterdir()))
    print(PUBLISH.format(built=built, version=current_version()))
    return 0


def current_version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def set_version(version: str) -> None:
    """Writes a version where it is kept by hand; manifests follow with `make docs`.

    Raises:
        SystemExit: it is no version, or the changelog has nothing to say about it.
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise SystemExit(f"{version!r} is no version. For example 1.2.3.")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    news = changelog.partition("## [Unreleased]\n")[2].partition("\n## [")[0]
    if not news.strip():
        raise SystemExit("CHANGELOG.md has nothing under [Unreleased]: what is new in this version?")
    today = datetime.datetime.now(tz=datetime.UTC).date()
    replace("CHANGELOG.md", r"## \[Unreleased\]\n", f"## [Unreleased]\n\n## [{version}] - {today}\n")
    replace("pyproject.toml", r'(?m)^version = "[^"]+"', f'version = "{version}"')
    replace("src/miro_mcp/__init__.py", r'__version__ = "[^"]+"', f'__version__ = "{version}"')


def replace(name: str, pattern: str, value: str) -> None:
    path = ROOT / name
    text, count = re.subn(pattern, value, path.read_text(encoding="utf-8"), count=1)
    if not count:
        raise SystemExit(f"{name} does not have {pattern!r}.")
    path.write_text(text, encoding="utf-8")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
