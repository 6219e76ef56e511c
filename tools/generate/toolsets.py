"""What each toolset is for."""

PURPOSES = {
    "default": "boards, items of every kind, connectors, frames, tags, groups, board members; diagrams and pictures",
    "experimental": "mind maps, code widgets, flowchart shapes",
    "organization": "reviews of access and people, organizations, teams, projects, user groups (Enterprise plan)",
    "compliance": "audit, content and AI-interaction logs, legal holds, exports, classification (Enterprise or Guard)",
    "scim": "users and groups over SCIM (Enterprise plan, a token of its own)",
    "app": "the app's token and metrics",
    "unlisted": "routes in no description, which may vanish: comments, Miro's own diagrams, data tables",
}
