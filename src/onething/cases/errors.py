"""Every way this module says no."""

from __future__ import annotations

from onething.kernel.errors import Conflict, Gone, Invalid, NotFound, Unavailable


class CaseNotFound(NotFound):
    """There is no such case, or it is not yours to see."""

    remedy = "Check the number on your receipt."


class DraftNotFound(NotFound):
    """There is no such form, or it is not yours."""

    remedy = "Open it under “My matters”."


class DraftAlreadySubmitted(Gone):
    """This form has already been submitted."""

    remedy = "Open it under “My matters” to follow its progress."


class RulesRenewedAgain(Conflict):
    """The rules were published once more while you read what had changed."""

    remedy = "Open the form again: it shows what is different now. Everything you typed is kept."


class CaseAlreadyRunning(Conflict):
    """This has been submitted already and is being worked on: {number}."""

    remedy = "Open it under “My matters” to follow its progress; withdraw it there to begin anew."


class AnswersMissing(Invalid):
    """Answers still missing ({count}): {fields}."""

    remedy = "Go back to the form; the questions without an answer are marked."


class MaterialsMissing(Invalid):
    """Papers still missing ({count}): {materials}."""

    remedy = "Add a photo of each, or say that the paper will follow where this is offered."


class MaterialMayNotFollow(Invalid):
    """This paper cannot be handed in later: {material}."""

    remedy = "Add a photo of it now."


class PaperPromisedTooLate(Invalid):
    """This paper has to be here by {latest}: {material}."""

    remedy = "Promise a day until then, or add a photo of it now."


class MaterialNotAsked(Invalid):
    """Nobody asks for this paper here."""

    remedy = "Look at the list of papers on your notice."


class NothingToDo(Invalid):
    """With these answers there is no matter to handle."""

    remedy = "Check your answers, or ask at the counter."


class QuestionsOpen(Invalid):
    """Questions that decide which matters you need are not answered yet ({count}): {fields}."""

    remedy = "Answer them; if you cannot find an answer, ask at the counter before you submit."


class UploadTooLarge(Invalid):
    """The file is larger than {limit} MB: that is too much."""

    remedy = "Take the photo again with a lower resolution, or send the pages one by one."


class UploadEmpty(Invalid):
    """The file is empty."""

    remedy = "Choose the file again; perhaps the phone had not finished saving it."


class UploadWrongKind(Invalid):
    """This is not a photo or a PDF."""

    remedy = "Hand in a photo (JPEG, PNG) or a PDF."


class PictureBroken(Invalid):
    """This photo is damaged and cannot be opened."""

    remedy = "Take it again; if it was just taken, wait a moment until the phone has saved it."


class PictureTooManyDots(Invalid):
    """This picture has more than {limit} million dots."""

    remedy = "Take it again with the ordinary camera setting."


class PaperTooThick(Invalid):
    """The pages of this paper are too many or too large together: at most {pages} pages and {limit} MB."""

    remedy = "Leave out pages that say nothing, or hand in the paper at the counter."


class CosignatureMissing(Conflict):
    """Somebody else has to sign first ({count}): {matters}."""

    remedy = "Send them the code on the last page of the form; submit as soon as they have signed."


class CosignatureNotAsked(NotFound):
    """Nobody else has to sign this."""

    remedy = "Look at the last page of the form: it names who has to sign."


class CosignatureGone(Gone):
    """This request to sign is no longer open: it was answered, replaced, or is too old."""

    remedy = "Ask the person who sent it to you; they can send a new one."


class CosignCodeRefused(Invalid):
    """This code is not right, or it was used or tried too often."""

    remedy = "Look at the newest message on your phone; after five tries a new one has to be sent."


class OwnCosignature(Invalid):
    """The second signer cannot have your own phone number."""

    remedy = "Enter the number of the person who has to sign; change it in the form."


class CaseClosed(Conflict):
    """This case has ended; nothing in it can be changed any more."""

    remedy = "Read the result slip; it says how to object and until when."


class CorrectionNotOpen(Conflict):
    """This correction has been answered already, or is no longer needed."""

    remedy = "Open the case to see how it goes on."


class CorrectionIncomplete(Invalid):
    """Not everything that was asked for is here yet: {missing}."""

    remedy = "Mend exactly the marked answers and papers; nothing else has to be handed in again."


class AnswerNotAsked(Invalid):
    """Nobody asked for these answers to be mended: {fields}."""

    remedy = "Mend exactly the marked answers and papers; nothing else has to be handed in again."


class ConcernNotFound(NotFound):
    """This is not on your list."""

    remedy = "Open the list again; a colleague may have finished it."


class ConcernClosed(Conflict):
    """This is done already."""

    remedy = "Open the list again to see what is left."


class ConcernWithColleague(Conflict):
    """A colleague has taken this up."""

    remedy = "Ask them; after a day without an end you can take it over."


class TakeUpFirst(Conflict):
    """Nobody has taken this up yet."""

    remedy = "Take it up in your name, then say that it is done."


class EventUnknown(Invalid):
    """This case does not wait for “{event}”."""

    remedy = "Choose one of the events that the case waits for."


class SlipChanged(Conflict):
    """The slip {number} has been replaced or revoked meanwhile."""

    remedy = "Open the case again and look at its newest slip."


class NoSuchReply(NotFound):
    """No department has said something else about this case since."""

    remedy = "Choose one of the answers that the case page lists, or ask for the slip to be written again as it is."


class SlipNotYet(NotFound):
    """The result slip is not there yet: something of this case is still open."""

    remedy = "Follow the case; a message comes as soon as everything has ended."


class PaperRefused(Invalid):
    """The paper “{material}” was not taken: {why}"""

    remedy = "Mend this one paper and send the form again; what was taken before is kept."


class HouseSilent(Unavailable):
    """No house of One Thing answers at {url}."""

    remedy = "Start it with `onething up`, or give its address with --url."


class AnswerOfTheHouse(Invalid):
    """The house refused: {title} {detail}"""

    remedy = "What was accepted so far is kept as a form of the person; mend what is named and submit again."


class SubmitterUnknown(NotFound):
    """Nobody with this ID number, phone or user name is registered, or several share it."""

    remedy = "Give the ID number of a registered person, or an API key with --key."


class PapersFolderMissing(NotFound):
    """There is no folder {folder}."""

    remedy = "Give a folder with one file for each paper, named by its material, e.g. photo.jpg."


class PaperFileTwice(Invalid):
    """There are two files for the paper “{material}”."""

    remedy = "Keep one of them; put several pages into one PDF."


class FollowUnreadable(Invalid):
    """“{given}” does not say which paper follows on which day."""

    remedy = "Write it as MATERIAL=DAY, e.g. --to-follow photo=2026-09-30."


class VisitUnknown(Conflict):
    """This case needs no visit to “{station}”."""

    remedy = "Look at the case: the visits that it needs stand in its plan."


class NotEndedYet(Conflict):
    """You can say how it went when everything has ended."""

    remedy = "A message comes as soon as that is so."


class RatedAlready(Conflict):
    """You have said already how it went; nobody can change that."""

    remedy = "Open the case to see what you said and what came of it."


class LevelMissing(Invalid):
    """Please choose one of the five."""

    remedy = "Words are optional; the choice is not."


class WordsTooLong(Invalid):
    """That is {count} characters; there is room for {limit}."""

    remedy = "Say the most important first; papers can be handed in later."


class NoSuchCallBack(NotFound):
    """There is no such call to make, or it is not in your division."""

    remedy = "Open the list again."


class CallBackDone(Conflict):
    """This call has been made, and what came of it is recorded."""

    remedy = "Open the list again to see what is left."


class OutcomeMissing(Invalid):
    """Say what came of the call, and in a few words what was said."""

    remedy = "The person reads it too."


class NothingToObject(NotFound):
    """There is no decision here that you can object to in this way."""

    remedy = "Read the result slip: it names every decision, and where and until when you can object."


class ObjectionEmpty(Invalid):
    """Say in your own words what is wrong with the decision."""

    remedy = "A few sentences are enough; nobody expects legal terms."


class ObjectionTooLate(Conflict):
    """The last day for this was {until}."""

    remedy = "If something beyond your power kept you from it, say what: then the term counts on from its end."


class ObjectionLodged(Conflict):
    """Your objection has been sent already."""

    remedy = "Open it to read it, or withdraw it there."


class MessageEmpty(Invalid):
    """There is nothing in this message."""

    remedy = "Write at least one sentence."


class MessageTooLong(Invalid):
    """A message may have at most {most} characters."""

    remedy = "Send it in two parts."


class NoColleagueHere(Invalid):
    """This person cannot take the case now."""

    remedy = "Choose somebody from the list: it shows whose post is in force."


class SearchTooWide(Invalid):
    """Too many cases fit this search."""

    remedy = "Type the whole ID number or phone number, or the case number."


class PaperNotFound(NotFound):
    """There is no such paper in this case."""


class NothingDiffers(NotFound):
    """The register no longer says otherwise here."""

    remedy = "Open the case anew; it shows what differs now."


class QuestionNotFound(NotFound):
    """There is no such question."""


class QuestionOpen(Conflict):
    """The window has not answered your question before this one."""

    remedy = "Wait for its answer, or ring the window up; the question shows by when it answers."


class QuestionClosed(Conflict):
    """This question needs no answer any more: it was answered, or the department has decided."""

    remedy = "Open the case anew to see which."
