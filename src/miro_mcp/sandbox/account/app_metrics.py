"""App metrics: figures that are made up, but the same for the same app and day."""

import hashlib
from datetime import date, timedelta

from ..http.handlers import ApiCall, Reply, handles, invalid
from ..store import Document

_MOST_PERIODS = 1000
_FIGURES = ("uniqueUsers", "uniqueRecurringUsers", "uniqueOrganizations", "installations", "uninstallations")
_FIRST_DAY = date(2024, 1, 1)
_TOTAL_OF_DAYS = 250


@handles("get-metrics")
def by_period(call: ApiCall) -> Reply:
    start, end = (date.fromisoformat(call.arguments[name]) for name in ("startDate", "endDate"))
    if end < start:
        raise invalid({"endDate": "must not be before startDate"})
    period: str = call.arguments.get("period", "WEEK")
    starts: list[date] = []
    first = _first_day(start, period)
    while first <= end:
        starts.append(first)
        if len(starts) > _MOST_PERIODS:
            raise invalid({"endDate": f"asks for more than {_MOST_PERIODS} periods"})
        first = _following(first, period)
    return Reply(200, [{"periodStart": day.isoformat(), **_figures(call, day, 1)} for day in starts])


@handles("get-metrics-total")
def total(call: ApiCall) -> Reply:
    return Reply(200, _figures(call, _FIRST_DAY, _TOTAL_OF_DAYS))


def _first_day(day: date, period: str) -> date:
    if period == "MONTH":
        return day.replace(day=1)
    return day - timedelta(days=min(day.weekday(), (day - date.min).days)) if period == "WEEK" else day


def _following(day: date, period: str) -> date:
    try:
        if period == "MONTH":
            return (day + timedelta(days=31)).replace(day=1)
        return day + timedelta(days=7 if period == "WEEK" else 1)
    except OverflowError:
        raise invalid({"endDate": "is too late"}) from None


def _figures(call: ApiCall, day: date, factor: int) -> Document:
    seed = hashlib.sha256(f"{call.arguments['app_id']} {day}".encode()).digest()
    users = 20 + seed[0]
    shares = (users, users * seed[1] // 255, 1 + users // 10, 1 + seed[2] // 16, seed[3] // 32)
    return {name: share * factor for name, share in zip(_FIGURES, shares, strict=True)}
