from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside a running worker: no index holds the table while it is made."""

    atomic = False

    dependencies = [("entitlements", "0001_decisions_and_offers")]

    operations = [
        migrations.AddField("offer", "due", models.DateField(null=True)),
        migrations.AddField("offer", "owner", models.UUIDField(null=True)),
        AddIndexConcurrently(
            "offer",
            models.Index(
                condition=models.Q(("due__isnull", False), ("settled_at__isnull", True)),
                fields=["region", "due"],
                name="offer_to_do",
            ),
        ),
    ]
