"""The catalogue at the desk: what is published, and the next release prepared, checked, compared and agreed by two."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from onething.catalogue import errors, examples, policy, queries, resolve, stored
from onething.catalogue.drafts import archives, checking, comparing, editing, places, previewing, services
from onething.catalogue.forms import ArchiveForm
from onething.catalogue.models import PackDraft, Release
from onething.catalogue.publishing.changes import NAMES
from onething.identity import policy as identity
from onething.identity import queries as door
from onething.kernel.errors import Refusal
from onething.kernel.language import Language
from onething.plumbing import scanning
from onething.plumbing.packs import schema
from onething.plumbing.ui.context import reading_language
from onething.plumbing.ui.doors import Request, page
from onething.plumbing.ui.middleware import in_words

ROWS = 30


@page(may=policy.READ_RELEASE, methods=("GET",))
def packs(request: Request) -> HttpResponse:
    """List what is published and what is being prepared."""
    return _list_page(request, ArchiveForm())


def _list_page(request: Request, form: ArchiveForm, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    shown = Paginator(queries.all_releases(), ROWS).get_page(request.GET.get("page"))
    newest: dict[str, UUID] = {}
    for each in queries.all_releases().only("pk", "pack"):
        newest.setdefault(each.pack, each.pk)
    context = {
        "page": shown,
        "newest": set(newest.values()),
        "drafts": queries.drafts(request.actor),
        "form": form,
        "may_edit": request.actor.may(policy.EDIT_PACK),
        "most": archives.MOST_BYTES // 1_000_000,
        "refusal": in_words(refusal) if refusal else None,
    }
    return render(request, "catalogue/packs.html", context, status=refusal.status if refusal else status)


@page(may=policy.EDIT_PACK, methods=("POST",))
def upload(request: Request) -> HttpResponse:
    """Begin a draft from an uploaded archive; nothing is published by it."""
    form = ArchiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    try:
        raw = form.cleaned_data["file"].read(archives.MOST_BYTES + 1)
        scanning.require_clean(io.BytesIO(raw))
        own = archives.texts_from(raw)
        begun = services.begin_from_upload(
            own_files=own, bases=services.base_files(own), actor=request.actor, now=request.now
        )
    except Refusal as refusal:
        return _list_page(request, ArchiveForm(), refusal)
    messages.success(request, _("Taken in as a draft. Nothing is published yet."))
    return redirect("catalogue:draft", begun.pk)


@page(may=policy.READ_RELEASE, methods=("GET",))
def release(request: Request, release_id: UUID) -> HttpResponse:
    """Show what one release holds."""
    return _release_page(request, queries.release(release_id))


def _release_page(request: Request, found: Release, refusal: Refusal | None = None) -> HttpResponse:
    newest = queries.newest_release(found.pack)
    context = {
        "release": found,
        "sections": [(_called(name), _titles(found.content[name])) for name in NAMES if found.content.get(name)],
        "is_newest": newest is not None and newest.pk == found.pk,
        "newest": newest,
        "may_edit": request.actor.may(policy.EDIT_PACK) and identity.may_reach(request.actor, found.region),
        "refusal": in_words(refusal) if refusal else None,
    }
    return render(request, "catalogue/release.html", context, status=refusal.status if refusal else 200)


@page(may=policy.EDIT_PACK, methods=("POST",))
def begin(request: Request, release_id: UUID) -> HttpResponse:
    """Begin a draft from a release: the one in force, or an older one that shall come back."""
    try:
        begun = services.begin_from_release(
            release_id=release_id, version=request.POST.get("version", ""), actor=request.actor, now=request.now
        )
    except errors.ReleaseNotFound:
        raise
    except Refusal as refusal:
        return _release_page(request, queries.release(release_id), refusal)
    return redirect("catalogue:draft", begun.pk)


@page(may=policy.EDIT_PACK, methods=("GET",))
def draft(request: Request, draft_id: UUID) -> HttpResponse:
    """Show a draft: its problems, what it changes, what its examples come to, and what can be done with it."""
    return _draft_page(request, queries.draft(request.actor, draft_id))


def _draft_page(request: Request, found: PackDraft, refusal: Refusal | None = None) -> HttpResponse:
    checked = checking.check_files(found.pack, found.files)
    proposal = door.proposal_about(request.actor, services.PUBLISH, found.pk, request.now)
    context = {
        **_judged(found, checked),
        "draft": found,
        "figures": _figures(found, checked),
        "proposal": proposal,
        "is_own": proposal is not None and proposal.asked_by == request.actor.account_id,
        "may_agree": request.actor.may(policy.PUBLISH_PACK) and request.actor.may(identity.APPROVE),
        "has_moved": proposal is not None and found.proposed_revision != found.revision,
        "asker": door.names_of([proposal.asked_by]).get(proposal.asked_by, "") if proposal else "",
        "steps": found.steps.order_by("-revision")[:10],
        "is_open": found.state == PackDraft.State.OPEN,
        "refusal": in_words(refusal) if refusal else None,
    }
    return render(request, "catalogue/draft.html", context, status=refusal.status if refusal else 200)


def _judged(found: PackDraft, checked: checking.Checked) -> dict[str, Any]:
    language = _language()
    content = stored.content_of(checked.pack) if checked.pack else {}
    base = found.based_on.content if found.based_on else {}
    return {
        "problems": checked.problems(language),
        "differs": any(problem.code == "example_differs" for problem in checked.report.problems),
        "advice": checked.advice(language),
        "version": checked.pack.header.version if checked.pack else "",
        "digest": resolve.release_digest(checked.pack) if checked.pack and checked.report.is_good else "",
        "runs": checked.report.runs,
        "changes": [(_called(one.section), one) for one in comparing.compared(base, content)] if content else [],
        "by_file": [_called(name) for name in NAMES if content.get(name) and name not in places.EDITED],
        "editable": [(name, _called(name), _titles(content[name])) for name in places.EDITED if content.get(name)],
    }


def _figures(found: PackDraft, checked: checking.Checked) -> list[tuple[Any, comparing.Figures]]:
    """Compute the draft's examples by what is in force and by the draft."""
    if checked.pack is None:
        return []
    before, after = _plans_in_force(found), checked.plans()
    titles = checking.titles_of_examples(checked.pack)
    return [(_label(title), comparing.figures(name, before.get(name), after.get(name))) for name, title in titles]


def _plans_in_force(found: PackDraft) -> Mapping[str, Any]:
    files = queries.files_of(found.based_on) if found.based_on else None
    return checking.check_files(found.pack, files).plans() if files else {}


@page(may=policy.EDIT_PACK, methods=("POST",))
def work(request: Request, draft_id: UUID) -> HttpResponse:
    """Undo the last change, throw the draft away, or ask a second person to agree."""
    does = request.POST.get("does", "")
    given: dict[str, Any] = {
        "draft_id": draft_id, "revision": _revision(request.POST), "actor": request.actor, "now": request.now,
    }  # fmt: skip
    try:
        if does == "discard":
            services.discard_draft(**given)
            messages.success(request, _("The draft was thrown away."))
            return redirect("catalogue:packs")
        messages.success(request, _worked(request, does, given))
    except errors.DraftNotFound:
        raise
    except Refusal as refusal:
        return _draft_page(request, queries.draft(request.actor, draft_id), refusal)
    return redirect("catalogue:draft", draft_id)


def _worked(request: Request, does: str, given: dict[str, Any]) -> str:
    if does == "undo":
        services.undo_change(**given)
        return _("The last change was taken back.")
    if does == "accept":
        services.change_draft(files=_expected(queries.draft(request.actor, given["draft_id"])), **given)
        return _("The examples expect the new results now.")
    found = queries.draft(request.actor, given["draft_id"])
    report = checking.check_files(found.pack, found.files).report
    if report.pack is None or not report.is_good:
        raise errors.DraftNotGood
    services.propose_draft(pack=report.pack, reason=request.POST.get("reason", "")[:500], **given)
    return _("Asked for. A second person has to agree; until then nothing changes.")


def _expected(found: PackDraft) -> dict[str, str]:
    """Write into the examples what they come to by this draft."""
    checked = checking.check_files(found.pack, found.files)
    entries = checked.pack.of(schema.Example) if checked.pack else {}
    merged = {"examples": {name: one.model_dump(mode="json", exclude_none=True) for name, one in entries.items()}}
    own = dict(found.own_files)
    touched: dict[str, str] = {}
    for name, plan in checked.plans().items():
        for key, _wanted, _got in examples.differences(plan, entries[name].expect):
            path = ("examples", name, "expect", *key.split("."))
            changed = editing.with_value(own, merged, path, examples.comes_to(plan, key))
            own |= changed
            touched |= changed
    return touched


@page(may=policy.EDIT_PACK)
def entry(request: Request, draft_id: UUID, section: str, name: str) -> HttpResponse:
    """Change one entry of a draft by form, and see at once what an example comes to."""
    found = queries.draft(request.actor, draft_id)
    if request.method == "POST":
        try:
            _change(request, found, section, name)
        except errors.DraftNotFound:
            raise
        except Refusal as refusal:
            return _entry_page(request, queries.draft(request.actor, draft_id), section, name, refusal)
        messages.success(request, _("Kept in the draft. Nothing is published yet."))
        return redirect(f"{request.path}?example={request.POST.get('example', '')[:60]}")
    return _entry_page(request, found, section, name)


def _change(request: Request, found: PackDraft, section: str, name: str) -> None:
    content = _content(found)
    own = dict(found.own_files)
    touched: dict[str, str] = {}
    for path, value in _wishes(request.POST, content, section, name):
        merged = {**content, "pack": content["header"]}
        changed = editing.with_value(own, merged, path, value)
        own |= changed
        touched |= changed
    services.change_draft(
        draft_id=found.pk, revision=_revision(request.POST), files=touched, actor=request.actor, now=request.now
    )


def _wishes(given: QueryDict, content: Mapping[str, Any], section: str, name: str) -> list[tuple[places.Path, Any]]:
    """Find what was typed otherwise than it stands; the papers of a matter are one list, and come first."""
    wishes: list[tuple[places.Path, Any]] = []
    for group in places.groups_of(content, section, name):
        for place in group.places:
            typed = place.read(given.get(place.name, "" if place.value is None else str(place.value)))
            if isinstance(typed, str) and not places.is_writable(typed):
                raise errors.TextNotWritable
            if typed != ("" if place.value is None else _as_typed(place)):
                wishes.append((place.path, typed))
    papers = _papers(given, content, name) if section == "matters" else None
    return [*wishes, *([(("matters", name, "materials"), papers)] if papers is not None else [])]


def _as_typed(place: places.Place) -> str | int:
    return place.value if isinstance(place.value, int) else str(place.value).strip()


def _papers(given: QueryDict, content: Mapping[str, Any], name: str) -> list[Any] | None:
    """Give the papers that a matter asks for after one was taken away or added; None if neither was."""
    papers = content.get("matters", {}).get(name, {}).get("materials", [])
    added, kept = given.get("add_paper", ""), papers
    if "papers" in given:
        kept = [paper for index, paper in enumerate(papers) if str(index) not in given.getlist("drop_paper")]
    if added:
        because = {"zh": given.get("add_zh", "").strip(), "en": given.get("add_en", "").strip()}
        kept = [*kept, {"any_of": [added], "because": because, "source": given.get("add_source", "").strip()}]
    return kept if kept != papers else None


def _entry_page(
    request: Request, found: PackDraft, section: str, name: str, refusal: Refusal | None = None
) -> HttpResponse:
    content = _content(found)
    groups = places.groups_of(content, section, name)
    if not groups:
        raise errors.DraftNotFound
    checked = checking.check_files(found.pack, found.files)
    titles = checking.titles_of_examples(checked.pack) if checked.pack else []
    chosen = request.GET.get("example") or request.POST.get("example") or next((key for key, _title in titles), "")
    context = {
        "draft": found,
        "section": section,
        "section_title": _called(section),
        "name": name,
        "title": _title_of(content.get(section, {}).get(name, content["header"])),
        "groups": groups,
        "bases": places.BASES,
        "papers": [
            (index, ", ".join(_material(content, one) for one in paper["any_of"]))
            for index, paper in enumerate(content.get("matters", {}).get(name, {}).get("materials", []))
        ] if section == "matters" else None,
        "materials": [(key, _title_of(one)) for key, one in content.get("materials", {}).items()],
        "previews": list(previewing.previews(content["notices"][name])) if section == "notices" else [],
        "problems": checked.problems(_language()),
        "examples": [(key, _label(title)) for key, title in titles],
        "chosen": chosen,
        "figures": comparing.figures(chosen, _plans_in_force(found).get(chosen), checked.plans().get(chosen)),
        "plan": checked.plans().get(chosen),
        "is_open": found.state == PackDraft.State.OPEN,
        "can_undo": found.steps.exists(),
        "refusal": in_words(refusal) if refusal else None,
    }  # fmt: skip
    return render(request, "catalogue/entry.html", context, status=refusal.status if refusal else 200)


def _content(found: PackDraft) -> dict[str, Any]:
    pack = checking.check_files(found.pack, found.files).pack
    if pack is None:
        raise errors.PlaceNotEditable(place="pack.yaml")
    return stored.content_of(pack)


def _material(content: Mapping[str, Any], name: str) -> str:
    return _title_of(content.get("materials", {}).get(name, {})) or name


def _titles(entries: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, _title_of(one)) for name, one in entries.items()]


def _title_of(one: Any) -> str:
    words = one.get("title") or one.get("label") if isinstance(one, Mapping) else None
    return str(words.get(_language(), "")) if isinstance(words, Mapping) else str(words or "")


def _label(title: schema.Label) -> str:
    return title if isinstance(title, str) else getattr(title, _language())


_HEADER = {"header": ("名称和版本", "title and version")}


def _called(section: str) -> str:
    chinese, english = {**NAMES, **_HEADER}.get(section, (section, section))
    return english if _language() == "en" else chinese


def _language() -> Language:
    return "en" if reading_language() == "en" else "zh"


def _revision(given: QueryDict) -> int:
    typed = given.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
