"""Calls out of the house: which machines may be called, and that nothing leads anywhere else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onething.exchange import addresses, wire
from onething.exchange.addresses import allowed, may_be_called, read_networks
from onething.exchange.errors import AddressNotAllowed
from onething.exchange.wire import CallFailed

NONE = read_networks("")


class Doors(BaseHTTPRequestHandler):
    """Answers, leads away, or talks without end."""

    def do_GET(self) -> None:
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        if self.path == "/away":
            self.send_response(302)
            self.send_header("location", "/inside")
            self.send_header("content-length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        pieces = 10_000 if self.path == "/endless" else 1
        try:
            for _ in range(pieces):
                self.wfile.write(b"x" * 1000)
        except OSError:
            pass

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    doors = ThreadingHTTPServer(("127.0.0.1", 0), Doors)
    doors.seen = []  # type: ignore[attr-defined]
    runner = threading.Thread(target=doors.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    runner.start()
    yield doors
    doors.shutdown()
    runner.join()
    doors.server_close()


def url(server: ThreadingHTTPServer, path: str, host: str = "127.0.0.1") -> str:
    return f"http://{host}:{server.server_port}{path}"


def test_a_redirect_is_an_answer_and_leads_nowhere(server: ThreadingHTTPServer) -> None:
    answer = wire.call("GET", url(server, "/away"), headers={})
    assert (answer.status, server.seen) == (302, ["/away"])  # type: ignore[attr-defined]


def test_an_answer_without_end_is_cut_off(server: ThreadingHTTPServer) -> None:
    with pytest.raises(CallFailed, match="too long"):
        wire.call("GET", url(server, "/endless"), headers={})


def test_a_name_that_turns_to_this_machine_after_it_was_checked_is_not_called(server: ThreadingHTTPServer) -> None:
    answers = iter([["203.0.114.5"], ["127.0.0.1"]])  # what the name stood for when it was entered, and stands for now

    def rebound(host: str, port: int) -> list[str]:
        return next(answers)

    assert may_be_called(rebound("gat.example.gov.cn", 443)[0], host="gat.example.gov.cn", networks=NONE)
    with wire.pool(rebound) as pool, pytest.raises(CallFailed, match="AddressNotAllowed") as refused:
        wire.call("GET", url(server, "/inside", "gat.example.gov.cn"), headers={}, through=pool)
    assert refused.value.is_final
    assert server.seen == []  # type: ignore[attr-defined]


def test_one_bad_machine_among_several_spoils_the_name(server: ThreadingHTTPServer) -> None:
    with wire.pool(lambda host, port: ["8.8.8.8", "127.0.0.1"]) as pool, pytest.raises(CallFailed):
        wire.call("GET", url(server, "/inside", "gat.example.gov.cn"), headers={}, through=pool)
    assert server.seen == []  # type: ignore[attr-defined]


def test_the_call_goes_to_the_machine_that_was_checked(server: ThreadingHTTPServer, settings: Any) -> None:
    asked = []

    def find(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with wire.pool(find) as pool:
        assert wire.call("GET", url(server, "/x", "localhost"), headers={}, through=pool).status == 200
    assert asked == ["localhost"]


def test_an_unknown_name_is_tried_again() -> None:
    with pytest.raises(CallFailed) as failed:
        wire.call("GET", "https://there-is-no-such-name.invalid/", headers={})
    assert not failed.value.is_final


NUMBERS = ["2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "127.0.0.0x1", "10.0.0.1.", "1.2.3"]


@pytest.mark.parametrize("host", [*NUMBERS, "a..b", "-a.cn", "a_b.cn", "[::ffff:7f00:1%25lo]"])
def test_a_host_is_a_name_or_a_number_in_its_one_usual_form(host: str) -> None:
    with pytest.raises(AddressNotAllowed):
        allowed(f"https://{host}/orders")


FORBIDDEN = [
    "127.0.0.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", "169.254.169.254", "::ffff:169.254.169.254", "fe80::1",
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "224.0.0.1", "ff02::1", "255.255.255.255",
    "240.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:53aa:64c::1", "192.0.2.1", "2001:db8::1", "no number",
]  # fmt: skip


@pytest.mark.parametrize("machine", FORBIDDEN)
def test_a_name_may_not_stand_for_an_inner_machine(machine: str) -> None:
    assert not may_be_called(machine, host="gat.example.gov.cn", networks=NONE)


def test_closed_networks_are_named_by_the_installation_and_never_hold_this_machine() -> None:
    networks = read_networks("10.0.0.0/8, fd00::/8, 127.0.0.0/8, 169.254.0.0/16")
    assert may_be_called("10.1.2.3", host="gat.example.gov.cn", networks=networks)
    assert may_be_called("::ffff:10.1.2.3", host="gat.example.gov.cn", networks=networks)
    assert may_be_called("fd00::5", host="gat.example.gov.cn", networks=networks)
    assert not may_be_called("192.168.0.1", host="gat.example.gov.cn", networks=networks)
    assert not may_be_called("127.0.0.1", host="gat.example.gov.cn", networks=networks)
    assert not may_be_called("169.254.169.254", host="gat.example.gov.cn", networks=networks)


@given(st.ip_addresses(v=4))
def test_every_way_of_writing_an_ipv4_machine_is_judged_alike(number: Any) -> None:
    plain = may_be_called(str(number), host="a.cn", networks=NONE)
    assert may_be_called(f"::ffff:{number}", host="a.cn", networks=NONE) is plain
    assert plain <= number.is_global


def test_this_machine_is_called_only_where_the_address_says_so() -> None:
    for host in ("127.0.0.1", "::1", "localhost", "LOCALHOST."):
        assert may_be_called("127.0.0.1", host=host, networks=NONE)
        assert addresses.is_loopback(host)
