"""server.json: the entry in the MCP registry, a package on PyPI with its environment."""

from typing import Any

from miro_mcp.settings import OPTIONS, Option

from .project import PROJECT, REGISTRY_NAME

SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"


def registry_entry() -> dict[str, Any]:
    package: dict[str, Any] = {
        "registryType": "pypi",
        "identifier": PROJECT["name"],
        "version": PROJECT["version"],
        "runtimeHint": "uvx",
        "transport": {"type": "stdio"},
        "environmentVariables": [_variable(option) for option in OPTIONS],
    }
    return {
        "$schema": SCHEMA,
        "name": REGISTRY_NAME,
        "title": "Miro",
        "description": PROJECT["description"],
        "version": PROJECT["version"],
        "packages": [package],
    }


def _variable(option: Option) -> dict[str, Any]:
    described = f"{option.meaning[0].upper()}{option.meaning[1:]} (default: {option.default})"
    variable: dict[str, Any] = {"name": option.variable, "description": described, "isRequired": False}
    if option.secret:
        variable["isSecret"] = True
    if option.bare and option.takes is None:
        variable["format"] = "boolean"
    return variable
