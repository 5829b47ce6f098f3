"""Facts of a refusal that have words of their own: asked for in the reader's language when the sentence is filled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from onething.kernel.errors import Refusal

Say = Callable[["Refusal"], str]
"""How a door says a refusal that is part of another: its sentence and what to do, in the reader's language."""


@runtime_checkable
class Telling(Protocol):
    """A fact with words in both languages of the house."""

    def told(self, language: str, say: Say) -> str:
        """Say it in `language`: "zh", else English."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """Something a person knows by its label and a program by its id: “出生日期 (birth_date)”."""

    id: str
    zh: str
    en: str

    def told(self, language: str, say: Say) -> str:
        """Say the label with the id behind it."""
        return f"{self.zh if language == 'zh' else self.en} ({self.id})"


COMMA = ("、", ", ")
APART = ("", " ")
"""What stands between sentences."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Several facts in a row."""

    parts: tuple[Telling, ...]
    between: tuple[str, str] = COMMA

    def told(self, language: str, say: Say) -> str:
        """Say them one after the other, with what stands between them in the language."""
        return self.between[0 if language == "zh" else 1].join(part.told(language, say) for part in self.parts)
