"""Looks the locked dependencies up among known vulnerabilities. Usage: python tools/audit.py

The advisories are online. Where they can't be reached this says so, and does not pass for a check.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
AUDIT = [
    sys.executable,
    "-m",
    "pip_audit",
    "--disable-pip",
    "--require-hashes",
    "--format",
    "json",
    "--progress-spinner",
    "off",
]
UNREACHABLE = "Not checked: the advisories can't be reached from here."


def main() -> int:
    found: dict[str, dict[str, Any]] = {}
    for lock in ("requirements.lock", "requirements-dev.lock"):
        done = subprocess.run(  # noqa: S603
            [*AUDIT, "--requirement", lock], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
        )
        if not done.stdout.startswith("{"):
            print(f"{UNREACHABLE} {done.stderr.strip().splitlines()[-1:]}")
            return 0
        found |= {one["name"]: one for one in json.loads(done.stdout)["dependencies"]}
    looked_up = [one for one in found.values() if "skip_reason" not in one]
    if not looked_up:
        print(UNREACHABLE)
        return 0
    unknown = sorted(found.keys() - {one["name"] for one in looked_up})
    vulnerable = [one for one in looked_up if one["vulns"]]
    for one in vulnerable:
        for vulnerability in one["vulns"]:
            fixed = ", ".join(vulnerability["fix_versions"]) or "no version yet"
            print(f"{one['name']} {one['version']}: {vulnerability['id']}, fixed in {fixed}")
    print(
        f"{len(looked_up)} dependencies looked up, {len(vulnerable)} vulnerable; not known there: {unknown or 'none'}."
    )
    return 1 if vulnerable else 0


if __name__ == "__main__":
    sys.exit(main())
