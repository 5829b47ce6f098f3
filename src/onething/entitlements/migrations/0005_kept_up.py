from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside a running worker: columns without a rewrite, the index beside those who write."""

    atomic = False

    dependencies = [("entitlements", "0004_persons_are_not_locked")]

    operations = [
        migrations.AddField("sweep", "known_until", models.BigIntegerField(default=0, db_default=0)),
        migrations.AddField("sweep", "differing", models.PositiveIntegerField(null=True)),
        migrations.AddField("basis", "turns", models.BinaryField(max_length=32, null=True)),
        AddIndexConcurrently(
            "basis",
            models.Index(condition=models.Q(("turns__isnull", False)), fields=["sweep", "turns"], name="basis_turns"),
        ),
    ]
