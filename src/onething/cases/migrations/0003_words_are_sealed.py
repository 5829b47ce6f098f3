"""
Seal what lies open: the free words of departments may speak of the person.

Words about somebody who was forgotten cannot be sealed any more, and are let go. Safe to run twice.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from onething.registry import sealing
from onething.registry.errors import PersonErased

ROWS = 500


def seal_tasks(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seal reason and remedy of refused matters; of those cut off keep the matter that did it."""
    task = apps.get_model("cases", "Task")
    task.objects.filter(state="cut_off", cause="").update(cause=F("reason"), reason="")
    for row in task.objects.filter(state="refused", said=None).select_related("case").iterator(ROWS):
        words = {"reason": row.reason, "remedy": row.remedy}
        row.said = _sealed(row.case.person_id, words, "cases.said")
        row.reason, row.remedy = "-", ""
        row.save(update_fields=["said", "reason", "remedy"])


def seal_corrections(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what was asked for."""
    correction = apps.get_model("cases", "Correction")
    for row in correction.objects.filter(sealed_words=None).select_related("case").iterator(ROWS):
        row.sealed_words = _sealed(row.case.person_id, row.words, "cases.asked")
        row.words = ""
        row.save(update_fields=["sealed_words", "words"])


def _sealed(person_id, value, field):
    try:
        return sealing.seal(person_id, value, field=field)
    except PersonErased:
        return b""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_words_get_a_seal"), ("registry", "0001_initial")]

    operations = [
        migrations.RunPython(seal_tasks, migrations.RunPython.noop),
        migrations.RunPython(seal_corrections, migrations.RunPython.noop),
    ]
