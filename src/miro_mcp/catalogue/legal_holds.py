"""Cases and legal holds."""

from typing import Annotated

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Arguments, Body, Count, Operation, OperationGroup
from .types import Email, NumericId, PageCursor, PageSize100


class OfOrganization(Arguments):
    org_id: NumericId


class OfCase(OfOrganization):
    case_id: NumericId


class OfHold(OfCase):
    legal_hold_id: NumericId


class GetAllCases(OfOrganization):
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class GetAllLegalHolds(OfCase):
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class GetLegalHoldContentItems(OfHold):
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class CreateCase(OfOrganization):
    name: str
    description: str = ABSENT


class EditCase(OfCase):
    name: str
    description: str = ABSENT


class Custodian(Body):
    email: Email


class HoldScope(Body):
    """Whose content is preserved; 200 people at most, later additions included."""

    users: Annotated[list[Custodian], Field(max_length=200)]


class CreateLegalHold(OfCase):
    name: str
    description: str = ABSENT
    scope: HoldScope


class EditLegalHold(OfHold):
    name: str
    description: str = ABSENT
    scope: HoldScope


GROUP = OperationGroup(
    name="legal_holds",
    title="Cases and legal holds",
    toolset="compliance",
    operations=(
        Operation(
            id="get-all-cases",
            name="list_cases",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/cases",
            arguments=GetAllCases,
            summary="Cases of the organization",
            scopes=("organization:cases:management",),
            level=4,
            plan="enterprise_guard",
            why="litigation is confidential",
            sensitive=True,
        ),
        Operation(
            id="get-case",
            name="get_case",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/cases/{case_id}",
            arguments=OfCase,
            summary="One case",
            scopes=("organization:cases:management",),
            level=3,
            plan="enterprise_guard",
            why="litigation is confidential",
            sensitive=True,
        ),
        Operation(
            id="get-all-legal-holds",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/cases/{case_id}/legal-holds",
            arguments=GetAllLegalHolds,
            summary="Legal holds of a case",
            scopes=("organization:cases:management",),
            level=4,
            plan="enterprise_guard",
            why="litigation is confidential",
            sensitive=True,
        ),
        Operation(
            id="get-legal-hold",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/cases/{case_id}/legal-holds/{legal_hold_id}",
            arguments=OfHold,
            summary="One legal hold",
            scopes=("organization:cases:management",),
            level=3,
            plan="enterprise_guard",
            why="litigation is confidential",
            sensitive=True,
        ),
        Operation(
            id="get-legal-hold-content-items",
            name="list_content",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/cases/{case_id}/legal-holds/{legal_hold_id}/content-items",
            arguments=GetLegalHoldContentItems,
            summary="Boards a legal hold preserves",
            scopes=("organization:cases:management",),
            level=3,
            plan="enterprise_guard",
            why="litigation is confidential",
            sensitive=True,
        ),
        Operation(
            id="get-legal-hold-export-jobs",
            name="list_export_jobs",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/cases/{case_id}/export-jobs",
            arguments=GetAllLegalHolds,
            summary="Export jobs of a case",
            scopes=("organization:cases:management",),
            level=4,
            plan="enterprise_guard",
            why="litigation is confidential",
            sensitive=True,
        ),
        Operation(
            id="create-case",
            name="create_case",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/cases",
            arguments=CreateCase,
            summary="Open a case",
            scopes=("organization:cases:management",),
            level=4,
            plan="enterprise_guard",
            risk=4,
            why="a record in a legal matter",
            has_body=True,
        ),
        Operation(
            id="edit-case",
            name="edit_case",
            effect=WRITE,
            method="PUT",
            path="/v2/orgs/{org_id}/cases/{case_id}",
            arguments=EditCase,
            summary="Change a case's name and description",
            scopes=("organization:cases:management",),
            level=3,
            plan="enterprise_guard",
            risk=4,
            why="a record in a legal matter",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="create-legal-hold",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/cases/{case_id}/legal-holds",
            arguments=CreateLegalHold,
            summary="Preserve what people own; takes up to 24 h",
            scopes=("organization:cases:management",),
            level=4,
            plan="enterprise_guard",
            risk=4,
            why="preserves people's content; takes up to 24 h",
            has_body=True,
        ),
        Operation(
            id="edit-legal-hold",
            name="edit",
            effect=WRITE,
            method="PUT",
            path="/v2/orgs/{org_id}/cases/{case_id}/legal-holds/{legal_hold_id}",
            arguments=EditLegalHold,
            summary="Replace a hold's people: whoever is left out is no longer preserved",
            scopes=("organization:cases:management",),
            level=3,
            plan="enterprise_guard",
            risk=5,
            why="people left out lose preservation without notice",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-case",
            name="close_case",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/cases/{case_id}",
            arguments=OfCase,
            summary="Close a case; it is deleted for good",
            scopes=("organization:cases:management",),
            level=4,
            plan="enterprise_guard",
            risk=5,
            why="a closed case is gone for good",
            counts=(Count("legal holds in it", "get-all-legal-holds"),),
        ),
        Operation(
            id="delete-legal-hold",
            name="release",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/cases/{case_id}/legal-holds/{legal_hold_id}",
            arguments=OfHold,
            summary="Release a hold; what it preserved may be lost",
            scopes=("organization:cases:management",),
            level=4,
            plan="enterprise_guard",
            risk=5,
            why="ends preservation of boards and people for good, within 24 h",
            counts=(Count("boards it preserves", "get-legal-hold-content-items"),),
        ),
    ),
)
