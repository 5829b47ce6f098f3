from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside a running worker: it goes on writing amendments without a kind, and they are papers."""

    atomic = False

    dependencies = [("exchange", "0005_addressed_order")]

    operations = [
        migrations.AddField("amendment", "acknowledged_at", models.DateTimeField(null=True)),
        migrations.AddField("amendment", "kind", models.CharField(db_default="paper", max_length=12)),
        migrations.AddField("escalation", "written_at", models.DateTimeField(null=True)),
        AddIndexConcurrently(
            "amendment",
            models.Index(
                condition=models.Q(("acknowledged_at__isnull", True), ("kind", "withdrawal")),
                fields=["order"],
                name="exchange_withdrawal_open",
            ),
        ),
        AddConstraintNotValid(
            "amendment",
            models.CheckConstraint(
                condition=models.Q(("kind__in", ["paper", "withdrawal"])), name="exchange_amendment_kind"
            ),
        ),
        ValidateConstraint("amendment", "exchange_amendment_kind"),
    ]
