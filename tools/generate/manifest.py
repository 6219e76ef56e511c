"""manifest.json of the bundle: what it asks of a person, and the tools and prompts of a server with no settings."""

from string import Template
from typing import Any

from miro_mcp.prompts import PROMPTS, Prompt
from miro_mcp.settings import OPTIONS, TOOLSETS

from .project import PROJECT, offered

LONG_DESCRIPTION = (
    "Boards, items, connectors, frames, tags and groups by default; organizations, compliance and SCIM when asked for. "
    "What can't be undone is confirmed by you. With no account it runs on an embedded sandbox that keeps its boards on "
    "your machine."
)
FORM: dict[str, tuple[str, dict[str, Any]]] = {
    "MIRO_ACCESS_TOKEN": (
        "access_token",
        {
            "type": "string",
            "title": "Access token",
            "description": "From your app's page in Miro: Install app and get OAuth token. Not needed on the sandbox.",
            "sensitive": True,
            "default": "",
        },
    ),
    "MIRO_SANDBOX": (
        "sandbox",
        {
            "type": "boolean",
            "title": "Use the sandbox",
            "description": "Work on local boards instead of a Miro account.",
            "default": False,
        },
    ),
    "MIRO_READ_ONLY": (
        "read_only",
        {
            "type": "boolean",
            "title": "Read only",
            "description": "Offer no tool that changes or deletes anything.",
            "default": False,
        },
    ),
    "MIRO_TOOLSETS": (
        "toolsets",
        {
            "type": "string",
            "title": "Toolsets",
            "description": f"all, or a comma list of {', '.join(TOOLSETS)}.",
            "default": "default",
        },
    ),
    "MIRO_ALLOWED_BOARDS": (
        "allowed_boards",
        {
            "type": "string",
            "title": "Allowed boards",
            "description": "Comma list of board ids or links that may be touched; empty for no limit.",
            "default": "",
        },
    ),
    "MIRO_ALLOWED_TEAMS": (
        "allowed_teams",
        {
            "type": "string",
            "title": "Allowed teams",
            "description": "Comma list of team ids that may be touched; empty for no limit.",
            "default": "",
        },
    ),
}
"""What the bundle asks for: the setting, and its field in the form."""


def manifest() -> dict[str, Any]:
    assert FORM.keys() <= {option.variable for option in OPTIONS}
    workflows, tools = offered()
    return {
        "manifest_version": "0.4",
        "name": PROJECT["name"],
        "display_name": "Miro",
        "version": PROJECT["version"],
        "description": PROJECT["description"],
        "long_description": LONG_DESCRIPTION,
        "author": {"name": PROJECT["authors"][0]["name"]},
        "license": PROJECT["license"],
        "keywords": PROJECT["keywords"],
        "privacy_policies": ["https://miro.com/legal/privacy-policy/"],
        "server": {
            "type": "uv",
            "entry_point": "src/miro_mcp/__main__.py",
            "mcp_config": {
                "command": "uv",
                "args": ["run", "--no-dev", "--directory", "${__dirname}", "miro-mcp"],
                "env": {variable: f"${{user_config.{name}}}" for variable, (name, _) in FORM.items()},
            },
        },
        "tools": [
            *({"name": one.name, "description": one.description.split("\n")[0]} for one in workflows),
            *({"name": one.name, "description": one.title} for one in tools),
        ],
        "tools_generated": True,
        "prompts": [_prompt(prompt) for prompt in PROMPTS],
        "compatibility": {
            "platforms": ["darwin", "win32", "linux"],
            "runtimes": {"python": PROJECT["requires-python"]},
        },
        "user_config": {name: field | {"required": False} for name, field in FORM.values()},
    }


def _prompt(prompt: Prompt) -> dict[str, Any]:
    names = [argument.name for argument in prompt.arguments]
    text = Template(prompt.text).substitute({name: f"${{arguments.{name}}}" for name in names})
    return {"name": prompt.name, "description": prompt.description, "arguments": names, "text": text}
