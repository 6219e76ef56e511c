"""What a sandbox starts with, as data: the people and places of a design studio, its boards, and its records."""

from typing import Any

from .identity import ORGANIZATION_ID, TEAM_ID, USER_ID
from .people import ADMIN, MEMBER
from .store import Document

DOMAIN = "northwind.example"
ENGINEERING_ID = "3074457345618265102"
PROJECT_ID = "3074457345618265301"
FACILITATORS_ID, RESEARCHERS_ID = "3074457345618265401", "3074457345618265402"
CASE_ID, HOLD_ID = "3074457345618265601", "3074457345618265701"
LAUNCH_BOARD_ID, RETRO_BOARD_ID = "uXjVHarbour=", "uXjVRetro14="

ADA, BEN, CHIARA, DIVYA = USER_ID, "3074457345618265202", "3074457345618265203", "3074457345618265204"
EMIL, FATIMA, GORAN, HANA = "3074457345618265205", "3074457345618265206", "3074457345618265207", "3074457345618265208"

ORGANIZATION: Document = {
    "id": ORGANIZATION_ID,
    "name": "Northwind Studio",
    "plan": "company",
    "fullLicensesPurchased": 25,
    "type": "organization",
}

PEOPLE: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...] = (
    (ADA, "Ada", "Moreno", ADMIN, "full", ()),
    (BEN, "Ben", "Okafor", MEMBER, "full", ()),
    (CHIARA, "Chiara", "Rossi", MEMBER, "full", ("Content Admin",)),
    (DIVYA, "Divya", "Nair", MEMBER, "full", ("User Admin",)),
    (EMIL, "Emil", "Lindqvist", MEMBER, "full", ()),
    (FATIMA, "Fatima", "Haddad", MEMBER, "free", ()),
    (GORAN, "Goran", "Petrov", MEMBER, "free", ()),
    (HANA, "Hana", "Kim", "organization_external_user", "free_restricted", ()),
)
"""Id, given and family name, role, license, admin roles."""

INACTIVE = frozenset({GORAN})

EMPLOYMENT: dict[str, Document] = {
    BEN: {"employeeNumber": "NW-0002", "department": "Research", "manager": {"value": ADA, "displayName": "Ada Moreno"}}
}
"""What the directory knows beyond the name."""

TEAMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (TEAM_ID, "Product Design", {ADA: "admin", DIVYA: "admin", BEN: "member", CHIARA: "member", HANA: "team_guest"}),
    (ENGINEERING_ID, "Engineering", {EMIL: "admin", ADA: "member", FATIMA: "member", GORAN: "member"}),
)
"""Id, name, and each member's role."""

PROJECTS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (PROJECT_ID, "Harbour launch", TEAM_ID, {ADA: "owner", BEN: "editor", CHIARA: "viewer"}),
)
"""Id, name, team, and each member's role."""

USER_GROUPS: tuple[tuple[str, str, str, tuple[str, ...], dict[str, str]], ...] = (
    (
        FACILITATORS_ID,
        "Facilitators",
        "Run workshops in any team",
        (CHIARA, DIVYA),
        {ENGINEERING_ID: "member", RETRO_BOARD_ID: "EDITOR"},
    ),
    (RESEARCHERS_ID, "Researchers", "Interview customers", (BEN, FATIMA), {PROJECT_ID: "VIEWER"}),
)
"""Id, name, description, members, and the role in each place they may reach."""

LABELS: tuple[tuple[str, str, str, str, str], ...] = (
    ("3074457345618265501", "Public", "#8FD14F", "Anyone may see it", "NO_SHARING_RESTRICTIONS"),
    ("3074457345618265502", "Internal", "#F5DC80", "For people of the studio", "ONLY_WITHIN_ORGANIZATION"),
    ("3074457345618265503", "Confidential", "#F24726", "For named people", "ONLY_WITH_AUTHORIZED_TEAM_MEMBERS"),
)
"""Id, name, colour, description, sharing recommendation; the second is the default."""

DEFAULT_LABEL = LABELS[1][0]

BOARDS: tuple[tuple[str, str, str, str, str, dict[str, str]], ...] = (
    (
        LAUNCH_BOARD_ID,
        "Harbour app launch",
        "How a new customer gets from sign-up to the first booking",
        TEAM_ID,
        ADA,
        {BEN: "editor", HANA: "commenter"},
    ),
    (RETRO_BOARD_ID, "Retrospective, sprint 14", "What to keep and what to change", TEAM_ID, BEN, {ADA: "coowner"}),
)
"""Id, name, description, team, owner, and each other member's role. The first is in the project."""


def _step(key: str, content: str, x: int, y: int, shape: str = "round_rectangle", fill: str = "#d5f692") -> Any:
    return (
        key,
        "create-shape-item",
        {
            "data": {"content": content, "shape": shape},
            "style": {"fillColor": fill, "borderOpacity": "1.0", "textAlign": "center", "textAlignVertical": "middle"},
            "position": {"x": x, "y": y},
            "geometry": {"width": 200, "height": 100},
        },
    )


def _line(start: str, end: str, caption: str = "", side: str = "auto") -> Any:
    captions = {"captions": [{"content": caption}]} if caption else {}
    ends = {"startItem": {"id": start, "snapTo": side}, "endItem": {"id": end, "snapTo": side}}
    return (f"{start} to {end}", "create-connector", {**ends, "shape": "elbowed", **captions})


def _column(key: str, title: str, x: int) -> Any:
    return (
        key,
        "create-frame-item",
        {"data": {"title": title}, "position": {"x": x, "y": 300}, "geometry": {"width": 500, "height": 600}},
    )


def _note(key: str, column: str, content: str, y: int, colour: str) -> Any:
    return (
        key,
        "create-sticky-note-item",
        {
            "data": {"content": content},
            "style": {"fillColor": colour},
            "position": {"x": 250, "y": y},
            "parent": {"id": column},
        },
    )


CONTENTS: dict[str, tuple[tuple[str, str, Document], ...]] = {
    LAUNCH_BOARD_ID: (
        (
            "title",
            "create-text-item",
            {
                "data": {"content": "From sign-up to first booking"},
                "style": {"fontSize": "36"},
                "position": {"x": 400, "y": -160},
                "geometry": {"width": 640},
            },
        ),
        _step("sign-up", "Sign up", 0, 0, "circle"),
        _step("check", "Is the e-mail confirmed?", 400, 0, "rhombus", "#fff9b1"),
        _step("remind", "Send a reminder", 400, 240),
        _step("tour", "Show the harbour map", 800, 0),
        _step("book", "First booking", 1200, 0, "circle"),
        _line("sign-up", "check"),
        _line("check", "tour", "yes"),
        _line("check", "remind", "no"),
        _line("remind", "check", side="left"),
        _line("tour", "book"),
        (
            "task",
            "create-card-item",
            {
                "data": {"title": "Write the reminder e-mail", "description": "Two lines, no pictures"},
                "position": {"x": 800, "y": 240},
            },
        ),
    ),
    RETRO_BOARD_ID: (
        _column("well", "Went well", 0),
        _column("improve", "To improve", 560),
        _column("actions", "Actions", 1120),
        _note("pairing", "well", "Pairing on the map screen", 150, "light_green"),
        _note("demo", "well", "Demo with real customers", 400, "light_green"),
        _note("reviews", "improve", "Reviews wait for two days", 150, "light_pink"),
        _note("scope", "improve", "Scope grew in week two", 400, "light_pink"),
        _note("rota", "actions", "Start a review rota", 150, "light_yellow"),
    ),
}
"""What is on each board: a key, the operation that makes it, its arguments; ids of items stand as their keys."""

AUDIT: tuple[tuple[float, str, str, str, tuple[str, str], Document], ...] = (
    (28, "sign_in_succeeded", "authentication", ADA, (ADA, "Ada Moreno"), {"authType": "SSO", "mfaFactorType": "NONE"}),
    (28, "team_created", "team", ADA, (ENGINEERING_ID, "Engineering"), {}),
    (27.9, "team_member_added", "team", ADA, (EMIL, "Emil Lindqvist"), {"role": "admin"}),
    (21, "board_opened", "board", BEN, (LAUNCH_BOARD_ID, "Harbour app launch"), {"role": "editor"}),
    (14, "sign_in_failed", "authentication", GORAN, (GORAN, "Goran Petrov"), {"authType": "PASSWORD"}),
    (13, "user_deactivated", "directory", ADA, (GORAN, "Goran Petrov"), {}),
    (7, "board_shared", "board", ADA, (LAUNCH_BOARD_ID, "Harbour app launch"), {"role": "commenter"}),
    (6, "case_created", "ediscovery", ADA, (CASE_ID, "Supplier dispute"), {}),
    (2, "board_created", "board", BEN, (RETRO_BOARD_ID, "Retrospective, sprint 14"), {}),
    (1, "sign_in_succeeded", "authentication", CHIARA, (CHIARA, "Chiara Rossi"), {"authType": "SSO"}),
)
"""Days ago, event, category, who did it, the object's id and name, details."""

AI: tuple[tuple[float, str, str, str, str], ...] = (
    (5, BEN, LAUNCH_BOARD_ID, "request", "Suggest three reminders for people who have not confirmed their e-mail"),
    (5, BEN, LAUNCH_BOARD_ID, "response", "One after an hour, one after a day, one after a week"),
    (2, ADA, RETRO_BOARD_ID, "request", "Sum up what went well"),
    (2, ADA, RETRO_BOARD_ID, "response", "Pairing helped, and the demo with customers was worth the effort"),
)
"""Days ago, who asked, on which board, the kind of entry, its text."""
