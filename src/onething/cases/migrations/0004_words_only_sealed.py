"""
From here on words are only kept sealed: the database takes no refusal and no correction without them.

A worker of the release before, still running, is refused by the database and its job is tried again by the new one.
The old columns stay, empty, until no such worker can be there: a later release drops them.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_words_are_sealed")]

    operations = [
        migrations.RemoveConstraint("task", "task_refused_has_reason"),
        migrations.AlterField("correction", "sealed_words", models.BinaryField()),
        migrations.AddConstraint(
            "task",
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(said__isnull=False), name="task_refused_has_reason"
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("task", "reason"),
                migrations.RemoveField("task", "remedy"),
                migrations.RemoveField("correction", "words"),
            ],
            database_operations=[
                migrations.RunSQL(
                    """
                    ALTER TABLE cases_task ALTER COLUMN reason SET DEFAULT '', ALTER COLUMN remedy SET DEFAULT '';
                    ALTER TABLE cases_correction ALTER COLUMN words SET DEFAULT '';
                    """,
                    "SELECT 1",
                )
            ],
        ),
    ]
