"""The audit log as OpenTelemetry log records: a record a call, with what the file has and no more."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry import _logs
from opentelemetry._logs import SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from support import connected, recording, settings_for

from miro_mcp.cli import main
from miro_mcp.system.telemetry import emit_record, flush_records


@pytest.fixture
def exporting(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemoryLogRecordExporter]:
    provider = LoggerProvider(shutdown_on_exit=False)
    exporter = InMemoryLogRecordExporter()
    provider.add_log_record_processor(SimpleLogRecordProcessor(exporter))
    monkeypatch.setattr(_logs._internal, "_LOGGER_PROVIDER", provider)
    yield exporter
    provider.shutdown()


def call(folder: Path, **environment: str) -> None:
    async def run() -> None:
        with recording() as recorder:
            settings = settings_for(recorder, MIRO_AUDIT_LOG=str(folder / "audit.jsonl"), **environment)
            async with connected(settings) as client:
                await client.call_tool("miro_boards_delete", {"operation": "delete", "board_id": "uXjVA="})

    asyncio.run(run())


def test_a_call_is_one_record_with_what_the_file_has(exporting: InMemoryLogRecordExporter, tmp_path: Path) -> None:
    call(tmp_path)
    (line,) = map(json.loads, (tmp_path / "audit.jsonl").read_text().splitlines())
    (sent,) = (one.log_record for one in exporting.get_finished_logs())
    assert (sent.event_name, sent.body, sent.severity_number) == (
        "miro.audit",
        "delete-board: done",
        SeverityNumber.INFO,
    )
    told = {name.removeprefix("miro."): value for name, value in dict(sent.attributes or {}).items()}
    assert json.loads(str(told.pop("ids"))) == line.pop("ids") == {"board_id": "uXjVA="}
    assert told == {name: value for name, value in line.items() if value is not None}


def test_a_refusal_is_a_warning(exporting: InMemoryLogRecordExporter, tmp_path: Path) -> None:
    call(tmp_path, MIRO_CONFIRM="deny")
    (sent,) = (one.log_record for one in exporting.get_finished_logs())
    assert (sent.body, sent.severity_number) == ("delete-board: refused", SeverityNumber.WARN)


def test_the_command_sends_what_is_in_the_file(
    exporting: InMemoryLogRecordExporter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(tmp_path)
    exporting.clear()
    file = str(tmp_path / "audit.jsonl")
    assert main(["audit", "--ship", "--audit-log", file]) == 0
    assert capsys.readouterr().out == "1 calls were sent.\n"
    assert len(exporting.get_finished_logs()) == 1


def test_without_an_exporter_nothing_is_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    emit_record({"time": "never", "operation": "x", "outcome": "done"})
    assert not flush_records()
    assert main(["audit", "--ship", "--audit-log", str(tmp_path / "none.jsonl")]) == 1
    assert "docs/administrators.md" in capsys.readouterr().err
