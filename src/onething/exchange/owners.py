"""Who is told, in words: an owner is kept as `role:region`, or as the post that follows an order (`staff:<post>`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from onething.identity import queries as accounts
from onething.identity.models import Post
from onething.kernel.language import Language
from onething.registry.models import Region


def in_words(owners: Iterable[str], language: Language) -> Mapping[str, str]:
    """Say who each owner is: role and division, or the colleague's name. What is unknown stays as it was written."""
    parts = {owner: owner.partition(":")[::2] for owner in owners}
    places = _places({rest for _, rest in parts.values()}, language)
    holders = _holders({rest for who, rest in parts.values() if who == "staff"})
    return {owner: holders.get(rest) or _post(who, places.get(rest, rest), language)
            for owner, (who, rest) in parts.items()}  # fmt: skip


def _post(role: str, place: str, language: Language) -> str:
    return " · ".join(word for word in (accounts.role_title(role)[language == "en"], place) if word)


def _places(codes: set[str], language: Language) -> Mapping[str, str]:
    rows = Region.objects.filter(code__in=codes).values_list("code", "name", "name_en")
    return {code: (name_en or name) if language == "en" else name for code, name, name_en in rows}


def _holders(posts: set[str]) -> Mapping[str, str]:
    known = [UUID(text) for text in posts if _is_id(text)]
    rows = Post.objects.filter(pk__in=known).values_list("pk", "account__display_name", "account__username")
    return {str(post): shown or username for post, shown, username in rows}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
