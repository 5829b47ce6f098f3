"""Addresses of the door."""

from __future__ import annotations

from django.urls import path

from onething.identity import leaving_pages, portal, provider_portal, workbench

app_name = "identity"

urlpatterns = [
    path("sign-in/", portal.sign_in, name="sign_in"),
    path("sign-in/code/", portal.code, name="code"),
    path("sign-in/password/", portal.password, name="password"),
    path("sign-in/factor/", portal.factor, name="factor"),
    path("sign-in/with/<slug:name>/", provider_portal.leave, name="leave"),
    path("sign-in/with/<slug:name>/back/", provider_portal.come_back, name="come_back"),
    path("join/<str:token>/", portal.join, name="join"),
    path("hat/", portal.hat, name="hat"),
    path("hat/leave/", portal.leave_errand, name="leave_errand"),
    path("me/", portal.me, name="me"),
    path("looks/", portal.looks, name="looks"),
    path("me/close/", leaving_pages.close, name="close"),
    path("erasures/", leaving_pages.erasures, name="erasures"),
    path("erasures/<uuid:erasure_id>/", leaving_pages.answer, name="erasure"),
    path("me/factor/", portal.change_factor, name="change_factor"),
    path("sign-out/", portal.sign_out, name="sign_out"),
    path("sign-out/everywhere/", portal.sign_out_everywhere, name="sign_out_everywhere"),
    path("accounts/", workbench.accounts, name="accounts"),
    path("accounts/new/", workbench.new_account, name="new_account"),
    path("accounts/<uuid:account_id>/", workbench.account, name="account"),
    path("accounts/<uuid:account_id>/email/", workbench.work_email, name="work_email"),
    path("accounts/<uuid:account_id>/link/", workbench.new_link, name="new_link"),
    path("accounts/<uuid:account_id>/posts/", workbench.new_post, name="new_post"),
    path("accounts/<uuid:account_id>/posts/<uuid:post_id>/end/", workbench.end_post, name="end_post"),
    path("accounts/<uuid:account_id>/keys/", workbench.new_key, name="new_key"),
    path("accounts/<uuid:account_id>/keys/<uuid:key_id>/revoke/", workbench.revoke_key, name="revoke_key"),
    path("accounts/<uuid:account_id>/ask/", workbench.ask, name="ask"),
    path("keys/", workbench.keys, name="keys"),
    path("looks/consents/<uuid:consent_id>/end/", portal.end_consent, name="end_consent"),
    path("second-eyes/", workbench.second_eyes, name="second_eyes"),
    path("second-eyes/<uuid:proposal_id>/", workbench.decide, name="decide"),
    path("roles/", workbench.roles, name="roles"),
]
