"""Upper bounds of tokens: never less than o200k_base counts, and not much more for what outlines are made of."""

import bpe_openai
import pytest
from boards import mixed_board
from hypothesis import example, given, settings
from hypothesis import strategies as st

from miro_mcp.text.token_bound import most_tokens

ENCODING = bpe_openai.get_encoding("o200k_base")
PARTS = st.text(max_size=12) | st.sampled_from(
    [
        "'s",
        "it's",
        "I'LL",
        "\n\n",
        "  ",
        "/\n",
        "ing",
        " the",
        "123",
        "1234",
        "3458764612345678007",
        "Größe",
        "договор",
        "付箋",
        "🚀",
        "ﷺ",
        "é",
    ]
)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.lists(PARTS, max_size=30).map("".join))
@example("  \x1f")
def test_the_bound_holds_for_any_text(text: str) -> None:
    assert most_tokens(text) >= len(ENCODING.encode(text))


@pytest.mark.parametrize(
    ("text", "slack"),
    [
        ("The customers wait too long for an answer, and error messages don't say what to do. " * 3, 1.15),
        (
            "\n".join(
                f"{item['id']} {item['type']}: {item['data'].get('content', '')}" for item in mixed_board(100).items
            ),
            1.3,
        ),
        ("Die Kunden warten zu lange auf eine Antwort, und wir brauchen bessere Fehlermeldungen. " * 3, 1.5),
        ("Клиенты слишком долго ждут ответа. Нам нужны понятные сообщения об ошибках. " * 3, 2.0),  # noqa: RUF001
        ("お客様は返事を長く待ちすぎています。エラーメッセージを改善する必要があります。" * 3, 1.7),
    ],
    ids=["English", "lines of an outline", "German", "Russian", "Japanese"],
)
def test_the_bound_is_close(text: str, slack: float) -> None:
    assert len(ENCODING.encode(text)) <= most_tokens(text) <= slack * len(ENCODING.encode(text))


def test_a_long_run_without_spaces_counts_a_token_a_byte() -> None:
    assert most_tokens("x" * 1_000_000) == 1_000_000
    assert most_tokens("") == 0
