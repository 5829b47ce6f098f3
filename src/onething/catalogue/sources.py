"""Where something is written, in words: the title of a source, its article, its address. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from onething.kernel.language import Language
from onething.plumbing.packs import schema

Sources = Mapping[str, schema.Source]


def cited(ref: str, sources: Sources, language: Language) -> str:
    """
    Write "L1:53" as 《退役军人安置条例》第53条, or as much of it as is known.

    In English by its English title; where the pack has none, it says so beside the Chinese one.
    """
    name, _, article = ref.partition(":")
    source = sources.get(name)
    if source is None:
        return ref
    title = f"《{source.title}》" if source.grade == "law" else source.title
    if language == "en":
        title = source.title_en or f"{title} (no English title)"
    return title + _article(article, language) if article else title


def with_address(ref: str, sources: Sources, language: Language) -> str:
    """Write a source with its issuer, number, date and address."""
    source = sources.get(ref.partition(":")[0])
    if source is None:
        return ref
    details = [source.issuer, source.number, str(source.date) if source.date else None, source.address]
    separator = "，" if language == "zh" else ", "
    return f"{cited(ref, sources, language)} [{ref}] " + separator.join(part for part in details if part)


def _article(article: str, language: Language) -> str:
    if not article[0].isdigit():
        return f" {article}"
    if language == "zh":
        return f"第{article}条"
    return f", article {article}" if article.isdigit() else f", articles {article}"
