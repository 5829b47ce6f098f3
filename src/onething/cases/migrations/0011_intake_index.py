from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models

from onething.cases.states import ConcernKind

KNOWN = models.CheckConstraint(condition=models.Q(("kind__in", list(ConcernKind))), name="concern_kind_known")


class Migration(migrations.Migration):
    """Built beside a running worker: no index or check holds the table while it is made."""

    atomic = False

    dependencies = [("cases", "0010_talks_and_intake")]

    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(
                condition=models.Q(("state", "running")), fields=["intake_region", "due"], name="case_open_by_intake"
            ),
        ),
        migrations.RemoveConstraint("concern", "concern_kind_known"),
        AddConstraintNotValid("concern", KNOWN),
        ValidateConstraint("concern", "concern_kind_known"),
    ]
