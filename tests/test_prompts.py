"""Prompts and their completions, over MCP in both eras."""

import re

import pytest
from mcp.shared.exceptions import MCPError
from mcp.types import PromptReference
from support import ERAS, Recorded, connected, recording, settings_for, value_of

from miro_mcp.catalogue import GROUPS
from miro_mcp.prompts import PROMPTS, Prompt
from miro_mcp.settings import Settings
from miro_mcp.tools.registry import CHANGE_OPTIONS, PAGING_OPTIONS, READ_OPTIONS
from miro_mcp.workflows.listing import WORKFLOWS

MENTION = re.compile(r"`(miro_\w+?)(?: (\w+))?\(([\w, ]*)\)`")
OPERATIONS = {(group.tool_of(one), one.name): one for group in GROUPS for one in group.operations}
WORKFLOW_ARGUMENTS = {
    one.name: {field.alias or name for name, field in one.arguments.model_fields.items()} for one in WORKFLOWS
}
OPTIONS = {*READ_OPTIONS, *PAGING_OPTIONS, *CHANGE_OPTIONS}
pytestmark = pytest.mark.anyio
BY_NAME = {prompt.name: prompt for prompt in PROMPTS}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def sandbox(tmp_path, **environment: str) -> Settings:
    return Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "sandbox.db"), **environment})


def given(prompt: Prompt) -> dict[str, str]:
    return {one.name: f"<{one.name}>" for one in prompt.arguments if one.default is None}


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.name)
def test_every_tool_operation_and_argument_a_prompt_names_is_there(prompt: Prompt) -> None:
    text = " ".join(prompt.text.split())
    mentions = MENTION.findall(text)
    assert text.count("`miro_") == len(mentions) > 0
    for tool, operation, listed in mentions:
        names = {name for name in listed.split(", ") if name}
        if operation:
            model = OPERATIONS[tool, operation].arguments
            assert names <= {field.alias or name for name, field in model.model_fields.items()} | OPTIONS, tool
        else:
            assert names <= WORKFLOW_ARGUMENTS[tool], tool


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.name)
def test_a_prompt_says_what_to_check_at_the_end(prompt: Prompt) -> None:
    assert re.search(r"^Check at the end:\n- ", prompt.text, re.MULTILINE)


@pytest.mark.parametrize("era", ERAS)
async def test_prompts_are_listed_with_their_arguments(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        listed = (await client.list_prompts()).prompts
    assert [prompt.name for prompt in listed] == list(BY_NAME)
    assert all(prompt.title and prompt.description for prompt in listed)
    assert {argument.name: argument.required for argument in listed[0].arguments or []} == {
        "board_id": True,
        "focus": False,
        "path": False,
    }


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.name)
async def test_a_prompt_comes_with_what_was_given_and_the_defaults_of_the_rest(
    tmp_path, prompt: Prompt, era: str
) -> None:
    async with connected(sandbox(tmp_path, MIRO_TOOLSETS="all"), era) as client:
        (message,) = (await client.get_prompt(prompt.name, given(prompt))).messages
    assert message.role == "user"
    assert message.content.type == "text"
    text = message.content.text
    assert all(value in text for value in given(prompt).values())
    assert all(one.default in text for one in prompt.arguments if one.default)
    assert "does not offer" not in text
    assert not re.search(r"\$[a-z{]", text)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("retrospective", {}, "needs board_id"),
        ("retrospective", {"board_id": "  "}, "needs board_id"),
        ("retrospective", {"board_id": "b", "colour": "red"}, "takes board_id, format, title, not colour"),
    ],
)
@pytest.mark.parametrize("era", ERAS)
async def test_wrong_arguments_are_named(tmp_path, era: str, name: str, arguments: dict[str, str], said: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        with pytest.raises(MCPError, match=said):
            await client.get_prompt(name, arguments)


@pytest.mark.parametrize("era", ERAS)
async def test_a_prompt_says_which_of_its_tools_are_switched_off(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        (message,) = (await client.get_prompt("access_review", {"org_id": "1"})).messages
    assert message.content.type == "text"
    assert "does not offer miro_access_review, miro_person_review, miro_teams_read now" in message.content.text
    assert "miro_boards_read," not in message.content.text.split("\n")[0]


@pytest.mark.parametrize("era", ERAS)
async def test_boards_are_completed_by_name(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        await client.call_tool("miro_boards_write", {"operation": "create", "name": "Roadmap for spring"})
        listed = await client.call_tool("miro_boards_read", {"operation": "list", "query": "Roadmap for spring"})
        assert value_of(listed)
        ids = [board["id"] for board in value_of(listed)["data"]]
        completion = (await complete(client, "retrospective", "board_id", "Roadmap for spring")).completion
        every = (await complete(client, "retrospective", "board_id", "")).completion
    assert completion.values == ids != []
    assert set(ids) < set(every.values)


@pytest.mark.parametrize("era", ERAS)
async def test_frames_are_completed_by_title_once_the_board_is_chosen(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        made = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Notes"})
        assert value_of(made)
        board = {"board_id": value_of(made)["id"]}
        frames = [
            await client.call_tool("miro_frames_write", {"operation": "create", **board, "data": {"title": title}})
            for title in ("Interviews", "Survey")
        ]
        chosen = await complete(client, "affinity_clustering", "frame_id", "inter", board)
        without = await complete(client, "affinity_clustering", "frame_id", "inter")
    assert value_of(frames[0])
    assert chosen.completion.values == [value_of(frames[0])["id"]]
    assert without.completion.values == []


@pytest.mark.parametrize("era", ERAS)
async def test_the_own_organization_and_known_values_are_completed(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path, MIRO_TOOLSETS="all"), era) as client:
        organization = (await complete(client, "access_review", "org_id", "")).completion.values
        token = await client.call_tool("miro_tokens_read", {"operation": "get"})
        formats = (await complete(client, "retrospective", "format", "sad")).completion.values
        nothing = (await complete(client, "retrospective", "title", "S")).completion.values
    assert value_of(token)
    assert organization == [value_of(token)["organization"]["id"]]
    assert formats == ["Mad, Sad, Glad"]
    assert nothing == []


@pytest.mark.parametrize("era", ERAS)
async def test_an_answer_that_does_not_come_completes_nothing(era: str) -> None:
    with recording(lambda _: (403, {"status": 403, "code": "forbidden", "message": "no"})) as recorder:
        async with connected(settings_for(recorder), era) as client:
            assert (await complete(client, "retrospective", "board_id", "x")).completion.values == []
    assert recorder.requests[0].path == "/v2/boards"
    assert {request.method for request in recorder.requests} == {"GET"}


@pytest.mark.parametrize("era", ERAS)
async def test_only_boards_that_the_operator_allows_are_completed(era: str) -> None:
    def reply(request: Recorded) -> tuple[int, object]:
        raise AssertionError(request.path)

    with recording(reply) as recorder:
        async with connected(settings_for(recorder, MIRO_ALLOWED_BOARDS="uXjVA=,uXjVB="), era) as client:
            assert (await complete(client, "retrospective", "board_id", "uxjvb")).completion.values == ["uXjVB="]
    assert recorder.requests == []


async def complete(client, prompt: str, argument: str, value: str, resolved: dict[str, str] | None = None):
    return await client.complete(
        PromptReference(type="ref/prompt", name=prompt), {"name": argument, "value": value}, resolved
    )
