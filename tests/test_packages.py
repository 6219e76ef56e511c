"""The packages that people install: wheel, sdist, bundle, image, and what registries are told of them."""

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from mcp import Client, StdioServerParameters
from support import value_of

from miro_mcp import __version__
from miro_mcp.prompts import PROMPTS
from miro_mcp.settings import OPTIONS, Settings

ROOT = Path(__file__).parents[1]
MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
ENTRY: dict[str, Any] = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
WINDOWS = sys.platform == "win32"
NODE_TOOLS = ROOT / "tools" / "node" / "node_modules"

needs_node_tools = pytest.mark.skipif(not NODE_TOOLS.is_dir(), reason="needs `make node-tools`, which needs npm")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from a copy so that nothing of this checkout's state matters."""
    folder = tmp_path_factory.mktemp("dist")
    source = folder / "source"
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", ".venv", ".git", "dist", "build")
    shutil.copytree(ROOT, source, ignore=ignored)
    run(sys.executable, "-m", "hatchling", "build", "--directory", folder, cwd=source)
    return folder


async def boards_of(command: str, *arguments: str, folder: Path, **environment: str) -> list[str]:
    """Names of the boards that a server started this way lists; its home folder is empty."""
    kept = ("PATH", "SSL_CERT_FILE", "UV_CACHE_DIR", "SYSTEMROOT")
    home = folder / "home"
    home.mkdir(exist_ok=True)
    server = StdioServerParameters(
        command=command,
        args=list(arguments),
        cwd=folder,
        env={**{name: os.environ[name] for name in kept if name in os.environ}, "HOME": str(home), **environment},
    )
    async with Client(server, read_timeout_seconds=240) as client:
        listed = await client.call_tool("miro_boards_read", {"operation": "list"})
    assert value_of(listed)
    return [board["name"] for board in value_of(listed)["data"]]


@pytest.mark.slow
@pytest.mark.anyio
async def test_the_wheel_runs_from_a_clean_environment(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    scripts = tmp_path / "venv" / ("Scripts" if WINDOWS else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--constraint", unhashed(tmp_path), wheel)
    assert run(scripts / "miro-mcp", "--version").strip() == __version__
    assert await boards_of(str(scripts / "miro-mcp"), "--sandbox", folder=tmp_path) != []


def unhashed(folder: Path) -> Path:
    """The lock as constraints: a wheel of ours has no hash in it."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(line.removesuffix(" \\") for line in lines if "==" in line), encoding="utf-8")
    return constraints


def test_the_wheel_is_typed_licensed_and_says_whose_it_is(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    assert "miro_mcp/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names} == {"miro_mcp", f"miro_mcp-{__version__}.dist-info"}
    assert f"<!-- mcp-name: {ENTRY['name']} -->" in metadata


def test_the_sdist_holds_what_building_and_testing_need(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "src/miro_mcp/py.typed", "tests/support.py"} <= names
    assert not [name for name in names if re.search(r"node_modules|\.venv|__pycache__|\.db$", name)]


def test_the_registry_entry_fits_the_current_schema() -> None:
    version = re.findall(r"schemas/([\d-]+)/", ENTRY["$schema"])[0]
    kept = files("skillsaw") / "schemas" / "mcp_registry"
    newest = max(folder.name for folder in kept.iterdir() if folder.name.startswith("v2"))
    assert newest == f"v{version.replace('-', '_')}"
    schema = json.loads((kept / newest / "server.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(ENTRY)] == []
    broken = ENTRY | {"name": "no-namespace"}
    assert list(Draft7Validator(schema).iter_errors(broken)) != []


def test_the_registry_entry_has_the_package_and_its_environment() -> None:
    (package,) = ENTRY["packages"]
    assert (package["registryType"], package["identifier"], package["version"]) == ("pypi", "miro-mcp", __version__)
    variables = {variable["name"]: variable for variable in package["environmentVariables"]}
    assert list(variables) == [option.variable for option in OPTIONS]
    assert {name for name, variable in variables.items() if variable.get("isSecret")} == {
        option.variable for option in OPTIONS if option.secret
    }


def test_the_form_of_the_bundle_changes_nothing_until_it_is_filled_in() -> None:
    environment = MANIFEST["server"]["mcp_config"]["env"]
    assert list(environment.values()) == [f"${{user_config.{name}}}" for name in MANIFEST["user_config"]]
    assert MANIFEST["user_config"]["access_token"]["sensitive"] is True
    defaults = [str(option["default"]).lower() for option in MANIFEST["user_config"].values()]
    assert Settings.from_environment(dict(zip(environment, defaults, strict=True))) == Settings.from_environment({})
    assert (ROOT / MANIFEST["server"]["entry_point"]).is_file()


def test_the_prompts_of_the_bundle_name_their_arguments() -> None:
    for declared, prompt in zip(MANIFEST["prompts"], PROMPTS, strict=True):
        assert declared["name"] == prompt.name
        named = set(re.findall(r"\$\{arguments\.(\w+)\}", declared["text"]))
        assert named == set(declared["arguments"]) == {argument.name for argument in prompt.arguments}


@needs_node_tools
@pytest.mark.anyio
async def test_the_packed_bundle_runs_in_an_empty_folder(tmp_path: Path) -> None:
    bundle = run(sys.executable, "tools/make_bundle.py", tmp_path).strip()
    place = tmp_path / "installed"
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(place)
    config = json.loads((place / "manifest.json").read_text(encoding="utf-8"))["server"]["mcp_config"]
    filled = {name: str(field["default"]).lower() for name, field in MANIFEST["user_config"].items()}
    filled["sandbox"] = "true"

    def with_values(text: str) -> str:
        text = text.replace("${__dirname}", str(place))
        return re.sub(r"\$\{user_config\.(\w+)\}", lambda found: filled[found[1]], text)

    environment = {name: with_values(value) for name, value in config["env"].items()}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment["UV_SYSTEM_CERTS"] = "1"  # What the machine trusts, as pip does in the set-up.
    assert config["command"] == "uv"
    empty = tmp_path / "empty"
    empty.mkdir()
    arguments = [with_values(argument) for argument in config["args"]]
    assert await boards_of(str(Path(sys.executable).with_name("uv")), *arguments, folder=empty, **environment) != []
    assert sorted(path.name for path in empty.iterdir()) == ["home"]


@pytest.mark.skipif(WINDOWS, reason="hadolint has no wheel for Windows")
def test_the_dockerfile_passes_its_linter() -> None:
    assert run(Path(sys.executable).with_name("hadolint"), "Dockerfile") == ""


def test_the_image_runs_the_server_over_stdio_without_rights() -> None:
    final = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]
    assert re.findall(r"^USER (\d+)$", final, re.MULTILINE) == ["10001"]
    assert re.findall(r"^ENTRYPOINT (.*)$", final, re.MULTILINE) == ['["miro-mcp"]']
    assert not re.search(r"^(CMD|EXPOSE)|MIRO_HTTP|TOKEN", final, re.MULTILINE)


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    allowed = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"}
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    }
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


@pytest.mark.slow
@pytest.mark.skipif(WINDOWS, reason="the image is Linux")
@pytest.mark.anyio
async def test_the_steps_that_build_the_image_make_a_server_that_runs(tmp_path: Path) -> None:
    """The commands of the build stage, its paths moved into a folder: what can be run without a container engine."""
    stage = DOCKERFILE[: DOCKERFILE.rindex("FROM ")].replace("\\\n", "")
    app, venv = tmp_path / "app", tmp_path / "venv"
    app.mkdir()
    for kind, rest in re.findall(r"^(COPY|RUN) (.*)$", stage, re.MULTILINE):
        if kind == "COPY":
            *names, target = rest.split()
            for name in names:
                copy = app / (name if target.startswith(".") else target)
                (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy)
            continue
        command = rest.replace("/venv", shlex.quote(str(venv))).replace("python -m venv", f"{sys.executable} -m venv")
        run("sh", "-euc", command, cwd=app)
    shutil.rmtree(app)
    assert await boards_of(str(venv / "bin" / "miro-mcp"), "--sandbox", folder=tmp_path) != []


def test_programs_of_the_repository_can_be_run() -> None:
    assert all(stat.S_IMODE((ROOT / name).stat().st_mode) & 0o100 for name in (".ci/run", "tools/setup.sh"))
