"""Data classification: the organization's labels, a team's settings, and the label of each board."""

from typing import Any

from ..audit import audited
from ..http.handlers import ApiCall, Reply, handles, invalid, not_found
from ..http.replies import now
from ..identity import ORGANIZATION_ID
from ..organization.places import board_in, organization_of, team_of
from ..store import Document, Store

LABEL, BOARD_LABEL, TEAM_LABELLING = "label", "board_label", "team_labelling"
"""Kinds of document; scopes are the organization, the board and the team."""

_OFF: Document = {"enabled": False}


@handles("enterprise-dataclassification-organization-settings-get")
def get_organization(call: ApiCall) -> Reply:
    organization_of(call)
    labels = [label | {"type": "data-classification-label"} for label in call.store.all(LABEL, ORGANIZATION_ID)]
    return Reply(200, {"enabled": True, "labels": labels, "type": "data-classification-organization-settings"})


@handles("enterprise-dataclassification-team-settings-get")
def get_team(call: ApiCall) -> Reply:
    return Reply(200, _settings(_labelling(call.store, team_of(call)["id"])))


@handles("enterprise-dataclassification-team-settings-set")
@audited("team_classification_settings_changed", "data_classification")
def set_team(call: ApiCall) -> Reply:
    store, team_id = call.store, team_of(call)["id"]
    labelling = _labelling(store, team_id) | {"since": now()}
    if "enabled" in call.arguments:
        labelling["enabled"] = call.arguments["enabled"]
    if "defaultLabelId" in call.arguments:
        labelling["defaultLabelId"] = _label(store, call.arguments["defaultLabelId"])["id"]
    for board in store.all("board", "", {"team.id": team_id}):
        # What boards got by the settings so far must stay when these change.
        if label_id := label_of(store, board):
            _set(store, board["id"], label_id)
    store.remove(TEAM_LABELLING, team_id, team_id)
    store.add(TEAM_LABELLING, team_id, team_id, labelling)
    return Reply(200, _settings(labelling))


@handles("enterprise-dataclassification-board-get")
def get_board(call: ApiCall) -> Reply:
    board = board_in(call)
    label_id = label_of(call.store, board)
    if label_id is None:
        raise not_found("Label of board", board["id"])
    return Reply(200, _shown(_label(call.store, label_id)))


@handles("enterprise-dataclassification-board-set")
@audited("board_classified", "data_classification")
def set_board(call: ApiCall) -> Reply:
    board, label = board_in(call), _wanted(call)
    _set(call.store, board["id"], label["id"])
    return Reply(200, _shown(label))


@handles("enterprise-dataclassification-team-boards-bulk")
@audited("team_boards_classified", "data_classification")
def set_team_boards(call: ApiCall) -> Reply:
    team_id, label = team_of(call)["id"], _wanted(call)
    boards = call.store.all("board", "", {"team.id": team_id})
    if call.arguments["notClassifiedOnly"]:
        boards = [board for board in boards if label_of(call.store, board) is None]
    for board in boards:
        _set(call.store, board["id"], label["id"])
    return Reply(200, {"numberUpdatedBoards": len(boards), "type": "boards-data-classification-label-changed"})


def label_of(store: Store, board: Document) -> str | None:
    """The id of a board's label: the one it was given, or its team's default when the board came after that was set."""
    given = store.get(BOARD_LABEL, board["id"], board["id"])
    if given:
        return given["labelId"]
    labelling = _labelling(store, board["team"]["id"])
    applies = labelling["enabled"] and board["createdAt"] >= labelling["since"]
    return labelling.get("defaultLabelId") if applies else None


def _labelling(store: Store, team_id: str) -> Document:
    return store.get(TEAM_LABELLING, team_id, team_id) or _OFF


def _set(store: Store, board_id: str, label_id: str) -> None:
    store.remove(BOARD_LABEL, board_id, board_id)
    store.add(BOARD_LABEL, board_id, board_id, {"labelId": label_id})


def _wanted(call: ApiCall) -> Document:
    """The label that a call names.

    Raises:
        ErrorReply: 400, it names none; 404, there is none with that id.
    """
    if "labelId" not in call.arguments:
        raise invalid({"labelId": "is required"})
    return _label(call.store, call.arguments["labelId"])


def _label(store: Store, id: Any) -> Document:
    label = store.get(LABEL, ORGANIZATION_ID, str(id))
    if label is None:
        raise not_found("Label", str(id))
    return label


def _settings(labelling: Document) -> Document:
    shown = {name: labelling[name] for name in ("defaultLabelId", "enabled") if name in labelling}
    return shown | {"type": "team-data-classification-settings"}


def _shown(label: Document) -> Document:
    told = ("id", "name", "color", "description", "sharingRecommendation", "guidelineUrl")
    return {name: label[name] for name in told if name in label} | {"type": "board-data-classification-label"}
