import django.db.models.deletion
from django.db import migrations, models

from onething.cases.states import ConcernKind

KINDS = [(kind, kind) for kind in ConcernKind]


class Migration(migrations.Migration):
    """Threads between person and clerk; where a case was taken in; words and a day for what a person must look at."""

    dependencies = [("cases", "0009_ratings_and_objections")]

    operations = [
        migrations.AddField("case", "intake_region", models.CharField(db_default="", default="", max_length=12)),
        migrations.AddField("concern", "due", models.DateField(null=True)),
        migrations.AddField("concern", "sealed_words", models.BinaryField(null=True)),
        migrations.AlterField("concern", "kind", models.TextField(choices=KINDS)),
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="thread",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("region", models.CharField(max_length=12)),
                ("unanswered", models.PositiveIntegerField(default=0)),
                ("unread", models.PositiveIntegerField(default=0)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("due", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("unanswered__gt", 0)), fields=["region", "due"], name="thread_unanswered"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due__isnull", True), ("unanswered", 0), ("waiting_since__isnull", True)),
                            models.Q(("due__isnull", False), ("unanswered__gt", 0), ("waiting_since__isnull", False)),
                            _connector="OR",
                        ),
                        name="thread_waits_by_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account_id", models.UUIDField(null=True)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="cases.case"
                    ),
                ),
            ],
        ),
    ]
