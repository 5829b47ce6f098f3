"""How a text message is counted, and how a text arrives."""

from __future__ import annotations

import pytest

from onething.catalogue.drafts.previewing import INVENTED, previews, sms_length
from onething.catalogue.occasions import OCCASIONS


@pytest.mark.parametrize(
    ("text", "length", "parts"),
    [
        ("", 0, 0),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("€" * 80, 160, 1),
        ("一" * 70, 70, 1),
        ("一" * 71, 71, 2),
        ("一" * 134, 134, 2),
        ("一" * 135, 135, 3),
        ("a" * 70 + "一", 71, 2),
        ("𠮷" * 35, 70, 1),
    ],
)
def test_a_message_is_counted_as_the_network_counts(text: str, length: int, parts: int) -> None:
    assert sms_length(text) == (length, parts)


def test_a_text_is_filled_in_and_an_unknown_name_stays() -> None:
    notice = {
        "sms": {"zh": "{case_number}，{odd}", "en": "{due}"},
        "email": {"subject": {"zh": "s"}, "body": {"zh": "b"}},
    }
    shown = {(one.channel, one.language): one.text for one in previews(notice)}
    assert shown["sms", "zh"] == f"{INVENTED['zh']['case_number']}，{{odd}}"
    assert shown["sms", "en"] == INVENTED["en"]["due"]
    assert shown["subject", "zh"] == "s"


def test_a_preview_has_a_value_for_whatever_a_letter_fills_in() -> None:
    filled = frozenset().union(*OCCASIONS.values())
    assert {language: set(values) for language, values in INVENTED.items()} == {"zh": filled, "en": filled}
