"""App metrics."""

from typing import Literal

from .operation import ABSENT, READ, Arguments, Operation, OperationGroup
from .types import Date, Id


class GetMetrics(Arguments):
    app_id: Id
    startDate: Date
    endDate: Date
    period: Literal["DAY", "WEEK", "MONTH"] = ABSENT


class GetMetricsTotal(Arguments):
    app_id: Id


GROUP = OperationGroup(
    name="app_metrics",
    title="App metrics",
    toolset="app",
    operations=(
        Operation(
            id="get-metrics",
            name="list",
            effect=READ,
            method="GET",
            path="/v2-experimental/apps/{app_id}/metrics",
            arguments=GetMetrics,
            summary="An app's usage by day, week or month",
            scopes=("boards:read",),
            level=1,
            answers="array",
        ),
        Operation(
            id="get-metrics-total",
            name="get_total",
            effect=READ,
            method="GET",
            path="/v2-experimental/apps/{app_id}/metrics-total",
            arguments=GetMetricsTotal,
            summary="An app's usage since it was made",
            scopes=("boards:read",),
            level=1,
        ),
    ),
)
