"""
Which rows belong to whom, table by table: what PostgreSQL holds web requests to, beside `visible_to` in the code.

A wall is the outer bound (whose person, whose region, whose desk); what a role may do there, the permissions say. Every
table with a column that leads to a person, a case, an order or an account stands here or among the OPEN ones, with the
reason; a house test sees to it.
"""

from __future__ import annotations

from onething.plumbing.walls import Wall


def _of_case() -> Wall:
    return Wall(through=(("case_id", "cases_case", "id"),))


def _of_order() -> Wall:
    return Wall(through=(("order_id", "exchange_order", "id"),))


def _of_person() -> Wall:
    return Wall(person="person_id", through=(("person_id", "registry_person", "id"),))


def _of_account() -> Wall:
    return Wall(account="account_id", through=(("account_id", "identity_account", "id"),))


def _of_visit() -> Wall:
    return Wall(person="person_id", region="region", through=(("case_id", "cases_case", "id"),))


WALLS: dict[str, Wall] = {
    # also for the staff of the other place, where one takes a case in and another decides
    "registry_person": Wall(person="id", region="region_id", seen_through=(("id", "cases_case", "person_id"),)),
    "registry_personkey": _of_person(),
    "registry_knownfact": _of_person(),
    "registry_statement": _of_person(),
    "registry_correctionrequest": _of_person(),
    "registry_archivemove": _of_person(),
    "registry_arrival": _of_person(),
    "registry_dataexport": _of_person(),
    "registry_roster": Wall(region="region_id"),
    "registry_sharing": Wall(person="person_id", region="region"),
    "identity_account": Wall(account="id", through=(("id", "identity_post", "account_id"),)),
    "identity_post": Wall(account="account_id", region="region_id"),
    "identity_apikey": Wall(account="account_id", through=(("post_id", "identity_post", "id"),)),
    "identity_secondfactor": _of_account(),
    "identity_recoverycode": _of_account(),
    "identity_invitation": _of_account(),
    "identity_mandate": Wall(
        person="person_id", account="account_id", through=(("person_id", "registry_person", "id"),)
    ),
    "identity_consent": Wall(person="person_id", through=(("key_id", "identity_apikey", "id"),)),
    "identity_consentwish": Wall(through=(("key_id", "identity_apikey", "id"),)),
    "identity_mandatewish": Wall(account="account_id"),
    "identity_erasurerequest": Wall(person="person_id", region="region"),
    "identity_proposal": Wall(account="asked_by", region="region"),
    "catalogue_packdraft": Wall(region="region"),
    "catalogue_draftstep": Wall(through=(("draft_id", "catalogue_packdraft", "id"),)),
    "catalogue_calendaryear": Wall(region="region"),
    "correspondence_notice": Wall(person="person_id", region="region"),
    "correspondence_reminderwish": _of_person(),
    "correspondence_document": Wall(person="person_id", region="region"),
    "correspondence_enclosure": Wall(person="person_id", region="region"),
    "exchange_order": Wall(person="person_id", organisation="organisation", region="region"),
    "exchange_attempt": _of_order(),
    "exchange_reply": _of_order(),
    "exchange_amendment": _of_order(),
    "exchange_escalation": _of_order(),
    "exchange_urging": _of_order(),
    "exchange_supervision": _of_order(),
    "exchange_sharing": _of_person(),
    "entitlements_basis": Wall(person="person_id", region="region"),
    "entitlements_decision": Wall(person="person_id", region="region"),
    "entitlements_application": Wall(person="person_id", region="region"),
    "entitlements_offer": Wall(person="person_id", region="region"),
    "cases_draft": Wall(person="person_id"),
    "cases_cosignature": Wall(person="person_id"),
    "cases_daytokeep": Wall(person="person_id"),
    "cases_case": Wall(person="person_id", region="region", also_region="intake_region"),
    "cases_task": _of_case(),
    "cases_choice": _of_case(),
    "cases_pause": _of_case(),
    "cases_correction": _of_case(),
    "cases_upload": Wall(person="person_id", through=(("case_id", "cases_case", "id"),)),
    "cases_papertocome": _of_case(),
    "cases_rating": Wall(region="region", through=(("case_id", "cases_case", "id"),)),
    "cases_callback": Wall(region="region", through=(("case_id", "cases_case", "id"),)),
    "cases_objection": Wall(region="region", through=(("case_id", "cases_case", "id"),)),
    "cases_thread": _of_case(),
    "cases_message": _of_case(),
    "cases_question": Wall(organisation="organisation", region="region", through=(("case_id", "cases_case", "id"),)),
    "cases_concern": Wall(region="region", through=(("case_id", "cases_case", "id"),)),
    "appointments_appointment": _of_visit(),
    "appointments_wait": _of_visit(),
    "webhooks_subscription": Wall(through=(("key_id", "identity_apikey", "id"),)),
    "webhooks_delivery": Wall(through=(("subscription_id", "webhooks_subscription", "id"),)),
    "surveys_invitation": Wall(person="person_id", region="region"),
    "surveys_answer": Wall(person="person_id", region="region"),
    "surveys_tally": Wall(region="region"),
    "surveys_followup": Wall(person="person_id", region="region"),
}

OPEN: dict[str, str] = {
    "registry_organisation": "offices are public",
    "exchange_department": "whom a case's orders go to is looked up for everybody's case",
    "catalogue_release": "published packs are public",
    "catalogue_releasesource": "so are the files they are made of",
    "surveys_survey": "questions and their group, nothing about anybody; counties read those of the province",
    "journal_entry": "holds ids and codes only; a case's story is read through the case",
    "looks_look": "ids only; its index by person could not be used behind a wall (0014)",
    "entitlements_comparison": "counts over everybody, of nobody",
    "tallies_tally": "counts by division, desk and day",
    "tallies_change": "the same, not added up yet",
    "tallies_mark": "ids with their division and day; written by triggers only",
    "storage_held": "asked by the store, which does not know who opens a file; ids and a finding only",
    "ui_preference": "size of type, by account",
    "identity_signincode": "read before it is known who asks; holds digests only",
}
"""Tables without a wall, and why."""
