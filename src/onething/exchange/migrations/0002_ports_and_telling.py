# Ports: circuits, traffic, inboxes; who was told; which data was shared

import django.contrib.postgres.fields
import django.db.models.deletion
import onething.exchange.states
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Circuit",
            fields=[
                (
                    "port",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="circuit",
                        serialize=False,
                        to="exchange.department",
                    ),
                ),
                ("failures", models.PositiveIntegerField(db_default=0)),
                ("opened_at", models.DateTimeField(null=True)),
                ("open_until", models.DateTimeField(null=True)),
                ("probed_at", models.DateTimeField(null=True)),
                ("last_success_at", models.DateTimeField(null=True)),
                ("last_failure_at", models.DateTimeField(null=True)),
                ("last_words", models.CharField(blank=True, db_default="", max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="DeadLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=300)),
                ("digest", models.BinaryField(max_length=32)),
                ("problem", models.CharField(max_length=400)),
                ("owner", models.CharField(max_length=80)),
                ("told_at", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=1)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.DateTimeField()),
                (
                    "rung",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "WARNED"), (2, "OVERDUE"), (3, "CITY"), (4, "PROVINCE")]
                    ),
                ),
                ("owner", models.CharField(max_length=80)),
                ("reason", models.CharField(max_length=20)),
                ("told_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                (
                    "port",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="inbox",
                        serialize=False,
                        to="exchange.department",
                    ),
                ),
                ("cursor", models.CharField(blank=True, max_length=300)),
                ("next_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("collected_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Sharing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField()),
                ("case_number", models.CharField(blank=True, max_length=40)),
                ("matter", models.CharField(max_length=80)),
                ("purpose", models.CharField(max_length=300)),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None),
                ),
                (
                    "answered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("actor", models.CharField(max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(default="open", max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=400)),
                ("owner", models.CharField(max_length=80)),
                ("answer_by", models.DateTimeField()),
                ("begun_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Traffic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("calls", models.PositiveIntegerField(default=0)),
                ("failures", models.PositiveIntegerField(default=0)),
                (
                    "durations",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Urging",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.CharField(max_length=400)),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name="department",
            name="at_once",
            field=models.PositiveSmallIntegerField(db_default=8),
        ),
        migrations.AddField(
            model_name="department",
            name="bulk",
            field=models.PositiveSmallIntegerField(db_default=1),
        ),
        migrations.AddField(
            model_name="department",
            name="host_key",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="department",
            name="is_held",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Q(("at_once__gte", 1), ("bulk__gte", 1), ("bulk__lte", 500)),
                name="exchange_department_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="circuit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("open_until__isnull", True), ("opened_at__isnull", True)),
                    models.Q(("open_until__isnull", False), ("opened_at__isnull", False)),
                    _connector="OR",
                ),
                name="exchange_circuit_closes",
            ),
        ),
        migrations.AddField(
            model_name="deadletter",
            name="port",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="dead_letters", to="exchange.department"
            ),
        ),
        migrations.AddField(
            model_name="escalation",
            name="order",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="escalations",
                to="exchange.order",
            ),
        ),
        migrations.AddIndex(
            model_name="inbox",
            index=models.Index(fields=["next_at"], name="exchange_inbox_next"),
        ),
        migrations.AddField(
            model_name="sharing",
            name="port",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sharings",
                to="exchange.department",
            ),
        ),
        migrations.AddField(
            model_name="supervision",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="supervisions", to="exchange.order"
            ),
        ),
        migrations.AddField(
            model_name="traffic",
            name="port",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="traffic",
                to="exchange.department",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="urgings", to="exchange.order"
            ),
        ),
        migrations.AddConstraint(
            model_name="deadletter",
            constraint=models.UniqueConstraint(fields=("port", "digest"), name="exchange_dead_letter_once"),
        ),
        migrations.AddConstraint(
            model_name="deadletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", ""), _negated=True), name="exchange_dead_letter_has_owner"
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(fields=("order", "term", "rung"), name="exchange_escalation_once"),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", ""), _negated=True), name="exchange_escalation_has_owner"
            ),
        ),
        migrations.AddIndex(
            model_name="sharing",
            index=models.Index(fields=["person_id", "asked_at"], name="exchange_sharing_by_person"),
        ),
        migrations.AddIndex(
            model_name="sharing",
            index=models.Index(fields=["asked_at"], name="exchange_sharing_by_age"),
        ),
        migrations.AddConstraint(
            model_name="sharing",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", ""), _negated=True), name="exchange_sharing_has_purpose"
            ),
        ),
        migrations.AddIndex(
            model_name="supervision",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["answer_by"], name="exchange_supervision_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("order",), name="exchange_supervision_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="supervision",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", ""), _negated=True), name="exchange_supervision_has_owner"
            ),
        ),
        migrations.AddConstraint(
            model_name="traffic",
            constraint=models.UniqueConstraint(fields=("port", "since"), name="exchange_traffic_once"),
        ),
    ]
