"""Which effects each operation has."""

from __future__ import annotations

from collections.abc import Sequence

from ...catalogue import Operation, check_ids
from ..lookups import Given, Lookup
from ..subjects import Subject
from . import EffectSentences
from .access import changes_role, gains, groups_gain, joins_and_leaves_group
from .leaving import leaves_board, leaves_group, leaves_project, removes_account, removes_member
from .opening import (
    changes_labelling,
    changes_policy,
    changes_project_settings,
    changes_settings,
    copies,
    moves_board,
    opens_board,
)
from .people import changes_account, changes_scim_group, signs_out
from .records import closes, exports, labels, locks_out, makes_link, preserves, releases

EFFECTS: dict[str, tuple[EffectSentences, ...]] = {
    "create-board": (opens_board, moves_board),
    "copy-board": (copies, opens_board, moves_board),
    "update-board": (opens_board, changes_policy, moves_board),
    "share-board": (gains("emails"),),
    "update-board-member": (changes_role,),
    "remove-board-member": (leaves_board,),
    "enterprise-boards-create-group": (groups_gain,),
    "enterprise-project-create-group": (groups_gain,),
    "enterprise-teams-create-group": (groups_gain,),
    "enterprise-invite-team-member": (gains("email"),),
    "enterprise-update-team-member": (changes_role,),
    "enterprise-delete-team-member": (removes_member,),
    "enterprise-update-team-settings": (changes_settings,),
    "enterprise-update-project-settings": (changes_project_settings,),
    "enterprise-add-project-member": (gains("email"),),
    "enterprise-update-project-member": (changes_role,),
    "enterprise-delete-project-member": (leaves_project,),
    "enterprise-create-group-member": (gains("email"),),
    "enterprise-delete-group-member": (leaves_group,),
    "enterprise-update-group-members": (joins_and_leaves_group,),
    "enterprise-post-user-sessions-reset": (signs_out,),
    "createUser": (gains("userName"),),
    "replaceUser": (changes_account,),
    "patchUser": (changes_account,),
    "deleteUser": (removes_account,),
    "patchGroup": (changes_scim_group,),
    "create-legal-hold": (preserves,),
    "edit-legal-hold": (preserves,),
    "delete-legal-hold": (releases,),
    "delete-case": (closes,),
    "enterprise-create-board-export": (exports,),
    "enterprise-create-board-export-task-export-link": (makes_link,),
    "enterprise-dataclassification-board-set": (labels,),
    "enterprise-dataclassification-team-settings-set": (changes_labelling, labels),
    "enterprise-dataclassification-team-boards-bulk": (labels,),
    "revoke-token": (locks_out,),
    "revoke-token-v2": (locks_out,),
}
"""What is said of an operation beside the objects it names."""

check_ids(EFFECTS)


async def effects_of(operation: Operation, given: Given, subjects: Sequence[Subject], look: Lookup) -> list[str]:
    """The sentences for the operations that have such effects; none for the others."""
    found = [await say(given, subjects, look) for say in EFFECTS.get(operation.id, ())]
    return [sentence for sentences in found for sentence in sentences]
