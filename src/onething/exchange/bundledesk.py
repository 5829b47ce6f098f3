"""Many orders at once: chosen, seen in a preview, confirmed; then each line says what became of it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render

from onething.exchange import bundles, policy, services
from onething.exchange.bundles import Action, Line
from onething.exchange.errors import NoSuchBundle, NothingChosen
from onething.exchange.forms import read_id
from onething.identity import queries as accounts
from onething.plumbing import looks
from onething.plumbing.ui.doors import Request, page


@page(may=policy.WORK_QUEUE, methods=("POST",))
def preview(request: Request) -> HttpResponse:
    """Show what would be done with each of the chosen orders, and ask once more. Nothing is changed."""
    return _preview(request)


@page(may=policy.WORK_QUEUE, methods=("POST",))
def confirm(request: Request) -> HttpResponse:
    """Do it; each line is told by itself. Words that are missing are asked for again."""
    action, words = _action(request), request.POST.get("words", "").strip()
    token, post = read_id(request.POST.get("token", "")) or uuid4(), read_id(request.POST.get("post", ""))
    if (action is Action.HAND_OVER and post is None) or (action is not Action.HAND_OVER and len(words) < 2):
        return _preview(request, is_lacking=True)
    stamps = {pk: request.POST.get(f"stamp-{pk}", "") for pk in _chosen(request)}
    done = services.do_bundle(
        action=action, stamps=stamps, token=token, words=words, post_id=post, actor=request.actor, now=request.now
    )
    _note(request, [one.line for one in done])
    sums = {"done": sum(one.is_done for one in done), "left": sum(not one.is_done for one in done)}
    return render(request, "exchange/bundle_done.html", {"done": done, "sums": sums, "action": action})


def _preview(request: Request, *, is_lacking: bool = False) -> HttpResponse:
    action = _action(request)
    lines = bundles.lines(request.actor, _chosen(request), action)
    _note(request, lines)
    ready = [line for line in lines if line.hindrance is None]
    shown = {
        "lines": lines, "ready": len(ready), "action": action, "token": request.POST.get("token") or uuid4(),
        "words": request.POST.get("words", ""), "is_lacking": is_lacking,
        "colleagues": accounts.colleagues(request.actor, policy.ANSWER_ORDER, request.now),
    }  # fmt: skip
    return render(request, "exchange/bundle.html", shown, status=422 if is_lacking else 200)


def _action(request: Request) -> Action:
    asked = request.POST.get("action", "")
    if asked not in set(Action):
        raise NoSuchBundle
    return Action(asked)


def _chosen(request: Request) -> list[UUID]:
    chosen = [pk for text in request.POST.getlist("order") if (pk := read_id(text))]
    if not chosen:
        raise NothingChosen
    return list(dict.fromkeys(chosen))[: bundles.MOST]


def _note(request: Request, lines: list[Line]) -> None:
    persons = [line.order.person_id for line in lines]
    looks.note(persons, way="list", purpose="order", actor=request.actor, now=request.now)
