"""OpenTelemetry spans: one a call of the API, below the SDK's own. Nothing of the content, no ids, no tokens."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from opentelemetry import trace

from .. import __version__
from ..catalogue import Operation
from ..errors import ApiError
from .course import Course

_tracer = trace.get_tracer("miro_mcp", __version__)


@contextmanager
def span_of(operation: Operation, credits: int, course: Course) -> Generator[None]:
    """Spans what happens inside the block; its end tells how often the call was tried and what came of it."""
    attributes = {
        "miro.operation": operation.id,
        "miro.credits": credits,
        "http.request.method": operation.method,
        "url.template": operation.path,
    }
    with _tracer.start_as_current_span(
        f"miro {operation.id}",
        kind=trace.SpanKind.CLIENT,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield
        except BaseException as error:
            # The message may quote what Miro said, so the kind of error is all that is told.
            span.set_attribute("error.type", str(error.status) if isinstance(error, ApiError) else type(error).__name__)
            span.set_status(trace.StatusCode.ERROR)
            raise
        finally:
            if course.status is not None:
                span.set_attribute("http.response.status_code", course.status)
            span.set_attribute("miro.retries", max(0, course.sent - 1))
