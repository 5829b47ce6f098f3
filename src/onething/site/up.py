"""`onething up`: one command that starts everything, and on the first start shows one retirement being done."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import click

from onething.kernel.errors import Conflict, Unavailable
from onething.plumbing import database, places
from onething.site import running
from onething.site.processes import Process, Supervisor, python

START_SECONDS = 60.0


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
    help="Port of the web pages.",
)
@click.option("--demo/--no-demo", default=True, help="Invented county, department simulators, one live retirement.")
def up(port: int, demo: bool) -> None:
    """Start everything: database, web, worker, department simulators. Ctrl-C ends it all."""
    _require_free(port)
    os.environ["ONETHING_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    with running.alone(port):
        _run(port, demo)


def _run(port: int, demo: bool) -> None:
    stopping = _listen_for_the_end()
    server = None if "DATABASE_URL" in os.environ else database.EmbeddedServer(database.cluster_folder())
    supervisor = Supervisor(click.echo)
    try:
        _say("数据库 database", "DATABASE_URL" if server is None else _start(server))
        _prepare(demo)
        simulators = _start_processes(supervisor, port, demo)
        _wait_for_web(port, stopping)
        if demo:
            _show_demo(port, simulators, stopping)
        while not stopping.wait(1):
            pass
    except KeyboardInterrupt:
        click.echo("\n正在停下……  Stopping…")
    finally:
        supervisor.end()
        if server is not None:
            server.stop()
        click.echo("一切都已停好。Everything has stopped.")


def _say(what: str, how: str) -> None:
    click.echo(f"  {what:<24} {how}")


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise PortTaken(port=port) from taken


def _listen_for_the_end() -> threading.Event:
    stopping = threading.Event()

    def stop(number: int, frame: object) -> None:
        if stopping.is_set():
            return
        stopping.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return stopping


def _start(server: database.EmbeddedServer) -> str:
    address = server.start()
    return f"embedded PostgreSQL on 127.0.0.1:{address.port}"


def _prepare(demo: bool) -> None:
    from onething.site import installing, setup

    started = time.monotonic()
    setup.compile_messages()
    installing.set_django_up()
    changed = installing.migrate_database()
    packs = installing.SHIPPED_PACKS + (installing.DEMO_PACKS if demo else ())
    releases = installing.publish_packs(*packs)
    installing.collect_static()
    _say("表 tables", f"{'migrated' if changed else 'up to date'}, {time.monotonic() - started:.1f} s")
    for release in releases:
        _say("事项包 pack", release)
    if demo:
        from onething.site.demo import county

        _say("演示县 demo county", county.load())


def _start_processes(supervisor: Supervisor, port: int, demo: bool) -> int | None:
    logs = places.private("logs")
    simulators = _free_port() if demo else None
    if simulators:
        from onething.site.demo import county

        county.connect_departments(f"http://127.0.0.1:{simulators}")
        supervisor.add(_simulators(simulators, port, logs))
    supervisor.add(Process("worker", python("onething.site.worker"), logs / "worker.log"))
    supervisor.add(_web(port, logs))
    for process in supervisor.processes:
        _say(process.name, f"pid {process.child.pid if process.child else '-'}, log {process.log}")
    return simulators


def _web(port: int, logs: Path) -> Process:
    command = python(
        "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", os.environ.get("ONETHING_WEB_PROCESSES", "1"), "--blocking-threads", "8", "--no-ws",
        "onething.site.wsgi:application",
    )  # fmt: skip
    return Process("web", command, logs / "web.log", {"ONETHING_POOL": "1"})


def _simulators(port: int, web: int, logs: Path) -> Process:
    from onething.site.demo import county

    command = python("onething.exchange.simulators", *county.simulator_arguments(port, web))
    return Process("simulators", command, logs / "simulators.log")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


def _show_demo(port: int, simulators: int | None, stopping: threading.Event) -> None:
    from onething.site.demo import carry, county

    if not county.has_been_shown():
        carry.carry_one_through(f"http://127.0.0.1:{port}")
    click.echo("")
    for line in county.invitation(f"http://127.0.0.1:{port}"):
        click.echo(line)
    sys.stdout.flush()
