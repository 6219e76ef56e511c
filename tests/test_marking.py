"""Hidden characters of strangers' text are shown, and nothing else is touched."""

# ruff: noqa: RUF001
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miro_mcp.text.hidden import visible, visible_value


@pytest.mark.parametrize(
    "text",
    [
        "plain", "line\nbreak\tand tab", "windows\r\nlines", "Café", "日本語", "한국어", "Ελληνικά",
        "می\u200cخواهم", "क्\u200dष", "👩\u200d👩\u200d👧", "❤\ufe0f", "🏳\ufe0f\u200d🌈", "1\ufe0f⃣", "👍🏽", "🇩🇪", "",
    ],
)  # fmt: skip
def test_ordinary_text_is_not_touched(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("a\u200db", "a\\u200db"),
        ("x\u200c", "x\\u200c"),
        ("\U000e0041\U000e0042", "\\U000e0041\\U000e0042"),
        ("a\ufe01", "a\\ufe01"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f\\ufe0f"),
        ("\U000e0100", "\\U000e0100"),
        ("soft\u00adhyphen", "soft\\u00adhyphen"),
        ("lone\rreturn", "lone\\u000dreturn"),
        ("\ufeffmark", "\\ufeffmark"),
        ("\u2028", "\\u2028"),
        ("\x00\x7f\x9b", "\\u0000\\u007f\\u009b"),
        ("\ud800", "\\ud800"),
        ("\u3164", "\\u3164"),
        ("a\u034fb\u180ec\u2800d", "a\\u034fb\\u180ec\\u2800d"),
        ("\U0001d173", "\\U0001d173"),
    ],
)
def test_hidden_characters_become_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_names_and_values_at_any_depth_are_made_visible() -> None:
    assert visible_value({"a\u202e": [{"b": "c\u200b"}, 5, None, True]}) == {
        "a\\u202e": [{"b": "c\\u200b"}, 5, None, True]
    }


@pytest.mark.slow
@given(st.text())
def test_what_is_shown_holds_no_control_and_is_shown_the_same_again(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    kept = {"\n", "\t", "\u200c", "\u200d"}
    assert not [c for c in shown.replace("\r\n", "") if unicodedata.category(c) in ("Cc", "Cs") and c not in kept]
    assert not set(shown) & {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF)}
