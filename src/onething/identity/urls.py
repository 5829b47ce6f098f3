"""Addresses of the door."""

from __future__ import annotations

from django.urls import path

from onething.identity import portal

app_name = "identity"

urlpatterns = [
    path("sign-in/", portal.sign_in, name="sign_in"),
    path("sign-in/code/", portal.code, name="code"),
    path("sign-in/password/", portal.password, name="password"),
    path("hat/", portal.hat, name="hat"),
    path("me/", portal.me, name="me"),
    path("sign-out/", portal.sign_out, name="sign_out"),
]
