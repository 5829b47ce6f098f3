"""
Accounts, posts, second factors, keys for programs, signing in, and what needs two people.

Signing in is not one transaction on purpose: a try must stay counted when it is refused.
"""

from onething.identity.services.accounts import (
    change_password,
    change_work_email,
    close_account,
    close_account_of,
    end_sessions,
    open_account,
)
from onething.identity.services.api_keys import ISSUE as ISSUE_KEY
from onething.identity.services.api_keys import actor_of_key, caller, issue_api_key, revoke_api_key
from onething.identity.services.by_provider import find_staff, note_sign_in, sign_in_citizen
from onething.identity.services.consenting import actor_with_consent, ask_consent, end_consent, give_consent
from onething.identity.services.deciding import approve, gives, propose, turn_down
from onething.identity.services.enrolling import accept_invitation, enrol, invite, remove_factor
from onething.identity.services.helping import (
    act_for,
    ask_mandate,
    grant_mandate,
    record_mandate,
    revoke_mandate,
)
from onething.identity.services.leaving import close_own_account, keep_data, propose_erasure, send_closing_code
from onething.identity.services.posts import choose_hat, end_post, give_post
from onething.identity.services.signing_in import (
    request_code,
    sign_in_with_code,
    sign_in_with_factor,
    sign_in_with_password,
    sign_out,
    sweep_traces,
)

__all__ = [
    "ISSUE_KEY",
    "accept_invitation",
    "act_for",
    "actor_of_key",
    "actor_with_consent",
    "approve",
    "ask_consent",
    "ask_mandate",
    "caller",
    "change_password",
    "change_work_email",
    "choose_hat",
    "close_account",
    "close_account_of",
    "close_own_account",
    "end_consent",
    "end_post",
    "end_sessions",
    "enrol",
    "find_staff",
    "give_consent",
    "give_post",
    "gives",
    "grant_mandate",
    "invite",
    "issue_api_key",
    "keep_data",
    "note_sign_in",
    "open_account",
    "propose",
    "propose_erasure",
    "record_mandate",
    "remove_factor",
    "request_code",
    "revoke_api_key",
    "revoke_mandate",
    "send_closing_code",
    "sign_in_citizen",
    "sign_in_with_code",
    "sign_in_with_factor",
    "sign_in_with_password",
    "sign_out",
    "sweep_traces",
    "turn_down",
]
