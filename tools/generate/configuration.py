"""docs/configuration.md: every setting, from the table in options.py."""

from collections.abc import Iterator

from miro_mcp.install.clients import CLIENTS
from miro_mcp.settings import OPTIONS, Option

from .tables import row, table_head

INTRODUCTION = """\
# Configuration

Written by `make docs` from `src/miro_mcp/options.py`; not to be edited by hand.

Every setting is an environment variable; those with an option can be given after `miro-mcp` or `miro-mcp serve`
instead, and the option wins. Secrets have no option, since other people of a machine can read command lines. A value
that can't be taken stops the server with a message that shows a right one.
"""
AFTER = """\
`MIRO_READ_ONLY` beats every other setting: only reads are there then. What the settings leave out can't be called, and
reads to the assistant like something that does not exist.

## Examples

A reader for one board:

```
MIRO_ACCESS_TOKEN=… MIRO_READ_ONLY=1 MIRO_ALLOWED_BOARDS=uXjVAbCdEfG= miro-mcp
```

Boards and the organization, every delete confirmed by a person, nothing of the highest risk:

```
MIRO_ACCESS_TOKEN=… miro-mcp --toolsets default,organization --rules 3=confirm,4=confirm,5=deny
```

For others over HTTP, behind a proxy that adds TLS:

```
MIRO_ACCESS_TOKEN=… MIRO_HTTP_TOKEN=… miro-mcp serve --http 0.0.0.0:8000 --http-hosts miro.example.com
```

## In a client

[docs/clients](clients/README.md) has the configuration for each client. `miro-mcp install CLIENT` writes it, for
{clients}; options of the server given to it are passed on.
"""


def configuration() -> Iterator[str]:
    yield INTRODUCTION
    yield from table_head("Variable", "Option", "Meaning", "Default")
    for option in OPTIONS:
        yield row(f"`{option.variable}`", _flag(option), option.meaning, option.default)
    yield ""
    yield AFTER.format(clients=", ".join(client.title for client in CLIENTS))


def _flag(option: Option) -> str:
    if option.flag is None:
        return ""
    takes = f" {option.takes}" if option.takes else ""
    return f"`{option.flag}{f' [{option.takes}]' if option.bare and takes else takes}`"
