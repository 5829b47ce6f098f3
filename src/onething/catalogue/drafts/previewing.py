"""Shows a text to people as it arrives: filled in for an invented person, and counted as the network counts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

INVENTED: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "case_number": "YJS-20260909-0001", "due": "9月30日（周三）", "matter": "军人退役报到登记",
        "what": "退出现役证的照片看不清", "link": "https://example.gov.cn/x/7Q2F",
        "objection": "可以在60日内申请行政复议", "remedy": "到县退役军人服务站问清楚",
        "only_if": "选自主就业的，", "consequence": "晚了 30 天以上，就当作放弃安置待遇。",
    },
    "en": {
        "case_number": "YJS-20260909-0001", "due": "Wednesday 30 September", "matter": "Reporting in",
        "what": "the picture of the discharge certificate cannot be read", "link": "https://example.gov.cn/x/7Q2F",
        "objection": "you can apply for reconsideration within 60 days", "remedy": "Ask at the service station.",
        "only_if": " (if you go self-employed)", "consequence": "30 days too late counts as giving up placement.",
    },
}  # fmt: skip
"""What stands in the placeholders of a preview; of nobody. A name that is not here stands as it is written."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
ONE_PLAIN, PART_PLAIN = 160, 153
ONE_WIDE, PART_WIDE = 70, 67
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class Preview:
    """One text as it arrives. `length` and `parts` count a text message; 0 elsewhere."""

    channel: str
    language: str
    text: str
    length: int = 0
    parts: int = 0


def previews(notice: Mapping[str, Any]) -> Iterator[Preview]:
    """Fill in the texts of one occasion, by channel and language."""
    mail = notice.get("email") or {}
    texts = {"sms": notice.get("sms"), "in_app": notice.get("in_app")}
    texts |= {"subject": mail.get("subject"), "body": mail.get("body")}
    for channel, words in texts.items():
        for language, text in (words or {}).items():
            filled = filled_in(str(text), language)
            length, parts = sms_length(filled) if channel == "sms" else (0, 0)
            yield Preview(channel, language, filled, length, parts)


def filled_in(text: str, language: str) -> str:
    """Put the invented person's values into the placeholders."""
    values = INVENTED["en" if language == "en" else "zh"]
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def sms_length(text: str) -> tuple[int, int]:
    """
    Count a text message: its length in the network's units, and in how many parts it is sent.

    Chinese is sent as UCS-2: 70 units, or 67 a part; plain Latin as GSM 7-bit: 160, or 153 a part. Source: 3GPP TS
    23.038 and 23.040.
    """
    if set(text) <= _GSM | _GSM_TWICE:
        length = sum(2 if character in _GSM_TWICE else 1 for character in text)
        one, part = ONE_PLAIN, PART_PLAIN
    else:
        length, one, part = len(text.encode("utf-16-le")) // 2, ONE_WIDE, PART_WIDE
    return length, (1 if length else 0) if length <= one else -(-length // part)
