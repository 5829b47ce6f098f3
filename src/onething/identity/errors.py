"""Every way the door says no. What it says never tells whether an account exists."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Denied, Gone, Invalid, NotFound, Refusal, Unavailable


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


class WorkEmailWrong(Invalid):
    """This is not an e-mail address."""

    remedy = "Write it as name@office.gov.cn, or leave it out."


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


class TwoPersonsNeeded(Denied):
    """A key that reads persons is issued only when a second person agrees."""

    remedy = "Say what it is for and ask; a colleague who may agree sees it under “Second pair of eyes”."


class PeriodWrong(Invalid):
    """The end lies before the beginning, or an acting post has no end."""

    remedy = "Give a last day after the first one; an acting post always needs one."


class SecondFactorMissing(Conflict):
    """Your account has no authenticator yet, and a post may not be used without one."""

    remedy = "Ask your administrator for an enrolment link. It takes two minutes and a phone."


class FactorRefused(Invalid):
    """This code does not fit."""

    remedy = "Type the six digits that your app shows now, or one of your recovery codes. Each works once."


class FactorBroken(Unavailable):
    """The secret of this second factor cannot be read."""

    remedy = "An administrator can reset it; a second one has to agree."


class SignInTooSlow(Gone):
    """Too much time has passed since your password."""

    remedy = "Please begin again with your name and password."


class LinkUsed(Gone):
    """This link was used already, or its time is over."""

    remedy = "Ask your administrator for a new one."


class OutsideRegion(Denied):
    """This lies outside the division of your own post."""

    remedy = "An administrator of that division, or of one above it, can do it."


class OwnPost(Denied):
    """Nobody gives a post to themselves."""

    remedy = "Ask another administrator."


class SameEyes(Denied):
    """The second pair of eyes must be another person, under another post, whom it does not concern."""

    remedy = "Ask a colleague who may approve this."


class NoSuchProposal(NotFound):
    """There is no such request, or it was decided or has run out."""

    remedy = "Open the list of requests that wait."


class ProposedAlready(Conflict):
    """The same was asked for already and waits for a second person."""

    remedy = "Ask a colleague to decide it, under “Second pair of eyes”."


class ReasonMissing(Invalid):
    """A reason is needed."""

    remedy = "Say in a few words why; the second person reads it."


class TooManyCalls(Refusal):
    """This key may make {limit} calls a minute, and has made them."""

    status = 429
    remedy = "Go on in {seconds} seconds; the administrator can raise the limit."


class IdempotencyKeyReused(Invalid):
    """This Idempotency-Key was used for another request."""

    remedy = "Use a new key for every new request, and the same one only to repeat a request unchanged."


class CallStillRunning(Conflict):
    """The first request with this Idempotency-Key is still being worked on."""

    remedy = "Repeat it in a few seconds."


class IdempotencyKeyWrong(Invalid):
    """An Idempotency-Key has 1 to 200 visible characters."""

    remedy = "Use a UUID, for example."


class NoSuchMandate(NotFound):
    """There is no such authorisation, or it has ended."""

    remedy = "Ask the person again; they can allow it with a code on their phone or on paper."


class MandateCodeRefused(Invalid):
    """This code does not fit, or its time is over."""

    remedy = "Ask the person for the six digits of their newest message, or begin again."


class OwnMandate(Invalid):
    """For yourself you need no authorisation."""

    remedy = "Open “My matters” and file in your own name."


class NobodyByThisName(NotFound):
    """Nobody is registered with this name and ID number."""

    remedy = "Check both on the ID card; whoever is not registered yet is registered at the counter first."


class ProviderMisconfigured(Invalid):
    """The sign-in provider “{name}” is not configured rightly: {variable}."""

    remedy = "See “Sign-in by an OpenID provider” in docs/install.md."


class NoSuchProvider(NotFound):
    """This way to sign in does not exist here."""

    remedy = "Go back to “Sign in” and choose one of the ways shown."


class SignInNotBegun(Gone):
    """This sign-in was not begun in this browser, was used already, or its time is over."""

    remedy = "Please begin again; nothing was lost."


class ProviderDeclined(Invalid):
    """The sign-in service did not confirm who you are: it was broken off, or refused."""

    remedy = "Please begin again, or sign in another way."


class ProviderSilent(Unavailable):
    """The sign-in service does not answer at the moment."""

    remedy = "Try again in a few minutes, or sign in another way."


class ProviderNotTrusted(Invalid):
    """The sign-in service's answer cannot be trusted ({reason}). Nobody was signed in."""

    remedy = "Begin again or sign in another way. If it happens again, tell the hall what stands in brackets."


class ClaimsMissing(Invalid):
    """The sign-in service did not tell us what we need to find you: {claims}."""

    remedy = "Allow it to pass this on when it asks, or sign in another way."


class StrangerToRegistry(Denied):
    """Nobody is registered with the name and ID number that the sign-in service gave."""

    remedy = (
        "Any station for veterans can register you or correct your name, without an appointment. Bring your ID card."
    )


class StrangerToStaff(Denied):
    """There is no open staff account with a post for this sign-in."""

    remedy = "Ask your administrator for an account and a post under the user name of this service."


class NotYourOwn(Denied):
    """Only the person themselves closes their account."""

    remedy = "Sign in with your own phone, under no post and in nobody else's name."


class StillOpen(Conflict):
    """Something of yours is still under way."""

    remedy = "See it through to its end or withdraw it first; the page names it."


class HoldsPost(Conflict):
    """This account also holds a post."""

    remedy = "Ask your administrator to end the post first."


class NothingOnRecordToSendTo(Conflict):
    """No mobile number is on file to which a code could go."""

    remedy = "Go to a station with your ID card; they close the account with you."


class ClosingCodeRefused(Invalid):
    """This code does not close the account: it is wrong, or too old."""

    remedy = "Type the six digits of the newest message, or have a new one sent."


class NoSuchErasure(NotFound):
    """No such request waits here for you to decide."""

    remedy = "Open the list “Closed accounts”; it may have been decided already."


class ConsentCodeRefused(Invalid):
    """This code does not open anything: it is wrong, used, or too old."""

    remedy = "Ask for a new code; the person finds it on their registered phone."


class ConsentRefused(Denied):
    """This session of a person is over, was ended by them, or belongs to another key."""

    status = 401
    remedy = "Ask the person again: POST /api/v1/consents."


class NoSuchConsent(NotFound):
    """There is no such consent, or it has ended."""

    remedy = "Open “Who looked at my data”: those in force are listed there."


class NoKeyOfPortal(Denied):
    """Only the key of a portal may ask this, not a session."""

    remedy = "Send the portal's own key in the header Authorization."
