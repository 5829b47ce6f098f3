"""Setting an installation up: the words of every module compiled from their .po files, the styles built from npm's."""

from __future__ import annotations

import os
from pathlib import Path

import click
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from onething.kernel.errors import Refusal
from onething.kernel.language import language
from onething.plumbing import places
from onething.plumbing.sentences import refusal_in
from onething.plumbing.ui import assets

SOURCE = places.PROJECT / "src" / "onething"


def prepare() -> list[Path]:
    """Make what the sources only describe: compiled words and built styles. Quick when nothing changed."""
    return compile_messages() + assets.build()


def compile_messages(root: Path = SOURCE) -> list[Path]:
    """Compile each .po below `root` that is newer than its .mo. Gives the files written."""
    return [compiled for po in sorted(root.rglob("locale/*/LC_MESSAGES/*.po")) if (compiled := _compile(po))]


def _compile(po: Path) -> Path | None:
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return None
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3], domain=po.stem)
    unfinished = mo.with_suffix(".mo.new")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(mo)
    return mo


if __name__ == "__main__":
    try:
        prepare()
    except Refusal as refusal:
        click.echo(" ".join(refusal_in(language(os.environ), refusal)), err=True)
        raise SystemExit(1) from None
