"""Every way the house says no. A concrete refusal lives in its module's `errors.py` as a short class:

    class CaseAlreadySubmitted(Conflict):
        \"\"\"This application has already been submitted.\"\"\"
        remedy = "Open it under “My matters” to follow its progress."

The first line of the docstring is the sentence the person reads; it may carry {placeholders}, filled from
the keyword facts of the exception. Doors translate the sentence first and fill it afterwards. A fact that has words
of its own (the label of a question, another refusal) is a `Telling` and is asked for them in the reader's language.
"""

from __future__ import annotations

import re
from typing import ClassVar

from onething.kernel.telling import Say, Telling


class Refusal(Exception):
    """This cannot be done."""

    status: ClassVar[int] = 422
    remedy: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        super().__init__()
        self.facts = facts

    @property
    def code(self) -> str:
        """Stable name for machines, e.g. "case_already_submitted"."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def sentence(self) -> str:
        """The untranslated sentence with its placeholders: the key of the translation."""
        return (type(self).__doc__ or "").strip().split("\n")[0]

    def facts_in(self, language: str, say: Say) -> dict[str, object]:
        """Give the facts as they fill the sentence in `language`."""
        return {
            name: fact.told(language, say) if isinstance(fact, Telling) else fact for name, fact in self.facts.items()
        }

    def __str__(self) -> str:
        return self.sentence.format_map(_Facts(self.facts_in("en", with_remedy)))


def with_remedy(refusal: Refusal) -> str:
    """Say a refusal in English, with what to do next."""
    return f"{refusal} {refusal.remedy}".rstrip()


class _Facts(dict[str, object]):
    """Leaves a placeholder standing when its fact is missing, instead of failing inside an error."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Invalid(Refusal):
    """What was given cannot be used."""

    status = 422


class NotFound(Refusal):
    """There is nothing here, or nothing that you may see."""

    status = 404
    remedy = "Check the number, or go back to the overview."


class Denied(Refusal):
    """You may not do this."""

    status = 403
    remedy = "Sign in with the account or post that may, or ask a colleague who may."


class Conflict(Refusal):
    """The present state does not allow this."""

    status = 409


class Gone(Refusal):
    """This is no longer available."""

    status = 410


class Unavailable(Refusal):
    """A system we need does not answer at the moment."""

    status = 503
    remedy = "Nothing is lost. Please try again in a few minutes."
