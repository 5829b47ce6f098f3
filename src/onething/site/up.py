"""`onething up`: one command that starts everything, and on the first start shows one retirement being done."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time

import click

from onething.kernel.errors import Conflict, Unavailable
from onething.kernel.language import language
from onething.plumbing import database, places
from onething.plumbing.embedded import DatabaseDoesNotStart, EmbeddedServer
from onething.plumbing.sentences import refusal_in
from onething.site import parts, running
from onething.site.processes import Supervisor
from onething.site.terminal import translated as _

START_SECONDS = 60.0
LEAVING_SECONDS = 10.0
"""How long the web server of a start that was killed may still hold its port."""
PAUSE_SECONDS = 20.0
"""How long a database that does not start again is left alone."""
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PortTaken(Conflict):
    """The port {port} of this machine is in use already."""

    remedy = "Choose another one: PORT=8001 make run. Or end what uses it."


class WebDoesNotStart(Unavailable):
    """The web server did not answer within a minute; its log is {log}."""

    remedy = "Read the end of that log; it names the reason."


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="PORT",
    default=8000,
    show_default=True,
    metavar="PORT",
    help="Port of the web pages.",
)
@click.option("--demo/--no-demo", default=True, help="Invented county, department simulators, one live retirement.")
def up(port: int, demo: bool) -> None:
    """Start everything: database, web, worker, department simulators. Ctrl-C ends it all."""
    os.environ.setdefault("ONETHING_PUBLIC_URL", f"http://127.0.0.1:{port}")
    before = running.remembered()
    with running.alone(port):
        _require_free(port, LEAVING_SECONDS if before.get("address") == running.address() else 0.0)
        _run(port, demo)


def _run(port: int, demo: bool) -> None:
    began, stopping = time.monotonic(), _listen_for_the_end()
    server = None if "DATABASE_URL" in os.environ else EmbeddedServer(database.cluster_folder())
    supervisor = Supervisor(click.echo)
    try:
        _say(_("database"), "DATABASE_URL" if server is None else _start(server))
        _prepare(demo)
        _start_processes(supervisor, port, demo)
        _wait_for_web(port, stopping)
        _say(_("ready after"), _("{seconds} s").format(seconds=f"{time.monotonic() - began:.1f}"))
        if demo:
            _show_demo(port)
        while not stopping.wait(1):
            _keep_database(server, stopping)
    except KeyboardInterrupt:
        click.echo("\n" + _("Stopping …"))
    finally:
        stopping.set()  # from here on nothing interrupts
        supervisor.end()
        if server is not None:
            server.stop()
        click.echo(_("Everything has stopped."))


def _say(what: str, how: str) -> None:
    click.echo(f"  {what}{' ' * max(1, 16 - _cells(what))}{how}")


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _require_free(port: int, patience: float) -> None:
    until = time.monotonic() + patience
    while not _is_free(port):
        if time.monotonic() > until:
            raise PortTaken(port=port)
        time.sleep(0.2)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _listen_for_the_end() -> threading.Event:
    stopping = threading.Event()

    def stop(number: int, frame: object) -> None:
        if stopping.is_set():
            return
        stopping.set()
        raise KeyboardInterrupt

    for end in ENDS:
        if signal.getsignal(end) != signal.SIG_IGN:  # nohup asks to outlive the terminal
            signal.signal(end, stop)
    return stopping


def _start(server: EmbeddedServer) -> str:
    return _("embedded PostgreSQL on 127.0.0.1:{port}").format(port=server.start().port)


def _keep_database(server: EmbeddedServer | None, stopping: threading.Event) -> None:
    """Start a database of ours again that ended by itself, killed for its memory, say; what cannot be is said."""
    if server is None:
        return
    try:
        if server.revive():
            click.echo(
                _("{name} ended by itself and is started again (see {log})").format(name=_("database"), log=server.log)
            )
    except DatabaseDoesNotStart as refusal:
        click.echo(" ".join(refusal_in(language(os.environ), refusal)))
        stopping.wait(PAUSE_SECONDS)


def _prepare(demo: bool) -> None:
    from onething.site import installing, setup

    started = time.monotonic()
    setup.prepare()
    installing.set_django_up()
    changed = installing.migrate_database()
    packs = installing.SHIPPED_PACKS + (installing.DEMO_PACKS if demo else ())
    releases = installing.publish_packs(*packs)
    installing.collect_static()
    state = _("brought to this version, {seconds} s") if changed else _("of this version, {seconds} s")
    _say(_("tables"), state.format(seconds=f"{time.monotonic() - started:.1f}"))
    for release in releases:
        _say(_("pack"), release)
    if demo:
        from onething.site.demo import county

        county.load()
        _say(_("county"), _("Wangshan County, Yunchuan (invented)"))


def _start_processes(supervisor: Supervisor, port: int, demo: bool) -> None:
    archive = parts.archive()
    simulators = [parts.simulators(port)] if demo else []
    for process in (*simulators, parts.worker(), parts.web(port), *([archive] if archive else ())):
        supervisor.add(process)
        pid = process.child.pid if process.child else "-"
        _say(_(process.name), _("process {pid}, log {log}").format(pid=pid, log=process.log))


def _wait_for_web(port: int, stopping: threading.Event) -> None:
    import httpx

    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last and not stopping.is_set():
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            stopping.wait(0.1)
    raise WebDoesNotStart(log=places.home() / "logs" / "web.log")


def _show_demo(port: int) -> None:
    from onething.site.demo import carry, county

    if not county.has_been_shown():
        carry.carry_one_through(f"http://127.0.0.1:{port}")
    click.echo("")
    for line in county.invitation(f"http://127.0.0.1:{port}"):
        click.echo(line)
    sys.stdout.flush()
