"""Keeping within Miro's limits: credits a minute, SCIM's calls in 30 s, and what it refuses to take at once."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from faulty import Allowance, FaultyApi, serving
from mcp import Client
from support import Recorded, connected, recording, text_of
from test_calls import ask_one
from test_faults import in_flight, settings_for

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.client.attempt import Received
from miro_mcp.client.credits import Budget, cost_of, retry_after
from miro_mcp.client.lane import Lane
from miro_mcp.client.quota import Quota
from miro_mcp.client.request import Request, build
from miro_mcp.settings import Settings

BOARD = "uXjVOD6LSME="


def request_of(operation_id: str, **given: Any) -> Request:
    return build(OPERATIONS[operation_id], given, {})


L1 = request_of("get-tag", board_id=BOARD, tag_id="1")
L2 = request_of("get-items", board_id=BOARD)
L4 = request_of("copy-board", copy_from=BOARD)


@dataclass
class Clock:
    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def told(clock: Clock, remaining: int, resets_in: float, *, limit: int = 100_000) -> dict[str, str]:
    return {
        "x-ratelimit-limit": str(limit),
        "x-ratelimit-remaining": str(remaining),
        "x-ratelimit-reset": str(int(clock.now + resets_in)),
    }


def test_what_a_call_costs_follows_its_level_and_its_items() -> None:
    item = {"type": "text"}
    assert [cost_of(one) for one in (L1, L2, L4)] == [50, 100, 2000]
    assert cost_of(request_of("create-items", board_id=BOARD, items=[item] * 7)) == 700
    members = {"membersToAdd": [{"email": "a"}, {"email": "b"}], "membersToRemove": [{"id": "1"}]}
    assert cost_of(request_of("enterprise-update-group-members", org_id="1", group_id="2", **members)) == 150


def test_only_the_first_call_goes_before_the_budget_is_known() -> None:
    clock = Clock()
    budget = Budget(clock, clock)
    assert budget.wait_for(L1) == 0
    budget.take(L1)
    assert budget.wait_for(L1) > 0
    budget.settle(L1, 200, told(clock, 120, 30))
    assert budget.wait_for(L2) == 0
    budget.take(L2)
    assert budget.wait_for(L1) > 0


def test_an_api_that_tells_no_budget_has_none_to_keep_to() -> None:
    clock = Clock()
    budget = Budget(clock, clock)
    budget.take(L1)
    budget.settle(L1, 200, {})
    for _ in range(5000):
        assert budget.wait_for(L4) == 0
        budget.take(L4)


def test_answers_that_overtake_each_other_do_not_give_credits_back() -> None:
    clock = Clock()
    budget = Budget(clock, clock)
    for _ in range(3):
        budget.take(L1)
    budget.settle(L1, 200, told(clock, 10, 30))
    budget.settle(L1, 200, told(clock, 60, 30))
    budget.settle(L1, 200, told(clock, 110, 30))
    assert budget.wait_for(L1) > 0


def test_the_next_window_begins_when_the_api_says_and_not_before() -> None:
    clock = Clock()
    budget = Budget(clock, clock)
    budget.take(L1)
    budget.settle(L1, 200, told(clock, 0, 40))
    assert 40 <= budget.wait_for(L1) <= 41
    clock.now += 39.9
    assert budget.wait_for(L1) > 0
    clock.now += 1.2
    assert budget.wait_for(L1) == 0


def test_a_clock_that_is_wrong_does_not_mislead_the_budget() -> None:
    clock = Clock()
    budget = Budget(clock, clock)
    budget.take(L1)
    headers = told(clock, 0, 40 - 500) | {"date": "Fri, 15 Jan 2027 07:51:40 GMT"}
    assert int(clock.now) - 500 == 1_799_999_500
    budget.settle(L1, 200, headers)
    assert 38 <= budget.wait_for(L1) <= 42


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_that_is_set_meanwhile_delays_nothing(hours: int) -> None:
    """The API tells no `Date`, so nothing shows the error but the reset itself."""
    passing, wall = Clock(0.0), Clock()
    budget = Budget(passing, wall)
    budget.take(L1)
    budget.settle(L1, 200, told(wall, 0, 40))
    passing.now += 10
    real = Clock(wall.now + 10)
    wall.now = real.now + hours * 3600
    assert 29 <= budget.wait_for(L1) <= 31
    passing.now += 31
    real.now += 31
    wall.now += 31
    assert budget.wait_for(L1) == 0
    budget.take(L1)
    budget.settle(L1, 200, told(real, 0, 60))
    assert 59 <= budget.wait_for(L1) <= 61
    assert retry_after(told(real, 0, 60), wall.now) is None


def test_what_others_spend_of_the_same_budget_is_taken_in() -> None:
    clock = Clock()
    budget = Budget(clock, clock)
    budget.take(L1)
    budget.settle(L1, 200, told(clock, 90_000, 30))
    budget.take(L1)
    budget.settle(L1, 200, told(clock, 49, 30))
    assert budget.wait_for(L1) > 0


def test_how_long_to_wait_is_read_from_seconds_dates_and_the_reset() -> None:
    now = 1_800_000_000.0
    assert retry_after({"retry-after": "7"}, now) == 7
    assert retry_after({"retry-after": "Fri, 15 Jan 2027 08:00:30 GMT"}, now) == 30
    assert retry_after({"x-ratelimit-reset": "1800000009"}, now) == 9
    assert retry_after({"retry-after": "soon", "x-ratelimit-reset": "1800000009"}, now) == 9
    assert retry_after({"retry-after": "nan"}, now) is None
    assert retry_after({}, now) is None


@pytest.mark.slow
def test_a_burst_beyond_the_budget_is_paced_and_not_refused(tmp_path: Path) -> None:
    api = FaultyApi(allowance=Allowance(2_000, 2.0, lambda *_: 50))

    async def go() -> None:
        async with serving(api), connected(settings_for(api, tmp_path)) as client:

            async def read(number: int) -> None:
                arguments = {"operation": "get", "board_id": BOARD, "item_id": str(number)}
                result = await client.call_tool("miro_items_read", arguments)
                assert not result.is_error, text_of(result)

            await in_flight(100, read, at_once=50)

    asyncio.run(go())
    assert len(api.requests) == 100 + api.met["refused"]
    assert api.met["refused"] <= 3


def test_one_refusal_stops_its_own_call_and_several_in_a_row_stop_all_until_the_time_they_tell() -> None:
    async def is_held_up(refusals: int) -> bool:
        lane = Lane(Quota())
        refusal = Received(429, {"retry-after": "30"}, None)
        for _ in range(refusals):
            await lane.enter(L1)
            lane.leave(L1, 0.01, refusal)
        entering = asyncio.ensure_future(lane.enter(L1))
        await asyncio.sleep(0)
        held_up = not entering.done()
        entering.cancel()
        await asyncio.gather(entering, return_exceptions=True)
        return held_up

    assert [asyncio.run(is_held_up(refusals)) for refusals in (0, 1, 2)] == [False, False, True]


def test_groups_of_scim_are_read_five_times_in_thirty_seconds() -> None:
    clock = Clock()
    quota = Quota(clock)
    groups, users = request_of("listGroups"), request_of("listUsers")
    for _ in range(5):
        assert quota.wait_for(groups) == 0
        quota.take(groups)
    assert quota.wait_for(groups) > 0
    assert quota.wait_for(users) == 0
    clock.now += 2
    for _ in range(5):
        quota.settle(groups, 200, {})
    assert quota.wait_for(groups) == 30
    clock.now += 30
    assert quota.wait_for(groups) == 0


def change_of_group(users: int) -> dict[str, Any]:
    value = [{"value": str(3074457345618265000 + number)} for number in range(users)]
    schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
    changes = [{"op": "Add", "path": "members", "value": value}]
    return {"operation": "patch", "id": "1", "schemas": schemas, "Operations": changes}


def test_a_change_of_a_group_that_scim_would_refuse_is_not_sent() -> None:
    fits, _ = ask_one(lambda _: (200, {"id": "1"}), "miro_scim_groups_write", change_of_group(8000))
    assert not fits.is_error, text_of(fits)
    result, recorder = ask_one(lambda _: (200, {}), "miro_scim_groups_write", change_of_group(8001))
    assert "8,001 users" in text_of(result)
    assert recorder.requests == []


def test_the_budget_of_one_host_is_not_that_of_the_other() -> None:
    def reply(request: Recorded) -> tuple[int, Any]:
        return 200, {"Resources": [], "totalResults": 0} if "/scim/" in request.path else {"id": "1"}

    async def go() -> None:
        with recording(reply) as recorder:
            settings = Settings.from_environment(
                {
                    "MIRO_ACCESS_TOKEN": "rest",
                    "MIRO_SCIM_TOKEN": "scim",
                    "MIRO_TOOLSETS": "all",
                    "MIRO_API_BASE_URL": recorder.url,
                    "MIRO_SCIM_BASE_URL": f"{recorder.url}/scim",
                }
            )
            async with connected(settings) as client:
                await one_of_each(client)
            tokens = {request.headers["authorization"] for request in recorder.requests if "/scim/" in request.path}
            assert tokens == {"Bearer scim"}

    async def one_of_each(client: Client) -> None:
        calls = [
            client.call_tool("miro_scim_groups_read", {"operation": "list"}),
            client.call_tool("miro_boards_read", {"operation": "get", "board_id": BOARD}),
        ]
        assert not any(result.is_error for result in await asyncio.gather(*calls))

    asyncio.run(go())
