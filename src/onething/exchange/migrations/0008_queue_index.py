from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from onething.exchange.states import State


class Migration(migrations.Migration):
    """Built beside a running worker: the index does not hold the table while it is made."""

    atomic = False

    dependencies = [("exchange", "0007_queue_and_routes")]

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                models.F("organisation"),
                models.Case(
                    models.When(state=State.ACKNOWLEDGED, then=models.Value(4)),
                    models.When(round__gt=1, then=models.Value(2)),
                    default=models.Value(3),
                    output_field=models.SmallIntegerField(),
                ),
                models.F("due"),
                models.F("id"),
                condition=models.Q(("state__in", (State.WAITING, State.SENT, State.ACKNOWLEDGED, State.DEAD))),
                name="exchange_order_queue",
            ),
        ),
    ]
