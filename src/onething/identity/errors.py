"""Every way the door says no. What it says never tells whether an account exists."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Denied, Invalid, NotFound, Refusal


class SignInRefused(Invalid):
    """The name and what you typed do not fit together."""

    remedy = "Check both and try again. If it does not work, your station can help you."


class CodeRefused(Invalid):
    """This code does not fit, or its time is over."""

    remedy = "Type the six digits of the newest message, or ask for a new code."


class TooManyTries(Refusal):
    """Too many tries. Please wait {minutes} minutes."""

    status = 429
    remedy = "Then try again. If it was not you who tried, tell your station."


class ApiKeyRefused(Refusal):
    """This API key is not valid, or not any more."""

    status = 401
    remedy = "Send a valid key as “Authorization: Bearer …”; the administrator issues new ones."


class UsernameTaken(Conflict):
    """There is already an account for this name or person."""

    remedy = "Use the account that exists, or choose another name."


class UsernameWrong(Invalid):
    """A user name has 3 to 40 small letters, digits, dots or hyphens, and begins with a letter."""

    remedy = "Choose another user name."


class PasswordTooWeak(Invalid):
    """A password needs at least {length} characters, and not the user name in it."""

    remedy = "Four words in a row are easy to keep in mind and hard to guess."


class NoSuchAccount(NotFound):
    """There is no such account, or none that you may see."""


class NoSuchPost(NotFound):
    """There is no such post, or it has ended."""

    remedy = "Choose one of the posts in the list."


class RoleUnknown(Invalid):
    """There is no role “{role}”."""

    remedy = "Choose a role from the list of roles."


class ScopeNotHeld(Denied):
    """A key cannot be given more than its holder may do: {scope}."""

    remedy = "Leave this scope out, or give the holder the post first."


class PeriodWrong(Invalid):
    """The end lies before the beginning, or an acting post has no end."""

    remedy = "Give a last day after the first one; an acting post always needs one."
