"""Each task keeps what its order says; plans are kept packed. Rows are rewritten in batches."""

from django.db import migrations, models

from onething.cases.layout import sheets_of
from onething.plumbing.packed import PackedJSONField

BATCH = 500


def pack(apps, schema_editor):
    cases = apps.get_model("cases", "Case").objects
    tasks = apps.get_model("cases", "Task").objects
    batch = []
    for case in cases.only("id", "plan", "packed").iterator(chunk_size=BATCH):
        case.packed = case.plan
        batch.append(case)
        rows = list(tasks.filter(case_id=case.pk).only("id", "matter"))
        for task in rows:
            task.sheet = sheets_of(case.plan)[task.matter]
        tasks.bulk_update(rows, ["sheet"])
        if len(batch) == BATCH:
            cases.bulk_update(batch, ["packed"])
            batch = []
    cases.bulk_update(batch, ["packed"])


def unpack(apps, schema_editor):
    for case in apps.get_model("cases", "Case").objects.only("id", "packed").iterator(chunk_size=BATCH):
        case.plan = case.packed
        case.save(update_fields=["plan"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_concerns_and_missed_papers")]
    operations = [
        migrations.AddField("case", "packed", PackedJSONField(null=True)),
        migrations.AddField("task", "sheet", models.JSONField(null=True)),
        migrations.AlterField("case", "plan", models.JSONField(null=True)),
        migrations.RunPython(pack, unpack, elidable=True),
        migrations.RemoveField("case", "plan"),
        migrations.RenameField("case", "packed", "plan"),
        migrations.AlterField("case", "plan", PackedJSONField()),
        migrations.AlterField("task", "sheet", models.JSONField()),
        migrations.RunSQL("ALTER TABLE cases_case ALTER COLUMN plan SET STORAGE EXTERNAL", migrations.RunSQL.noop),
    ]
