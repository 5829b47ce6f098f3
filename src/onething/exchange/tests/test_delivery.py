"""How long to wait, and where orders may go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.exchange.addresses import allowed
from onething.exchange.delivery import LONGEST_WAIT, next_wait
from onething.exchange.errors import AddressNotAllowed

draws = st.floats(0, 1, exclude_max=True)


@given(attempt=st.integers(1, 10_000), draw=draws)
def test_waits_grow_to_an_hour_and_never_pass_it(attempt: int, draw: float) -> None:
    assert timedelta(seconds=1) <= next_wait(attempt, draw) <= LONGEST_WAIT
    assert next_wait(attempt, draw) <= next_wait(attempt + 1, draw)


@given(attempt=st.integers(1, 12))
def test_those_who_failed_together_do_not_come_back_together(attempt: int) -> None:
    assert next_wait(attempt, 0.999) > next_wait(attempt, 0.0) * 1.9


@pytest.mark.parametrize("address", ["https://gat.example.gov.cn/orders", "http://127.0.0.1:9100/d/police/orders",
                                     "http://[::1]:9100/x", "http://localhost/x"])  # fmt: skip
def test_https_and_this_machine_are_allowed(address: str) -> None:
    assert allowed(address) == address


OUTSIDE = ["", "http://gat.example.gov.cn/", "http://10.0.0.1/", "ftp://127.0.0.1/", "file:///etc", "https:///x"]
DOUBTFUL = ["https://user:word@gat.example.gov.cn/", "https://a.b/#c", "http://127.0.0.1.example.com/", "http://[::1"]
ODD = ["https://a.b\\\\@c.d/", "https://a b/", "https://甲.cn/", "https://a.b/\n"]


@pytest.mark.parametrize("address", [*OUTSIDE, *DOUBTFUL, *ODD])
def test_everything_else_is_refused(address: str) -> None:
    with pytest.raises(AddressNotAllowed):
        allowed(address)
