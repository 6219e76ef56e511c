"""docs/administrators.md: running it for a company; the scopes of reads are those of the catalogue."""

from collections.abc import Iterator
from typing import get_args

from miro_mcp.catalogue import GROUPS, READ, Toolset

from .tables import row, table_head

BEFORE = """\
# For administrators

Written by `make docs`; not to be edited by hand. [configuration.md](configuration.md) has every setting,
[guardrails.md](guardrails.md) what happens by default, [SECURITY.md](../SECURITY.md) what is defended and what isn't.

## The work itself
"""
WORK = (
    ("Who can see what, and what is open?", "`miro_access_review`", "`access_review`"),
    ("Somebody leaves: in which order are they taken out?", "`miro_person_review` with `leaving`", "`offboarding`"),
    ("Export a team's boards", "`miro_board_exports_write create` with `team_id` and `wait`", ""),
    ("Have the files of an export", "`miro_board_exports_read get_results` with `download`", ""),
    ("Who did what?", "`miro_logs_read` with `event`, `person` and `object`", ""),
)
READ_ONLY = """
They need the Enterprise plan and the token of a company admin; boards that are private and not shared with that person
are listed to them with Content Admin permissions only, and a review says so where they are missing. Legal holds need
Enterprise Guard. `MIRO_TOOLSETS=default,organization,compliance` has all of it but accounts, which are in `scim`. What
a toolset leaves out, or Miro refuses, is told as not looked at.

`miro-mcp sandbox --organization` makes an organization to try it on: forty people, four teams, sixty boards and six
months of logs, with a token for each person.

## Read-only for a company

```
MIRO_READ_ONLY=1
MIRO_TOOLSETS=default,organization,compliance
MIRO_ALLOWED_ORGS=3074457345618265000
MIRO_AUDIT_LOG=/var/log/miro-mcp/audit.jsonl
MIRO_AUDIT_READS=1
```

`MIRO_READ_ONLY` beats every other setting: writes and deletes are not there then, and read to an assistant like tools
that don't exist. The token should say the same, so that a mistake in a setting changes nothing: give the app in Miro
the scopes of what is read, and no others.

"""
AFTER = """
`boards:write` is what Miro asks for to read one tag; without it all other reads work. SCIM has no scopes: its token,
from the company settings, may do everything, so leave `MIRO_SCIM_TOKEN` unset for readers.

## What is recorded

Every write and delete, tried or refused, and every sensitive read (people, logs, legal holds, exports, tokens) is one
line of JSON in the file that `MIRO_AUDIT_LOG` names; with `MIRO_AUDIT_READS=1` every read is. A line has the time, the
operation, the ids it touched, its risk, what was decided and why, who confirmed it and how, the client, the person at
Miro, the process, the outcome (`done`, `failed`, `refused`, `unknown`, `not sent`), the status and the duration. It
never has tokens or what is written on boards. It is written before the request goes out, and completed when the answer
is there: a line that says `pending` was broken off. A file is rotated at 10 MiB, five older ones are kept. A call that
can't be put on record is not made.

`miro-mcp audit` prints it, filtered by operation, id, outcome, risk and time.

## Shipping the log

Read the file with the collector that is there already: it is JSON lines, appended to. Or have each line sent as an
OpenTelemetry log record (event `miro.audit`, attributes `miro.operation`, `miro.outcome`, `miro.ids` and so on), beside
the spans of each call:

```
pip install opentelemetry-distro opentelemetry-exporter-otlp
OTEL_SERVICE_NAME=miro-mcp OTEL_LOGS_EXPORTER=otlp OTEL_TRACES_EXPORTER=otlp \\
OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example.com:4317 opentelemetry-instrument miro-mcp
```

A record is sent when the outcome is known; what is refused, failed or unknown is a warning. Without an exporter nothing
is sent. `opentelemetry-instrument miro-mcp audit --ship --since 2026-01-31` sends what is in the file already.

## Proxies and company CAs

Requests take `HTTPS_PROXY` and `NO_PROXY`. Where a proxy opens TLS, name the company's certificates with
`SSL_CERT_FILE=/etc/ssl/certs/company.pem` (or `SSL_CERT_DIR`). Hosts: `api.miro.com`, `miro.com` for SCIM and signing
in, and for downloads of exports the hosts that Miro's links lead to. Links are followed over https to public addresses
only, without Miro's token, and into `MIRO_DOWNLOAD_ROOT` only. `miro-mcp doctor` checks token, scopes, reachability and
clock, and says what to do.

## Managed configuration of clients

So that everybody gets this server with the same settings, and can't change them:

- **Claude Code**: `managed-mcp.json` in the system's folder for managed settings (on Linux `/etc/claude-code/`, on
  macOS `/Library/Application Support/ClaudeCode/`) is a fixed set of servers; `allowedMcpServers` and
  `deniedMcpServers` in `managed-settings.json` filter what people add.
- **VS Code and other clients of GitHub Copilot**: the policy that allows MCP servers, and the same two lists in the
  enterprise's `managed-settings.json`.
- **Others**: put a wrapper named `miro-mcp` first on PATH that sets the environment and calls the real one, or run one
  server over HTTP ([docker.md](docker.md)) with `MIRO_HTTP_TOKEN`, whose settings are nobody's but yours.

```json
{
  "mcpServers": {
    "miro": {
      "command": "/opt/miro-mcp/bin/miro-mcp",
      "args": ["--read-only", "--toolsets", "default,organization", "--audit-log", "/var/log/miro-mcp/audit.jsonl"]
    }
  }
}
```

Whoever can write the configuration, or start the program themselves, can set what they like: what has to hold for
everybody belongs into the scopes of the token.
"""


def administrators() -> Iterator[str]:
    yield BEFORE
    yield from table_head("Question", "Tool", "Prompt")
    yield from (row(*one) for one in WORK)
    yield READ_ONLY
    yield from table_head("Toolset", "Scopes that its reads need")
    for toolset in get_args(Toolset):
        operations = (one for group in GROUPS if group.toolset == toolset for one in group.operations)
        scopes = sorted({scope for one in operations if one.effect is READ for scope in one.scopes})
        yield row(f"`{toolset}`", ", ".join(f"`{scope}`" for scope in scopes) or "none")
    yield AFTER
