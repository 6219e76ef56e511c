"""The axis of a span of time: where its ticks are, and what is written at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

MOST_TICKS = 40
"""An interval that gives more is passed over for a wider one."""

Step = Callable[[datetime], datetime]

_WANTED = 14
_SECONDS = {"millisecond": 0.001, "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}
_MONTH = 30.44 * 86400.0
_INTERVALS = (
    *((number, "second") for number in (1, 5, 15, 30)),
    *((number, "minute") for number in (1, 5, 15, 30)),
    *((number, "hour") for number in (1, 3, 6, 12)),
    *((number, "day") for number in (1, 2)),
    *((number, "week") for number in (1, 2)),
    *((number, "month") for number in (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000)),
)


def ticks(start: datetime, end: datetime, wanted: tuple[int, str] | None) -> tuple[list[datetime], tuple[int, str]]:
    """The times of an axis, and their interval: the wanted one where it gives no more than can be read."""
    span = max((end - start).total_seconds(), 1.0)
    if wanted and span / _length(wanted) <= MOST_TICKS:
        interval = wanted
    else:
        interval = next((one for one in _INTERVALS if span / _length(one) <= _WANTED), _INTERVALS[-1])
    return list(_times(start, end, interval)), interval


def tick_texts(times: list[datetime], interval: tuple[int, str], form: str | None) -> list[str]:
    """What is written at the ticks: in the form that was asked for, else as short as the interval allows."""
    if form:
        return [date_text(time, form) for time in times]
    texts: list[str] = []
    for number, time in enumerate(times):
        new_year = number == 0 or times[number - 1].year != time.year
        new_day = number == 0 or times[number - 1].date() != time.date()
        if interval[1] == "month" and interval[0] >= 12:
            texts.append(f"{time.year}")
        elif interval[1] == "month":
            texts.append(f"{time:%b} {time.year}" if new_year else f"{time:%b}")
        elif interval[1] in ("day", "week"):
            texts.append(f"{time.day} {time:%b}" + (f" {time.year}" if new_year else ""))
        else:
            clock = f"{time:%H:%M:%S}" if interval[1] == "second" else f"{time:%H:%M}"
            texts.append(f"{time.day} {time:%b} {clock}" if new_day and times[0].date() != times[-1].date() else clock)
    return texts


def date_text(time: datetime, form: str) -> str:
    """A time in D3's signs, which are C's but for a few."""
    text = form.replace("%L", f"{time.microsecond // 1000:03d}").replace("%f", f"{time.microsecond:06d}")
    text = text.replace("%q", f"{(time.month + 2) // 3}").replace("%e", f"{time.day}")
    try:
        return time.strftime(text)
    except ValueError:
        return text


def _length(interval: tuple[int, str]) -> float:
    return interval[0] * _SECONDS.get(interval[1], _MONTH)


def _times(start: datetime, end: datetime, interval: tuple[int, str]) -> Iterator[datetime]:
    count, unit = interval
    if unit == "month":
        month = (start.year * 12 + start.month - 1) // count * count
        while month // 12 <= min(end.year, 9999):
            time = datetime(max(month // 12, 1), month % 12 + 1, 1)
            if time > end:
                return
            if time >= start:
                yield time
            month += count
        return
    step = timedelta(seconds=_length(interval))
    # From a Monday at midnight on, so that weeks begin with one and hours fall on whole ones.
    base = datetime(1970, 1, 5)
    number = -((base - start) // step)
    while (offset := number * step) <= end - base:
        if base + offset >= start:
            yield base + offset
        number += 1
