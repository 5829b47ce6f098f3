"""Why something has to be corrected, as sentences to choose; the applicant reads them, so they say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: Mapping[str, Promise | str] = {
    "blurred": _("The photo is blurred. Please take it again in good light."),
    "cut_off": _("Part of the page is cut off. All four corners must be seen."),
    "page_missing": _("A page is missing. Please photograph every page."),
    "wrong_paper": _("This is another paper than the one asked for. The rest need not be handed in again."),
    "not_yours": _("The name on the paper is not yours. Please check whose paper it is."),
    "expired": _("The paper has expired. Please hand in one that is valid."),
    "no_seal": _("The seal or signature is missing. Please have the office that issued it add it."),
    "background": _("The photo needs a white background. The rest need not be handed in again."),
    "differs": _("What you filled in differs from the paper. Please check it and fill in what is right."),
}


def spoken(codes: Iterable[str], more: str) -> str:
    """Put chosen sentences and free words together, in the language in which departments write."""
    with translation.override("zh-hans"):
        chosen = [str(REASONS[code]) for code in codes]
    return "\n".join(part for part in (*chosen, more.strip()) if part)
