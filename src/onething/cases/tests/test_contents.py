from __future__ import annotations

import pytest

from onething.cases import contents


@pytest.mark.parametrize(
    ("bases", "told"),
    [
        (["law", "published"], "law"),
        (["published"], "published"),
        (["published", "reconstructed", "law"], "reconstructed"),
    ],
)
def test_a_sum_is_founded_no_better_than_its_weakest_matter(bases: list[str], told: str) -> None:
    cost = {"working_days": 3, "materials": 2, "steps": 1, "trips": 1}
    plan = {"before": cost, "after": cost, "matters": [{"basis": basis} for basis in bases]}
    assert {figure.basis for figure in contents.figures(plan)} == {told}
