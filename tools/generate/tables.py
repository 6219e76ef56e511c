"""Tables in Markdown."""


def table_head(*names: str) -> tuple[str, str]:
    return row(*names), row(*("---" for _ in names))


def row(*values: str) -> str:
    return "| " + " | ".join(value.replace("|", "\\|") for value in values) + " |"
