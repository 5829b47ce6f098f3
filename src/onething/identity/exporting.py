"""What the door hands to a person of their own data: their account, their mandates, who looked at them."""

from __future__ import annotations

from uuid import UUID

from onething.identity.models import (
    Account,
    ApiKey,
    Consent,
    ErasureRequest,
    Invitation,
    Mandate,
    Post,
    RecoveryCode,
    SecondFactor,
)
from onething.plumbing import storage
from onething.plumbing.looks.models import Look
from onething.plumbing.ui.models import Preference
from onething.registry import exports, sealing
from onething.registry.exports import Enclosed, Part, rows

_SUFFIX = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@exports.part(
    "identity",
    tables=(
        "identity.Account",
        "identity.Post",
        "identity.ApiKey",
        "identity.SecondFactor",
        "identity.RecoveryCode",
        "identity.Invitation",
        "identity.Consent",
        "identity.Mandate",
        "identity.ErasureRequest",
        "looks.Look",
        "ui.Preference",
    ),
)
def mine(person_id: UUID) -> Part:
    """Hand out how somebody signs in, who acts for whom, and who looked at their data."""
    account = Account.objects.filter(person_id=person_id)
    of = {"account__person_id": person_id}
    given = Mandate.objects.filter(person_id=person_id)
    return Part(
        {
            "account": rows(account, without=("password",)),
            "posts": rows(Post.objects.filter(**of)),
            "api_keys": rows(ApiKey.objects.filter(**of)),
            "authenticator": rows(SecondFactor.objects.filter(**of), without=("last_step",)),
            "recovery_codes_left": RecoveryCode.objects.filter(**of).count(),
            "open_link": rows(Invitation.objects.filter(**of)),
            "mandates_given": rows(given, without=("paper_key",)),
            "consents_given": rows(Consent.objects.filter(person_id=person_id), without=("hashed",)),
            "mandates_held": rows(Mandate.objects.filter(**of), without=("paper_key", "person_id")),
            "closed": rows(ErasureRequest.objects.filter(person_id=person_id), answer=_answer),
            "looks": rows(Look.objects.filter(person_ids__contains=[person_id]), without=("person_ids", "transaction")),
            "preferences": rows(Preference.objects.filter(account_id__in=account.values("pk"))),
        },
        tuple(_paper(mandate) for mandate in given if mandate.paper_key),
    )


def _answer(request: ErasureRequest) -> str:
    kept = request.sealed_answer
    return str(sealing.unseal(request.person_id, bytes(kept), field="identity.erasure")) if kept else ""


def _paper(mandate: Mandate) -> Enclosed:
    key, person_id = mandate.paper_key, mandate.person_id
    return Enclosed(
        f"mandate-{mandate.pk}.{_SUFFIX.get(mandate.paper_kind, 'bin')}",
        0,
        lambda: sealing.unseal_bytes(person_id, storage.read(key), field="mandate"),
    )


exports.left_out(
    {
        "identity.SignInCode": "one open code: a digest that is gone within five minutes",
        "identity.MandateWish": "a code that is gone within ten minutes; what came of it is a mandate",
        "identity.ConsentWish": "a code that is gone within ten minutes; what came of it is a consent",
        "identity.Proposal": "what colleagues ask each other; it holds ids and the asker's reason, and its outcome "
        "stands in the table it is about",
        "identity.RepeatableCall": "digests of calls that programs made, for a day",
        "journal.Entry": "ids and codes of what happened; each stands in its own table too",
        "outgoing.Message": "what senders are handed, under the sender's key; the letters are the correspondence's",
        "sessions.Session": "where somebody is signed in now; ended from “My account”",
    }
)
