"""Shape of what is typed at the door. What is right or wrong about it, the services say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """Who somebody is, by a number we know."""

    name = forms.CharField(label=_("Mobile number or ID number"), max_length=40)


class CodeForm(forms.Form):
    """The six digits of the message."""

    code = forms.CharField(label=_("Code from the message"), max_length=12)


class PasswordForm(forms.Form):
    """A name and a password."""

    name = forms.CharField(label=_("User name"), max_length=40)
    password = forms.CharField(label=_("Password"), max_length=200, strip=False)


class FactorForm(forms.Form):
    """The six digits of the app, or a recovery code."""

    code = forms.CharField(label=_("Code of your app"), max_length=20)


class JoinForm(forms.Form):
    """What the one-time link asks for: the app's first code, and a password if there is none yet."""

    code = forms.CharField(label=_("Code of your app"), max_length=20)
    password = forms.CharField(label=_("New password"), max_length=200, strip=False, required=False)
