"""Logs as they are told: filters over the whole walk, counts first, who and when always, what repeats once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from company import company_settings, make_company, stored
from mcp import Client
from support import ERAS, connected, text_of, value_of

from miro_mcp.sandbox.identity import ORGANIZATION_ID

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_company(tmp_path_factory.mktemp("company"))


def days(back: float) -> str:
    return (datetime.now(UTC) - timedelta(days=back)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def audit(client: Client, back: float = 190, **given: Any) -> dict[str, Any]:
    arguments = {"operation": "audit", "createdAfter": days(back), "createdBefore": days(0), **given}
    answer = await client.call_tool("miro_logs_read", arguments)
    assert not answer.is_error, text_of(answer)
    return value_of(answer)


@pytest.mark.parametrize("era", ERAS)
async def test_who_exported_what_last_month_is_one_call(company: Path, era: str) -> None:
    async with connected(company_settings(company), era) as client:
        value = await audit(client, 31, event="export")
    with stored(company) as truth:
        since = days(31)
        jobs = [job for job in truth.store.all("export_job", ORGANIZATION_ID) if job["createdAt"] > since]
    assert value["counts"] == {"board_export_requested": 2}
    told = {(one["createdBy"], one["object"]["id"], tuple(one["details"]["boardIds"])) for one in value["data"]}
    assert told == {(truth.who(job["creatorId"]), job["id"], tuple(job["boardIds"])) for job in jobs}
    assert all(one["createdAt"] > since for one in value["data"])
    assert value["people"].keys() == {one["createdBy"] for one in value["data"]}


async def test_filters_take_in_the_whole_walk(company: Path) -> None:
    async with connected(company_settings(company)) as client:
        everything = await audit(client, event="_", max_tokens=1000)
        by_person = await audit(client, person="Ben Okafor", max_items=5)
        about = await audit(client, object="uXjVHarbour=", event="opened", person="ben.okafor@")
    with stored(company) as truth:
        log = truth.store.all("audit_log", ORGANIZATION_ID)
    assert everything["read"] == everything["matched"] == len(log)
    assert sum(everything["counts"].values()) == len(log)
    assert everything["left_out"] == len(log) - len(everything["data"]) > 0
    assert "last entry told" in everything["go_on"]
    of_ben = [one for one in log if one["createdBy"]["name"] == "Ben Okafor"]
    assert (by_person["matched"], len(by_person["data"])) == (len(of_ben), 5)
    opened = [one for one in of_ben if one["event"] == "board_opened" and one["object"]["id"] == "uXjVHarbour="]
    assert about["matched"] == len(opened) > 0


async def test_what_repeats_is_said_once(company: Path) -> None:
    async with connected(company_settings(company)) as client:
        value = await audit(client, 3, max_items=20)
        picked = await audit(client, 3, max_items=5, fields=["object.name"])
        verbose = await audit(client, 3, max_items=5, verbose=True)
    assert value["same"]["context"]["ip"] == "127.0.0.1"
    assert not any("ip" in one.get("context", {}) for one in value["data"])
    assert all({"createdAt", "event", "createdBy"} <= one.keys() for one in value["data"])
    assert all(one.keys() <= {"createdAt", "event", "createdBy", "object"} for one in picked["data"])
    assert all(one["context"]["ip"] == "127.0.0.1" for one in verbose["data"])


@pytest.mark.parametrize(
    ("operation", "event", "counted"), [("content", "delete", {"delete"}), ("ai_interactions", "request", {"request"})]
)
async def test_the_other_logs_take_the_same_filters(
    company: Path, operation: str, event: str, counted: set[str]
) -> None:
    given = {"operation": operation, "org_id": ORGANIZATION_ID, "from": days(200), "to": days(0), "event": event}
    async with connected(company_settings(company)) as client:
        value = value_of(await client.call_tool("miro_logs_read", given))
    assert value["counts"].keys() == counted
    assert value["matched"] == len(value["data"]) > 5
