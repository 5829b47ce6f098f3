"""The table of states, walked completely."""

from __future__ import annotations

from itertools import product

import pytest

from onething.exchange.states import FINAL_WORDS, OPEN, Disposition, ReplyKind, State, judge


@pytest.mark.parametrize(("state", "kind"), [*product(State, ReplyKind)])
def test_only_an_applied_reply_moves_an_order(state: State, kind: ReplyKind) -> None:
    disposition, after = judge(state, kind, is_known=False, is_earlier_round=False)
    ends_unmended = (state, kind) == (State.RETURNED, ReplyKind.REFUSED)
    assert (disposition is Disposition.APPLIED) == (state in OPEN or ends_unmended)
    assert disposition is Disposition.APPLIED or after is state


@pytest.mark.parametrize(("state", "kind"), [*product(State, ReplyKind)])
def test_words_that_were_heard_before_or_speak_of_old_papers_move_nothing(state: State, kind: ReplyKind) -> None:
    for known, earlier in ((True, False), (False, True), (True, True)):
        disposition, after = judge(state, kind, is_known=known, is_earlier_round=earlier)
        assert disposition is not Disposition.APPLIED
        assert after is state


def test_another_answer_after_the_answer_is_a_contradiction_and_a_late_nod_is_not() -> None:
    finals = set(FINAL_WORDS)
    for state, expected in ((State.ANSWERED, finals), (State.RETURNED, finals - {ReplyKind.REFUSED})):
        said = {kind: judge(state, kind, is_known=False, is_earlier_round=False)[0] for kind in ReplyKind}
        assert {kind for kind, what in said.items() if what is Disposition.CONTRADICTS} == expected
        assert said[ReplyKind.ACCEPTED] is said[ReplyKind.PROGRESS] is Disposition.LATE


def test_a_cancelled_order_is_closed_to_everything() -> None:
    assert {judge(State.CANCELLED, kind, is_known=False, is_earlier_round=False)[0] for kind in ReplyKind} == {
        Disposition.CLOSED
    }
