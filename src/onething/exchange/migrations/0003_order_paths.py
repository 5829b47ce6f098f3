import django.db.models
import onething.exchange.states
from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside a running worker: no index or check holds the table while it is made."""

    atomic = False

    dependencies = [
        ("exchange", "0002_ports_and_telling"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                condition=models.Q(
                    ("state__in", [onething.exchange.states.State["WAITING"], onething.exchange.states.State["SENT"]])
                ),
                fields=["port", "next_attempt_at"],
                name="exchange_order_port_next",
            ),
        ),
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                condition=models.Q(("claimed_at__isnull", False)), fields=["port"], name="exchange_order_claimed"
            ),
        ),
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            onething.exchange.states.State["WAITING"],
                            onething.exchange.states.State["SENT"],
                            onething.exchange.states.State["ACKNOWLEDGED"],
                            onething.exchange.states.State["DEAD"],
                            onething.exchange.states.State["RETURNED"],
                        ),
                    ),
                    ("told_at__isnull", False),
                ),
                fields=["port", "told_at"],
                name="exchange_order_told",
            ),
        ),
        RemoveIndexConcurrently(
            model_name="order",
            name="exchange_order_next",
        ),
        AddConstraintNotValid(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            onething.exchange.states.State["WAITING"],
                            onething.exchange.states.State["SENT"],
                            onething.exchange.states.State["CANCELLED"],
                        ],
                    ),
                    ("acknowledged_at__isnull", False),
                    ("told_at__isnull", False),
                    _connector="OR",
                ),
                name="exchange_order_heard_or_told",
            ),
        ),
        ValidateConstraint(model_name="order", name="exchange_order_heard_or_told"),
        migrations.RunSQL(
            "INSERT INTO exchange_circuit (port_id) SELECT id FROM exchange_department ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        ),
    ]
