"""Dates and durations of a Gantt chart: read by Day.js's signs, as Mermaid reads them, and shown by D3's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SIGNS = re.compile(r"YYYY|YY|MMMM|MMM|MM|M|DD|Do|D|HH|H|hh|h|mm|m|ss|s|SSS|A|a|ZZ|Z|X|x|\[[^\]]*\]")
_PATTERNS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short_year>\d{2})",
    "MMMM": rf"(?P<long_month>{'|'.join(_LONG_MONTHS)})",
    "MMM": rf"(?P<short_month>{'|'.join(_MONTHS)})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>[1-9]\d?)",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>[1-9]\d?)",
    "Do": r"(?P<day>[1-9]\d?)(?:st|nd|rd|th)",
    "HH": r"(?P<hour>\d{2})",
    "H": r"(?P<hour>0|[1-9]\d?)",
    "hh": r"(?P<half_hour>\d{2})",
    "h": r"(?P<half_hour>[1-9]\d?)",
    "mm": r"(?P<minute>\d{2})",
    "m": r"(?P<minute>0|[1-9]\d?)",
    "ss": r"(?P<second>\d{2})",
    "s": r"(?P<second>0|[1-9]\d?)",
    "SSS": r"(?P<millisecond>\d{3})",
    "A": r"(?P<half>AM|PM)",
    "a": r"(?P<half>am|pm)",
    "Z": r"[+-]\d{2}:\d{2}",
    "ZZ": r"[+-]\d{4}",
    "X": r"(?P<seconds>\d{1,11})",
    "x": r"(?P<milliseconds>\d{1,14})",
}
_ELSEWHERE = (
    *("%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%m-%d-%Y", "%Y-%m", "%Y"),
    *("%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"),
)
"""What a browser reads as a date besides ISO's forms."""

_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|[Mdhmswy])", re.ASCII)
_STEPS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_EPOCH = datetime(1970, 1, 1)


def read_date(text: str, form: str) -> datetime | None:
    """A date in the chart's form or one that a browser knows; None of anything else."""
    text, form = text.strip(), form.strip()
    if form in ("x", "X") and text.isascii() and text.isdigit():
        return _valid(lambda: _EPOCH + timedelta(milliseconds=int(text)))
    return date_in(text, form) or _elsewhere(text)


def date_in(text: str, form: str) -> datetime | None:
    """A date in exactly this form."""
    match = _pattern(form.strip()).fullmatch(text.strip()) if form.strip() else None
    if match is None:
        return None
    told = {name: value for name, value in match.groupdict().items() if value}
    return _valid(lambda: _date(told))


def _date(told: dict[str, str]) -> datetime:
    if "seconds" in told:
        return _EPOCH + timedelta(seconds=int(told["seconds"]))
    if "milliseconds" in told:
        return _EPOCH + timedelta(milliseconds=int(told["milliseconds"]))
    today = datetime.now()
    short = int(told.get("short_year", 0))
    year = int(told.get("year") or (short + (1900 if short > 68 else 2000) if "short_year" in told else today.year))
    month = int(told.get("month", 0)) or (
        _MONTHS.index(told["short_month"]) + 1
        if "short_month" in told
        else _LONG_MONTHS.index(told["long_month"]) + 1
        if "long_month" in told
        else 1
        if "year" in told or "short_year" in told
        else today.month
    )
    day = int(told.get("day", 0)) or (today.day if not told.keys() & {"year", "short_year", "month"} else 1)
    hour = int(told.get("hour", 0))
    if "half_hour" in told:
        hour = int(told["half_hour"]) % 12 + 12 * (told.get("half", "am").lower() == "pm")
    minute, second, thousandths = (int(told.get(name, 0)) for name in ("minute", "second", "millisecond"))
    return datetime(year, month, day, hour, minute, second, 1000 * thousandths)


def _valid(read: Callable[[], datetime]) -> datetime | None:
    try:
        return read()
    except (ValueError, OverflowError):
        return None


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts: list[str] = []
    seen: set[str] = set()
    at = 0
    for match in _SIGNS.finditer(form):
        parts.append(re.escape(form[at : match.start()]))
        pattern = _PATTERNS.get(match[0], re.escape(match[0][1:-1]))
        name = re.match(r"\(\?P<(\w+)>", pattern)
        if name and name[1] in seen:
            pattern = pattern.replace(name[0], "(?:")
        elif name:
            seen.add(name[1])
        parts.append(pattern)
        at = match.end()
    return re.compile("".join([*parts, re.escape(form[at:])]))


def _elsewhere(text: str) -> datetime | None:
    if re.match(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        found = _valid(lambda: datetime.fromisoformat(text))
        if found:
            return found.replace(tzinfo=None)
    for form in _ELSEWHERE:
        found = _valid(lambda form=form: datetime.strptime(text, form))
        if found:
            return found
    return None


def after(start: datetime, duration: str) -> datetime | None:
    """So long after a time; None of what is no duration.

    Raises:
        OverflowError: beyond the year 9999.
    """
    match = _DURATION.fullmatch(duration.strip())
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    if unit in _STEPS:
        return start + timedelta(seconds=number * _STEPS[unit])
    if unit in ("d", "w"):
        # Day.js counts whole days.
        return start + timedelta(days=int(number * (7 if unit == "w" else 1) + 0.5))
    return months_after(start, int(number * (12 if unit == "y" else 1)))


def months_after(start: datetime, count: int) -> datetime:
    """The same day so many months later, or that month's last."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if year > 9999:
        raise OverflowError
    next_month = datetime(year + (month == 11), (month + 1) % 12 + 1, 1) if year < 9999 else datetime(year, 12, 31)
    return start.replace(year=year, month=month + 1, day=min(start.day, (next_month - timedelta(days=1)).day))
