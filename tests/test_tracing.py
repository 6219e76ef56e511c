"""OpenTelemetry: a span for each call of the API, below the SDK's own, without content."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from faulty import FaultyApi, serving
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from support import ERAS, connected
from test_faults import CREATE, READ, settings_for

EXPORTER = InMemorySpanExporter()


@pytest.fixture(scope="module", autouse=True)
def exporting() -> None:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(EXPORTER))
    trace.set_tracer_provider(provider)


def spans_of(api: FaultyApi, folder: Path, *calls: tuple[str, dict[str, Any]], era: str = "auto") -> list[ReadableSpan]:
    async def go() -> None:
        async with serving(api), connected(settings_for(api, folder), era) as client:
            for call in calls:
                await client.call_tool(*call)

    EXPORTER.clear()
    asyncio.run(go())
    return list(EXPORTER.get_finished_spans())


@pytest.mark.parametrize("era", ERAS)
def test_a_span_tells_operation_status_credits_and_retries(era: str, tmp_path: Path) -> None:
    spans = spans_of(FaultyApi(script=["503", "429", None]), tmp_path, READ, era=era)
    (span,) = (span for span in spans if span.name == "miro get-specific-item")
    assert span.kind is SpanKind.CLIENT
    assert dict(span.attributes or {}) == {
        "miro.operation": "get-specific-item",
        "miro.credits": 50,
        "miro.retries": 2,
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "url.template": "/v2/boards/{board_id}/items/{item_id}",
    }
    assert span.parent is not None
    assert span.parent.span_id in {other.context.span_id for other in spans if other.context}


def test_a_span_of_a_failure_tells_its_kind_and_nothing_of_what_was_said(tmp_path: Path) -> None:
    api = FaultyApi()
    api.answer = lambda *_: (404, {"message": "a secret name"})
    broken = FaultyApi(script=["reset after"])
    for failing, call, kind in ((api, READ, "404"), (broken, CREATE, "OutcomeUnknown")):
        (span,) = (span for span in spans_of(failing, tmp_path, call) if span.name.startswith("miro "))
        assert span.status.status_code is StatusCode.ERROR
        assert (span.attributes or {})["error.type"] == kind
        assert "secret" not in span.to_json()
        assert not span.events
